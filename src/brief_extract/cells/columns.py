"""Rows of strings -> readings. Each column is decided as a whole, with its cells as evidence.

header ─hints─▶ what numbers mean    cells ─evidence─▶ decimal mark, order of day and month
cell ─read─▶ reading ─settle─▶ readings that agree ─vote─▶ kinds, and what is odd
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from brief_extract.cells import codes, dates, forms, settle, vocabulary
from brief_extract.cells.amounts import amount, amount_range, compound_duration, in_words
from brief_extract.cells.headers import Hints, hints
from brief_extract.cells.numerals import FRACTIONS, decimal_comma
from brief_extract.cells.readings import MISSING, Reading, family
from brief_extract.cells.times import clock, taken
from brief_extract.cells.vote import vote

LONGEST = 48
"""A cell with more characters than this is prose, whatever numbers stand in it."""

_DIGITS = frozenset("0123456789").union(FRACTIONS)


def read_cells(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> list[list[Reading]]:
    """The readings of a table's cells, row by row.

    Args:
        columns: The headers, as printed.
        rows: The cells as printed; every row is as long as ``columns``.
        caption: What stands above the table; a unit in its brackets is that of the columns whose headers name none.

    >>> read_cells(["Budget ($ million)", "Share"], [["1.5", "10-15%"]])[0][0]
    Reading(kind='money', value=1500000, unit='USD', odd=None)
    """
    table = _Table(columns, rows, _caption_hints(caption))
    read = [table.read(number) for number in range(len(columns))]
    return [list(row) for row in zip(*read, strict=True)] if read else [[] for _ in rows]


@dataclass
class _Table:
    """What the columns of a table know of each other."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: Hints
    labels: list[Hints] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.labels = [hints(row[0]) if row else Hints() for row in self.rows]

    @cached_property
    def noted(self) -> bool:
        """Whether letters behind numbers are marks of notes: one of them is an *a*, which no unit is."""
        return any(cell.endswith(" a") and forms.has_note_letter(cell) for row in self.rows for cell in row)

    @cached_property
    def units(self) -> Sequence[str]:
        """The row of units under the header, if the first row is one: nothing but units, none of them in the label."""
        first = [cell.strip() for cell in self.rows[0]] if self.rows else []
        if len(first) < 2 or first[0] or not _DIGITS.isdisjoint("".join(first)):
            return ()
        known = [hints(f"({cell.strip('()[]')})") for cell in first if cell]
        return first if known and all(known_unit.unit or known_unit.exponent for known_unit in known) else ()

    @cached_property
    def comma(self) -> bool:
        """Whether the comma is the decimal mark, where a column alone does not tell. English unless cells say other."""
        return bool(decimal_comma(cell for row in self.rows for cell in row))

    @cached_property
    def day_first(self) -> bool | None:
        """The order of day and month, where a column alone does not tell."""
        return dates.day_first(cell for row in self.rows for cell in row)

    def read(self, number: int) -> list[Reading]:
        """The readings of one column."""
        texts = [row[number].strip() for row in self.rows]
        header = self._header(number)
        if not any(_may_be_typed(text) for text in texts):
            return [Reading("text", text) if text else MISSING for text in texts]
        comma = decimal_comma(texts)
        comma = self.comma if comma is None else comma
        order = header.day_first
        if order is None and any("/" in text or "." in text or "-" in text for text in texts):
            order = dates.day_first(texts)
            order = self.day_first if order is None else order
        each = self._hints(number, header)
        bare = [forms.without_note_letter(text) for text in texts] if self.noted else texts
        readings = [_read(text, cell, comma=comma, day_first=order) for text, cell in zip(bare, each, strict=True)]
        for place, text in enumerate(texts):
            if readings[place].kind == "text" and decimal_comma([text]) not in (None, comma):
                other = _read(text, each[place], comma=not comma, day_first=order)
                if family(other) == "number":
                    readings[place] = other._replace(odd="its decimal mark is not that of the column")
        by_row = len(self.columns) == 2 and number == 1 and len({family(reading) for reading in readings}) > 1
        settle.settle(texts, readings, each, order=order, comma=comma, by_row=by_row)
        vote(texts, readings, by_row=by_row)
        return readings

    def _header(self, number: int) -> Hints:
        """What the header says, with the row of units below it and the caption where these name what it does not."""
        column = self.columns[number]
        if self.units and self.units[number]:
            column = f"{column} ({self.units[number].strip('()[]')})"
        header = hints(column)
        if not number or header.unit or header.exponent or header.identifier or not self.caption:
            return header
        return header._replace(unit=self.caption.unit, exponent=self.caption.exponent)

    def _hints(self, number: int, header: Hints) -> list[Hints]:
        """What the header says, and where it names no unit, what the label of the row says."""
        if number == 0 or header.unit or header.exponent:
            return [header] * len(self.rows)
        if len(self.columns) == 2:
            return [
                label._replace(year=label.year or header.year, measure=label.measure or header.measure)
                for label in self.labels
            ]
        return [
            header._replace(unit=label.unit, exponent=label.exponent) if label.unit or label.exponent else header
            for label in self.labels
        ]


def _caption_hints(caption: str) -> Hints:
    """What the brackets at the end of a caption say; of a sentence nothing."""
    start = caption.rfind("(")
    return hints(caption[start:]) if start >= 0 and caption.endswith(")") else Hints()


def _may_be_typed(text: str) -> bool:
    """Whether there is anything to read: most columns of words are done with this."""
    if not _DIGITS.isdisjoint(text):
        return True
    low = text.lower()
    if forms.is_no_money(text):
        return True
    return low in vocabulary.missing() or low in vocabulary.booleans() or _first_word(low) in vocabulary.number_words()


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0]


def _read(text: str, said: Hints, *, comma: bool, day_first: bool | None) -> Reading:
    """One cell by itself. What is ambiguous is read in the commoner way; ``settle`` looks at it again."""
    printed, text = text, forms.plain(text)
    low = text.lower()
    if low in vocabulary.missing() or forms.is_no_money(text):
        return MISSING
    truth = vocabulary.booleans().get(low)
    if truth is not None:
        return Reading("boolean", truth)
    if len(text) > LONGEST or forms.is_period(text):
        return Reading("text", printed)
    if _DIGITS.isdisjoint(text):
        return in_words(text, said) or codes.ratio(text) or Reading("text", printed)
    return (
        codes.certain_identifier(text)
        or amount(text, said, comma=comma)
        or dates.calendar(text, day_first=day_first)
        or clock(text)
        or taken(text)
        or codes.ratio(text)
        or codes.dotted(text)
        or amount_range(text, said, comma=comma)
        or compound_duration(text)
        or codes.code(text)
        or Reading("text", printed)
    )
