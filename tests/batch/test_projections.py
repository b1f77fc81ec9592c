"""Projections: the CSV files hold what the documents hold, and are described as they are."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from batch.samples import Run
from brief_extract.batch import projections
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.projections import Drawing, Drawings, datapackage, write_projections
from brief_extract.model import (
    Cell,
    Document,
    Entity,
    Figure,
    Generator,
    Heading,
    Issue,
    LeadIn,
    List,
    ListItem,
    Mention,
    Origin,
    Paragraph,
    Place,
    Table,
)
from brief_extract.table import Range
from brief_extract.views.columns import PROJECTIONS

LEAD_IN = LeadIn(start=5, end=9, text="Two:")
SHARE = Cell(
    id="table-1.cell-2",
    start=50,
    end=54,
    row=1,
    column=0,
    header="Year",
    text="50 %",
    kind="percent",
    value=0.5,
    unit="%",
)
MENTION = Mention(
    id="mention-1",
    start=0,
    end=4,
    text="Mali",
    label="GPE",
    entity="country/ML",
    block="heading-1",
    item=None,
    cell=None,
    source="lexicon",
)
FIGURE = Figure(
    id="figure-1",
    start=30,
    end=34,
    text="50 %",
    kind="percent",
    value=Range(low=50, high=60),
    unit="%",
    change="up",
    block="paragraph-1",
    agrees=("table-1.cell-2",),
)
PLACE = Place(name="Mali", kind="country", lat=17.5, lon=-4.0, country="ML", geonames=2453866, confidence=0.99)
DOCUMENT = Document(
    generator=Generator(name="brief-extract", version="0.1.0", model="tiny 1.0"),
    id="wire/mali",
    source=Origin(name="wire/mali.txt", sha256="ab" * 32, encoding="utf-8", chars=99),
    text="x" * 99,
    title="Mali",
    sections=(),
    blocks=(
        Heading(id="heading-1", start=0, end=4, section="section-1", text="Mali", level=1, evidence=("short", "title")),
        Paragraph(id="paragraph-1", start=5, end=9, section="section-1", text="Two:"),
        List(
            id="list-1",
            start=10,
            end=20,
            section="section-1",
            ordered=True,
            lead_in=LEAD_IN,
            items=(ListItem(id="list-1.item-1", start=10, end=20, text='A "b", c', marker="1."),),
        ),
        Table(
            id="table-1",
            start=30,
            end=60,
            section=None,
            lead_in=None,
            columns=("Year",),
            rows=(("007",), ("50 %",)),
            cells=(
                Cell(id="table-1.cell-1", start=40, end=43, row=0, column=0, header="Year", text="007"),
                SHARE,
            ),
        ),
    ),
    mentions=(MENTION,),
    entities=(
        Entity(
            id="country/ML",
            name="Mali",
            label="GPE",
            refers_to=("a", "b"),
            mentions=("mention-1",),
            same_as=("Q912", "x:1"),
            place=PLACE,
        ),
    ),
    figures=(FIGURE,),
    issues=(Issue(code="ragged-row", message="one cell too few", start=50, end=54, confidence=0.9),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder that holds ``DOCUMENT`` and no projections yet."""
    OutputFolder(tmp_path).save(DOCUMENT.id, DOCUMENT.to_json(), [])
    return tmp_path


@pytest.fixture
def rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of every CSV file for ``DOCUMENT``, as a reader without our code sees them."""
    write_projections(folder)
    package = json.loads((folder / "datapackage.json").read_bytes())
    return {resource["name"]: _read(folder, resource) for resource in package["resources"]}


def _read(folder: Path, resource: dict[str, Any]) -> list[dict[str, str]]:
    with (folder / resource["path"]).open(encoding=resource["encoding"], newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert reader.fieldnames == [field["name"] for field in resource["schema"]["fields"]]
    return rows


def test_every_row_knows_its_document(rows: dict[str, list[dict[str, str]]]) -> None:
    assert {row["document"] for table in rows.values() for row in table} == {"wire/mali"}


def test_rows_hold_what_the_document_holds(rows: dict[str, list[dict[str, str]]]) -> None:
    assert {name: len(table) for name, table in rows.items()} == {
        "documents": 1,
        "headings": 1,
        "paragraphs": 1,
        "list_items": 1,
        "tables": 1,
        "cells": 2,
        "mentions": 1,
        "entities": 1,
        "places": 1,
        "countries": 1,
        "figures": 1,
        "issues": 1,
    }
    assert rows["documents"][0] | {"title": "Mali", "tables": "1", "model": "tiny 1.0"} == rows["documents"][0]
    assert rows["headings"][0]["evidence"] == "short; title"
    item = {"list_id": "list-1", "text": 'A "b", c', "ordered": "true", "parent": "", "start_char": "10"}
    assert rows["list_items"][0] | item == rows["list_items"][0]
    assert [(row["row_index"], row["text"], row["value"], row["unit"]) for row in rows["cells"]] == [
        ("0", "007", "", ""),
        ("1", "50 %", "0.5", "%"),
    ]
    assert rows["mentions"][0]["entity"] == rows["entities"][0]["entity"] == "country/ML"
    figure = {"value": "50/60", "number": "", "low": "50", "high": "60", "unit": "%", "agrees": "table-1.cell-2"}
    assert rows["figures"][0] | figure == rows["figures"][0]
    entity = {
        "refers_to": "a; b",
        "countries": "ML",
        "country_names": "Mali",
        "same_as": "Q912; x:1",
        "mentions": "1",
        "in_headings": "1",
        "in_tables": "0",
        "first_char": "0",
    }
    assert rows["entities"][0] | entity == rows["entities"][0]
    assert rows["issues"][0]["code"] == "ragged-row"
    table = {"table_id": "table-1", "headers": "Year", "row_count": "2", "column_count": "1", "origin": "pipes"}
    assert rows["tables"][0] | table == rows["tables"][0]
    country = {"country": "ML", "country_name": "Mali", "mentions": "1", "entities": "1"}
    assert rows["countries"][0] | country == rows["countries"][0]
    place = {
        "entity": "country/ML",
        "kind": "country",
        "lat": "17.5",
        "lon": "-4.0",
        "admin1": "",
        "geonames": "2453866",
    }
    assert rows["places"][0] | place == rows["places"][0]


def test_no_column_is_a_keyword_of_sql() -> None:
    import duckdb

    query = "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    reserved = duckdb.connect().execute(query).fetchall()
    ours = {column.name for projection in PROJECTIONS for column in projection.columns}
    of_sqlite = {"column", "end", "first", "from", "group", "index", "order", "row", "rows", "table", "to", "values"}
    assert ours & ({word for (word,) in reserved} | of_sqlite) == set()


def test_every_column_has_a_type_and_a_meaning() -> None:
    for projection in PROJECTIONS:
        names = [column.name for column in projection.columns]
        assert len(set(names)) == len(names)
        assert set(projection.key) <= set(names)
        for column in projection.columns:
            assert column.type in {"string", "integer", "number", "boolean", "any"}
            assert column.description


def test_frictionless_finds_the_files_as_they_are_described(folder: Path) -> None:
    import frictionless  # takes a second

    write_projections(folder)
    report = frictionless.Package(folder / "datapackage.json").validate()
    assert report.valid, report.flatten(["path", "note"])


def test_files_of_formats_not_asked_for_go(articles: Path, output: Path, run: Run) -> None:
    (articles / "a.txt").write_text("Mali")
    run(formats=["csv", "jsonl"])
    run(formats=["jsonl"])
    assert {path.suffix for path in output.iterdir() if path.is_file()} == {".json", ".jsonl", ".manifest"}


def test_documents_are_drawn_a_few_at_a_time_in_their_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [f"wire/{number:02}" for number in range(7)]
    for id in ids:
        OutputFolder(folder).save(id, msgspec.structs.replace(DOCUMENT, id=id).to_json(), [])
    drawings: list[Drawing] = []

    def do(given: Iterable[Callable[[], Drawings]]) -> Iterator[Drawings]:
        for drawing in given:
            assert isinstance(drawing, Drawing)
            drawings.append(drawing)
            yield drawing()

    monkeypatch.setattr(projections, "CHUNK", 3)
    write_projections(folder, do=do)
    assert [drawing.ids for drawing in drawings] == [ids[:3], ids[3:6], [ids[6], "wire/mali"]]
    with (folder / "documents.csv").open(encoding="utf-8", newline="") as file:
        assert [row["document"] for row in csv.DictReader(file)] == [*ids, "wire/mali"]
    monkeypatch.setattr(projections, "CHUNK_BYTES", 10)
    drawings.clear()
    write_projections(folder, do=do)
    assert len(drawings) == len(ids) + 1


def test_the_description_names_every_file_and_its_keys() -> None:
    resources = {resource["name"]: resource for resource in datapackage()["resources"]}
    assert resources.keys() == {projection.name for projection in PROJECTIONS}
    assert resources["cells"]["schema"]["primaryKey"] == ["document", "cell"]
    assert resources["cells"]["schema"]["foreignKeys"][0]["reference"] == {
        "resource": "documents",
        "fields": ["document"],
    }
