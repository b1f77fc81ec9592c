"""Parquet: a file for each projection, compressed with zstd."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brief_extract.formats.base import Projection, Sink, Writer, as_text
from brief_extract.table import Value
from brief_extract.write import open_whole

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 20_000
"""Rows of a projection held before they are written: large enough to compress well, some 10 MB of text."""


class Parquet(Writer):
    """Types are those of the columns; ``any`` is a string, as CSV has it."""

    media_type = "application/vnd.apache.parquet"
    package = "pyarrow"

    @contextlib.contextmanager
    def open(self, folder: Path, projections: Sequence[Projection], *, excel: bool = False) -> Iterator[Sink]:  # noqa: ARG002
        """See ``Writer.open``."""
        self.check_installed()
        from pyarrow import parquet

        schemas = {projection.name: _schema(projection) for projection in projections}
        waiting: dict[str, list[Sequence[Value]]] = {name: [] for name in schemas}
        with contextlib.ExitStack() as stack:
            writers = {
                name: stack.enter_context(
                    parquet.ParquetWriter(
                        stack.enter_context(open_whole(folder / self.path_of(name))).buffer, schema, compression="zstd"
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
                if len(waiting[name]) >= ROWS:
                    flush(name)

            yield sink
            for name in schemas:
                flush(name)


def _schema(projection: Projection) -> pa.Schema:
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    types |= {"boolean": pa.bool_(), "any": pa.string()}
    return pa.schema([(column.name, types[column.type]) for column in projection.columns])


def _arrow(rows: Sequence[Sequence[Value]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = []
    for field, values in zip(schema, zip(*rows, strict=True), strict=True):
        texts = field.type == pa.string()
        columns.append(pa.array([as_text(value) for value in values] if texts else values, type=field.type))
    return pa.Table.from_arrays(columns, schema=schema)
