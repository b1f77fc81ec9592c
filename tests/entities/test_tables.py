"""The tables are data that people edit, so what holds of them is pinned here."""

from __future__ import annotations

from collections import Counter, defaultdict
from importlib.resources import files

import pytest
from babel import Locale

from brief_extract.entities.lexicon import TABLES, lines, load, rows
from brief_extract.entities.names import fold
from brief_extract.entities.trimming import titles

KINDS = ("name", "capital", "city", "state", "alias", "abbreviation", "former", "adjective", "people")
FORMER_COUNTRIES = {"CS", "DD", "SU", "YU"}
NO_COUNTRIES = {
    "AC",
    "AQ",
    "BV",
    "CP",
    "CQ",
    "DG",
    "EA",
    "EU",
    "EZ",
    "HM",
    "IC",
    "QO",
    "TA",
    "UM",
    "UN",
    "XA",
    "XB",
    "ZZ",
}
"""Codes of CLDR for groups, uninhabited islands and parts of other countries."""


def countries() -> dict[str, set[str]]:
    names = defaultdict(set)
    for entity, name, *_ in rows("countries"):
        names[entity.removeprefix("country/")].add(name)
    return names


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_whole(table: str) -> None:
    for row in rows(table):
        assert len(row) == (4 if table in {"countries", "demonyms", "media"} else 5), row
        assert row[2] in KINDS, row
        assert row[3] in {"", "person", "word", "place"}, row
        assert row[1] == row[1].strip() == fold(row[1]), row


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sorted(table: str) -> None:
    order = [(entity, KINDS.index(kind), name) for entity, name, kind, *_ in rows(table)]
    assert order == sorted(order)


@pytest.mark.parametrize("table", TABLES)
def test_no_name_stands_twice_for_one_entity(table: str) -> None:
    assert [pair for pair, count in Counter((row[0], row[1]) for row in rows(table)).items() if count > 1] == []


def test_each_country_has_one_name_and_a_code_of_cldr() -> None:
    names = Counter(entity for entity, _, kind, *_ in rows("countries") if kind == "name")
    assert set(names.values()) == {1}
    codes = {entity.removeprefix("country/") for entity in names}
    assert (
        codes - FORMER_COUNTRIES
        == {str(code) for code in Locale("en").territories if str(code).isalpha()} - NO_COUNTRIES
    )


def test_cldr_names_are_known() -> None:
    known = countries()
    territories = Locale("en").territories
    unknown = []
    for code in known.keys() - FORMER_COUNTRIES:
        name = fold(territories[code].removesuffix(" (Burma)"))
        variants = {name, name.replace(" & ", " and "), name.replace("St.", "Saint").replace(" & ", " and the ")}
        variants.add(name.replace("St.", "Saint").replace(" & ", " and ").replace("U.S.", "United States"))
        if not variants & known[code]:
            unknown.append(name)
    assert unknown == []


def test_a_name_of_several_entities_has_readings() -> None:
    entities = defaultdict(set)
    for table in TABLES:
        for entity, name, *_ in rows(table):
            entities[name].add(entity)
    listed = defaultdict(set)
    for name, entity, cues in rows("readings"):
        listed[name].add(entity)
        assert " " not in cues.replace(", ", ""), f"cues are single words: {cues}"
    assert {name: known for name, known in entities.items() if len(known) > 1} == listed


def test_demonyms_places_and_prefixes_point_to_known_entities() -> None:
    named = {row[0] for table in TABLES if table != "demonyms" for row in rows(table)}
    assert {row[0] for row in rows("demonyms")} <= named
    assert {row[1] for row in rows("prefixes")} <= named
    assert {entity for row in rows("places") for entity in row[4].split()} <= named


@pytest.mark.parametrize("table", ["heads", "honorifics", "openings", "prefixes"])
def test_word_lists_are_sorted_and_without_repeats(table: str) -> None:
    words = [row[0] for row in rows(table)]
    assert words == sorted(set(words))


@pytest.mark.parametrize("file", ["generic", "languages", "phrases", "surnames"])
def test_lists_of_words_are_sorted_and_without_repeats(file: str) -> None:
    text = files("brief_extract.entities").joinpath("data", f"{file}.txt").read_text("utf-8")
    words = [line for line in text.splitlines() if not line.startswith("#")]
    assert words == sorted(set(words))
    assert lines(file) == set(words)


def test_languages_are_demonyms_and_surnames_are_no_names_of_the_lexicon() -> None:
    known = {row[1] for table in ("demonyms", "peoples") for row in rows(table)}
    assert lines("languages") <= known
    assert {name for name in lines("surnames") if load().get(name)} == set()


def test_every_title_is_matched_as_a_whole() -> None:
    for title, use in rows("honorifics"):
        assert use in {"person", "also"}
        match = titles().match(f"{title} Aminata Touré")
        assert match, title
        assert match.end() == len(title) + 1, title


def test_every_name_is_found() -> None:
    lexicon = load()
    for table in TABLES:
        for _, name, *_ in rows(table):
            sentence = f"and {name} was"
            assert name.split(" ")[-1] in " ".join(sentence[m.start : m.end] for m in lexicon.find(sentence)), name


def test_tables_are_in_the_package() -> None:
    assert {path.name for path in files("brief_extract.entities").joinpath("data").iterdir()} >= {
        f"{t}.tsv" for t in TABLES
    }
