"""Figures as parts of a document: their places, what they are tied to, and the cells that agree with them."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, Extractor, Figure, SchemaError, extract
from brief_extract.integrity import check_integrity
from brief_extract.table import Range

ARTICLE = """\
# Ports reopen in Ghana

Cranes moved again in Ghana on 7 May 2024. The wait at Tema fell from 12 to 9 hours, and **some 40 ships** left
for Togo.

## Figures

| Port | Ships waiting | Wait (hours) |
|---|---|---|
| Tema | 40 | 9 |
| Takoradi | 17 | 30 |

Takoradi has 18 ships waiting.

- fuel for 14 days
- $3.2bn of loans

> Half of the cranes are new.
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return extract(ARTICLE)


def figure(document: Document, text: str) -> Figure:
    (found,) = (figure for figure in document.figures if figure.text == text)
    return found


def test_every_kind_of_prose_has_figures_with_their_places(document: Document) -> None:
    texts = [figure.text for figure in document.figures]
    assert texts == ["7 May 2024", "12 to 9 hours", "40", "18", "14 days", "$3.2bn", "Half"]
    assert [document.text[it.start : it.end] for it in document.figures] == texts
    assert [it.id for it in document.figures] == [f"figure-{number}" for number in range(1, 8)]


def test_a_figure_knows_its_block_item_and_section(document: Document) -> None:
    loans = figure(document, "$3.2bn")
    assert (loans.block, loans.item, loans.section) == ("list-1", "list-1.item-2", "section-2")
    assert figure(document, "Half").block == "quote-1"
    assert document["figure-3"] is document.figures[2]


def test_value_unit_kind_and_change(document: Document) -> None:
    wait = figure(document, "12 to 9 hours")
    assert (wait.kind, wait.value, wait.unit, wait.change) == ("duration", Range(low=12, high=9), "h", "down")
    ships = figure(document, "40")
    assert (ships.kind, ships.value, ships.unit, ships.change, ships.concept) == ("number", 40, None, "about", "ships")
    assert (figure(document, "$3.2bn").value, figure(document, "$3.2bn").unit) == (3_200_000_000, "USD")
    assert (figure(document, "Half").kind, figure(document, "Half").value) == ("ratio", 0.5)


def test_a_date_is_a_figure_that_its_sentence_names(document: Document) -> None:
    day = figure(document, "7 May 2024")
    assert (day.kind, day.value, day.dates) == ("date", "2024-05-07", ())
    assert figure(document, "40").dates == ()  # of another sentence


def test_a_figure_names_the_entities_of_its_sentence(document: Document) -> None:
    assert "country/TG" in figure(document, "40").entities
    assert figure(document, "7 May 2024").entities == ("country/GH",)


def test_a_cell_agrees_or_disagrees_by_labels_value_and_unit(document: Document) -> None:
    cells = {cell.id: (cell.header, cell.text) for cell in document.tables[0].cells}
    assert [cells[id] for id in figure(document, "18").disagrees] == [("Ships waiting", "17")]
    assert [cells[id] for id in figure(document, "40").agrees] == [("Ships waiting", "40")]
    assert figure(document, "14 days").agrees == figure(document, "14 days").disagrees == ()


@pytest.mark.parametrize(
    ("sentence", "agrees", "disagrees"),
    [
        ("Tema has 40 ships waiting.", ["40"], []),
        ("Tema has 41 ships waiting.", [], ["40"]),
        ("Tema has 40 km of quay.", [], []),  # another unit
        ("Lomé has 40 ships waiting.", [], []),  # another row
        ("Tema has 41 cranes.", [], []),  # another column
        ("Tema has about 41 ships waiting.", [], []),  # no exact value, which may well be 40
        ("Ships waiting at Tema rose by 41.", [], []),  # the size of a change
    ],
)
def test_what_is_compared_with_a_cell(sentence: str, agrees: list[str], disagrees: list[str]) -> None:
    table = "| Port | Ships waiting |\n|---|---|\n| Tema | 40 |\n| Takoradi | 17 |\n"
    document = extract(f"{sentence}\n\n{table}", entities=False)
    text = {cell.id: cell.text for cell in document.tables[0].cells}
    (found,) = document.figures
    assert ([text[id] for id in found.agrees], [text[id] for id in found.disagrees]) == (agrees, disagrees)


def test_without_figures_there_are_none_and_the_digest_differs() -> None:
    assert extract(ARTICLE, figures=False, entities=False).figures == ()
    assert Config().digest != Config(figures=False).digest


def test_decimal_commas_are_told_by_the_whole_document() -> None:
    found = extract("Der Preis: 1.234,5 Euro.\n\nDie Menge: 2.500 t.", entities=False).figures
    assert [it.value for it in found] == [1234.5, 2500]


class TestReference:
    """What relative dates are relative to."""

    TEXT = "The bridge broke yesterday."

    def test_nothing_known_gives_no_value(self) -> None:
        (found,) = extract(self.TEXT, entities=False).figures
        assert (found.text, found.kind, found.value) == ("yesterday", "date", None)

    def test_the_day_given_counts_before_the_default(self) -> None:
        extractor = Extractor(Config(entities=False, reference_date="2020-01-01"))
        assert extractor.extract(self.TEXT).figures[0].value == "2019-12-31"
        assert extractor.extract(self.TEXT, reference="2024-05-07").figures[0].value == "2024-05-06"

    def test_what_is_no_day_is_refused(self) -> None:
        with pytest.raises(ValueError, match="reference_date is '7 May'; give a day as YYYY-MM-DD"):
            Config(reference_date="7 May")
        with pytest.raises(ValueError, match="7 May"):
            Extractor(entities=False).extract(self.TEXT, reference="7 May")


def test_a_document_with_figures_reads_back(document: Document) -> None:
    again = Document.from_json(document.to_json())
    assert again.figures == document.figures
    check_integrity(again)


def test_a_figure_of_a_block_that_is_not_there_is_a_fault(document: Document) -> None:
    data = document.to_dict()
    data["figures"][0]["block"] = "paragraph-99"
    with pytest.raises(SchemaError, match="figure-1: no block 'paragraph-99'"):
        check_integrity(Document.from_dict(data))


def test_rows_of_figures(document: Document) -> None:
    frame = document.frames()["figures"].set_index("figure")
    assert frame.loc["figure-3", "number"] == 40
    assert frame.loc["figure-2", "low"] == 12
    assert frame.loc["figure-4", "disagrees"] == "table-1.cell-5"
    assert frame.loc["figure-1", "value"] == "2024-05-07"
