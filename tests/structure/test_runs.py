"""Runs of parallel lines without marks: one list, and no headings among its lines."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, extract

PROSE = "The fund was set up in 2001 by three partners, who still pay for it."


def read(*lines: str) -> Document:
    return extract("\n".join(lines) + "\n", Config(entities=False))


def items(document: Document) -> list[list[str]]:
    return [[item.text for item in found.items] for found in document.lists]


RUNS = {
    "recipients": ["$7,500 to Stand Together", "$6,500 to the Valley Food Bank", "$2,500 each to two schools"],
    "signatories": ["Coast Watch", "Families of the Aurora", "Port Workers' Union"],
    "contacts": ["Jo Example, press desk", "+44 20 7946 0011", "press@example.org"],
    "ingredients": ["200 g flour", "A pinch of salt", "Two eggs"],
}


@pytest.mark.parametrize("kind", RUNS)
def test_short_lines_under_a_lead_in_are_the_items_of_a_list(kind: str) -> None:
    document = read("It rained in Gao.", "They are as follows:", *RUNS[kind], PROSE)
    assert items(document) == [RUNS[kind]]
    (found,) = document.lists
    assert (found.origin, found.confidence, found.items[0].marker) == ("inferred", 0.8, "")
    assert found.lead_in is not None
    assert document.headings == ()
    assert document.paragraphs[-1].text == PROSE
    assert "inferred-list" in [issue.code for issue in document.issues]


SHAPES = {
    "results": ["Arden 2 Bellmore 1", "Corby Town 0 Dunmore 0"],
    "fixtures": ["Grantley v Harrow (14:00)", "Ilford v Jarrow (16:30)"],
    "leader dots": ["Yes .................... 401,220", "No ..................... 388,019"],
    "three leader dots": ["Macbeth ... Idris Cole", "Lady Macbeth ... Ana Ruiz"],
    "figures": ["33 million tonnes shipped", "1,100 voyages", "45 destination countries"],
}


@pytest.mark.parametrize("kind", SHAPES)
def test_lines_of_a_shape_that_no_heading_has_are_items_without_a_lead_in(kind: str) -> None:
    document = read("By the Numbers", *SHAPES[kind], "Why It Matters", PROSE)
    assert items(document) == [SHAPES[kind]]
    assert document.lists[0].confidence == 0.7
    assert [heading.text for heading in document.headings] == ["By the Numbers", "Why It Matters"]


@pytest.mark.parametrize("kind", SHAPES)
def test_one_line_too_few_is_no_run(kind: str) -> None:
    assert items(read("It rained in Gao on Monday.", *SHAPES[kind][1:], PROSE)) == []


def test_two_lines_under_a_label_of_one_word_are_no_run() -> None:
    assert items(read("It rained in Gao.", "Resources:", *RUNS["signatories"][:2])) == []
    assert items(read("It rained in Gao.", "Resources:", *RUNS["signatories"])) == [RUNS["signatories"]]


@pytest.mark.parametrize("kind", ["recipients", "signatories"])
def test_lines_that_blank_lines_part_are_items_under_a_lead_in(kind: str) -> None:
    document = read(
        f"It rained in Gao.\n\nSigned:\n\n{chr(10).join(f'{item}{chr(10)}' for item in RUNS[kind])}\n{PROSE}"
    )
    assert items(document) == [RUNS[kind]]
    assert document.headings == ()


def test_two_such_lines_or_paragraphs_are_none() -> None:
    assert items(read("It rained in Gao.\n\nSigned:\n\nCoast Watch\n\nFamilies of the Aurora\n", PROSE)) == []
    assert items(read(f"It rained.\n\nHe said:\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}")) == []


def test_the_last_line_titles_the_prose_below_it_where_it_is_written_unlike_the_others() -> None:
    document = read("Signed:", *RUNS["signatories"], "Notes to editors", PROSE)
    assert items(document) == [RUNS["signatories"]]
    assert [heading.text for heading in document.headings] == ["Notes to editors"]


def test_the_last_line_titles_the_prose_below_it_where_it_shares_a_word() -> None:
    document = read(
        "Signed:", *RUNS["signatories"], "About Coast Lamps", "Lamps are its trade, and it builds them in Gao."
    )
    assert items(document) == [RUNS["signatories"]]


CONTROLS = {
    "sentences": ["The board met on Tuesday.", "It heard the engineer.", "Nobody spoke."],
    "one line": ["Coast Watch"],
    "a line that goes on in lower case": ["The board of the harbour", "met on Tuesday and heard the engineer"],
    "open lines": ["The minister of the", "Head of the", "Ships of the"],
    "years": ["2019 elections", "2020 lockdowns"],
}


@pytest.mark.parametrize("kind", CONTROLS)
def test_what_looks_like_a_run_is_none(kind: str) -> None:
    assert items(read("It was so in Gao:", *CONTROLS[kind][:3], PROSE)) == [] or kind == "years"
    assert items(read("It was so in Gao.", *CONTROLS[kind], PROSE)) == []


PARALLEL = {
    "nominees": ["Best Film", "The Long Harmattan", "Best Director", "Ngozi Eze", "Best Actor", "Tunde Bello"],
    "earnings": ["Revenue rose 4% to 1.2bn", "EBIT fell 2% to 210m", "Net debt was 3.4bn"],
    "laureates": ["Physics: Ana Ruiz, Chile", "Chemistry: Jo Adler, Norway", "Peace: Mothers of Gao, Mali"],
}


@pytest.mark.parametrize("kind", PARALLEL)
def test_no_line_of_a_run_titles_the_next_one(kind: str) -> None:
    document = read("Winners and Losers of the Year", *PARALLEL[kind], PROSE)
    assert [heading.text for heading in document.headings] == ["Winners and Losers of the Year"]
    assert [paragraph.text for paragraph in document.paragraphs] == [*PARALLEL[kind], PROSE]


def test_the_last_line_of_a_run_is_a_heading_if_it_is_written_unlike_the_others() -> None:
    document = read("Winners of the Year", *PARALLEL["laureates"], "WHAT COMES NEXT", PROSE)
    assert [heading.text for heading in document.headings] == ["Winners of the Year", "WHAT COMES NEXT"]


def test_a_title_a_subtitle_and_a_section_are_no_run() -> None:
    document = read("Harbour Board Reports Record Year", "Traffic Rises Again", "Why It Matters", PROSE)
    assert len(document.headings) == 3


def test_headings_with_prose_between_are_no_run() -> None:
    document = read("Two things matter:", "What Comes Next", PROSE, "Who Pays the Bill", PROSE)
    assert items(document) == []
    assert len(document.headings) == 2
