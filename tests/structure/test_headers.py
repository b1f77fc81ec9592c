"""The first rows of tables of pipes: a title, a header of two rows, the first record."""

from __future__ import annotations

from brief_extract import Config, Document, extract


def read(table: str) -> Document:
    return extract(f"It rained in Gao.\n{table}\nThe end came soon.\n", Config(entities=False))


def columns(table: str) -> tuple[str, ...]:
    return read(table).tables[0].columns


BODY = "| North | 120 | 130 | 125 | 140 |\n| South | 80 | 75 | 77 | 81 |"


def test_a_header_of_two_rows_names_each_column_in_full() -> None:
    table = f"| Region | 2023 | | 2024 | |\n| | H1 | H2 | H1 | H2 |\n|---|---|---|---|---|\n{BODY}"
    assert columns(table) == ("Region", "2023 / H1", "2023 / H2", "2024 / H1", "2024 / H2")
    assert len(read(table).tables[0].rows) == 2


def test_a_full_row_above_the_header_is_none_of_it() -> None:
    table = f"| a | b | c | d | e |\n| Region | H1 | H2 | H3 | H4 |\n|---|---|---|---|---|\n{BODY}"
    assert columns(table) == ("Region", "H1", "H2", "H3", "H4")


def test_a_title_row_is_a_paragraph_above_the_table() -> None:
    document = read("| Ships in port | |\n|---|---|\n| Ship | Tonnes |\n| Aurora | 1,200 |\n| Borealis | 980 |")
    (table,) = document.tables
    assert (table.columns, table.rows) == (("Ship", "Tonnes"), (("Aurora", "1,200"), ("Borealis", "980")))
    assert [paragraph.text for paragraph in document.paragraphs][1] == "Ships in port"
    assert document.text[table.start :].startswith("Ship |")


def test_a_first_row_of_words_alone_is_no_title_where_no_column_holds_figures() -> None:
    table = "| Ships | |\n|---|---|\n| Aurora | Gao |\n| Borealis | Arden |\n| Corvus | Zug |"
    assert columns(table) == ("Ships", "")


def test_a_first_record_without_a_header_stays_a_record() -> None:
    table = "| Gauge A | 1.20 m | rising |\n| Gauge B | 0.95 m | steady |\n| Gauge C | 1.41 m | falling |"
    found = read(table).tables[0]
    assert (found.columns, len(found.rows)) == (("", "", ""), 3)
    assert "lost-header" in [issue.code for issue in read(table).issues]


def test_words_or_years_above_figures_are_a_header_without_a_delimiter_row() -> None:
    assert columns("| Gauge | Level |\n| A | 1.20 |\n| B | 0.95 |") == ("Gauge", "Level")
    assert columns("| Gauge | 2024 |\n| A | 1.20 |\n| B | 0.95 |") == ("Gauge", "2024")


def test_two_pipes_between_all_cells_part_them_once() -> None:
    assert columns("|Route||Single|\n|Oban||4.20|\n|Uig||7.10|") == ("Route", "Single")
    assert columns("|Route||Single|\n|Oban|x|4.20|\n|Uig||7.10|") == ("Route", "", "Single")


def test_lone_pipes_part_cells_and_make_no_headings() -> None:
    document = read("|\nMon\n|\nClosed\n|\nTue\n|\n10:00 AM - 8:00 PM\n|")
    assert document.headings == ()
    assert "|" not in [paragraph.text for paragraph in document.paragraphs]


def test_cells_one_to_a_line_are_no_headings() -> None:
    document = read("District\nVotes\nShare\nNorth\n12,410\n51.2%\nSouth\n11,830\n48.8%")
    assert document.headings == ()
    assert len(document.lists[0].items) == 9


def test_a_caption_names_the_unit_that_no_header_names() -> None:
    table = "| Sector | 2024 | Share |\n|---|---|---|\n| Health | 120.4 | 12 % |\n| Roads | 45.0 | 4 % |"
    captioned = read(f"Table 3. Public spending (US$ million)\n{table}").tables[0]
    assert [(cell.value, cell.unit) for cell in captioned.cells[1:3]] == [(120_400_000, "USD"), (12, "%")]
    told = read(f"It rose in all sectors (in US$ million).\n{table}").tables[0]
    assert (told.cells[1].value, told.cells[1].unit) == (120.4, None)


def test_the_number_of_a_page_is_no_item_and_parts_no_sentence_for_good() -> None:
    document = read("The ferry sank in calm water, the owner said.\n- 12 -\nIt lies at a depth of 40 metres.")
    assert document.lists == ()
    assert "- 12 -" in [paragraph.text for paragraph in document.paragraphs]
