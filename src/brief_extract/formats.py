"""Rows -> files: the projections of a run as CSV, JSON Lines, Parquet, or one workbook with a sheet for each.

It is done in two steps: rows are drawn as a format takes them, which any process can do, and what was drawn is written,
in order, to files that are opened once. Both go in a stream. A workbook alone is held until the end, compressed.
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec

from brief_extract.chunks import in_chunks
from brief_extract.errors import FormatError
from brief_extract.spreadsheet import cut_escaped, escape_formula, escape_xml
from brief_extract.table import Range
from brief_extract.write import CsvWriter, open_whole, write_file

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["csv", "jsonl", "parquet", "xlsx"]
Value = str | int | float | bool | Range | None

Rows = Iterable[Sequence[Value]]
Drawn = bytes | list[Sequence[Value]]
"""Rows as a format takes them: as lines of text, or as they are."""

Draw = Callable[[str, Rows], Drawn]
"""Draws some rows of the projection of this name."""

Sink = Callable[[str, Any], None]
"""Takes the name of a projection and more of what was drawn of it."""

PACKAGES = {"parquet": "pyarrow", "xlsx": "openpyxl"}
"""What a format needs beyond the core install."""

WORKBOOK = "brief-extract.xlsx"
CSV_ROWS = 1000
"""Rows of CSV drawn before they become bytes: as text they take four bytes a character."""

PARQUET_ROWS = 20_000
"""Rows of a projection held before they are written: large enough to compress well, some 10 MB of text."""


class _Column(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...


class _Projection(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> Sequence[_Column]: ...


def drawer_of(format: Format, projections: Sequence[_Projection], *, spreadsheet_safe: bool = False) -> Draw:
    """The first step.

    Args:
        projections: Names, columns and types of what is drawn.
        spreadsheet_safe: In CSV, put an apostrophe before text that a spreadsheet would run as a formula. The other
            formats say what is text, and need none.
    """
    if format == "csv":
        return _csv_drawer(projections, safe=spreadsheet_safe)
    return _jsonl_drawer(projections) if format == "jsonl" else lambda _, rows: list(rows)


def open_format(format: Format, folder: Path, projections: Sequence[_Projection]) -> AbstractContextManager[Sink]:
    """The second step: the files of one format, all of them whole when the block ends well and none when it does not.

    Args:
        format: ``csv``, ``jsonl`` and ``parquet`` make a file for each projection, ``xlsx`` one workbook.
        folder: Where they go.
        projections: As for ``drawer_of``, which draws what the sink takes.

    Raises:
        FormatError: the package that writes this format is not installed.
        OutputError: a file cannot be written.
    """
    if format == "csv":
        return _lines(format, folder, {it.name: _csv_header(it) for it in projections})
    if format == "jsonl":
        return _lines(format, folder, {it.name: b"" for it in projections})
    return _parquet(folder, projections) if format == "parquet" else _xlsx(folder, projections)


def check_installed(format: Format) -> None:
    """See that a format can be written here.

    Raises:
        FormatError: its package is not installed.
    """
    package = PACKAGES.get(format)
    if package and not find_spec(package):
        raise FormatError(
            f"{format} needs {package}, which is not installed; fix: pip install 'brief-extract[{format}]'"
        )


def path_of(format: Format, projection: str) -> str:
    """The file, by its name in the folder, that holds a projection."""
    return WORKBOOK if format == "xlsx" else f"{projection}.{format}"


# --- CSV and JSON Lines ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _lines(format: Format, folder: Path, heads: Mapping[str, bytes]) -> Iterator[Sink]:
    """Files of lines, one for each projection, each with its head."""
    with contextlib.ExitStack() as stack:
        files = {name: stack.enter_context(open_whole(folder / path_of(format, name))).buffer for name in heads}
        for name, head in heads.items():
            files[name].write(head)

        def sink(name: str, lines: bytes) -> None:
            files[name].write(lines)

        yield sink


def _csv_header(projection: _Projection) -> bytes:
    return _csv_text([[column.name for column in projection.columns]], plain=True)


def _csv_text(rows: Iterable[Iterable[object]], *, plain: bool) -> bytes:
    pieces = []
    for some in in_chunks(rows, CSV_ROWS):
        text = io.StringIO(newline="")
        writer = CsvWriter(text)
        (writer.write_plain if plain else writer.write)(some)
        pieces.append(text.getvalue().encode())
    return b"".join(pieces)


def _csv_drawer(projections: Sequence[_Projection], *, safe: bool) -> Draw:
    plain = {it.name for it in projections if not any(column.type in ("boolean", "any") for column in it.columns)}

    def draw(name: str, rows: Rows) -> bytes:
        return _csv_text((map(escape_formula, row) for row in rows) if safe else rows, plain=name in plain)

    return draw


def _jsonl_drawer(projections: Sequence[_Projection]) -> Draw:
    names = {projection.name: [column.name for column in projection.columns] for projection in projections}
    encode = msgspec.json.Encoder().encode

    def draw(name: str, rows: Rows) -> bytes:
        return b"".join(encode(dict(zip(names[name], row, strict=True))) + b"\n" for row in rows)

    return draw


# --- Parquet -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _parquet(folder: Path, projections: Sequence[_Projection]) -> Iterator[Sink]:
    check_installed("parquet")
    import pyarrow as pa
    from pyarrow import parquet

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    types |= {"boolean": pa.bool_(), "any": pa.string()}
    schemas = {
        projection.name: pa.schema([(column.name, types[column.type]) for column in projection.columns])
        for projection in projections
    }
    waiting: dict[str, list[Sequence[Value]]] = {name: [] for name in schemas}
    with contextlib.ExitStack() as stack:
        writers = {
            name: stack.enter_context(
                parquet.ParquetWriter(
                    stack.enter_context(open_whole(folder / f"{name}.parquet")).buffer, schema, compression="zstd"
                )
            )
            for name, schema in schemas.items()
        }

        def flush(name: str) -> None:
            if waiting[name]:
                writers[name].write_table(_arrow(waiting[name], schemas[name]))
                waiting[name] = []

        def sink(name: str, rows: list[Sequence[Value]]) -> None:
            waiting[name].extend(rows)
            if len(waiting[name]) >= PARQUET_ROWS:
                flush(name)

        yield sink
        for name in schemas:
            flush(name)


def _arrow(rows: Sequence[Sequence[Value]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = []
    for field, values in zip(schema, zip(*rows, strict=True), strict=True):
        texts = field.type == pa.string()
        columns.append(pa.array([_text(value) for value in values] if texts else values, type=field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def _text(value: Value) -> str | None:
    """A value in a column of strings, as CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


# --- the workbook ------------------------------------------------------------------------------------------------

LAST_ROW = 1_048_576
LONGEST_CELL = 32_767
"""Limits of the format. More rows go on in another sheet; a longer text is cut: the other files have all of it."""

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)[^<]*")


@contextlib.contextmanager
def _xlsx(folder: Path, projections: Sequence[_Projection]) -> Iterator[Sink]:
    check_installed("xlsx")
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    headers = {projection.name: [column.name for column in projection.columns] for projection in projections}
    sheets: dict[str, Any] = {}
    counts: dict[str, int] = {}

    def cell(name: str, value: Value) -> Any:
        if not isinstance(value, str | Range):
            return value
        text = WriteOnlyCell(sheets[name], cut_escaped(escape_xml(str(value)), LONGEST_CELL))
        text.data_type = "s"  # never a formula
        return text

    def sheet(name: str, number: int) -> Any:
        found = sheets[name] = book.create_sheet(name if number == 1 else f"{name} ({number})")
        found.append(headers[name])
        return found

    for name in headers:
        sheet(name, 1)
        counts[name] = 0

    def sink(name: str, rows: list[Sequence[Value]]) -> None:
        for row in rows:
            if counts[name] and counts[name] % (LAST_ROW - 1) == 0:
                sheet(name, counts[name] // (LAST_ROW - 1) + 1)
            counts[name] += 1
            sheets[name].append([cell(name, value) for value in row])

    try:
        yield sink
    except BaseException:
        for opened in book.worksheets:
            opened.close()
        raise
    data = io.BytesIO()
    book.save(data)
    write_file(folder / WORKBOOK, _without_times(data))


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
