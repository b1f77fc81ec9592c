from __future__ import annotations

import pytest

from brief_extract.entities.forms import names
from brief_extract.entities.lexicon import load
from brief_extract.entities.model import Span
from brief_extract.entities.trimming import trim


@pytest.mark.parametrize(
    ("span", "label", "name"),
    [
        ("the European Commission", "ORG", "European Commission"),
        ("The Sahel", "LOC", "Sahel"),
        ("France’s", "GPE", "France"),
        ("“Macron”", "PERSON", "Macron"),
        ("President Emmanuel Macron's", "PERSON", "Emmanuel Macron"),
        ("Lt. Gen. Abdourahamane Tiani", "PERSON", "Abdourahamane Tiani"),
        ("former Prime Minister Choguel Maïga", "PERSON", "Choguel Maïga"),
        ("Mr. Goïta", "PERSON", "Goïta"),
        ("Saudi Arabia-led", "ORG", "Saudi Arabia"),
        ("the past year", "DATE", "past year"),
        ("President", "PERSON", ""),
        ("The Minister", "PERSON", ""),
        ("Marshall Islands", "GPE", "Marshall Islands"),
        ("King", "ORG", "King"),
        ("(Acme Mill)", "ORG", "Acme Mill"),
        ("Acme Mill),", "ORG", "Acme Mill"),
        ("Acme Mill (Zorb))", "ORG", "Acme Mill (Zorb)"),
        ("Congo (Kinshasa)", "GPE", "Congo (Kinshasa)"),
        ("(Congo [Kinshasa])", "GPE", "Congo [Kinshasa]"),
    ],
)
def test_a_span_is_trimmed_to_the_name(span: str, label: str, name: str) -> None:
    text = f"met {span}, who"
    start, end = trim(text, 4, 4 + len(span), label)
    assert text[start:end] == name


@pytest.mark.parametrize(
    ("text", "span", "label", "expected"),
    [
        ("along the Laja River today", "Laja", "PERSON", [("Laja River", "LOC")]),
        ("the Nairobi Expressway opened", "Nairobi Expressway", "ORG", [("Nairobi Expressway", "FAC")]),
        ("Curepipe College won", "Curepipe College", "PERSON", [("Curepipe College", "ORG")]),
        ("the Ministry of Health said", "Ministry of Health", "PERSON", [("Ministry of Health", "ORG")]),
        ("Group of Ten (G10)", "Group of Ten (G10)", "ORG", [("Group of Ten", "ORG"), ("G10", "ORG")]),
        ("under the Wadi Araba Treaty", "Wadi Araba Treaty", "ORG", [("Wadi Araba Treaty", "LAW")]),
        ("as Mr Ruto said", "Mr Ruto", "ORG", [("Ruto", "PERSON")]),
        ("the Coffee Board (CB) said", "Coffee Board (CB)", "ORG", [("Coffee Board", "ORG"), ("CB", "ORG")]),
        ("Odungo 24.8 percent", "Odungo 24.8 percent", "ORG", [("Odungo", "ORG")]),
        ("the Government said", "Government", "ORG", []),
        ("moves to Thursdays", "Thursdays", "GPE", []),
        ("WARSAW, Nov 7 - Meridian Foods said", "Nov 7 - Meridian Foods", "ORG", [("Meridian Foods", "ORG")]),
        ("the Mayor 10-K Holdings", "Mayor 10-K Holdings", "ORG", [("Mayor 10-K Holdings", "ORG")]),
        ("the May 4-Brigade met", "May 4-Brigade", "ORG", [("May 4-Brigade", "ORG")]),
        ("the Nov 7 - 9 Lisbon Summit", "Nov 7 - 9 Lisbon Summit", "ORG", [("Nov 7 - 9 Lisbon Summit", "EVENT")]),
        ("sales rose in Q3 2024", "Q3 2024", "PRODUCT", []),
        ("members of congress", "congress", "ORG", []),
        ("see https://example.org/Kidal now", "https://example.org/Kidal", "ORG", []),
        ("three weeks", "three weeks", "DATE", [("three weeks", "DATE")]),
        ("met in paris, france last week", "paris", "GPE", [("paris", "GPE")]),
    ],
)
def test_the_form_of_a_span_tells_what_it_names(
    text: str, span: str, label: str, expected: list[tuple[str, str]]
) -> None:
    start = text.index(span)
    found = names(text, [Span(start, start + len(span), label)], load())
    assert [(text[name.start : name.end], name.label) for name in found] == expected


def test_names_never_overlap() -> None:
    text = "Barra Honda National Park"
    found = list(names(text, [Span(0, 11, "PERSON"), Span(12, 25, "LOC")], load()))
    assert found == [Span(0, 25, "LOC")]


@pytest.mark.parametrize(
    "text", ["-" * 100_000 + "x", "the " * 25_000, "'s" * 50_000 + "x", "(" * 100_000, "Mr " * 30_000]
)
def test_odd_spans_come_to_an_end(text: str) -> None:
    assert all(0 <= name.start < name.end <= len(text) for name in names(text, [Span(0, len(text), "PERSON")], load()))
