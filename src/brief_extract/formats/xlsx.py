"""One workbook, made to be read: a sheet for each projection and for each extracted table, with frozen bold headers.

A workbook alone is held until the end, compressed.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from brief_extract.formats.base import Projection, Sink, Writer
from brief_extract.formats.sheets import TableSheets, text_cell
from brief_extract.table import Range, Value
from brief_extract.write import write_file

LAST_ROW = 1_048_576
"""A limit of the format. More rows go on in another sheet."""

WIDTHS = {"string": 24, "any": 16, "integer": 10, "number": 12, "boolean": 9}
"""Characters that a column of each type is wide."""

PROSE = {"text": 60, "message": 60, "title": 40, "name": 32}
"""Columns that are wider than others of their type."""

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)[^<]*")


class Xlsx(Writer):
    """See the module."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    package = "openpyxl"
    single = "brief-extract.xlsx"

    @contextlib.contextmanager
    def open(self, folder: Path, projections: Sequence[Projection], *, excel: bool = False) -> Iterator[Sink]:  # noqa: ARG002
        """See ``Writer.open``."""
        self.check_installed()
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheets = {projection.name: _Sheets(book, projection) for projection in projections}
        tables = TableSheets(book, projections)

        def sink(name: str, rows: list[Sequence[Value]]) -> None:
            for row in rows:
                sheets[name].append(row)
            tables.add(name, rows)

        try:
            yield sink
        except BaseException:
            for opened in book.worksheets:
                opened.close()
            raise
        for of_projection in sheets.values():
            of_projection.finish()
        data = io.BytesIO()
        book.save(data)
        write_file(folder / self.path_of(""), _without_times(data))


class _Sheets:
    """The sheets of one projection: one, unless it has more rows than a sheet can."""

    def __init__(self, book: Any, projection: Projection) -> None:
        self._book = book
        self._projection = projection
        self._count = 0
        self._sheet = self._open(1)

    def append(self, row: Sequence[Value]) -> None:
        if self._count and self._count % (LAST_ROW - 1) == 0:
            self.finish()
            self._sheet = self._open(self._count // (LAST_ROW - 1) + 1)
        self._count += 1
        self._sheet.append(
            [text_cell(self._sheet, str(value)) if isinstance(value, str | Range) else value for value in row]
        )

    def finish(self) -> None:
        """Filters over all rows of the sheet, which are known only now."""
        from openpyxl.utils import get_column_letter

        rows = (self._count - 1) % (LAST_ROW - 1) + 1 if self._count else 0
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._projection.columns))}{rows + 1}"

    def _open(self, number: int) -> Any:
        from openpyxl.utils import get_column_letter

        name = self._projection.name
        sheet = self._book.create_sheet(name if number == 1 else f"{name} ({number})")
        sheet.freeze_panes = "A2"
        for place, column in enumerate(self._projection.columns, 1):
            width = PROSE.get(column.name, WIDTHS[column.type])
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([text_cell(sheet, column.name, bold=True) for column in self._projection.columns])
        return sheet


def _without_times(book: io.BytesIO) -> bytes:
    """The same archive with the earliest date that it can have everywhere, so that equal rows make equal bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return result.getvalue()
