"""A table as a page shows it: what its columns hold, its rows, its charts, and what is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from brief_extract.model import Table
from brief_extract.report.charts import Chart, charts

MOST_COLUMNS = 50
"""Columns of a table that a page shows."""

LONGEST_CAPTION = 300

MOSTLY = 0.7
"""Of the cells of a column: with fewer of one kind it is called mixed. One odd cell in four is no other column."""

_NUMERIC = {"integer", "decimal", "percent", "money", "quantity", "duration", "range", "approximate", "ratio"}


class Column(NamedTuple):
    """A header cell, what the column holds, and whether it is of numbers."""

    html: Markup
    holds: str
    numeric: bool


class Grid:
    """A table as it is shown.

    Args:
        rows: The cells of each row as HTML. A short one is filled up.
        download: The CSV file of the table, as a path in the output folder.
    """

    def __init__(self, table: Table, columns: Sequence[Column], rows: Sequence[Sequence[str]], download: str) -> None:
        self.caption = table.lead_in.text[:LONGEST_CAPTION] if table.lead_in else ""
        self.columns = columns
        header = table.row_header
        self.body = Markup("".join(_row(cells, len(columns), header) for cells in rows))
        self.more = len(table.rows) - len(rows)
        self.more_columns = len(table.columns) - len(columns)
        self.charts: list[Chart] = charts(table)
        self.download = download


def is_numeric(kind: str) -> bool:
    """Do cells of this kind stand to the right, so that their digits stand under each other?"""
    return kind in _NUMERIC


def columns_of(table: Table, headers: Iterable[Markup]) -> list[Column]:
    """The columns, as many as a page shows: what each holds, as in "money · EUR", and whether most of it is numbers."""
    count = min(len(table.columns), MOST_COLUMNS)
    kinds: list[Counter[str]] = [Counter() for _ in range(count)]
    units: list[set[str | None]] = [set() for _ in range(count)]
    for cell in table.cells:
        if cell.kind != "missing" and cell.column < count:
            kinds[cell.column][cell.kind] += 1
            units[cell.column].add(cell.unit)
    return [Column(html, *_holds(of, in_)) for html, of, in_ in zip(headers, kinds, units, strict=False)]


def _holds(kinds: Counter[str], units: set[str | None]) -> tuple[str, bool]:
    if not kinds:
        return "", False
    (kind, times), total = kinds.most_common(1)[0], kinds.total()
    numeric = 2 * sum(kinds[it] for it in _NUMERIC) > total
    if times < MOSTLY * total:
        return "mixed", numeric
    unit = next(iter(units)) if len(units) == 1 else None
    return (f"{kind} · {unit}" if unit and unit != "%" else kind), numeric


def _row(cells: Sequence[str], columns: int, row_header: int | None) -> str:
    empty = ('<th scope="row"></th>' if column == row_header else "<td></td>" for column in range(len(cells), columns))
    return f"<tr>{''.join(cells)}{''.join(empty)}</tr>\n"
