"""One SQLite file: a table for each projection with keys and indexes, full-text search, and views that answer at once.

Made anew by every run, in the order of the documents, so that equal rows make equal bytes with one release of SQLite.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from brief_extract.formats.base import Projection, Sink, Writer
from brief_extract.table import Range, Value
from brief_extract.write import open_whole, unwritable

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "any": ""}
"""A column of type ``any`` has no affinity: a number stays a number, a text a text."""

_INT64 = range(-(2**63), 2**63)

SEARCHED = ("headings", "paragraphs", "list_items", "cells")
"""Tables whose ``text`` has an FTS5 index, ``paragraphs_fts`` and so on, which finds ``Perić`` by ``peric``."""

INDEXED = {
    "documents": ("title", "language"),
    "mentions": ("entity",),
    "entities": ("entity", "label"),
    "places": ("country", "admin1"),
    "countries": ("country",),
    "cells": ("table_id", "kind"),
    "figures": ("kind", "unit"),
    "issues": ("code",),
}
"""Columns that questions begin with; ``document`` is one of every table."""

WIDE = 12
"""Columns of ``tables_wide``; its ``record`` has all of them."""

_VIEWS = {
    "countries_per_article": (
        {"documents", "countries"},
        """
        SELECT d.document, d.title, count(*) AS countries, sum(c.mentions) AS mentions,
               group_concat(c.country_name, '; ') AS country_names
        FROM documents d
        JOIN (SELECT * FROM countries ORDER BY document, mentions DESC, country) c USING (document)
        GROUP BY d.document
        """,
    ),
    "entities_overall": (
        {"entities"},
        """
        SELECT entity, min(name) AS name, label, count(*) AS articles, sum(mentions) AS mentions
        FROM entities GROUP BY entity, label ORDER BY mentions DESC, articles DESC, entity
        """,
    ),
    "figures_and_cells": (
        {"figures", "cells"},
        """
        SELECT f.document, f.figure, f.text, f.value, f.unit, f.concept, c.table_id, c.cell, c.header,
               c.text AS cell_text, c.value AS cell_value,
               CASE WHEN instr('; ' || f.agrees || ';', '; ' || c.cell || ';')
                    THEN 'agrees' ELSE 'disagrees' END AS verdict
        FROM figures f JOIN cells c ON c.document = f.document
         AND instr('; ' || f.agrees || '; ' || f.disagrees || ';', '; ' || c.cell || ';')
        """,
    ),
    "tables_wide": (
        {"cells"},
        f"""
        SELECT document, table_id, row_index, json_group_object(
                   CASE WHEN header = '' THEN 'column ' || (column_index + 1) ELSE header END, text) AS record,
               {", ".join(f"max(CASE column_index WHEN {n} THEN text END) AS column_{n + 1}" for n in range(WIDE))}
        FROM cells GROUP BY document, table_id, row_index
        """,
    ),
}
"""Each view: the tables it is made from, and how."""


class Sqlite(Writer):
    """See the module."""

    media_type = "application/vnd.sqlite3"
    single = "brief-extract.sqlite"

    @contextlib.contextmanager
    def open(self, folder: Path, projections: Sequence[Projection], *, excel: bool = False) -> Iterator[Sink]:  # noqa: ARG002
        """See ``Writer.open``."""
        path = folder / self.path_of("")
        try:
            with open_whole(path) as file, contextlib.closing(_connect(file.name)) as database:
                for projection in projections:
                    database.execute(_create(projection))
                inserts = {it.name: _insert(it) for it in projections}

                def sink(name: str, rows: Sequence[Sequence[Value]]) -> None:
                    database.executemany(inserts[name], (tuple(map(_stored, row)) for row in rows))

                yield sink
                _finish(database, {it.name: {column.name for column in it.columns} for it in projections})
        except sqlite3.OperationalError as error:  # the disk is full, or cannot be written
            raise unwritable(path, OSError(None, str(error))) from error


def _connect(path: str) -> sqlite3.Connection:
    """A new database in the empty file that ``open_whole`` has made, which alone sees to it that it is whole."""
    database = sqlite3.connect(os.fspath(path), isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "page_size = 4096"):
        database.execute(f"PRAGMA {pragma}")
    database.execute("BEGIN")
    return database


def _create(projection: Projection) -> str:
    columns = [f'"{column.name}" {_TYPES[column.type]}'.strip() for column in projection.columns]
    if projection.key:
        columns.append(f"PRIMARY KEY ({_names(projection.key)})")
    if projection.name != "documents" and projection.columns[0].name == "document":
        columns.append("FOREIGN KEY (document) REFERENCES documents (document)")
    return f'CREATE TABLE "{projection.name}" ({", ".join(columns)})'


def _insert(projection: Projection) -> str:
    return f'INSERT INTO "{projection.name}" VALUES ({", ".join("?" * len(projection.columns))})'


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _stored(value: Value) -> str | int | float | None:
    """A value as SQLite holds it: a range as CSV has it, a whole number that takes more than 64 bits as text."""
    if isinstance(value, Range) or (isinstance(value, int) and value not in _INT64):
        return str(value)
    return value


def _finish(database: sqlite3.Connection, tables: dict[str, set[str]]) -> None:
    """What is quicker made when all rows are there."""
    for table, columns in INDEXED.items():
        for column in columns:
            if column in tables.get(table, ()):
                database.execute(f'CREATE INDEX "{table}_{column}" ON "{table}" ("{column}")')
    for table in SEARCHED:
        if "text" in tables.get(table, ()):
            _index_text(database, table)
    for name, (needed, query) in _VIEWS.items():
        if needed <= tables.keys():
            database.execute(f'CREATE VIEW "{name}" AS {query}')
    database.execute("COMMIT")
    database.execute("ANALYZE")


def _index_text(database: sqlite3.Connection, table: str) -> None:
    """The full-text index of a table; none where this build of SQLite cannot make one."""
    try:
        _create_search(database, table)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        return
    database.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'rebuild\')')


def _create_search(database: sqlite3.Connection, table: str) -> None:
    options = f'content="{table}", tokenize="unicode61 remove_diacritics 2"'
    database.execute(f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5 (text, {options})')
