"""What is decided about names, as tables of cases: ``decisions/*.txt`` state a rule, then a document that shows it.

A block has the rule, the units of the document, what the model says of them, and a line for each mention: its text, an
arrow, label, entity and source.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest

from brief_extract.entities.lexicon import load
from brief_extract.entities.units import Kind, Unit
from entities.samples import article, recognise, shown

CASES = Path(__file__).with_name("decisions")


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.iterdir()))
def test_names_are_found_as_decided(name: str) -> None:
    wrong = []
    for block in (CASES / f"{name}.txt").read_text("utf-8").rstrip("\n").split("\n\n"):
        rule, *lines = block.split("\n")
        units = [line.split(": ", 1) for line in lines if re.match(r"(?:paragraph|heading|item|cell|quote): ", line)]
        labels = [pair for line in lines if line.startswith("model: ") for pair in line[7:].split("; ")]
        expected = [line for line in lines if line.startswith("  ") and line != "  nothing"]
        mentions, _ = recognise(
            article(*((cast("Kind", kind), unescaped(text)) for kind, text in units)),
            {text: label for text, _, label in (pair.rpartition(" = ") for pair in labels)},
        )
        found = [f"  {m.text} → {m.label} {m.entity or '-'} {m.source}" for m in mentions]
        if found != [unescaped(line) for line in expected]:
            wrong.append("\n".join([rule, *found]))
    assert not wrong, "\n".join(wrong)


def unescaped(text: str) -> str:
    return re.sub(r"\\(?:n|x..|u....)", lambda match: match[0].encode().decode("unicode_escape"), text)


def first(text: str, name: str, labels: dict[str, str]) -> str | None:
    """The entity of a name in a sentence of its own, so that no other mention decides."""
    return next((entity for string, _, entity in shown(text, labels) if string == name), None)


@pytest.mark.parametrize(
    "before",
    "in In to from From across near inside outside throughout within into over at At".split(),
)
def test_a_preposition_before_says_place(before: str) -> None:
    assert first(f"Troops, {before} Chad.", "Chad", {"Chad": "PERSON"}) == "country/TD"


@pytest.mark.parametrize("before", ["With", "by", "Into the", "ain", "in, "])
def test_other_words_before_do_not(before: str) -> None:
    assert first(f"So {before} Chad.", "Chad", {"Chad": "PERSON"}) == "person/chad"


@pytest.mark.parametrize(
    "after",
    [" added", " scored", " explained", " argued", ", 23,"],
)
def test_speech_or_an_age_behind_says_person(after: str) -> None:
    assert first(f"Then Chad{after} no.", "Chad", {"Chad": "GPE"}) != "country/TD"
    assert first(f"Chadian troops. Then Chad{after} no.", "Chad", {"Chad": "GPE"}) == "country/TD"


@pytest.mark.parametrize("after", [" said", " says", " told", " warned", " wants", " denied", " insisted"])
def test_what_states_do_as_well_says_country_unless_a_person_of_that_name_is_there(after: str) -> None:
    assert first(f"Then Chad{after} no.", "Chad", {"Chad": "PERSON"}) == "country/TD"
    persons = {"Chad": "PERSON", "Chad Lowen": "PERSON"}
    assert first(f"Chad Lowen rose. Then Chad{after} no.", "Chad", persons) != "country/TD"


@pytest.mark.parametrize("text", ["He saw N.C. and TX.", "IN GAO, TX.", "Yes, OR no.", "gao, Ala. was"])
def test_a_region_is_only_abbreviated_behind_a_town(text: str) -> None:
    mentions, _ = recognise(article(("paragraph", text)), {})
    assert [mention.entity for mention in mentions if mention.text in ("N.C.", "TX", "OR", "Ala.")] == []


@pytest.mark.parametrize("after", [" saidly", " was", ", 234,", ", 23 ", ". Said"])
def test_other_words_behind_do_not(after: str) -> None:
    assert first(f"Then Chad{after} no.", "Chad", {"Chad": "GPE"}) == "country/TD"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Ana Chad left. Chad, which won.", True),
        ("Ana Chad left. Chad, whichever.", False),
        ("Ana Chad left. Chad which won.", False),
        ("Ana Chad left. Mr Chad, which won.", False),  # a title before goes first
    ],
)
def test_a_which_behind_says_thing(text: str, place: bool) -> None:
    labels = {"Chad": "PERSON", "Ana Chad": "PERSON"}
    assert ("Chad", "GPE", "country/TD") in shown(text, labels) or not place
    assert ("Chad", "GPE", "country/TD") not in shown(text, labels) or place


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("the Pacific rose", "Pacific", "region/pacific-ocean"),
        ("The Pacific rose", "Pacific", "region/pacific-ocean"),
        ("A Pacific rose", "Pacific", None),
        ("lathe Pacific rose", "Pacific", None),
        ("the Pacific Rim rose", "Pacific", None),
        ("many Polish farms", "Polish", "country/PL"),
        ("old, Polish farms", "Polish", "country/PL"),
        ("a Polish-born man", "Polish", "country/PL"),
        ("Polish farms", "Polish", None),
        ("many Polish Farms", "Polish", None),
        ("many Polish.", "Polish", None),
        ("A. Polish farms", "Polish", None),
        ("many Siam farms", "Siam", None),
        ("the Siam rose", "Siam", None),
        ("He met Turks.", "Turks", None),
        ("In Turkey he met Turks.", "Turks", "country/TR"),
        ("Florence won", "Florence", None),
        ("Then in Florence it rained", "Florence", "gpe/florence"),
        ("Italian trains to the town. Florence won", "Florence", "gpe/florence"),
    ],
)
def test_what_has_other_meanings_needs_a_reason(text: str, name: str, entity: str | None) -> None:
    assert first(text, name, {}) == entity


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Gulf rose", ["Gulf"]),
        ("the Gulf rose", ["Gulf"]),
        ("the Gulf-based firm", ["Gulf"]),
        ("A Gulf rose", []),
        ("Gulf rose", []),
        ("lathe Gulf rose", []),
        ("the Gulf Stream", []),
        ("the Gulf of Foo", []),
        ("the Gulf often rose", ["Gulf"]),
        ("The Guardian wrote", ["Guardian"]),
        ("A Guardian wrote", []),
        ("Côte dʼIvoire and Mali", ["Côte dʼIvoire", "Mali"]),
        ("Guinea‐Bissau, Guinea‑Bissau", ["Guinea‐Bissau", "Guinea‑Bissau"]),
        ("Franco-foo", []),
        ("Franco Malian", ["Malian"]),
        ("Mali-Syrian", ["Mali", "Syrian"]),
        ("Syrian-Mali", ["Syrian", "Mali"]),
        ("Syrian–Jordanian", ["Syrian–Jordanian"]),
        ("Syrian_Jordanian", []),
        ("a Syrian-", ["Syrian"]),
        ("www.mali.example/Mali", []),
        ("http://x.example/Mali", []),
        ("Mali@x.example", []),
        ("@Mali", []),
        ("#Mali", []),
        ("@ Mali", ["Mali"]),
        ("# Mali", ["Mali"]),
        ("Mali$", []),
        ("Mali $5", []),
        ("Mali $ 5", []),
        ("Mali_x", []),
        ("Mali2", []),
        ("Mali", ["Mali"]),
        ("US$", []),
        ("the OAS, UN, un", ["OAS", "UN"]),
        ("MALI and Mali and mali", ["MALI", "Mali"]),
        ("South Africa and Africa", ["South Africa", "Africa"]),
    ],
)
def test_names_of_the_lexicon(text: str, names: list[str]) -> None:
    assert [text[match.start : match.end] for match in load().find(text)] == names


@pytest.mark.parametrize(
    ("heading", "stands_apart"),
    [
        ("A: Ana Diaz", True),
        ("B; Ana Diaz / C", True),
        ("D – Ana Diaz — E", True),
        ("F | Ana Diaz | G", True),
        ("H (Ana Diaz)", True),
        ("I, Ana Diaz, K", True),
        ("I/Ana Diaz", True),
        ("Ana Diaz: K", True),
        ("I. Ana Diaz", False),
        ("Ana Diaz. J", False),
        ("Ana Diaz - K", False),
        ("By Ana Diaz", False),
        ("Ana Diaz Wins", False),
    ],
)
def test_a_person_in_a_title_stands_apart(heading: str, stands_apart: bool) -> None:
    mentions, _ = recognise(article(("heading", heading)), {"Ana Diaz": "PERSON"})
    assert bool(mentions) == stands_apart


@pytest.mark.parametrize(
    ("heading", "is_read"),
    [
        ("Zorb cuts jobs", True),
        ("Zorb Cuts jobs now", True),
        ("Zorb Cuts jobs", False),
        ("Zorb Cuts Jobs", False),
        ("Zorb", False),
    ],
)
def test_a_firm_in_a_heading_is_believed_if_fewer_than_half_of_the_words_have_capitals(
    heading: str, is_read: bool
) -> None:
    mentions, _ = recognise(article(("heading", heading)), {"Zorb": "ORG"})
    assert bool(mentions) == is_read


@pytest.mark.parametrize(
    ("text", "labels", "refers_to"),
    [
        ("In Zorb, Ghana, it rained.", {"Zorb": "GPE"}, ("country/GH",)),
        ("In Zorb, Ghana and then it rained.", {"Zorb": "GPE"}, ("country/GH",)),
        ("In Zorb, Ghana and Togo.", {"Zorb": "GPE"}, ()),
        ("In Zorb, Ghana or Togo.", {"Zorb": "GPE"}, ()),
        ("In Zorb, Ghana, and Togo.", {"Zorb": "GPE"}, ()),
        ("In Zorb, Ghana, Togo.", {"Zorb": "GPE"}, ()),
        ("In Zorb; Ghana.", {"Zorb": "GPE"}, ()),
        ("In Zorb,  Ghana.", {"Zorb": "GPE"}, ()),
        ("In Zorb, Ghanaian men met.", {"Zorb": "GPE"}, ()),
        ("At Zorb, Ghana, they met.", {"Zorb": "ORG"}, ()),
        ("In Zorb, Yarb, they met.", {"Zorb": "GPE", "Yarb": "GPE"}, ()),
        ("In Zorb, Alabama, it rained.", {"Zorb": "GPE"}, ("country/US",)),
        ("The Zorb and Ghana Bank met.", {"Zorb and Ghana Bank": "ORG"}, ("country/GH",)),
        ("The Zorb Bank of Georgia met.", {"Zorb Bank of Georgia": "ORG"}, ()),
        ("The Zorb-Ghana Bank met.", {"Zorb-Ghana Bank": "ORG"}, ()),
        ("Zorb Ghana met Togo.", {"Zorb Ghana": "PERSON"}, ()),
        ("The Zorb Sahel Mali Bank met.", {"Zorb Sahel Mali Bank": "ORG"}, ("region/sahel", "country/ML")),
    ],
)
def test_where_an_unknown_name_belongs(text: str, labels: dict[str, str], refers_to: tuple[str, ...]) -> None:
    _, entities = recognise(article(("paragraph", text)), labels)
    assert next(entity.refers_to for entity in entities if entity.name.startswith("Zorb")) == refers_to


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("In Birmingham, Alabama, it rained.", "gpe/birmingham-us"),
        ("In Birmingham, Kenya, it rained.", "gpe/birmingham-ke"),
        ("In Perth, Kenya; in Gao.", "gpe/perth-ke"),
        ("In Birmingham, Kenya and Chad, it rained.", "gpe/birmingham"),
        ("In Birmingham, Kenya, and Chad, it rained.", "gpe/birmingham"),
        ("In Birmingham, Kenya said, it rained.", "gpe/birmingham"),
        ("In Birmingham, Ala., it rained.", "gpe/birmingham-us"),
        ("In Perth, TX, it rained.", "gpe/perth-us"),
        ("In Birmingham; Alabama.", "gpe/birmingham"),
        ("In Houston, Texas, it rained.", "gpe/houston"),
        ("In Birmingham, Ontario, it rained.", "gpe/birmingham-ca"),
        ("From Ghana, Alabama, they came.", "country/GH"),
        ("From Texas, Ontario, they came.", "gpe/texas"),
    ],
)
def test_a_state_behind_a_known_town(text: str, entity: str) -> None:
    mentions, _ = recognise(article(("paragraph", text)), {})
    assert mentions[0].entity == entity


@pytest.mark.parametrize(
    "date",
    [
        *("Jan 7", "January 7", "Jan. 7", "Feb. 7", "February 7", "Mar 7", "March 7", "Apr. 7", "April 7", "May 7"),
        *(
            "June 7",
            "July 7",
            "Jul 7",
            "Aug. 7",
            "August 31",
            "Sept. 7",
            "Sep 7",
            "September 7",
            "Oct. 17",
            "October 7",
        ),
        *("Nov. 7", "November 7", "Dec. 7", "December 7, 2024"),
    ],
)
@pytest.mark.parametrize("dash", [" - ", " – ", " — ", "—", " -- "])
def test_a_dateline_is_no_part_of_a_name(date: str, dash: str) -> None:
    text = f"ACCRA, {date}{dash}Zorb Works"
    assert shown(text, {f"{date}{dash}Zorb Works": "PRODUCT"})[1:] == [("Zorb Works", "PRODUCT", "product/zorb-works")]


def test_mentions_are_where_their_text_is() -> None:
    units = article(("heading", "Ghana"), ("paragraph", "In Togo and Mali."), ("item", "Chad"))
    source = "\n".join(unit.text for unit in units)
    mentions, _ = recognise(units)
    assert [source[mention.start : mention.end] for mention in mentions] == ["Ghana", "Togo", "Mali", "Chad"]


def test_markup_inside_of_a_name_belongs_to_its_place() -> None:
    spread = Unit(block="paragraph-1", kind="paragraph", text="In Mali", offsets=(0, 1, 2, 5, 6, 9, 10))
    mentions, _ = recognise([spread])
    assert [(mention.start, mention.end) for mention in mentions] == [(5, 11)]


def test_an_acronym_follows_with_and_without_a_space() -> None:
    assert ("RBX", "ORG", "org/rye-board") in shown("The Rye Board (RBX) met. Later RBX left.", {"Rye Board": "ORG"})
    assert ("RB2", "ORG", "org/rye-board") in shown("The Rye Board(RB2) met. Later RB2 left.", {"Rye Board": "ORG"})
