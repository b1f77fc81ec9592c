"""The DuckDB file, read by DuckDB: the same tables, keys, views and values as the SQLite file has."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pytest

from brief_extract import Config, extract
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.projections import write_projections
from brief_extract.errors import OutputError
from brief_extract.formats import duckdb as writer
from brief_extract.views.columns import PROJECTIONS
from brief_extract.views.projection import Projection

RAIL = """Rail strike ends

Zoran Perić of Mali met the ministers of France and Mali in Bamako on Monday, and Namibia sent a note.

Table 1: Pay

| Grade | Rise | |
|---|---|---|
| Driver | 4.5% | 12,345,678,901,234,567,890 |
| "Guard" | 2-3% | yes |

Source: the union

- Sunday work
"""
QUIET = "Nothing happened today, and nobody said a word about it.\n"


class Both(NamedTuple):
    duck: duckdb.DuckDBPyConnection
    lite: sqlite3.Connection

    def rows(self, query: str) -> tuple[list[Any], list[Any]]:
        return self.duck.execute(query).fetchall(), self.lite.execute(query).fetchall()


@pytest.fixture(scope="module", params=[writer.ROWS, 1])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Both files of one run, the rows of DuckDB written all at once, and as they come."""
    folder = tmp_path_factory.mktemp("outputs")
    for id, text in {"rail": RAIL, "quiet": QUIET}.items():
        OutputFolder(folder).save(id, extract(text, id=id).to_json(), [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "ROWS", request.param)
        write_projections(folder, ["sqlite", "duckdb"])
    with (
        duckdb.connect(str(folder / "brief-extract.duckdb"), read_only=True) as duck,
        closing(sqlite3.connect(folder / "brief-extract.sqlite")) as lite,
    ):
        yield Both(duck, lite)


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda it: it.name)
def test_every_table_has_the_columns_and_rows_of_sqlite(both: Both, projection: Projection) -> None:
    names = [column.name for column in projection.columns]
    assert [row[1] for row in both.duck.execute(f"PRAGMA table_info({projection.name})").fetchall()] == names
    duck, lite = both.rows(f"SELECT {', '.join(name for name in names if name != 'value')} FROM {projection.name}")
    assert duck == lite != []


def test_values_are_text_and_numbers_numbers(both: Both) -> None:
    cells = both.duck.execute("SELECT value, number, low FROM cells ORDER BY row_index, column_index").fetchall()
    assert cells[1:5] == [
        ("4.5", 4.5, None),
        ("12,345,678,901,234,567,890", None, None),
        ('"Guard"', None, None),
        ("2/3", None, 2.0),
    ]
    assert both.duck.execute("SELECT DISTINCT stale FROM documents").fetchall() == [(False,)]


@pytest.mark.parametrize("view", ["countries_per_article", "entities_overall", "tables_wide"])
def test_the_views_answer_as_those_of_sqlite(both: Both, view: str) -> None:
    duck, lite = both.rows(f"SELECT * FROM {view} ORDER BY 1, 2, 3")
    if view == "tables_wide":
        for rows in (duck, lite):
            rows[:] = [(*row[:3], json.loads(row[3]), *row[4:]) for row in rows]
    assert duck == lite != []


def test_the_most_named_country_is_first(both: Both) -> None:
    view = both.duck.execute("SELECT document, countries, mentions, country_names FROM countries_per_article")
    assert view.fetchall() == [("rail", 3, 5, "Mali; France; Namibia")]


def test_keys_are_declared(both: Both) -> None:
    query = "SELECT constraint_type, count(*) FROM duckdb_constraints() WHERE constraint_type LIKE '%KEY' GROUP BY 1"
    declared = dict(both.duck.execute(query).fetchall())
    keyed = sum(bool(projection.key) for projection in PROJECTIONS)
    assert declared == {"PRIMARY KEY": keyed, "FOREIGN KEY": len(PROJECTIONS) - 1}


def test_a_second_run_has_what_is_there_then(tmp_path: Path) -> None:
    for id in ("a", "b"):
        OutputFolder(tmp_path).save(id, extract(QUIET, Config(entities=False), id=id).to_json(), [])
        write_projections(tmp_path, ["duckdb"])
    with duckdb.connect(str(tmp_path / "brief-extract.duckdb")) as read:
        assert read.execute("SELECT document FROM documents").fetchall() == [("a",), ("b",)]
    assert sorted(path.name for path in tmp_path.glob("*brief-extract*")) == ["brief-extract.duckdb"]


def test_a_full_disk_is_an_error_with_a_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(*_: object) -> None:
        raise duckdb.IOException("Could not write file: No space left on device")

    monkeypatch.setattr(writer, "_frame", fill)
    OutputFolder(tmp_path).save("quiet", extract(QUIET, Config(entities=False), id="quiet").to_json(), [])
    with pytest.raises(OutputError, match=r"brief-extract\.duckdb: could not write file: .*; fix: free space"):
        write_projections(tmp_path, ["duckdb"])
    assert not [path for path in tmp_path.iterdir() if "duckdb" in path.name]
