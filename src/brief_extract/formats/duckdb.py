"""One DuckDB file: the tables of the SQLite file with their keys, and its views. Without a full-text index.

Made anew by every run. Equal rows make equal tables, but not equal bytes: DuckDB gives each file an id of its own.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brief_extract.formats.base import Projection, Sink, Writer, as_text
from brief_extract.table import Value
from brief_extract.write import made_whole, unwritable

if TYPE_CHECKING:
    import pandas as pd

ROWS = 20_000
"""Rows of a table held before they are written: DuckDB takes columns, and takes many rows as quickly as few."""

WIDE = 12
"""Columns of ``tables_wide``; its ``record`` has all of them."""

_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "any": "VARCHAR"}
_FRAMES: dict[str, Any] = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "any": "string",
}

_VIEWS = {
    "countries_per_article": (
        {"documents", "countries"},
        """
        SELECT d.document, d.title, count(*) AS countries, sum(c.mentions)::BIGINT AS mentions,
               string_agg(c.country_name, '; ' ORDER BY c.mentions DESC, c.country) AS country_names
        FROM documents d JOIN countries c USING (document)
        GROUP BY d.document, d.title
        """,
    ),
    "entities_overall": (
        {"entities"},
        """
        SELECT entity, min(name) AS name, label, count(*) AS articles, sum(mentions)::BIGINT AS mentions
        FROM entities GROUP BY entity, label ORDER BY mentions DESC, articles DESC, entity
        """,
    ),
    "tables_wide": (
        {"cells"},
        f"""
        SELECT document, table_id, row_index, '{{' || string_agg(
                   to_json(CASE WHEN header = '' THEN 'column ' || (column_index + 1) ELSE header END)
                   || ':' || to_json(text), ',' ORDER BY column_index) || '}}' AS record,
               {", ".join(f"max(text) FILTER (column_index = {n}) AS column_{n + 1}" for n in range(WIDE))}
        FROM cells GROUP BY document, table_id, row_index
        """,
    ),
}
"""Each view: the tables it is made from, and how. They answer as those of the SQLite file do."""


class DuckDb(Writer):
    """See the module."""

    media_type = "application/vnd.duckdb"
    package = "duckdb"
    single = "brief-extract.duckdb"

    @contextlib.contextmanager
    def open(self, folder: Path, projections: Sequence[Projection], *, excel: bool = False) -> Iterator[Sink]:  # noqa: ARG002
        """See ``Writer.open``."""
        self.check_installed()
        import duckdb

        path = folder / self.path_of("")
        try:
            with made_whole(path) as part, _opened(part) as database:
                tables = {it.name: _Table(database, it) for it in projections}

                def sink(name: str, rows: Sequence[Sequence[Value]]) -> None:
                    if tables[name].add(rows):
                        flush()

                def flush() -> None:
                    for table in tables.values():  # documents first: the others point to them
                        table.flush()

                yield sink
                flush()
                of_documents = {it.name for it in projections if it.columns[0].name == "document"}
                for name, (needed, query) in _VIEWS.items():
                    if needed <= of_documents:
                        database.execute(f'CREATE VIEW "{name}" AS {query}')
        except duckdb.IOException as error:  # the disk is full, or cannot be written
            raise unwritable(path, OSError(None, str(error))) from error


@contextlib.contextmanager
def _opened(part: str) -> Iterator[Any]:
    """A new database, with one thread: beside the other formats it has little to do."""
    import duckdb

    try:
        with duckdb.connect(part, config={"threads": 1}) as database:
            yield database
    finally:
        Path(f"{part}.wal").unlink(missing_ok=True)  # what an error left


class _Table:
    """One table and the rows that wait for it."""

    def __init__(self, database: Any, projection: Projection) -> None:
        self._database = database
        self._projection = projection
        self._waiting: list[Sequence[Value]] = []
        database.execute(_create(projection))

    def add(self, rows: Sequence[Sequence[Value]]) -> bool:
        """Take more rows, and tell whether it is time to write them."""
        self._waiting.extend(rows)
        return len(self._waiting) >= ROWS

    def flush(self) -> None:
        if self._waiting:
            self._database.register("waiting", _frame(self._waiting, self._projection))
            self._database.execute(f'INSERT INTO "{self._projection.name}" SELECT * FROM waiting')
            self._database.unregister("waiting")
            self._waiting = []


def _create(projection: Projection) -> str:
    columns = [f'"{column.name}" {_TYPES[column.type]}' for column in projection.columns]
    if projection.key:
        columns.append(f"PRIMARY KEY ({', '.join(projection.key)})")
    if projection.name != "documents" and projection.columns[0].name == "document":
        columns.append("FOREIGN KEY (document) REFERENCES documents (document)")
    return f'CREATE TABLE "{projection.name}" ({", ".join(columns)})'


def _frame(rows: Sequence[Sequence[Value]], projection: Projection) -> pd.DataFrame:
    """The rows as columns that say what their type is, so that DuckDB need not guess."""
    import pandas as pd

    columns = {}
    for column, values in zip(projection.columns, zip(*rows, strict=True), strict=True):
        texts = _TYPES[column.type] == "VARCHAR"
        columns[column.name] = pd.Series(
            [as_text(it) for it in values] if texts else values, dtype=_FRAMES[column.type]
        )
    return pd.DataFrame(columns)
