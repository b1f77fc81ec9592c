from __future__ import annotations

import pytest

from entities.samples import shown


def readings(text: str, name: str, labels: dict[str, str] | None = None) -> list[tuple[str, str | None]]:
    return [(label, entity) for string, label, entity in shown(text, labels) if string == name]


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("Troops crossed from Russia into Georgia, south of Abkhazia.", "Georgia", "country/GE"),
        ("Voters in Georgia and Alabama, from Atlanta to Savannah.", "Georgia", "gpe/georgia-us"),
        ("Congo said the M23 held Goma.", "Congo", "country/CD"),
        ("In Brazzaville, Congo's President Sassou spoke.", "Congo", "country/CG"),
        ("The Dominican economy, from Roseau to the other ports of Dominica", "Dominican", "country/DM"),
        ("Haiti closed the Dominican border.", "Dominican", "country/DO"),
        ("Lebanon and Israel met in Beirut.", "Lebanon", "country/LB"),
        ("A fire in Lebanon, Tennessee.", "Lebanon", "gpe/lebanon-us"),
        ("In Lebanon, boats left Beirut and Tripoli.", "Tripoli", "gpe/tripoli-lebanon"),
        ("Haftar marched on Tripoli from Benghazi.", "Tripoli", "gpe/tripoli"),
        ("The ICC's prosecutor in The Hague", "ICC", "org/international-criminal-court"),
    ],
)
def test_the_document_decides_between_places(text: str, name: str, entity: str) -> None:
    assert {found for _, found in readings(text, name)} == {entity}


@pytest.mark.parametrize(
    ("text", "name", "labels", "expected"),
    [
        ("Chad closed its border.", "Chad", {}, ("GPE", "country/TD")),
        ("Chad, 23, scored twice.", "Chad", {"Chad": "PERSON"}, ("PERSON", "person/chad")),
        ("Fighting in Chad went on.", "Chad", {"Chad": "PERSON"}, ("GPE", "country/TD")),
        ("Jordanian officials met. Jordan said it would stay.", "Jordan", {"Jordan": "PERSON"}, ("GPE", "country/JO")),
        ("Michael Jordan rose. Later Jordan said no.", "Jordan", {"Michael Jordan": "PERSON", "Jordan": "GPE"},
         ("PERSON", "person/michael-jordan")),
        ("Jordan Pell signed. Jordan, which has qualified, lost.", "Jordan", {"Jordan": "PERSON"},
         ("GPE", "country/JO")),
        ("Mr Holland left.", "Holland", {"Holland": "PERSON"}, ("PERSON", "person/holland")),
        ("A flight to Holland", "Holland", {}, ("GPE", "country/NL")),
    ],
)  # fmt: skip
def test_a_place_or_a_person(text: str, name: str, labels: dict[str, str], expected: tuple[str, str]) -> None:
    assert set(readings(text, name, labels)) == {expected}


def test_a_name_inside_a_longer_one_is_part_of_it() -> None:
    assert shown("Paris Hilton came.", {"Paris Hilton": "PERSON"}) == [
        ("Paris Hilton", "PERSON", "person/paris-hilton")
    ]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("a signal of waning Western commitment", "Western", [("NORP", "region/west")]),
        ("islands of the Pacific", "Pacific", [("LOC", "region/pacific-ocean")]),
        ("They took a Western Union transfer", "Western", []),
        ("Polish the silver first", "Polish", []),
        ("The African Union (AU) met. The AU agreed.", "AU", [("ORG", "org/african-union")] * 2),
        ("A code of AU 750 is stamped", "AU", []),
    ],
)
def test_words_and_acronyms_with_other_meanings(text: str, name: str, expected: list[tuple[str, str]]) -> None:
    assert readings(text, name) == expected
