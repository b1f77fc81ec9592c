"""Which place a name means, in texts of our own: the table ``cases.txt`` reads as the specification."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from brief_extract import Config, Document, Extractor, Place

LINES = [
    line
    for line in Path(__file__).with_name("cases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith(("#", "=="))
]


@cache
def extractor() -> Extractor:
    return Extractor(Config(language="en"))


def place_at(document: Document, name: str) -> Place | None:
    """The place of the mention of this name, or of one that holds it; ``Paris#2`` is the second."""
    name, _, number = name.partition("#")
    start = [match.start() for match in re.finditer(re.escape(name), document.text)][int(number or 1) - 1]
    for mention in document.mentions:
        if mention.start <= start < mention.end and mention.label in ("GPE", "LOC", "FAC"):
            entity = document.entity(mention.entity) if mention.entity else None
            return entity.place if entity else None
    return None


def told(place: Place | None, like: str) -> str:
    """The place as the table has it, as exact as the expected one is."""
    if place is None:
        return "-"
    kind, _, area = like.rpartition(":")
    code = (place.admin1 or place.country or "-") if "." in area else (place.country or "-")
    return f"{place.kind}:{code}" if kind else code


@pytest.mark.parametrize("line", LINES)
def test_the_place_of_a_name(line: str) -> None:
    line, _, home = line.partition(" # ")
    text, _, expected = line.partition(" | ")
    reader = Extractor(Config(language="en", home=home)) if home else extractor()
    document = reader.extract(text)
    pairs = dict(part.strip().split(" = ") for part in expected.split(";"))
    assert {name: told(place_at(document, name), like) for name, like in pairs.items()} == pairs


def test_there_are_enough_cases_and_controls() -> None:
    assert len(LINES) >= 50
    assert sum(" = -" in line for line in LINES) >= 12
