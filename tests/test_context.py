"""What is around a table or list: caption, source, the paragraph that refers to it, and the names in it."""

from __future__ import annotations

import msgspec
import pytest

from brief_extract import Config, Document, extract
from brief_extract.model import Entity, Mention

TABLE = "| Crop | Yield |\n|---|---|\n| Rye | 12 |\n| Oats | 9 |"
LIST = "- rye\n- oats"


def document(*blocks: str) -> Document:
    return extract("\n\n".join(blocks) + "\n", Config(entities=False))


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("Table 2. Yields", True),
        ("TABLE 2: Yields", True),
        ("Tab. 3 – Yields", True),
        ("Figure IV: Yields", True),
        ("Fig. 12 Yields", True),
        ("Table IX: Yields", True),
        ("Chart A", True),
        ("Box 1", True),
        ("Exhibit B - Yields", True),
        ("List 1", True),
        ("Table 2" + "x" * 153, False),  # "2xxx" is no number
        ("Table 2 " + "x" * 152, True),
        ("Table 2 " + "x" * 153, False),  # too long for a caption
        ("Tables 2 and 3 show yields.", False),
        ("Table top yields", False),
        ("The yields: Table 2", False),
        ("Chapter 2", False),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_caption_names_the_table_and_is_beside_it(line: str, is_caption: bool, above: bool) -> None:
    doc = document("# Farms", line, TABLE) if above else document("# Farms", TABLE, line)
    assert doc.context(doc.tables[0]).caption == (line if is_caption else None)


def test_the_caption_above_goes_before_that_below() -> None:
    doc = document("# Farms", "Table 1: Yields", TABLE, "Table 2: Rain")
    assert doc.context(doc.tables[0]).caption == "Table 1: Yields"


@pytest.mark.parametrize(
    "blocks", [("Table 1: Yields", "It was dry.", TABLE), (TABLE, "It was dry.", "Table 1: Yields")]
)
def test_a_caption_further_off_is_none(blocks: tuple[str, ...]) -> None:
    doc = document("# Farms", *blocks)
    assert doc.context(doc.tables[0]).caption is None


def test_a_table_alone_has_no_context() -> None:
    doc = document(TABLE)
    context = doc.context(doc.tables[0])
    assert (context.caption, context.source, context.lead_in, context.section, context.paragraph) == (
        None,
        None,
        None,
        (),
        None,
    )


@pytest.mark.parametrize(
    ("below", "source"),
    [
        (("Source: the ministry",), "Source: the ministry"),
        (("SOURCES : the ministry",), "SOURCES : the ministry"),
        (("Note: dry years",), "Note: dry years"),
        (("Notes: dry years",), "Notes: dry years"),
        (("Data: the ministry",), "Data: the ministry"),
        (("It was dry.", "Source: the ministry"), "Source: the ministry"),
        (("Note: dry years", "Source: the ministry"), "Note: dry years"),
        (("It was dry.", "It was hot.", "Source: the ministry"), None),
        (("The source: unknown",), None),
        (("Source of the river",), None),
        (("Source: " + "x" * 312,), "Source: " + "x" * 312),
        (("Source: " + "x" * 313,), None),
    ],
)
def test_a_source_is_one_of_the_two_blocks_below(below: tuple[str, ...], source: str | None) -> None:
    doc = document("# Farms", "Source: not this one", TABLE, *below)
    assert doc.context(doc.tables[0]).source == source


@pytest.mark.parametrize(
    "text",
    [
        "The table below has all of it.",
        "The figures above are final.",
        "This table shows all of it.",
        "The numbers, which are final, show it all.",
        "The figure gives more.",
        "This table sets out more.",
        "Both tables list them.",
        "Both tables give more.",
        "The following figure is final.",
        "The table" + f" {'o' * 38} " + "shows it.",
        "Below" + f" {'o' * 18} " + "tables are set.",
        "Below is a table of yields.",
        "The following figures are final.",
        "Above, see the numbers.",
        "The yields are as follows.",
    ],
)
def test_a_paragraph_that_speaks_of_a_table(text: str) -> None:
    doc = document("# Farms", text, "It was dry.", TABLE)
    assert doc.context(doc.tables[0]).paragraph == "paragraph-1"


@pytest.mark.parametrize(
    "text",
    [
        "He set the table.",
        "The table, which was bought " + "long " * 8 + "ago, is below.",
        "Below " + "the old " * 3 + "table it was dark.",
        "The vegetables are shown below.",
        "Below the tablet it was dark.",
        "The list is long.",
        "Three reasons:",
        "The tabletop shows it.",
        "The table wishlists it.",
        "The table belowground is old.",
        "Hereabove tables were bought.",
        "Belowground tables were sold.",
        "Above vegetables grew.",
        "It was follows.",
        "The table" + f" {'o' * 39} " + "shows it.",
        "Below" + f" {'o' * 19} " + "tables are set.",
    ],
)
def test_a_paragraph_that_does_not(text: str) -> None:
    doc = document("# Farms", text, "It was dry.", TABLE)
    assert doc.context(doc.tables[0]).paragraph is None


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("The list is long.", True),
        ("This list is long.", True),
        ("They are listed here.", True),
        ("The crops are as follows.", True),
        ("Mind the following.", True),
        ("The points below matter.", True),
        ("The crops:", True),
        ("A list is long.", False),
        ("The listing is long.", False),
        ("Lathe list is long.", False),
        ("Thelist is long.", False),
        ("Enlisted men came.", False),
        ("Mind the followings.", False),
        ("Note: it was dry.", False),
        ("The table below has all of it.", False),
    ],
)
def test_a_paragraph_that_speaks_of_a_list(text: str, speaks: bool) -> None:
    doc = document("# Farms", text, "It was dry.", LIST)
    assert doc.context(doc.lists[0]).paragraph == ("paragraph-1" if speaks else None)


DRY = "It was dry."
REFERS = "The table below has all of it."


@pytest.mark.parametrize(
    ("blocks", "paragraph"),
    [
        ((REFERS, DRY, DRY, TABLE), "paragraph-1"),
        ((REFERS, DRY, DRY, DRY, TABLE), None),
        ((TABLE, DRY, DRY, REFERS), "paragraph-3"),
        ((TABLE, DRY, DRY, DRY, REFERS), None),
        ((REFERS, DRY, TABLE, REFERS), "paragraph-3"),  # the nearer one
        ((DRY, REFERS, TABLE, REFERS), "paragraph-2"),  # above before below
        ((f"> {REFERS}", TABLE), None),  # a quotation is no paragraph
    ],
)
def test_the_nearest_paragraph_within_three_blocks(blocks: tuple[str, ...], paragraph: str | None) -> None:
    doc = document("# Farms", *blocks)
    assert doc.context(doc.tables[0]).paragraph == paragraph


def test_the_number_of_the_caption_is_looked_for_everywhere() -> None:
    doc = document("# Farms", "As TABLE 2 has it, rye did well.", DRY, DRY, DRY, "Table 2: Yields", TABLE, REFERS)
    assert doc.context(doc.tables[0]).paragraph == "paragraph-1"


@pytest.mark.parametrize("mention", ["As Table 21 has it, rye did well.", "As Table has it.", "The stable 2 burnt."])
def test_another_number_is_another_table(mention: str) -> None:
    doc = document("# Farms", mention, DRY, DRY, DRY, "Table 2: Yields", TABLE)
    assert doc.context(doc.tables[0]).paragraph is None


def test_a_caption_does_not_refer_to_its_table() -> None:
    doc = document("# Farms", "Table 2: The figures below are final", TABLE)
    assert doc.context(doc.tables[0]).paragraph is None


def test_lead_in_and_section() -> None:
    doc = document("# Farms", "## Rye", "It was dry. The yields are shown below:", TABLE, "## Oats", LIST)
    context = doc.context(doc.tables[0])
    assert (context.lead_in, context.section) == ("The yields are shown below:", ("Farms", "Rye"))
    assert doc.context(doc.lists[0]).section == ("Farms", "Oats")


def test_the_names_of_a_block_in_their_order_each_once() -> None:
    doc = document("# Farms", "Peru met Acme.", TABLE)
    in_table = ("org/b", "country/ML", "org/a", "org/b", "norp/franco-malian", "person/x", None)
    where: list[tuple[str, str | None]] = [("paragraph-1", "country/PE"), *(("table-1", entity) for entity in in_table)]
    mentions = tuple(
        Mention(
            id=f"mention-{number}",
            start=0,
            end=1,
            text="x",
            label="ORG",
            entity=entity,
            block=block,
            item=None,
            cell=None,
            source="model",
        )
        for number, (block, entity) in enumerate(where, 1)
    )
    kinds = {
        "country/PE": ("GPE", ("country/PE",)),
        "org/b": ("ORG", ("country/CN", "region/asia")),
        "country/ML": ("GPE", ("country/ML",)),
        "org/a": ("ORG", ()),
        "norp/franco-malian": ("NORP", ("country/FR", "country/ML")),
        "person/x": ("PERSON", ()),
    }
    entities = tuple(
        Entity(id=id, name=id, label=label, refers_to=refers_to, mentions=())
        for id, (label, refers_to) in kinds.items()
    )
    context = msgspec.structs.replace(doc, mentions=mentions, entities=entities).context(doc.tables[0])
    assert context.countries == ("country/CN", "country/ML", "country/FR")
    assert context.organisations == ("org/b", "org/a")


def test_a_block_of_another_document_is_refused() -> None:
    with pytest.raises(ValueError, match="index"):
        document(TABLE).context(document("# Farms", TABLE).tables[0])


def test_the_first_block_counts_too() -> None:
    above = document("Table 1: Yields", TABLE)
    assert above.context(above.tables[0]).caption == "Table 1: Yields"
    refers = document(REFERS, TABLE)
    assert refers.context(refers.tables[0]).paragraph == "paragraph-1"


def test_the_last_block_counts_too() -> None:
    below = document(TABLE, "Table 1: Yields")
    assert below.context(below.tables[0]).caption == "Table 1: Yields"
    refers = document(TABLE, REFERS)
    assert refers.context(refers.tables[0]).paragraph == "paragraph-1"
