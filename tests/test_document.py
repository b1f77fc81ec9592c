"""Ids, sections, titles and lead-ins: what holds the blocks of a document together."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, SchemaError, extract
from brief_extract.stage import Stage

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


LEXICON_ONLY = Config(language="fr")
"""No model is asked: the lexicon alone finds names, wherever they are."""


def test_names_are_found_in_every_kind_of_element() -> None:
    text = (
        "# Mali talks\n\nPeru came.\n\n- Chad\n- ships from Togo\n\n"
        "| Cuba | Ships |\n|---|---|\n| Iran | 2 |\n\n> Oman left.\n\n```\nIraq\n```\n"
    )
    document = extract(text, LEXICON_ONLY)
    assert [(mention.text, mention.block, mention.item, mention.cell) for mention in document.mentions] == [
        ("Mali", "heading-1", None, None),
        ("Peru", "paragraph-1", None, None),
        ("Chad", "list-1", "list-1.item-1", None),
        ("Togo", "list-1", "list-1.item-2", None),
        ("Cuba", "table-1", None, None),
        ("Iran", "table-1", None, "table-1.cell-1"),
        ("Oman", "quote-1", None, None),
    ]
    assert [text[mention.start : mention.end] for mention in document.mentions] == [
        mention.text for mention in document.mentions
    ]


def test_code_is_kept_as_it_is() -> None:
    (code,) = extract("Run:\n\n```sh\ncd *a*\n\n  ls &amp; b\n```\n", Config(entities=False)).codes
    assert (code.id, code.text) == ("code-1", "cd *a*\n\n  ls &amp; b")


def test_markup_says_what_it_is() -> None:
    blocks = extract("One.\n\n---\n\nTwo.\n", Config(entities=False)).blocks
    assert [(block.type, block.id, block.section) for block in blocks] == [
        ("paragraph", "paragraph-1", None),
        ("markup", "markup-1", None),
        ("paragraph", "paragraph-2", None),
    ]


def test_a_marked_heading_is_certain_and_a_guessed_one_tells_why() -> None:
    (guessed,) = extract("Rain Returns To The North\n\nIt rained.\n\nIt stopped.\n", Config(entities=False)).headings
    (marked,) = extract("## Rivers\n\nThey rose.\n", Config(entities=False)).headings
    assert (marked.origin, marked.confidence, marked.evidence, marked.level) == ("marked", 1.0, (), 2)
    assert guessed.origin == "inferred"
    assert 0 < guessed.confidence < 1
    assert guessed.evidence
    assert (guessed.text, guessed.section, marked.section) == ("Rain Returns To The North", "section-1", "section-1")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# One\n\nText.\n\n# Two\n\nText.\n", "One"),  # the first of two
        ("## Two\n\nText.\n\n# One\n\nText.\n", "One"),  # the top level before the first place
        ("## Two\n\nText.\n\n### Three\n\nText.\n", "Two"),  # without a top level the first heading
        ("By us.\n\nNow.\n\n## Two\n\nText.\n", "Two"),  # the third block
        ("By us.\n\nNow.\n\nHere.\n\n## Two\n\nText.\n", None),  # the fourth is too late
        ("By us.\n\nNow.\n\nHere.\n\n# One\n\nText.\n", "One"),  # but not for the top level
        ("Rain Returns To The North\n\nIt rained.\n\n# One\n\nText.\n", "One"),  # marked before guessed
        ("Rain Returns To The North\n\nIt rained.\n\nIt stopped.\n", "Rain Returns To The North"),
    ],
)
def test_the_title(text: str, title: str | None) -> None:
    assert extract(text, Config(entities=False)).title == title


@pytest.mark.parametrize(
    ("paragraph", "lead_in"),
    [
        ("It rained. It was cold. Three towns flooded:", "Three towns flooded:"),
        ("It rained! “Three towns” flooded:", "“Three towns” flooded:"),
        ('It "rained." (Three towns) flooded:', "(Three towns) flooded:"),
        ("Why? 3 towns flooded:", "3 towns flooded:"),
        ("It rained. in small letters:", "It rained. in small letters:"),  # no new sentence
        ("Rain of 3.5 Inches flooded:", "Rain of 3.5 Inches flooded:"),
        ("*Three towns flooded:*", "Three towns flooded:"),
        ("**Three towns flooded: **", "**Three towns flooded: **"),  # no emphasis ends after a space
        ("Below are the towns.", "Below are the towns."),
        ("The FOLLOWING towns flooded.", "The FOLLOWING towns flooded."),
        ("These towns flooded.", "These towns flooded."),
        ("They are as follows.", "They are as follows."),
        ("See the list.", "See the list."),
        ("Here is a table.", "Here is a table."),
        ("It rained (so [it said].] Three towns flooded:", "Three towns flooded:"),
        ("He ate a vegetable.", None),
        ("Table 2. of towns", None),
        ("Table 1: Towns", None),
        ("Table 2. Towns", None),
        ("Table 12 . Towns", None),
        ("Table 3 lists them.", "Table 3 lists them."),
        ("Belowground it was dry.", None),
        ("It is listed.", None),
        ("Below it rained. It stopped.", None),  # only the last sentence counts
    ],
)
def test_what_leads_in(paragraph: str, lead_in: str | None) -> None:
    for block in ("- Tema\n- Accra\n", "| Town | Rain |\n|---|---|\n| Tema | 12 |\n"):
        document = extract(f"# Title\n\n{paragraph}\n\n{block}", Config(entities=False))
        (found,) = document.lists or document.tables
        shown = found.lead_in and found.lead_in.text.strip()
        assert shown == (lead_in and lead_in.strip())


def test_a_lead_in_may_begin_on_one_line_and_end_on_the_next() -> None:
    text = "# Title\n\nIt rained. Three\ntowns *really* flooded:\n\n- Tema\n- Accra\n"
    (found,) = extract(text, Config(entities=False)).lists
    assert found.lead_in is not None
    assert found.lead_in.text == "Three towns really flooded:"
    assert text[found.lead_in.start : found.lead_in.end] == "Three\ntowns *really* flooded:"


def test_a_heading_or_quotation_leads_nowhere() -> None:
    for above in ("## The following", "> The following:"):
        (found,) = extract(f"# Title\n\n{above}\n\n- Tema\n- Accra\n", Config(entities=False)).lists
        assert found.lead_in is None


def test_an_odd_cell_is_reported_with_its_place() -> None:
    text = "| Town | No | Rain |\n|---|---|---|\n| Tema | 1 | 12 |\n| Ho | 2 | 9 |\n| Ada | 3 | 7 |\n| Wa | 4 | wet |\n"
    document = extract(text, Config(entities=False))
    (issue,) = [issue for issue in document.issues if issue.code == "odd-cell"]
    assert issue.message.startswith('table-1.cell-12: "wet" is no number')
    assert text[issue.start : issue.end] == "wet"
    assert document.tables[0].cells[-1].start == issue.start


def test_cells_of_rows_that_are_too_long_have_an_empty_header() -> None:
    (table,) = extract("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", Config(entities=False)).tables
    assert [(cell.row, cell.column, cell.header, cell.value) for cell in table.cells] == [
        (0, 0, "a", 1),
        (1, 0, "a", 1),
        (1, 1, "b", 2),
        (1, 2, "", 3),
    ]


def test_sections_have_ids_headings_and_spans_in_the_order_of_the_text() -> None:
    text = "# A\n\nOne.\n\n## B\n\nTwo.\n\n## C\n\n# D\n\nFour.\n"
    document = extract(text, Config(entities=False))
    assert [(section.id, section.heading, section.level, section.path) for section in document.sections] == [
        ("section-1", "heading-1", 1, ("A",)),
        ("section-2", "heading-2", 2, ("A", "B")),
        ("section-3", "heading-3", 2, ("A", "C")),
        ("section-4", "heading-4", 1, ("D",)),
    ]
    spans = [text[section.start : section.end] for section in document.sections]
    assert spans[0] == "".join(("# A\n\nOne.\n\n", *spans[1:3]))
    assert spans[1] == "## B\n\nTwo.\n\n"
    assert [block.section for block in document.blocks] == [
        "section-1",
        "section-1",
        "section-2",
        "section-2",
        "section-3",
        "section-4",
        "section-4",
    ]


def test_blocks_of_each_kind_know_their_section() -> None:
    text = "# A\n\nSeen:\n\n- b\n- c\n\n| d | e |\n|---|---|\n| 1 | 2 |\n\n> f\n\n```\ng\n```\n\n---\n\nEnd.\n"
    assert {block.section for block in extract(text, Config(entities=False)).blocks} == {"section-1"}


def test_items_and_lists_say_how_they_are_marked() -> None:
    first, second = extract("1. a\n2. b\n\nAnd.\n\n- c\n- d\n", Config(entities=False)).lists
    assert (first.ordered, second.ordered) == (True, False)
    assert [item.marker for item in (*first.items, *second.items)] == ["1.", "2.", "-", "-"]
    assert [item.id for item in second.items] == ["list-2.item-1", "list-2.item-2"]


def test_an_item_may_be_empty() -> None:
    (found,) = extract("Seen:\n\n-\n- b\n", Config(entities=False)).lists
    assert [item.text for item in found.items] == ["", "b"]


def test_a_stroke_in_a_cell_is_a_stroke() -> None:
    (table,) = extract("| a | b |\n|---|---|\n| x \\| y | 2 |\n", Config(entities=False)).tables
    assert table.rows == (("x | y", "2"),)


@pytest.mark.parametrize("block", ["{}", "Seen:\n\n- {}\n- rain", "> {}"])
def test_in_sentences_a_capital_beside_a_name_makes_another_one(block: str) -> None:
    text = f"# Rain\n\nIn Florence it rained.\n\n{block.format('Florence Hill left.')}\n"
    assert [mention.start for mention in extract(text, LEXICON_ONLY).mentions] == [text.index("Florence")]


@pytest.mark.parametrize(
    "block", ["## {}\n\nIt rained.", "| {} | Rain |\n|---|---|\n| a | 2 |", "| a | b |\n|---|---|\n| {} | 2 |"]
)
def test_in_headings_and_cells_it_does_not(block: str) -> None:
    text = f"# Rain\n\nIn Florence it rained.\n\n{block.format('Florence Hill')}\n"
    assert len(extract(text, LEXICON_ONLY).mentions) == 2


@pytest.mark.parametrize(
    ("text", "record", "title", "origin"),
    [
        ("# Ports reopen\n\nCranes moved.\n", {"title": "Other"}, "Ports reopen", "text"),
        ("Cranes moved again on Monday.\n", {"title": " Ports\nreopen "}, "Ports reopen", "metadata"),
        ("Cranes moved again on Monday.\n", {"title": 5}, None, None),
        ("Cranes moved again on Monday.\n", {"title": " "}, None, None),
        ("Cranes moved again on Monday.\n", {}, None, None),
    ],
)
def test_the_title_of_the_record_serves_where_the_text_has_none(
    text: str, record: dict[str, object], title: str | None, origin: str | None
) -> None:
    (result,) = Stage(Config(entities=False))([{"text": text, **record}])
    assert (result["title"], result["title_origin"]) == (title, origin)
