"""Ids, sections, titles and lead-ins: what holds the blocks of a document together."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, SchemaError, extract

ARTICLE = """# Ports reopen
Cranes moved again on Monday. Three things had been asked for:
- pilots
- fuel

| Port | Ships |
|---|---|
| Tema | 12 |

## Tema
The harbour master had no comment.
"""


@pytest.fixture(scope="module")
def doc() -> Document:
    return extract(ARTICLE, Config(entities=False))


def test_ids_count_by_type(doc: Document) -> None:
    assert [block.id for block in doc.blocks] == [
        "heading-1",
        "paragraph-1",
        "list-1",
        "table-1",
        "heading-2",
        "paragraph-2",
    ]
    assert [item.id for item in doc.lists[0].items] == ["list-1.item-1", "list-1.item-2"]
    assert [cell.id for cell in doc.tables[0].cells] == ["table-1.cell-1", "table-1.cell-2"]


def test_sections_nest_by_level(doc: Document) -> None:
    assert [(section.level, section.path) for section in doc.sections] == [
        (1, ("Ports reopen",)),
        (2, ("Ports reopen", "Tema")),
    ]
    assert doc.sections[1].end == doc.sections[0].end == len(ARTICLE)
    assert doc.blocks[-1].section == "section-2"


def test_the_title_is_the_first_heading_of_level_one(doc: Document) -> None:
    assert doc.title == "Ports reopen"


def test_a_lead_in_is_the_last_sentence_that_points_on(doc: Document) -> None:
    lead_in = doc.lists[0].lead_in
    assert lead_in is not None
    assert lead_in.text == "Three things had been asked for:"
    assert ARTICLE[lead_in.start : lead_in.end] == lead_in.text
    assert doc.tables[0].lead_in is None


def test_cells_know_their_header_and_place(doc: Document) -> None:
    tema, ships = doc.tables[0].cells
    assert (tema.row, tema.column, tema.header, tema.text) == (0, 0, "Port", "Tema")
    assert ARTICLE[ships.start : ships.end] == "12"


def test_short_rows_are_padded_and_long_ones_kept() -> None:
    (table,) = extract("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", Config(entities=False)).tables
    assert table.columns == ("a", "b", "")
    assert table.rows == (("1", "", ""), ("1", "2", "3"))


def test_a_document_reads_back(doc: Document) -> None:
    assert Document.from_dict(doc.to_dict()) == doc == Document.from_json(doc.to_json())
    assert Document.from_dict(doc.to_dict() | {"later": 1}) == doc


@pytest.mark.parametrize("change", [{"version": "2.0"}, {"schema": "another/schema"}, {"blocks": 3}])
def test_another_form_is_refused(doc: Document, change: dict[str, object]) -> None:
    with pytest.raises(SchemaError):
        Document.from_dict(doc.to_dict() | change)


def test_a_section_ends_where_its_equal_begins() -> None:
    text = "# A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.\n\n# D\n\nFour.\n"
    document = extract(text, Config(entities=False))
    assert [(section.path, text[section.start : section.end].split()[1]) for section in document.sections] == [
        (("A",), "A"),
        (("A", "B"), "B"),
        (("A", "C"), "C"),
        (("D",), "D"),
    ]
    ends = {section.path[-1]: section.end for section in document.sections}
    assert ends == {"A": text.index("# D"), "B": text.index("## C"), "C": text.index("# D"), "D": len(text)}


def test_what_stands_before_the_first_heading_has_no_section() -> None:
    document = extract("Lomé waits for rain.\n\n# Title\n\nIt came.\n", Config(entities=False))
    assert [block.section for block in document.blocks] == [None, "section-1", "section-1"]


def test_without_a_heading_near_the_top_there_is_no_title() -> None:
    assert extract("It rained in Lomé all day, and then it did not.\n", Config(entities=False)).title is None


@pytest.mark.parametrize(
    ("paragraph", "lead_in"),
    [
        ("It said no. It gave reasons:", "It gave reasons:"),
        ("“No,” he said. “The **reasons**:”", None),
        ("The figures are shown below.", "The figures are shown below."),
        ("Nobody was hurt.", None),
        ("主な内容は次のとおり：", "主な内容は次のとおり："),
    ],
)
def test_a_lead_in_points_on_or_is_none(paragraph: str, lead_in: str | None) -> None:
    (found,) = extract(f"# Title\n\n{paragraph}\n\n- rain\n- wind\n", Config(entities=False)).lists
    assert (found.lead_in and found.lead_in.text) == lead_in


def test_a_lead_in_stands_right_above() -> None:
    text = "# Title\n\nReasons:\n\n---\n\n- rain\n- wind\n"
    assert extract(text, Config(entities=False)).lists[0].lead_in is None


def test_nested_items_name_their_parent() -> None:
    (found,) = extract("- a\n  - b\n    - c\n- d\n", Config(entities=False)).lists
    assert [(item.text, item.depth, item.parent) for item in found.items] == [
        ("a", 0, None),
        ("b", 1, "list-1.item-1"),
        ("c", 2, "list-1.item-2"),
        ("d", 0, None),
    ]


def test_repeated_columns_and_leading_zeros_survive() -> None:
    (table,) = extract("| Year | Year |\n|---|---|\n| 007 | 1,200 |\n", Config(entities=False)).tables
    assert (table.columns, table.rows) == (("Year", "Year"), (("007", "1,200"),))


def test_an_element_is_found_by_its_id() -> None:
    document = extract("Seen in Mali:\n- smoke\n- dust\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    for id in ("paragraph-1", "list-1", "list-1.item-2", "table-1", "table-1.cell-2", "mention-1", "country/ML"):
        assert document[id].id == id
    with pytest.raises(KeyError, match="table-9"):
        document["table-9"]


def test_blocks_tell_their_type_and_have_a_short_repr() -> None:
    document = extract("Seen:\n- smoke\n- dust\n| a | b |\n|---|---|\n| 1 | 2 |\n> Who?\n", Config(entities=False))
    assert [block.type for block in document.blocks] == ["paragraph", "list", "table", "quote"]
    assert repr(document.tables[0]) == "<Table 'table-1': a, b; 1 rows>"
    assert repr(document).startswith("<Document 'article': 58 characters, 0 headings, 1 paragraphs")
    assert document.quotes[0].text == "Who?"


def test_a_table_shows_itself_in_a_notebook() -> None:
    (table,) = extract("| a | b |\n|---|---|\n| <1 | 2 |\n", Config(entities=False)).tables
    assert "<td>&lt;1</td>" in table._repr_html_()
