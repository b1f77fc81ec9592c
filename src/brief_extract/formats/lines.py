"""CSV and JSON Lines: a file of lines for each projection."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from brief_extract.chunks import in_chunks
from brief_extract.formats.base import Encode, Projection, Rows, Sink, Writer
from brief_extract.spreadsheet import BYTE_ORDER_MARK, escape_formula
from brief_extract.write import CsvWriter, open_whole

CSV_ROWS = 1000
"""Rows of CSV encoded before they become bytes: as text they take four bytes a character."""


class _Lines(Writer):
    """A file for each projection, which begins with a head and goes on with what was encoded."""

    def head(self, projection: Projection, *, excel: bool) -> bytes:  # noqa: ARG002
        """What the file begins with."""
        return b""

    @contextlib.contextmanager
    def open(self, folder: Path, projections: Sequence[Projection], *, excel: bool = False) -> Iterator[Sink]:
        """See ``Writer.open``."""
        with contextlib.ExitStack() as stack:
            paths = {it.name: folder / self.path_of(it.name) for it in projections}
            files = {name: stack.enter_context(open_whole(path)).buffer for name, path in paths.items()}
            for projection in projections:
                files[projection.name].write(self.head(projection, excel=excel))

            def sink(name: str, lines: bytes) -> None:
                files[name].write(lines)

            yield sink


class Csv(_Lines):
    """RFC 4180 in UTF-8."""

    media_type = "text/csv"

    def head(self, projection: Projection, *, excel: bool) -> bytes:
        """The names of the columns."""
        header = _csv([[column.name for column in projection.columns]], plain=True)
        return BYTE_ORDER_MARK.encode() + header if excel else header

    def encoder(self, projections: Sequence[Projection], *, excel: bool = False) -> Encode:
        """See ``Writer.encoder``."""
        plain = {it.name for it in projections if not any(column.type in ("boolean", "any") for column in it.columns)}

        def encode(name: str, rows: Rows) -> bytes:
            return _csv((map(escape_formula, row) for row in rows) if excel else rows, plain=name in plain)

        return encode


def _csv(rows: Iterable[Iterable[object]], *, plain: bool) -> bytes:
    pieces = []
    for some in in_chunks(rows, CSV_ROWS):
        text = io.StringIO(newline="")
        writer = CsvWriter(text)
        (writer.write_plain if plain else writer.write)(some)
        pieces.append(text.getvalue().encode())
    return b"".join(pieces)


class JsonLines(_Lines):
    """An object a row; ranges are objects too."""

    media_type = "application/jsonl"

    def encoder(self, projections: Sequence[Projection], *, excel: bool = False) -> Encode:  # noqa: ARG002
        """See ``Writer.encoder``."""
        names = {projection.name: [column.name for column in projection.columns] for projection in projections}
        encode_json = msgspec.json.Encoder().encode

        def encode(name: str, rows: Rows) -> bytes:
            return b"".join(encode_json(dict(zip(names[name], row, strict=True))) + b"\n" for row in rows)

        return encode
