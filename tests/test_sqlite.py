"""The SQLite file, read by SQLite: keys, search, views, and values as the documents have them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from brief_extract import Config, extract
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.projections import write_projections
from brief_extract.errors import OutputError
from brief_extract.formats import WRITERS, sqlite
from brief_extract.views.columns import PROJECTIONS

RAIL = """Rail strike ends

Zoran Perić of Mali met the ministers of France and Mali in Bamako on Monday, and Namibia sent a note.

Table 1: Pay

| Grade | Rise | |
|---|---|---|
| Driver | 4.5% | 12,345,678,901,234,567,890 |
| Guard | 2-3% | yes |

Source: the union

- Sunday work
"""
QUIET = "Nothing happened today, and nobody said a word about it.\n"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("outputs")
    for id, text in {"rail": RAIL, "quiet": QUIET}.items():
        OutputFolder(folder).save(id, extract(text, id=id).to_json(), [])
    write_projections(folder, ["sqlite"])
    with closing(sqlite3.connect(folder / "brief-extract.sqlite")) as opened:
        yield opened


def test_every_projection_is_a_table_with_its_columns(database: sqlite3.Connection) -> None:
    for projection in PROJECTIONS:
        columns = [name for _, name, *_ in database.execute(f"PRAGMA table_info({projection.name})")]
        assert columns == [column.name for column in projection.columns]


def test_the_file_is_whole_and_every_row_has_its_document(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError):
        database.execute("INSERT INTO headings SELECT * FROM headings LIMIT 1")


def test_values_keep_their_types(database: sqlite3.Connection) -> None:
    cells = database.execute("SELECT text, value, number, low, high FROM cells ORDER BY row_index, column_index")
    assert cells.fetchall() == [
        ("Driver", "Driver", None, None, None),
        ("4.5%", 4.5, 4.5, None, None),
        ("12,345,678,901,234,567,890", "12,345,678,901,234,567,890", None, None, None),
        ("Guard", "Guard", None, None, None),
        ("2-3%", "2/3", None, 2.0, 3.0),
        ("yes", "yes", None, None, None),
    ]
    assert database.execute("SELECT DISTINCT stale FROM documents").fetchall() == [(0,)]


def test_a_whole_number_too_long_for_sqlite_is_text(tmp_path: Path) -> None:
    cells = next(it for it in PROJECTIONS if it.name == "cells")
    row = [10**20 if column.name in ("value", "number") else None for column in cells.columns]
    with WRITERS["sqlite"].open(tmp_path, [cells]) as sink:
        sink("cells", [row])
    with closing(sqlite3.connect(tmp_path / "brief-extract.sqlite")) as opened:
        assert opened.execute("SELECT value, number FROM cells").fetchall() == [("100000000000000000000", 1e20)]


def test_search_knows_no_accents(database: sqlite3.Connection) -> None:
    query = (
        "SELECT document, paragraph FROM paragraphs_fts f JOIN paragraphs p ON p.rowid = f.rowid"
        " WHERE paragraphs_fts MATCH 'peric'"
    )
    assert database.execute(query).fetchall() == [("rail", "paragraph-1")]
    for table, word in {"headings": "strike", "list_items": "sunday", "cells": "guard"}.items():
        query = f"SELECT count(*) FROM {table}_fts WHERE {table}_fts MATCH ?"
        assert database.execute(query, [word]).fetchone() == (1,)


def test_the_view_of_countries_names_the_most_named_first(database: sqlite3.Connection) -> None:
    view = database.execute("SELECT document, countries, country_names FROM countries_per_article")
    assert view.fetchall() == [("rail", 3, "Mali; France; Namibia")]


def test_the_view_of_wide_tables_has_a_row_for_each_row(database: sqlite3.Connection) -> None:
    query = "SELECT record, column_1, column_2, column_4 FROM tables_wide ORDER BY row_index"
    wide = database.execute(query).fetchall()
    assert [row[1:] for row in wide] == [("Driver", "4.5%", None), ("Guard", "2-3%", None)]
    assert json.loads(wide[1][0]) == {"Grade": "Guard", "Rise": "2-3%", "column 3": "yes"}


def test_the_view_of_entities_counts_articles(database: sqlite3.Connection) -> None:
    view = database.execute("SELECT name, articles, mentions FROM entities_overall WHERE entity = 'country/ML'")
    assert view.fetchall() == [("Mali", 1, 2)]


def test_a_table_keeps_its_caption_and_source(database: sqlite3.Connection) -> None:
    assert database.execute("SELECT caption, source, headers FROM tables").fetchall() == [
        ("Table 1: Pay", "Source: the union", "Grade; Rise; ")
    ]


def test_without_full_text_search_all_else_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(sqlite, "_create_search", refuse)
    OutputFolder(tmp_path).save("quiet", extract(QUIET, Config(entities=False), id="quiet").to_json(), [])
    write_projections(tmp_path, ["sqlite"])
    with closing(sqlite3.connect(tmp_path / "brief-extract.sqlite")) as opened:
        assert opened.execute("SELECT count(*) FROM paragraphs").fetchone() == (1,)
        assert opened.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE '%fts%'").fetchone() == (0,)


def test_a_full_disk_is_an_error_with_a_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite, "_finish", fill)
    OutputFolder(tmp_path).save("quiet", extract(QUIET, Config(entities=False), id="quiet").to_json(), [])
    with pytest.raises(OutputError, match=r"brief-extract\.sqlite: database or disk is full; fix: free space"):
        write_projections(tmp_path, ["sqlite"])
    assert not list(tmp_path.glob("*sqlite*"))
