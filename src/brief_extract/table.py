"""A table: cells as printed, their values, and the forms in which users take it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, overload

import msgspec

from brief_extract.element import Element, LeadIn
from brief_extract.spreadsheet import BYTE_ORDER_MARK, escape_formula

if TYPE_CHECKING:
    import pandas as pd

    from brief_extract.changes import Change

Kind = Literal[
    "integer",
    "decimal",
    "percent",
    "money",
    "quantity",
    "duration",
    "range",
    "approximate",
    "ratio",
    "date",
    "year",
    "quarter",
    "time",
    "boolean",
    "identifier",
    "missing",
    "text",
]
"""What a cell can be."""

Notation = Literal["pipes", "box", "tabs", "aligned", "delimited", "html", "wiki", "latex"]
"""How a table was written."""


class Range(msgspec.Struct, frozen=True, kw_only=True):
    """From ``low`` to ``high``, both included; ``None`` is an open end (``<5`` has no ``low``)."""

    low: str | int | float | None
    high: str | int | float | None

    def __str__(self) -> str:
        """As ISO 8601 writes intervals: ``10/15``, with ``..`` for an open end."""
        return "/".join(".." if end is None else str(end) for end in (self.low, self.high))


Value = str | int | float | bool | Range | None
"""What the value of a cell, or of a column of the projections, can be."""


class Cell(Element, frozen=True, kw_only=True):
    """One body cell. ``row`` and ``column`` count from 0, the header row not included.

    ``value`` is the text where ``kind`` is text or identifier, and null where it is missing; percent is the number
    before the sign, money whole units of the currency in ``unit``, dates ISO 8601.
    """

    row: int
    column: int
    header: str
    text: str
    kind: Kind = "text"
    value: Value = None
    unit: str | None = None


class Table(Element, frozen=True, kw_only=True, tag_field="type", tag="table"):
    """A table as printed: ``columns`` is the header row, ``rows`` are strings, ``cells`` carry places and values.

    ``origin`` tells how it was written, ``confidence`` how sure it is that this is a table of this form.
    """

    type: ClassVar[Literal["table"]] = "table"

    section: str | None
    lead_in: LeadIn | None
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[Cell, ...]
    origin: Notation = "pipes"
    confidence: float = 1.0

    @property
    def row_header(self) -> int | None:
        """Which column says what each row is about: the first whose cells are words or names, all different.

        ``None`` if there is none, or no other column beside it.
        """
        kinds = self._kinds()
        for column in range(min(2, len(self.columns))):
            texts = [row[column] for row in self.rows]
            named = bool(texts) and all(texts) and len(set(texts)) == len(texts)
            if named and kinds[column] <= {"text", "identifier", "year", "date", "quarter"} and len(self.columns) > 1:
                return column
        return None

    @property
    def is_key_value(self) -> bool:
        """Whether the table lies on its side: each row is a name and its value, and the values differ in kind."""
        return len(self.columns) == 2 and self.row_header == 0 and len(self._kinds()[1] - {"missing"}) > 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, the header not included, and columns."""
        return len(self.rows), len(self.columns)

    def __getitem__(self, header: str) -> tuple[Cell, ...]:
        """The cells below a header, from the top: ``[cell.value for cell in table["Change"]]``.

        Repeated and empty headers are made unique, as in ``to_records``: ``Share (2)``, ``column 3``.

        Raises:
            KeyError: there is no such header; the message lists those there are.
        """
        names = unique_names(self.columns)
        if header not in names:
            raise KeyError(f"{header!r} is none of the headers: {', '.join(map(repr, names))}")
        column = names.index(header)
        return tuple(cell for cell in self.cells if cell.column == column)

    def __repr__(self) -> str:
        return f"<Table {self.id!r}: {', '.join(self.columns)}; {len(self.rows)} rows>"

    def _repr_html_(self) -> str:
        """The table in a notebook."""
        html: str = self.to_pandas().to_html(notebook=True)
        return html

    def _kinds(self) -> list[set[Kind]]:
        kinds: list[set[Kind]] = [set() for _ in self.columns]
        for cell in self.cells:
            kinds[cell.column].add(cell.kind)
        return kinds

    def to_pandas(self, *, raw: bool = False, unique: bool = False) -> pd.DataFrame:
        """The table as a DataFrame of shape ``(len(rows), len(columns))``.

        A column of one kind and one unit gets its type: Int64, Float64, boolean, datetime64, string. A column of
        several, and one with a cell that does not fit, stays as printed: values and units stand in ``cells``.
        ``df.attrs["units"]`` gives the unit of each column by its number.

        Args:
            raw: All strings, as printed.
            unique: Number repeated and empty headers: ``Share``, ``Share (2)``.
        """
        from brief_extract.views.frames import to_pandas

        return to_pandas(self, raw=raw, unique=unique)

    def to_records(self) -> list[dict[str, Any]]:
        """One dict for each row, header to value; headers made unique. Ranges are dicts of ``low`` and ``high``.

        In a column of several units a value that has one is a dict of ``value`` and ``unit``: 6 years and 57,500,000
        euros must not be compared.
        """
        names = unique_names(self.columns)
        units: list[set[str | None]] = [set() for _ in names]
        for cell in self.cells:
            units[cell.column] |= {cell.unit} if cell.kind != "missing" else set()
        values: list[dict[str, Any]] = [dict.fromkeys(names) for _ in self.rows]
        for cell in self.cells:
            value = msgspec.to_builtins(cell.value)
            mixed = cell.unit and len(units[cell.column]) > 1
            values[cell.row][names[cell.column]] = {"value": value, "unit": cell.unit} if mixed else value
        return values

    def to_markdown(self) -> str:
        """The table as printed, in GitHub's Markdown, columns padded to one width."""
        lines = [[_escaped(cell) for cell in row] for row in (self.columns, *self.rows)]
        widths = [max(3, *(len(line[place]) for line in lines)) for place in range(len(self.columns))]
        lines.insert(1, ["-" * width for width in widths])
        return "".join(
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |\n"
            for line in lines
        )

    @overload
    def to_csv(self, path: None = None, *, excel: bool = False) -> str: ...
    @overload
    def to_csv(self, path: str | os.PathLike[str], *, excel: bool = False) -> None: ...
    def to_csv(self, path: str | os.PathLike[str] | None = None, *, excel: bool = False) -> str | None:
        """The table as printed, as RFC 4180 has it: commas, CRLF, quotes where needed.

        Args:
            path: Write it there, as UTF-8, in place of returning it.
            excel: Begin with a byte order mark, and put an apostrophe before text that a spreadsheet would run as a
                formula.

        Raises:
            OSError: the file cannot be written.
        """
        stream = io.StringIO(BYTE_ORDER_MARK if excel else "", newline="")
        stream.seek(0, io.SEEK_END)
        rows = [self.columns, *self.rows]
        csv.writer(stream).writerows([map(escape_formula, row) for row in rows] if excel else rows)
        if path is None:
            return stream.getvalue()
        Path(path).write_text(stream.getvalue(), encoding="utf-8", newline="")
        return None

    def changes(self) -> tuple[Change, ...]:
        """What changed between pairs of columns such as "Before" and "After", or one measure in two years."""
        from brief_extract.changes import changes

        return changes(self)


def unique_names(columns: Sequence[str]) -> list[str]:
    """The headers, each once: empty ones become ``column 1``, repeated ones are numbered.

    >>> unique_names(["Share", "Share", ""])
    ['Share', 'Share (2)', 'column 3']
    """
    names: list[str] = []
    for place, column in enumerate(columns, 1):
        base = name = column or f"column {place}"
        count = 2
        while name in names:
            name, count = f"{base} ({count})", count + 1
        names.append(name)
    return names


def _escaped(cell: str) -> str:
    return cell.replace("|", r"\|").replace("\n", " ").replace("\r", " ")
