"""The parts of pages: marks in a text, passages, bars."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from brief_extract import Document, Mention, extract
from brief_extract.batch.corrections import read_corrections
from brief_extract.report.article import article_values
from brief_extract.report.charts import charts
from brief_extract.report.correct import correction_rows
from brief_extract.report.entity import together
from brief_extract.report.links import entity_page
from brief_extract.report.marks import LONGEST, marked, places_of, shown
from brief_extract.report.pages import _environment
from brief_extract.report.passages import Passage, passages
from strategies import MARKUP

TEXT = """The president of Mali met Vladimir Putin in Moscow. He then left for France.

- Niger
- Chad and Mali

| Country | Aid |
|---|---|
| Kenya | 10 |
| Ghana | 20 |
"""


def mention(start: int, end: int, text: str, entity: str | None = None) -> Mention:
    return Mention(
        id=f"mention-{start}", start=start, end=end, text=text, label="GPE", entity=entity, block="paragraph-1",
        item=None, cell=None, source="model",
    )  # fmt: skip


def said(html: str) -> str:
    """The text of HTML, with the signs that elements stand for."""
    signs = re.sub(r'<i data-sign="U\+(\w+)"></i>', lambda sign: chr(int(sign[1], 16)), html)
    return unescape(re.sub(r"<[^>]*>", "", signs))


@given(st.text())
def test_a_text_is_shown_whole_and_holds_no_markup(text: str) -> None:
    assert said(shown(text)) == text
    assert "<" not in re.sub(r'<i data-sign="U\+\w+"></i>', "", shown(text))


@given(st.text(min_size=1, max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_marks_change_no_text(text: str, ends: list[int]) -> None:
    ends = sorted({min(end, len(text)) for end in ends})
    places = [(start, mention(start, end, text[start:end])) for start, end in pairwise(ends)]
    assert said(marked(text, places, "")) == text


def test_mentions_that_overlap_are_marked_once() -> None:
    html = marked("South Sudan", [(0, mention(0, 11, "South Sudan")), (6, mention(6, 11, "Sudan"))], "")
    assert html.count("<a") == 1


def test_a_mention_links_to_its_entity() -> None:
    html = marked("Mali", [(0, mention(0, 4, "Mali", "country/ML"))], "../")
    assert 'href="../entities/country/ML.html"' in html
    assert 'data-at="0,4"' in html


def test_a_long_text_is_cut() -> None:
    assert said(marked("x" * (LONGEST + 5), [], "")).endswith("x … 5 more characters")


def test_mentions_are_found_where_line_breaks_were_reduced() -> None:
    source = "He left Burkina\nFaso for Mali."
    places = places_of(source, 0, len(source), "He left Burkina Faso for Mali.", [
        mention(8, 20, "Burkina Faso"), mention(25, 29, "Mali"),
    ])  # fmt: skip
    assert [start for start, _ in places] == [8, 25]


def test_an_entity_of_another_pipeline_gets_a_page_inside_the_report() -> None:
    page = entity_page("person/../../etc/passwd")
    assert re.fullmatch(r"entities/person/_+etc_passwd~\w{12}\.html", page)
    assert len(entity_page("org/" + "é" * 500).encode()) < 200


def passages_of(text: str) -> list[Passage]:
    return list(passages(extract(text)))


def test_passages_are_sentences_items_and_rows() -> None:
    found = [(passage.kind, passage.names) for passage in passages_of(TEXT)]
    assert found[1:] == [
        ("sentence", ("country/FR",)),
        ("list", ("country/NE",)),
        ("list", ("country/TD", "country/ML")),
        ("table", ("country/KE",)),
        ("table", ("country/GH",)),
    ]
    assert found[0][0] == "sentence"
    assert "country/ML" in found[0][1]


def test_items_share_their_list_and_rows_their_table() -> None:
    found = passages_of(TEXT)
    assert together("country/NE", [it for it in found if "country/NE" in it.names])["list"] == {
        "country/TD": 1,
        "country/ML": 1,
    }
    assert together("country/KE", [it for it in found if "country/KE" in it.names])["table"] == {"country/GH": 1}


@settings(max_examples=30)
@given(MARKUP)
def test_every_mention_of_an_entity_with_a_page_stands_in_a_passage(text: str) -> None:
    document = extract(text)
    assert _named(document) == {name for passage in passages(document) for name in passage.names}


def _named(document: Document) -> set[str]:
    kinds = ("country/", "region/", "gpe/", "org/", "person/")
    return {it.entity for it in document.mentions if it.entity and it.entity.startswith(kinds)}


TABLE = "| Line | Before | After |\n|---|---|---|\n"


def test_bars_stand_to_one_scale() -> None:
    chart = charts(extract(TABLE + "| Staff | 120 | 60 |\n| Cars | 30 | 45 |\n").tables[0])[0]
    assert chart.columns == ("Before", "After")
    assert [bar.lengths for bar in chart.bars] == [(100, 50), (25, 37.5)]
    assert [bar.change for bar in chart.bars] == ["−50.0%", "+50.0%"]
    assert [bar.falls for bar in chart.bars] == [True, False]


def test_bars_of_other_magnitudes_have_a_scale_each() -> None:
    chart = charts(extract(TABLE + "| Grain | 120000 | 60000 |\n| Cars | 30 | 15 |\n").tables[0])[0]
    assert [bar.lengths for bar in chart.bars] == [(100, 50), (100, 50)]


def test_one_row_or_values_below_zero_make_no_chart() -> None:
    assert not charts(extract(TABLE + "| Staff | 120 | 60 |\n").tables[0])
    assert not charts(extract(TABLE + "| Net | -5 | 60 |\n| Gross | 5 | 6 |\n").tables[0])


def test_the_rows_that_an_entity_page_offers_are_corrections_of_it(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    for id, label in (("org/a,b", "ORG"), ('person/"x"', "PERSON")):
        path.write_text(correction_rows(id, label), encoding="utf-8")
        rows = read_corrections(path).about(set(), {id}, "article")
        assert sorted(row.action for row in rows) == ["drop", "link", "merge", "relabel"]
        assert {row.label for row in rows} - {""} != {label}


def test_figures_stand_beside_the_text_with_the_cells_that_say_the_same_or_another_thing() -> None:
    table = "| Port | Ships |\n|---|---|\n| Tema | 40 |\n| Lomé | 17 |\n"
    document = extract(
        f"Tema has 40 ships. Lomé has 18 ships. Costs fell 3%, a third of 10 to 15 bn.\n\n{table}", entities=False
    )
    values = article_values(document)
    assert [(figure.text, said) for figure, said in values["figures"]] == [
        ("40", "ships: 40"),
        ("18", "ships: 18"),
        ("3%", "Costs: down 3 %"),
        ("a third", "Costs: 0.3333"),
        ("10 to 15 bn", "Costs: 10,000,000,000 to 15,000,000,000"),
    ]
    page = _environment().get_template("article.html").render(root="../", digest="", **values)
    assert re.findall(r'<span class="same">= <a href="#([\w.-]+)"', page) == ["table-1.cell-2"]
    assert re.findall(r'<span class="badge">odd</span> <a href="#([\w.-]+)"', page) == ["table-1.cell-4"]
