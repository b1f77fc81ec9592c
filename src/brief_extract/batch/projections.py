"""Documents -> the CSV files of a run, in a stream, and ``datapackage.json``, which describes them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

import msgspec

from brief_extract.batch.columns import DOCUMENTS, PROJECTIONS, Projection
from brief_extract.model import Document
from brief_extract.write import CsvWriter, open_whole, write_file


def write_projections(documents: Iterable[Document], folder: Path) -> None:
    """Write every projection of the documents, one document at a time, and ``datapackage.json``.

    Raises:
        OutputError: a file cannot be written; the earlier ones stay as they were.
    """
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(open_whole(folder / projection.path)) for projection in PROJECTIONS]
        sinks = [_open(projection, file) for projection, file in zip(PROJECTIONS, files, strict=True)]
        for document in documents:
            for sink in sinks:
                sink(document)
    package = msgspec.json.format(msgspec.json.encode(datapackage()), indent=2)
    write_file(folder / "datapackage.json", package + b"\n")


def _open(projection: Projection, file: TextIO) -> Callable[[Document], None]:
    """Write the header; the function returned writes the rows of one document."""
    writer = CsvWriter(file)
    writer.write(column.name for column in projection.columns)
    getters = [column.getter() for column in projection.columns]

    def write(document: Document) -> None:
        writer.write_all([get(row) for get in getters] for row in projection.rows(document))

    return write


def datapackage() -> dict[str, Any]:
    """The description of the CSV files in the Data Package form, version 2."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "brief-extract",
        "title": "Structure and names of a set of articles",
        "resources": [_resource(projection) for projection in PROJECTIONS],
    }


def _resource(projection: Projection) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [
            {"name": column.name, "type": column.type, "description": column.description}
            for column in projection.columns
        ]
    }
    if projection.key:
        schema["primaryKey"] = list(projection.key)
    if projection is not DOCUMENTS:
        reference = {"resource": DOCUMENTS.name, "fields": ["document"]}
        schema["foreignKeys"] = [{"fields": ["document"], "reference": reference}]
    return {
        "name": projection.name,
        "type": "table",
        "path": projection.path,
        "description": projection.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
