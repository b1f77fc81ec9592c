from __future__ import annotations

import pytest

from entities.samples import recognise, unit


def places(text: str, labels: dict[str, str] | None = None) -> dict[str, tuple[str, ...]]:
    """What each entity of a paragraph points to."""
    _, entities = recognise([unit(text)], labels)
    return {entity.id: entity.refers_to for entity in entities}


def test_a_region_after_a_town_tells_which_town_it_is() -> None:
    found = places("A fire in Birmingham, Alabama, killed two. Birmingham was quiet.")
    assert found == {"gpe/birmingham-us": ("country/US",), "gpe/alabama": ("country/US",)}


def test_a_country_after_an_unknown_place_tells_where_it_is() -> None:
    assert places("A mill in Kapiri, Zambia, closed.", {"Kapiri": "GPE"})["gpe/kapiri"] == ("country/ZM",)


def test_a_list_of_places_tells_nothing_of_its_members() -> None:
    found = places("Offices in London, Kenya and Chad; in Kapiri, Kenya and Chad.", {"Kapiri": "GPE"})
    assert found["gpe/london"] == ("country/GB",)
    assert found["gpe/kapiri"] == ()


@pytest.mark.parametrize(
    ("name", "label", "country"),
    [
        ("Kenya Airways", "ORG", ("country/KE",)),
        ("People's Bank of China", "ORG", ("country/CN",)),
        ("Le Monde", "ORG", ()),
        ("Denzel Washington", "PERSON", ()),
        ("Bank of Canada", "ORG", ("country/CA",)),
    ],
)
def test_an_organisation_points_to_the_places_in_its_name_and_a_person_to_none(
    name: str, label: str, country: tuple[str, ...]
) -> None:
    (refers_to,) = places(f"Reporters met {name} there.", {name: label}).values()
    assert refers_to == country


@pytest.mark.parametrize(
    "name", ["Constitutional Court of South Africa", "High Court of Kenya", "Special Court for Sierra Leone"]
)
def test_a_body_and_its_country_are_one_name(name: str) -> None:
    body = name.partition(" of " if " of " in name else " for ")[0]
    mentions, _ = recognise([unit(f"On Monday the {name} ruled.")], {body: "ORG"})
    assert [(mention.text, mention.label) for mention in mentions] == [(name, "ORG")]


def test_the_name_of_a_country_is_a_person_only_where_nothing_says_place() -> None:
    text = "Michael Jordan flew in. Jordan exports phosphate, and workers left for Jordan."
    mentions, _ = recognise([unit(text)], {"Michael Jordan": "PERSON", "Jordan": "GPE"})
    assert [(mention.text, mention.label) for mention in mentions] == [
        ("Michael Jordan", "PERSON"),
        ("Jordan", "GPE"),
        ("Jordan", "GPE"),
    ]


def test_what_hyphens_tie_to_a_name_belongs_to_it() -> None:
    mentions, _ = recognise([unit("Potters left Stoke-on-Trent.")], {"Stoke": "GPE"})
    assert [mention.text for mention in mentions] == ["Stoke-on-Trent"]


def test_a_longer_name_of_the_prose_is_found_in_a_title() -> None:
    units = [unit("Bank of Ghana Raises Rates", "heading"), unit("The Bank of Ghana met.", offset=30, block="p")]
    mentions, _ = recognise(units, {"Bank of Ghana": "ORG"})
    assert [(mention.text, mention.label) for mention in mentions] == [("Bank of Ghana", "ORG")] * 2
