"""The names that are known beforehand: countries, regions, places, peoples, organisations and media.

The tables in ``data`` hold one name a row: the entity, the name, its kind, and a doubt where the name is also
something else. Kinds ``adjective`` and ``people`` are demonyms: *French* points to ``country/FR`` but is labelled NORP.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

import msgspec

from brief_extract.entities.addresses import without_addresses
from brief_extract.entities.names import WORD, NameIndex, fold

Doubt = Literal["person", "word", "place"]

TABLES = {
    "countries": "GPE",
    "places": "GPE",
    "regions": "LOC",
    "peoples": "NORP",
    "organisations": "ORG",
    "media": "ORG",
    "demonyms": "NORP",
}
"""Each table with the OntoNotes label of its names. Demonyms come last: they point to entities of the others."""

_CODE_ENDS = re.compile(r"$|[,.;:)]| \d{5}")
_TOWN_BEFORE = re.compile(r"\b[A-Z](?:[\w.'-]*[a-z]|[A-Z]{3,}), $")
_PARTY_BEFORE = re.compile(r"\b[RDI]-$")
_ARTICLE_BEFORE = re.compile(r"\b[Tt]he $")


_LOADING = threading.Lock()


class Sense(msgspec.Struct, frozen=True):
    """An entity as the lexicon knows it. ``refers_to`` lists the countries and regions it is or points to, ``same_as``
    its ids elsewhere.
    """

    entity: str
    name: str
    label: str
    refers_to: tuple[str, ...]
    same_as: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True):
    """One name: what a mention of it is labelled, the entities it may name (the likeliest first), and its doubt.

    A phrase that names nothing, *Guinea pig*, has no senses and no label.
    """

    name: str
    label: str
    senses: tuple[Sense, ...]
    doubt: Doubt | None = None
    after_article: bool = False


class Match(NamedTuple):
    """A name of the lexicon at a place in a text."""

    start: int
    end: int
    entry: Entry


class Finder(Protocol):
    """Anything that finds names in a text."""

    def find(self, text: str) -> list[Match]:
        """The names, in order, none overlapping another."""


class Known(Finder, Protocol):
    """Anything that has the names known beforehand."""

    def get(self, name: str) -> Entry | None:
        """The entry of exactly this name."""


class Row(NamedTuple):
    """A row of a table in ``data``."""

    entity: str
    name: str
    kind: str
    doubt: str = ""
    within: str = ""


@cache
def lines(file: str) -> frozenset[str]:
    """The lines of ``data/<file>.txt`` without its comments."""
    text = files(__package__).joinpath("data", f"{file}.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def rows(table: str) -> Iterator[list[str]]:
    """The rows of ``data/<table>.tsv`` without its header; a lone hyphen stands for an empty field."""
    text = files(__package__).joinpath("data", f"{table}.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield ["" if field == "-" else field for field in line.split("\t")]


@lru_cache(maxsize=2048)  # a long name may be mentioned many times
def slug(name: str) -> str:
    """The name as an id: ASCII, lower case, words joined by hyphens (``Séléka`` is ``seleka``)."""
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", ""))
    kept = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return re.sub(r"[^\w]+|_+", "-", kept).strip("-")


class Lexicon:
    """All names known beforehand. It never changes, so threads may share it."""

    def __init__(
        self,
        entries: dict[str, Entry],
        prefixes: dict[str, Sense],
        abbreviations: dict[str, Entry],
        states: frozenset[str],
        senses: Mapping[str, Sense] = MappingProxyType({}),
    ) -> None:
        self.states = states
        """The entities that are first-level regions of a country: *Alabama*, *Ontario*."""
        self.senses = senses
        """The entities by their ids."""
        self._entries = entries
        self._prefixes = prefixes
        self._abbreviations = abbreviations
        self._short = NameIndex(abbreviations)
        self._index = NameIndex(entries)
        demonyms = (entry for entry in reversed(entries.values()) if entry.label == "NORP")
        self._demonym_of = {entry.senses[0].entity: entry.name for entry in demonyms}

    @classmethod
    def from_tables(
        cls,
        tables: Mapping[str, Iterable[Row]],
        *,
        phrases: Iterable[str] = (),
        prefixes: Iterable[tuple[str, str]] = (),
        abbreviations: Iterable[tuple[str, str, str, str]] = (),
    ) -> Lexicon:
        """A lexicon of these tables, in place of those of the package.

        >>> lexicon = Lexicon.from_tables({"organisations": [Row("org/acme", "Acme Foods", "name")]})
        >>> [match.entry.senses[0].entity for match in lexicon.find("Workers of Acme Foods")]
        ['org/acme']

        Args:
            tables: Rows by the name of their table, which gives their label: see ``TABLES``. Demonyms come last.
            phrases: What only contains names, and names nothing: *Guinea pig*.
            prefixes: Combining forms of peoples with the entity of each: *Franco*, ``country/FR``.
            abbreviations: Of regions behind a town, each with the entity, the region and its country: *Ala.*,
                ``gpe/alabama``, *Alabama*, ``country/US``.

        Raises:
            KeyError: a table has a name that is not in ``TABLES``, or a prefix an entity that is in no table.
        """
        senses: dict[str, Sense] = {}
        entries: dict[str, Entry] = {}
        states: set[str] = set()
        for table, of_table in tables.items():
            label = TABLES[table]
            for row in of_table:
                if row.kind == "state":
                    states.add(row.entity)
                if row.entity not in senses:
                    senses[row.entity] = Sense(row.entity, row.name, label, _refers_to(row))
                for name in _spellings(row.name):
                    _add(entries, name, Entry(name, label, (senses[row.entity],), row.doubt or None))  # type: ignore[arg-type]
        for phrase in phrases:
            entries[phrase] = Entry(phrase, "", ())
        before = {prefix: senses[entity] for prefix, entity in prefixes}
        short = {}
        for name, entity, region, within in abbreviations:
            sense = senses.setdefault(entity, Sense(entity, region, "GPE", (within,)))
            short[name] = Entry(name, "GPE", (sense,))
            states.add(entity)
        return cls(entries, before, short, frozenset(states), senses)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, name: str) -> Entry | None:
        """The entry of exactly this name."""
        return self._entries.get(fold(name))

    def find(self, text: str) -> list[Match]:
        """The names in the text: whole words, the longest at each place, in order, none overlapping another."""
        text = without_addresses(fold(text))
        found: list[Match] = []
        free_from = 0
        index, prefixes, short = self._index, self._prefixes, self._short
        for word in WORD.finditer(text):
            key = word[0]
            if key not in index and key not in prefixes and key not in short:
                continue
            start = word.start()
            if start < free_from:
                continue
            matches = filter(None, (self._at(text, start, key), self._compound_at(text, start, key)))
            match = self._short_at(text, start, key) or max(matches, key=lambda match: match.end, default=None)
            if match:
                found.append(match)
                free_from = match.end
        return found

    def _at(self, text: str, start: int, first_word: str) -> Match | None:
        for name in self._index.at(text, start, first_word):
            entry, end = self._entries[name], start + len(name)
            if not entry.after_article or _is_after_article(text, start, end):
                return Match(start, end, entry)
        return None

    def abbreviated(self, name: str) -> Sense | None:
        """The region that an abbreviation with its full stop is, *Mass.*, wherever it stands."""
        entry = self._abbreviations.get(name) if name.endswith(".") else None
        return entry.senses[0] if entry else None

    def _short_at(self, text: str, start: int, first_word: str) -> Match | None:
        """A region as it is written after a town or a party: *Reno, Nev.*, *Austin, TX*, *R-Ky.*."""
        if first_word in self._short and (
            _TOWN_BEFORE.search(text, max(0, start - 30), start) or _PARTY_BEFORE.search(text, max(0, start - 3), start)
        ):
            for name in self._short.at(text, start, first_word):
                if not name.isalpha() or _CODE_ENDS.match(text, start + len(name)):  # or it is a word in capitals
                    return Match(start, start + len(name), self._abbreviations[name])
        return None

    def _compound_at(self, text: str, start: int, first_word: str) -> Match | None:
        """A compound of two peoples: *Franco-Malian*, with a combining form, or *Syrian-Jordanian*, with a demonym."""
        first = self._prefixes.get(first_word) or self._demonym(text, start, first_word)
        hyphen = start + len(first_word)
        second = WORD.match(text, hyphen + 1) if first and text[hyphen : hyphen + 1] in ("-", "–") else None
        base = self._at(text, second.start(), second[0]) if second else None
        if (
            first is None
            or base is None
            or not base.entry.senses
            or (first_word not in self._prefixes and base.entry.label != "NORP")
        ):
            return None
        named = base.entry.senses[0]
        name = f"{first_word}-{self._demonym_of.get(named.entity, base.entry.name)}"
        sense = Sense(f"norp/{slug(name)}", name, "NORP", first.refers_to + named.refers_to)
        return Match(start, base.end, Entry(text[start : base.end], "NORP", (sense,)))

    def _demonym(self, text: str, start: int, first_word: str) -> Sense | None:
        match = self._at(text, start, first_word)
        is_demonym = match is not None and match.entry.label == "NORP" and match.entry.name == first_word
        return match.entry.senses[0] if match and is_demonym else None


def _is_after_article(text: str, start: int, end: int) -> bool:
    """*The Gulf* is a name; *Gulf* alone, *the Gulf Stream* and *the Gulf of Finland* are not that name."""
    goes_on = text[end : end + 2].strip().istitle() or text.startswith(" of ", end)
    return bool(_ARTICLE_BEFORE.search(text, max(0, start - 4), start)) and not goes_on


def load() -> Lexicon:
    """The lexicon of the package, read once (about 15 ms), whichever thread asks first."""
    with _LOADING:
        return _load()


@cache
def _load() -> Lexicon:
    return Lexicon.from_tables(
        {table: (Row(*fields) for fields in rows(table)) for table in TABLES},
        phrases=lines("phrases"),
        prefixes=((prefix, entity) for prefix, entity in rows("prefixes")),
        abbreviations=((name, entity, region, within) for name, entity, region, within in rows("abbreviations")),
    )


def _refers_to(row: Row) -> tuple[str, ...]:
    """A region refers to itself and to its country, if it is part of one; all else to where it is."""
    own = (row.entity,) if row.entity.startswith(("country/", "region/")) else ()
    return own + tuple(row.within.split())


def _add(entries: dict[str, Entry], name: str, entry: Entry) -> None:
    """Enter a name; one that is there already gets a further sense. A leading article is required, not matched."""
    if name[:4] in ("the ", "The "):
        name = name[4:]
        entry = msgspec.structs.replace(entry, name=name, after_article=True)
    known = entries.get(name)
    if known is None:
        entries[name] = entry
    elif entry.senses[0] not in known.senses:
        entries[name] = msgspec.structs.replace(known, senses=known.senses + entry.senses)


def _spellings(name: str) -> Iterator[str]:
    """The name, without accents too, and both in capitals (from four letters on, where capitals are no acronym)."""
    name = fold(name)
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    for spelling in dict.fromkeys((name, plain)):
        yield spelling
        if len(spelling) >= 4 and not spelling.startswith("the "):
            yield spelling.upper()
