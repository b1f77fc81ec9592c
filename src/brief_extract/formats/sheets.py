"""A sheet for each table that was extracted: caption and source above, the cells typed, filters over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from brief_extract.formats.base import Projection
from brief_extract.spreadsheet import cut_escaped, escape_xml
from brief_extract.table import Range, Value

MOST = 200
"""Tables that have a sheet. More would be a workbook that nobody pages through; ``cells`` has all of them."""

LONGEST_CELL = 32_767
"""A limit of the format. A longer text is cut: the other files have all of it."""

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST_DATE = date(1900, 3, 1)
"""Excel counts a day in 1900 that there never was; dates before it would be off by one."""

_NARROWEST, _WIDEST = 8, 50
_EXACT = 10**15
"""Excel keeps 15 digits of a number; a larger one is written as text."""


class TableSheets:
    """Takes the rows of the projections ``tables`` and ``cells`` in the order of the documents."""

    def __init__(self, book: Any, projections: Sequence[Projection]) -> None:
        self._book = book
        self._columns = {it.name: [column.name for column in it.columns] for it in projections}
        self._tables: dict[tuple[Value, Value], dict[str, Value]] = {}
        self._names: set[str] = {name.lower() for name in self._columns}
        self._count = 0

    def add(self, projection: str, rows: Sequence[Sequence[Value]]) -> None:
        """Take more rows; those of other projections are not used."""
        if projection not in ("tables", "cells") or self._count >= MOST or not self._is_complete:
            return
        records = (dict(zip(self._columns[projection], row, strict=True)) for row in rows)
        if projection == "tables":
            self._tables = {(it["document"], it["table_id"]): it for it in records}
            return
        for key, cells in groupby(records, key=lambda it: (it["document"], it["table_id"])):
            if self._count < MOST and key in self._tables:
                self._count += 1
                self._write(self._tables[key], list(cells))

    @property
    def _is_complete(self) -> bool:
        return {"tables", "cells"} <= self._columns.keys()

    def _write(self, table: dict[str, Value], cells: list[dict[str, Value]]) -> None:
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(self._name(table))
        above = list(_above(table))
        header = len(above) + 2
        width = int(table["column_count"])  # type: ignore[arg-type]
        sheet.freeze_panes = f"A{header + 1}"
        headers, rows = _headers(cells, width), _grid(cells, width)
        for place in range(width):
            printed = [headers[place], *(str(cell["text"]) for row in rows if (cell := row[place]))]
            longest = max(map(len, printed))
            letter = get_column_letter(place + 1)
            sheet.column_dimensions[letter].width = min(max(longest + 2, _NARROWEST), _WIDEST)
        for line in above:
            sheet.append([text_cell(sheet, line)])
        sheet.append([])
        sheet.append([text_cell(sheet, it, bold=True) for it in headers])
        for row in rows:
            sheet.append([_typed(sheet, it) if it else None for it in row])
        sheet.auto_filter.ref = f"A{header}:{get_column_letter(width)}{header + len(rows)}"
        sheet.close()  # else a file stays open for each sheet until the end

    def _name(self, table: dict[str, Value]) -> str:
        """``rail-strike 2``: the document's id, as far as it fits, and the number of the table."""
        number = str(table["table_id"]).rpartition("-")[2]
        stem = _NOT_IN_NAMES.sub("-", str(table["document"]).rpartition("/")[2])
        count = 1
        while True:
            end = f" {number}" if count == 1 else f" {number} ({count})"
            name = escape_xml(stem)[: _LONGEST_NAME - len(end)] + end
            if name.lower() not in self._names:
                self._names.add(name.lower())
                return name
            count += 1


def _above(table: dict[str, Value]) -> Iterator[str]:
    """What a reader must know of a table, a line each."""
    yield str(table["caption"] or table["lead_in"] or f"{table['document']}, {table['table_id']}")
    if table["source"]:
        yield str(table["source"])
    yield f"From {table['document']}, {table['table_id']}, characters {table['start_char']} to {table['end_char']}"


def _grid(cells: list[dict[str, Value]], width: int) -> list[list[dict[str, Value] | None]]:
    """The cells by row and column; a short row ends in ``None``."""
    height = max(int(cell["row_index"]) for cell in cells) + 1  # type: ignore[arg-type]
    grid: list[list[dict[str, Value] | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        grid[int(cell["row_index"])][int(cell["column_index"])] = cell  # type: ignore[arg-type]
    return grid


def _headers(cells: list[dict[str, Value]], width: int) -> list[str]:
    headers = [""] * width
    for cell in cells:
        headers[int(cell["column_index"])] = str(cell["header"])  # type: ignore[arg-type]
    return headers


def text_cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell with this text, whatever it looks like."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, cut_escaped(escape_xml(text), LONGEST_CELL))
    cell.data_type = "s"  # never a formula
    if bold:
        cell.font = Font(bold=True)
    return cell


def _typed(sheet: Any, cell: dict[str, Value]) -> Any:
    """A number with its unit as format, a day as a date; all else as printed."""
    from openpyxl.cell import WriteOnlyCell

    value, unit = cell["value"], str(cell["unit"] or "")
    if cell["kind"] == "date" and isinstance(value, str) and _DAY.fullmatch(value):
        day = date.fromisoformat(value)
        if day >= _FIRST_DATE:
            return WriteOnlyCell(sheet, day)
    if isinstance(value, bool | str | Range | None) or abs(value) >= _EXACT or cell["kind"] == "approximate":
        return text_cell(sheet, str(cell["text"]))
    number = WriteOnlyCell(sheet, value)
    number.number_format = "0" if cell["kind"] == "year" else _format(value, unit)
    return number


def _format(value: int | float, unit: str) -> str:
    digits = "#,##0" if isinstance(value, int) else "#,##0.0#####"
    quoted = unit.replace('"', "")
    return f'{digits}"{quoted}"' if unit == "%" else f'{digits}" {quoted}"' if unit else digits
