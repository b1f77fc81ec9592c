"""Countries of a document: which it names or points to, and how often."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from brief_extract.model import Document, Entity

_COUNTRY = "country/"


class CountryCount(NamedTuple):
    """A country in a document.

    Attributes:
        code: ISO 3166-1 alpha-2; of former countries the code they had.
        mentions: How many mentions name it, or something of it (``the Kremlin``).
        entities: How many different entities these are.
    """

    code: str
    mentions: int
    entities: int


def countries_of(document: Document) -> list[CountryCount]:
    """The countries of a document, the one with most mentions first, equal ones by code."""
    mentions: Counter[str] = Counter()
    entities: Counter[str] = Counter()
    for entity in document.entities:
        for code in codes_of(entity):
            mentions[code] += len(entity.mentions)
            entities[code] += 1
    found = [CountryCount(code, count, entities[code]) for code, count in mentions.items()]
    return sorted(found, key=lambda it: (-it.mentions, it.code))


def codes_of(entity: Entity) -> list[str]:
    """The codes of the countries that an entity is or points to."""
    ids = dict.fromkeys((entity.id, *entity.refers_to))
    return [id.removeprefix(_COUNTRY) for id in ids if id.startswith(_COUNTRY)]


def country_name(code: str) -> str:
    """The short English name of a country; the code itself where there is none.

    >>> country_name("NA"), country_name("CI")
    ('Namibia', 'Ivory Coast')
    """
    return _names_by_code().get(code, code)


@cache
def _names_by_code() -> dict[str, str]:
    table = files("brief_extract").joinpath("entities", "data", "countries.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["entity"].removeprefix(_COUNTRY): row["name"] for row in rows if row["kind"] == "name"}
