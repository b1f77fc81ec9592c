"""The names that a user gives: they win over the lexicon and the model, wherever they stand.

A list may have hundreds of thousands of names, and each process of a batch holds it. The names are therefore packed:
sorted in one run of bytes, found by their first word and bisection. Measured with 200,000 names of two to three words,
9.8 MB of CSV (``benchmarks/names.py``: CPU time, growth of the process, CPU time of whole articles against none):

| | loading | memory, at most | articles |
|---|--:|--:|--:|
| packed, as here | 1.7 s | 40 MB, 49 MB | + 3.5 % |
| a dict of entries and a ``NameIndex`` | 2.4 s | 150 MB | + 1.7 % |
| SQLite, asked at each word with a capital | 1.8 s | 10 MB | + 150 % |
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from brief_extract.entities.addresses import without_addresses
from brief_extract.entities.lexicon import Entry, Lexicon, Match, Sense, slug
from brief_extract.entities.name_lists import NameList, OwnName, read_list, rows_of
from brief_extract.entities.names import WORD, ends_word, fold
from brief_extract.entities.shared import Shared

_CAPITALS_FROM = 4
"""Letters from which a name in capitals is the name, and no acronym."""

_ENTRIES_KEPT = 4096


class _Plain(dict[int, str]):
    """Each character as names are compared: small, without its accent. One character stays one, so offsets stay."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = unicodedata.normalize("NFKD", chr(code))[0].lower()
        return plain


_PLAIN = _Plain()


def key_of(text: str) -> str:
    """The text, whose apostrophes and blanks are plain already, as names are compared: as long as it was.

    >>> key_of("Séléka İzmir")
    'seleka izmir'
    """
    return text.lower() if text.isascii() else text.translate(_PLAIN)


class OwnNames:
    """The names of some lists, packed. It never changes, so threads may share it.

    Of two rows with one name the later counts, and a later list counts more than an earlier one.

    Args:
        lists: The files, as they were read.
        lexicon: Tells which countries there are, and the entities that a row may add to.

    Raises:
        InputError: a list has a mistake; the message names file, row and fix.
        FormatError: a list is a Parquet file, and pyarrow is not installed.
    """

    def __init__(self, lists: Sequence[NameList], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._records = _Packed()
        self._small: set[str] = set()
        """The first words that count although they are small in the text."""
        self._firsts: dict[str, int] = {}
        self._ids = array("q")
        self._index(sorted(self._pack(lists)))
        self._chiefs = self._find_chiefs()
        del self._ids
        self._entry = lru_cache(_ENTRIES_KEPT)(self._read_entry)

    def __len__(self) -> int:
        return len(self._records)

    def _pack(self, lists: Sequence[NameList]) -> Iterator[bytes]:
        """The keys of the names, each with the number of its row behind it; fills the records."""
        countries = {id.removeprefix("country/") for id in self._lexicon.senses if id.startswith("country/")}
        encode = msgspec.msgpack.Encoder().encode
        add, small = self._records.append, self._small
        row = 0
        for names in lists:
            for own in rows_of(names, countries):
                add(encode(own[1:]))
                self._ids.append(hash(own.id) if own.id else 0)
                number = row.to_bytes(_ROW, "big")
                for name in own.spellings:
                    key = name.lower() if name.isascii() else key_of(fold(name))
                    first = WORD.match(key).end()  # type: ignore[union-attr]  # a name begins with a letter or digit
                    if own.case == "any" or name[0].islower() or name.startswith("The "):
                        small.add(key[:first])
                    yield f"{key[:first]}\0{key[first:]}".encode() + number
                row += 1

    def _index(self, keys: Sequence[bytes]) -> None:
        """Take the sorted keys apart, and note of each the last one before it that it begins with, or is."""
        packed, rows, inside = _Packed(), array("I"), array("i")
        open_keys: list[tuple[bytes, int]] = []
        longest = 0
        first_word, first_key = b"", 0
        for number, entry in enumerate(keys):
            key = entry[:-_ROW]
            rows.append(int.from_bytes(entry[-_ROW:], "big"))
            packed.append(key)
            longest = max(longest, len(key))
            while open_keys and not key.startswith(open_keys[-1][0]):
                open_keys.pop()
            inside.append(open_keys[-1][1] if open_keys else -1)
            open_keys.append((key, number))
            if not key.startswith(first_word) or not number:
                self._close(first_word, first_key, number)
                first_word, first_key = key[: key.index(b"\0") + 1], number
        self._close(first_word, first_key, len(keys))
        self._keys, self._rows, self._inside, self._longest = packed, rows, inside, longest

    def _close(self, first_word: bytes, start: int, end: int) -> None:
        """Note where the keys of a first word stand, both bounds in one number."""
        if end:
            self._firsts[first_word[:-1].decode()] = start << 32 | end

    def _find_chiefs(self) -> dict[int, int]:
        """The rows whose id an earlier row has too, each with the first one that has it."""
        import numpy as np

        digests = np.frombuffer(self._ids, dtype=np.int64)
        order = np.argsort(digests, kind="stable")
        ordered = digests[order]
        chiefs: dict[int, int] = {}
        for at in np.flatnonzero((ordered[1:] == ordered[:-1]) & (ordered[1:] != 0)).tolist():
            before, row = int(order[at]), int(order[at + 1])
            chief = chiefs.get(before, before)
            if self._own(chief).id == self._own(row).id:
                chiefs[row] = chief
        return chiefs

    def find(self, text: str) -> list[Match]:
        """The names in the text: whole words, the longest at each place, in order, none overlapping another.

        A name that is to be dropped has no senses.
        """
        text = without_addresses(fold(text))
        key = key_of(text)
        found: list[Match] = []
        free_from = 0
        firsts, small = self._firsts, self._small
        for word in WORD.finditer(key):
            first = word[0]
            bounds = firsts.get(first)
            if bounds is None:
                continue
            start = word.start()
            if start < free_from or (text[start].islower() and first not in small):
                continue
            match = self._at(text, key, start, word.end(), bounds)
            if match:
                found.append(match)
                free_from = match.end
        return found

    def _at(self, text: str, key: str, start: int, word_end: int, bounds: int) -> Match | None:
        """The longest name that stands there; of rows with one name the last, or the one spelled as the text is."""
        # A mark behind the first word keeps the names of each first word together.
        here = f"{key[start:word_end]}\0{key[word_end : start + self._longest]}".encode(errors="replace")
        first, last = bounds >> 32, bounds & 0xFFFFFFFF
        best: Match | None = None
        number = bisect_right(range(last), here, first, last, key=self._keys.__getitem__) - 1
        while number >= first:
            name = self._keys[number]
            length = len(name.decode()) - 1
            if best and length < best.end - start:
                break
            if here.startswith(name) and ends_word(text, start + length):
                own, entry = self._entry(self._rows[number])
                written = text[start : start + length]
                as_it_is = written in own.spellings
                if as_it_is or (best is None and any(_is_spelled(written, it, own.case) for it in own.spellings)):
                    best = Match(start, start + length, entry)
                if as_it_is:
                    break
            number = self._inside[number]
        return best

    def _own(self, row: int) -> OwnName:
        return OwnName(row, *_DECODE(self._records[row]))

    def _read_entry(self, row: int) -> tuple[OwnName, Entry]:
        own = self._own(row)
        own = own._replace(aliases=tuple(map(fold, own.aliases)), name=fold(own.name))
        return own, Entry(own.name, own.label, () if own.drop else (self._sense(own),))

    def _sense(self, own: OwnName) -> Sense:
        """The entity that a row names: its own, that of the first row with its id, or one of the lexicon."""
        chief = self._own(self._chiefs.get(own.row, own.row))
        known = self._lexicon.senses.get(own.id) if own.id else known_as(own, self._lexicon)
        countries = tuple(f"country/{code}" for code in own.countries or chief.countries)
        same_as = own.same_as or chief.same_as
        if known:
            return msgspec.structs.replace(known, refers_to=countries or known.refers_to, same_as=same_as)
        return Sense(own.id or default_id(own), chief.name, own.label, countries, same_as)


def known_as(own: OwnName, lexicon: Lexicon) -> Sense | None:
    """The entity of the lexicon that a name without an id adds to: the only one of this name and label."""
    entry = lexicon.get(own.name)
    return entry.senses[0] if entry and len(entry.senses) == 1 and entry.label == own.label else None


def default_id(own: OwnName) -> str:
    """The id of a name that is given none: that of the same name where the model finds it."""
    return f"{own.label.lower()}/{slug(own.name)}"


class _Fields(NamedTuple):
    """An ``OwnName`` without its row, as it is packed."""

    name: str
    label: str
    id: str
    aliases: tuple[str, ...]
    countries: tuple[str, ...]
    same_as: tuple[str, ...]
    case: str
    drop: bool


class _Packed:
    """Short byte strings in one: 4 bytes for each, where an object takes 33."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._starts = array("I", [0])

    def append(self, item: bytes) -> None:
        """Add one at the end."""
        self._data += item
        self._starts.append(len(self._data))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at: int) -> bytes:
        return bytes(self._data[self._starts[at] : self._starts[at + 1]])


_ROW = 4
"""Bytes of the number of a row."""

_DECODE = msgspec.msgpack.Decoder(_Fields).decode


def _is_spelled(written: str, name: str, case: str) -> bool:
    """Whether a text that has the letters of a name is the name.

    Unless only its exact spelling counts, it may lack the accents, begin with a capital where a sentence does, have a
    small article, and stand in capitals.
    """
    if case == "exact":
        return written == name
    if case == "any":
        return written.lower() in (name.lower(), _without_accents(name).lower())
    if len(name) >= _CAPITALS_FROM and written in (name.upper(), _without_accents(name).upper()):
        return True
    firsts = {name[0], name[0].upper(), "t" if name.startswith("The ") else name[0]}
    return any(written[1:] == it[1:] for it in (name, _without_accents(name))) and (
        written[0] in firsts or written[0] == _without_accents(name)[0]
    )


def _without_accents(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))


_LOADED = Shared[OwnNames]()


class Loaded(NamedTuple):
    """The names of some lists, and what tells their content."""

    names: OwnNames | None
    digests: tuple[str, ...]


def load_names(paths: Sequence[str], lexicon: Lexicon) -> Loaded:
    """The names of the files, made once in a process for each content, whichever thread asks first.

    Raises:
        InputError, FormatError: see ``OwnNames``; a file cannot be read.
    """
    if not paths:
        return Loaded(None, ())
    lists = [read_list(path) for path in paths]
    digests = tuple(it.digest for it in lists)
    return Loaded(_LOADED.get((digests, id(lexicon)), lambda: OwnNames(lists, lexicon)), digests)
