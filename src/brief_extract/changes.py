"""Pairs of columns that say before and after -> what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from brief_extract.table import Cell, Table

_OPPOSITES = (
    ("before", "after"),
    ("old", "new"),
    ("previous", "current"),
    ("prior", "current"),
    ("previous", "latest"),
    ("then", "now"),
    ("from", "to"),
    ("start", "end"),
    ("opening", "closing"),
    ("last year", "this year"),
)
_WORDS = {word: re.compile(rf"\b{word}\b") for pair in _OPPOSITES for word in pair}
FARTHEST = 100
"""Columns within which the other one of a pair is looked for; the limit keeps a row of 20,000 cells linear."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[/–-]\d\d)?(?!\d)", re.A)


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One row's change between two columns.

    ``absolute`` is in ``unit`` (percentage points where the unit is ``%``). ``relative`` is in percent of ``before``,
    null where that is 0 or where both are percentages.
    """

    label: str | None
    row: int
    columns: tuple[str, str]
    before: int | float
    after: int | float
    absolute: int | float
    relative: float | None
    unit: str | None


def changes(table: Table) -> tuple[Change, ...]:
    """The changes of every pair of columns that belong together, row by row. Cells that are no numbers are left out."""
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    found = []
    for first, second in pairs(table.columns):
        for row in range(len(table.rows)):
            before, after = cells.get((row, first)), cells.get((row, second))
            if before and after and (change := _change(table, before, after)):
                found.append(change)
    return tuple(found)


def pairs(columns: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The places of columns that differ only in "before" and "after", or in the year.

    >>> list(pairs(("Line", "Before Reduction", "After Reduction"))), list(pairs(("Crop", "2022 (t)", "2024 (t)")))
    ([(1, 2)], [(1, 2)])
    """
    stems = [_stems(column) for column in columns]
    for first, one in enumerate(stems):
        for second in range(first + 1, min(first + FARTHEST, len(stems))):
            shared = one.keys() & stems[second].keys()
            if any(_follow(one[stem], stems[second][stem]) for stem in shared):
                yield first, second
                break


def _stems(column: str) -> dict[str, str]:
    """What is left of a header without its word of time -> that word."""
    low = column.lower()
    stems = {}
    for word, pattern in _WORDS.items():
        stem, found = pattern.subn("", low, count=1)
        if found:
            stems[" ".join(stem.split())] = word
    if year := _YEAR.search(low):
        stems[" ".join(_YEAR.sub("", low, count=1).split())] = year.group()
    return stems


def _follow(first: str, second: str) -> bool:
    if first[0].isdecimal() and second[0].isdecimal():
        return first < second
    return (first, second) in _OPPOSITES


def _change(table: Table, before: Cell, after: Cell) -> Change | None:
    if before.unit != after.unit or not (_is_number(before.value) and _is_number(after.value)):
        return None
    old, new = Decimal(str(before.value)), Decimal(str(after.value))
    absolute = new - old
    relative = None if not old or before.unit == "%" else round(float(absolute / abs(old) * 100), 2)
    label = table.row_header
    return Change(
        label=None if label is None else table.rows[before.row][label],
        row=before.row,
        columns=(before.header, after.header),
        before=before.value,  # type: ignore[arg-type]
        after=after.value,  # type: ignore[arg-type]
        absolute=int(absolute) if absolute == absolute.to_integral_value() else float(absolute),
        relative=relative,
        unit=before.unit,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
