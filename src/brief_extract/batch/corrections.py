"""Corrections that a user keeps beside the results: read from a CSV file, checked, and found by what they are about.

A row never depends on the rows around it: their order changes nothing, and two that contradict each other are refused.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import Path
from typing import NamedTuple, NoReturn

from brief_extract.entities.name_lists import LABELS
from brief_extract.errors import InputError
from brief_extract.read import printable

FILE = "corrections.csv"
"""Read from the output folder, unless another file is named."""

ACTIONS = {"merge": "into", "split": "into", "relabel": "label", "link": "id", "drop": ""}
"""Each action with the column that says what is to be; a split may go without."""

COLUMNS = ("action", "name", "entity", "into", "label", "id", "document")
_ID = re.compile(r"[a-z0-9_-]+/\S+")


class Correction(NamedTuple):
    """A row: which names it is about (a name, an entity, or a name of an entity), and what becomes of them."""

    action: str
    name: str = ""
    entity: str = ""
    into: str = ""
    label: str = ""
    id: str = ""
    document: str = ""

    def __str__(self) -> str:
        """What documents and the report call it: ``merge name='Zorb' into='org/zorb'``."""
        fields = [f"{column}={value!r}" for column, value in zip(self._fields[1:], self[1:], strict=True) if value]
        return " ".join([self.action, *fields])

    @property
    def rank(self) -> tuple[bool, bool, bool, Correction]:
        """What it is sorted by: what is about one document, and about a name of an entity, goes first."""
        return not self.document, not (self.name and self.entity), not self.name, self

    def is_about(self, names: Set[str], ids: Set[str], document: str) -> bool:
        """Whether any of these names and entities are meant, in this document."""
        return (
            (not self.name or self.name in names)
            and (not self.entity or self.entity in ids)
            and self.document in ("", document)
        )


class Corrections:
    """All corrections of a run. It never changes, and any process may hold it.

    Args:
        rows: In any order.
        places: Where each row stands, for messages.
    """

    def __init__(self, rows: Iterable[Correction] = (), places: dict[str, str] | None = None) -> None:
        self._rows = sorted(set(rows), key=lambda row: row.rank)
        self._places = places or {}
        self._by_name: dict[str, list[Correction]] = {}
        self._by_entity: dict[str, list[Correction]] = {}
        for row in self._rows:
            index, key = (self._by_name, row.name) if row.name else (self._by_entity, row.entity)
            index.setdefault(key, []).append(row)
        self._told = {str(row) for row in self._rows}

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, told: object) -> bool:
        """Whether there is a correction that documents call so."""
        return told in self._told

    def __reduce__(self) -> tuple[type[Corrections], tuple[list[Correction], dict[str, str]]]:
        return Corrections, (self._rows, self._places)

    def about(self, names: Set[str], ids: Set[str], document: str) -> list[Correction]:
        """Those about any of these names or entities, in this document; the most particular first."""
        found = [row for name in names for row in self._by_name.get(name, ())]
        found += [row for id in ids for row in self._by_entity.get(id, ())]
        return sorted((row for row in found if row.is_about(names, ids, document)), key=lambda row: row.rank)

    def without_effect(self, used: Set[str]) -> list[str]:
        """What to tell of those that changed no document: where each stands, and what it says."""
        return [
            f"{self._places.get(told, 'a correction')}: {told}" for told in map(str, self._rows) if told not in used
        ]


def read_corrections(path: Path) -> Corrections:
    """The corrections in a CSV file with the columns ``COLUMNS``, of which only ``action`` must be there.

    Raises:
        InputError: it cannot be read, a row has a mistake, or two contradict each other; the message names the file,
            the row and the fix.
    """
    place = printable(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{place}: {(error.strerror or str(error)).lower()}; fix: check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8; fix: save it as UTF-8") from error
    places: dict[str, str] = {}
    rows: list[Correction] = []
    for number, row in _rows(text, place):
        rows.append(row)
        places.setdefault(str(row), f"{place}, row {number}")
    _refuse_contradictions(rows, places)
    return Corrections(rows, places)


def _rows(text: str, place: str) -> Iterator[tuple[int, Correction]]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        if "action" not in header:
            raise InputError(f"{place}, row 1: no column 'action'; fix: begin with {','.join(COLUMNS)}")
        for column in header:
            if column not in COLUMNS and (close := difflib.get_close_matches(column, COLUMNS, 1, 0.7)):
                raise InputError(f"{place}, row 1: no column is called {column!r}; fix: did you mean {close[0]!r}?")
        for fields in reader:
            given = {column: field.strip() for column, field in zip(header, fields, strict=False) if field.strip()}
            if given:
                yield reader.line_num, _row({it: given[it] for it in COLUMNS if it in given}, place, reader.line_num)
    except csv.Error as error:
        raise InputError(f"{place}, row {reader.line_num}: not CSV: {error}; fix: mend that row") from error


def _row(given: dict[str, str], place: str, number: int) -> Correction:
    def refuse(what: str, fix: str) -> NoReturn:
        raise InputError(f"{place}, row {number}: {what}; fix: {fix}")

    action = given.get("action", "")
    if action not in ACTIONS:
        refuse(f"action {action!r}", f"use one of {', '.join(ACTIONS)}")
    wanted = ACTIONS[action]
    if "name" not in given and "entity" not in given:
        refuse("no name and no entity", "say which name, or the id of which entity, is meant")
    if action == "split" and not {"name", "entity"} <= given.keys():
        refuse("a split without name or entity", "say which name is to leave which entity")
    if wanted and wanted not in given and action != "split":
        refuse(f"a {action} without {wanted!r}", f"fill in {wanted!r}")
    for column in ("into", "label", "id"):
        if column in given and column != wanted:
            refuse(f"a {action} with {column!r}", f"leave {column!r} empty")
    if "label" in given and given["label"] not in LABELS:
        refuse(f"label {given['label']!r}", f"use one of {', '.join(LABELS)}")
    return Correction(**given)


def is_id(into: str) -> bool:
    """Whether what others are merged into is an id, ``person/ama-zorbu``, and no name.

    >>> is_id("person/ama-zorbu"), is_id("Ama Zorbu"), is_id("AC/DC")
    (True, False, False)
    """
    return _ID.fullmatch(into) is not None


def _refuse_contradictions(rows: Sequence[Correction], places: dict[str, str]) -> None:
    """Refuse rows that would have one name be two things, and merges that lead in a circle."""
    said: dict[tuple[str, ...], Correction] = {}
    for row in rows:
        if row.action not in ("merge", "split", "relabel"):
            continue
        other = said.setdefault((row.action, row.name, row.entity, row.document), row)
        if other != row:
            fix = "remove one of them, or say for which document it is"
            raise InputError(f"{places[str(row)]}: {row} contradicts {places[str(other)]}: {other}; fix: {fix}")
    following = {(row.entity, row.document): row for row in rows if row.action == "merge" and not row.name}
    for row in following.values():
        seen, here = {row.entity}, row
        while (here.into, row.document) in following:
            here = following[here.into, row.document]
            if here.entity in seen:
                raise InputError(f"{places[str(row)]}: {row} leads in a circle; fix: remove {places[str(here)]}")
            seen.add(here.entity)
