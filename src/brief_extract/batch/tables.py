"""Tables with an article in each row: CSV, TSV and Parquet. Which column holds the texts is for the user to say."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import msgspec

from brief_extract.batch.kinds import plain_name
from brief_extract.batch.lines import LINE_FACTOR, LINE_REST, opened
from brief_extract.decode import decode
from brief_extract.errors import ReadError
from brief_extract.read import printable

ID = "id"
"""The column that an article is called by, as in a line of JSON."""

DELIMITERS = ",;\t|"
_SAMPLE = 1_000_000
"""Bytes from which the encoding of a table is told."""

_AT_ONCE = 100
"""Rows of Parquet held at once."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Row(NamedTuple):
    """A row: its number, from 1, below the header; its id, its text, and its other columns that are not empty."""

    number: int
    id: str | None
    text: str | bytes | None
    extra: dict[str, Any]


def rows(path: Path, column: str, max_bytes: int, *, only_ids: bool = False) -> Iterator[Row]:
    """The rows of a table, in order; a few at a time in memory.

    Args:
        column: The one that holds the texts.
        max_bytes: Of an article. A row of CSV may take some times as much, as a line of JSON may.
        only_ids: Nothing but ids is asked for, so that a Parquet file need not be read as a whole.

    Raises:
        ReadError: there is no such column, no library for Parquet is installed, or it is no such file.
        csv.Error: a row is too long, or a quotation mark is never closed.
        OSError, ValueError: the file cannot be read.
    """
    if plain_name(path).endswith(".parquet"):
        yield from _parquet(path, column, [ID] if only_ids else None)
    else:
        yield from _csv(path, column, LINE_FACTOR * max_bytes + LINE_REST)


def _csv(path: Path, column: str, most: int) -> Iterator[Row]:
    csv.field_size_limit(max(csv.field_size_limit(), most))  # for the whole process: Python has no other way
    with contextlib.closing(io.TextIOWrapper(opened(path), _encoding(path), newline="")) as file:
        first = file.readline(most)
        if first.startswith("sep="):  # as Excel writes it
            first = file.readline(most)
        headers = {mark: next(csv.reader([first], delimiter=mark), []) for mark in DELIMITERS}
        delimiter = next((mark for mark in DELIMITERS if column in headers[mark]), None)
        if delimiter is None:
            raise _no_column(path, column, max(headers.values(), key=len))
        header = headers[delimiter]
        lines = chain([first], _lines(file, most))
        records = csv.reader(lines, delimiter=delimiter)
        next(records)
        for number, cells in enumerate(filter(None, records), 1):
            fields: dict[str, Any] = {name: cell for name, cell in zip(header, cells, strict=False) if name and cell}
            yield _row(number, fields, column)


def _lines(file: Iterable[str], most: int) -> Iterator[str]:
    """The lines, none of them longer than ``most``."""
    read = cast("IO[str]", file).readline
    while line := read(most):
        if len(line) == most and not line.endswith("\n"):
            raise csv.Error(f"a row longer than {most:,} characters")
        yield line


def _encoding(path: Path) -> str:
    """The encoding of a file, told from its first lines as for an article."""
    with opened(path) as file:
        sample = file.read(_SAMPLE)
    if len(sample) == _SAMPLE and not sample.startswith(_UTF16):
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    return decode(sample, place=printable(path.name)).encoding


def _parquet(path: Path, column: str, only: Sequence[str] | None) -> Iterator[Row]:
    try:
        from pyarrow import parquet
    except ImportError:
        what, fix = "a Parquet file, for which pyarrow is needed", "pip install 'brief-extract[parquet]'"
        raise ReadError("unreadable", place=printable(path.name), what=what, fix=fix) from None
    number = 0
    with parquet.ParquetFile(path) as file:
        names = [name for name in file.schema_arrow.names if not name.startswith("__index_level_")]
        if column not in names:
            raise _no_column(path, column, names)
        wanted = [name for name in names if only is None or name in only]
        for batch in file.iter_batches(batch_size=_AT_ONCE, columns=wanted):
            for record in batch.to_pylist() if wanted else [{}] * batch.num_rows:
                number += 1
                yield _row(number, {name: value for name, value in record.items() if value not in (None, "")}, column)


def _row(number: int, fields: dict[str, Any], column: str) -> Row:
    """A row with its other columns as JSON has them; what it does not know becomes a string."""
    text = fields.pop(column, None)
    id = fields.pop(ID, None)
    extra = msgspec.json.decode(msgspec.json.encode(fields, enc_hook=str)) if fields else {}
    named = str(id).strip() if isinstance(id, str | int) else ""
    return Row(number, named or None, text, extra)


def _no_column(path: Path, column: str, names: Sequence[str]) -> ReadError:
    what = f"no column {column!r} in it; it has {', '.join(names[:20])}"
    return ReadError("unreadable", place=printable(path.name), what=what, fix="name one of these with --text-column")
