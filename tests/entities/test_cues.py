"""Which words beside a name tell what it is: each of them, before the name, behind it, and in apposition."""

from __future__ import annotations

import pytest

from brief_extract import extract
from brief_extract.entities.acronyms import acronyms
from brief_extract.entities.cues import told

COMPANIES = [
    *"miner carmaker automaker drugmaker chipmaker planemaker steelmaker brewer retailer lender insurer".split(),
    *"airline airliner".split(),
    *"broadcaster startup start-up conglomerate shipbuilder refiner distiller grocer company firm".split(),
    *[f"{kind} company" for kind in "oil gas mining energy power shipping tech technology software security".split()],
    *[f"{kind} group" for kind in "pharmaceutical insurance media trading engineering construction logistics".split()],
    *["investment firm", "telecom operator", "telecoms group", "subsidiary", "energy giant", "oil major"],
]
BODIES = [
    *["rebel group", "militant group", "armed group", "opposition party", "ruling party", "party", "think tank"],
    *["thinktank", "charity", "watchdog", "newspaper", "daily", "weekly", "news agency", "news site", "union"],
    *["aid group", "rights group", "non-profit", "nonprofit", "cartel", "gang"],
]
CLUBS = ["club", "football club", "soccer club", "side", "champions", "league leaders", "band", "orchestra", "trio"]
PLAYERS = [
    *"striker midfielder defender goalkeeper winger forward centre-back full-back left-back right-back".split(),
    *"playmaker captain coach manager boss frontman drummer bassist guitarist".split(),
]
OFFICERS = "shares shareholders stock employees subsidiary executives CEO CFO boardroom workforce".split()
WATERS = [
    *"river lake mountain mountains island islands valley peninsula desert strait gulf bay volcano".split(),
    *"glacier reef dam".split(),
]
TOWNS = "town city village municipality".split()


def label(text: str) -> str | None:
    start = text.index("Polvera")
    return told(text, start, start + len("Polvera"), "GPE")


@pytest.mark.parametrize("word", [*COMPANIES, *BODIES, *CLUBS])
def test_a_body_is_named_behind_its_noun(word: str) -> None:
    assert label(f"The {word} Polvera rose.") == "ORG"
    assert label(f"The {word}x Polvera rose.") is None


@pytest.mark.parametrize("word", [*COMPANIES, *BODIES])
def test_a_body_is_told_in_apposition(word: str) -> None:
    assert label(f"Polvera, a small old {word}, rose.") == "ORG"
    assert label(f"Polvera, a {word} fan, rose.") is None


@pytest.mark.parametrize("word", PLAYERS)
def test_a_player_is_a_person_and_plays_for_a_club(word: str) -> None:
    assert label(f"The {word} Polvera left.") == "PERSON"
    assert label(f"Polvera, the new {word}, left.") == "PERSON"
    assert label(f"Polvera {word} Ana Diaz left.") == "ORG"


@pytest.mark.parametrize("word", OFFICERS)
def test_what_a_company_has(word: str) -> None:
    assert label(f"Polvera's {word} fell.") == label(f"Polvera {word} fell.") == "ORG"


@pytest.mark.parametrize("word", WATERS)
def test_waters_and_heights(word: str) -> None:
    assert label(f"The Polvera {word} rose.") == "LOC"
    assert label(f"The Polvera {word}x rose.") is None


@pytest.mark.parametrize("word", TOWNS)
def test_towns(word: str) -> None:
    assert label(f"In the {word} of Polvera it rained.") == "GPE"
    assert label(f"Polvera, a small {word}, was cut off.") == "GPE"
    assert label(f"Polvera {word} was cut off.") == "GPE"
    assert label(f"Polvera {word}x was cut off.") is None


@pytest.mark.parametrize(
    "office",
    [
        *[f"{kind} General" for kind in "Inspector Director Attorney Solicitor Secretary Auditor Advocate".split()],
        *[f"{kind}-General" for kind in ("Major", "Brigadier", "Lieutenant")],
        *[f"{kind} Minister" for kind in ("Prime", "Foreign", "Home", "Finance", "Defence", "Defense", "Chief")],
        *[f"Chief {kind}" for kind in ("Justice", "Secretary", "Executive", "Financial Officer", "Executive Officer")],
        *["Superintendent of Police", "Deputy Commissioner of Police", "Head of Mission", "Director of Finance"],
        *["Managing Director", "Vice President", "Deputy Inspector General of Police"],
    ],
)
def test_an_office_with_its_acronym_is_no_organisation(office: str) -> None:
    letters = "".join(word[0] for word in office.replace("-", " ").split() if word[0].isupper())
    document = extract(f"The {office} ({letters}) Ana Diaz spoke. {letters} Diaz left.")
    assert [it.text for it in document.mentions if it.label == "ORG" and letters in it.text] == []


def test_only_capitals_behind_a_word_are_acronyms() -> None:
    text = "Union of Ports (UOP); (XYZ) alone."
    assert [(it.text, text[it.start : it.end]) for it in acronyms(text)] == [("UOP", "UOP")]


@pytest.mark.parametrize(
    "body",
    [
        *"Parliament Government Embassy Consulate Republic President".split(),
        *[
            "Armed Forces",
            "Ministry of Trade",
            "Bank",
            "Central Bank",
            "National Bank",
            "Reserve Bank",
            "Supreme Court",
        ],
        *["Constitutional Court", "Court"],
    ],
)
def test_the_bodies_of_a_state_belong_to_the_country(body: str) -> None:
    document = extract(f"The {body} of Georgia and the town of Tbilisi said no.")
    assert "country/GE" in {place for entity in document.entities for place in entity.refers_to}
