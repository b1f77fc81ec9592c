from __future__ import annotations

import pytest

from brief_extract.entities.lexicon import Lexicon, Row, load, slug

OPEC = "org/organization-of-the-petroleum-exporting-countries"


def found(text: str) -> list[tuple[str, str, str]]:
    matches = load().find(text)
    return [(text[m.start : m.end], m.entry.label, m.entry.senses[0].entity) for m in matches]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("troops left Mali", [("Mali", "GPE", "country/ML")]),
        ("France’s engagement", [("France", "GPE", "country/FR")]),
        ("the Malians' choice", [("Malians", "NORP", "country/ML")]),
        ("French diplomats", [("French", "NORP", "country/FR")]),
        ("two Frenchwomen", [("Frenchwomen", "NORP", "country/FR")]),
        ("in the U.S. and the UK", [("U.S.", "GPE", "country/US"), ("UK", "GPE", "country/GB")]),
        ("the former Zaire", [("Zaire", "GPE", "country/CD")]),
        ("in Côte d’Ivoire", [("Côte d’Ivoire", "GPE", "country/CI")]),
        ("in Cote d'Ivoire", [("Cote d'Ivoire", "GPE", "country/CI")]),
        ("DEATHS IN BURKINA FASO", [("BURKINA FASO", "GPE", "country/BF")]),
        ("the Sahel region", [("Sahel", "LOC", "region/sahel")]),
        ("the West African nation", [("West African", "NORP", "region/west-africa")]),
        ("sub-Saharan Africa", [("sub-Saharan Africa", "LOC", "region/sub-saharan-africa")]),
        ("reported by Le Monde", [("Le Monde", "ORG", "org/le-monde")]),
        ("the UN and Opec", [("UN", "ORG", "org/united-nations"), ("Opec", "ORG", OPEC)]),
        ("from Bamako", [("Bamako", "GPE", "gpe/bamako")]),
        ("English fans", [("English", "NORP", "gpe/england")]),
    ],
)  # fmt: skip
def test_names_and_what_they_point_to(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Papua New Guinea", "country/PG"),
        ("Guinea-Bissau", "country/GW"),
        ("South Sudan", "country/SS"),
        ("Lake Chad", "region/lake-chad"),
        ("the Gulf of Mexico", "region/gulf-of-mexico"),
        ("New Mexico", "gpe/new-mexico"),
    ],
)
def test_the_longest_name_wins(text: str, expected: str) -> None:
    assert [entity for _, _, entity in found(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "a malian in lower case",
        "Somalia's neighbour Malia",  # Mali is no part of it
        "US$40 million",
        "US $40 million",
        "https://example.org/France/Mali",
        "write to France@example.org or @France",
        "facing west, the West Coast",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert [name for name, *_ in found(text) if name != "Somalia"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anti-French feeling", [("French", "country/FR")]),
        ("pro-Russian forces", [("Russian", "country/RU")]),
        ("the US-led coalition", [("US", "country/US")]),
        ("non-EU citizens", [("EU", "org/european-union")]),
        ("US-China talks", [("US", "country/US"), ("China", "country/CN")]),
        ("Indo-Pacific states", [("Indo-Pacific", "region/indo-pacific")]),
    ],
)
def test_compounds_of_whole_names_are_those_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, entity) for name, _, entity in found(text)] == expected


@pytest.mark.parametrize(
    ("text", "entity", "refers_to"),
    [
        ("Franco-Malian relations", "norp/franco-malian", ("country/FR", "country/ML")),
        ("Sino–Russian trade", "norp/sino-russian", ("country/CN", "country/RU")),
        ("the Syrian-Jordanian border", "norp/syrian-jordanian", ("country/SY", "country/JO")),
        ("three Anglo-Americans", "norp/anglo-american", ("country/GB", "country/US")),
    ],
)
def test_compounds_of_peoples_are_entities_of_their_own(text: str, entity: str, refers_to: tuple[str, ...]) -> None:
    (match,) = load().find(text)
    assert (match.entry.label, match.entry.senses[0].entity, match.entry.senses[0].refers_to) == (
        "NORP",
        entity,
        refers_to,
    )


@pytest.mark.parametrize(
    ("name", "expected"), [("Séléka", "seleka"), ("Cox's Bazar", "coxs-bazar"), ("«Я»", "я"), ("—", "")]
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("text", "count"), [("@" * 200_000, 0), ("a@" * 100_000, 0), ("Mali " * 50_000, 50_000), ("(" * 200_000, 0)]
)
def test_odd_texts_come_to_an_end(text: str, count: int) -> None:
    assert len(load().find(text)) == count


def test_a_lexicon_is_made_of_tables() -> None:
    lexicon = Lexicon.from_tables(
        {
            "places": [Row("gpe/zorb", "Zorb", "state", "", "country/ML")],
            "demonyms": [Row("gpe/zorb", "Zorbian", "adjective"), Row("country/ML", "Malian", "adjective")],
        },
        phrases=["Zorb pig"],
        prefixes=[("Zorbo", "gpe/zorb")],
        abbreviations=[("Qx.", "gpe/quox", "Quox", "country/ML")],
    )
    text = "Zorb, ZORB and a Zorb pig; Zorbo-Malian talks in Abadan, Qx. Mali"
    found = [(text[m.start : m.end], [sense.entity for sense in m.entry.senses]) for m in lexicon.find(text)]
    assert found == [
        ("Zorb", ["gpe/zorb"]),
        ("ZORB", ["gpe/zorb"]),
        ("Zorb pig", []),
        ("Zorbo-Malian", ["norp/zorbo-malian"]),
        ("Qx.", ["gpe/quox"]),
    ]
    assert lexicon.states == {"gpe/zorb", "gpe/quox"}
    assert lexicon.senses["gpe/quox"].refers_to == ("country/ML",)
    assert lexicon.get("Mali") is None
