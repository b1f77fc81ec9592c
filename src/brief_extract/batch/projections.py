"""Documents -> the projections of a run, in a stream, and ``datapackage.json``, which describes them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, get_args

import msgspec

from brief_extract.batch.columns import DOCUMENTS, PROJECTIONS, Projection
from brief_extract.formats import Format, open_format, path_of
from brief_extract.model import Document
from brief_extract.write import unwritable, write_file

_DESCRIBED: tuple[Format, ...] = ("csv", "parquet", "jsonl", "xlsx")
"""Which of the formats written is described: the first of them."""

_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def write_projections(
    documents: Iterable[Document], folder: Path, formats: Sequence[Format] = ("csv",), *, spreadsheet_safe: bool = False
) -> None:
    """Write every projection of the documents, one document at a time, and ``datapackage.json``.

    What an earlier run wrote in other formats is removed: it would tell another story.

    Args:
        formats: At least one; each file appears whole, when all are written.
        spreadsheet_safe: See ``open_format``.

    Raises:
        FormatError: the package that writes a format is not installed.
        OutputError: a file cannot be written; the earlier ones stay as they were.
    """
    getters = {projection.name: projection.getter() for projection in PROJECTIONS}
    with contextlib.ExitStack() as stack:
        sinks = [
            stack.enter_context(open_format(format, folder, PROJECTIONS, spreadsheet_safe=spreadsheet_safe))
            for format in dict.fromkeys(formats)
        ]
        for document in documents:
            for projection in PROJECTIONS:
                name = projection.name
                rows = list(map(getters[name], projection.rows(document)))
                for sink in sinks:
                    sink(name, rows)
    _remove_others(folder, formats)
    described = next(format for format in _DESCRIBED if format in formats)
    package = msgspec.json.format(msgspec.json.encode(datapackage(described)), indent=2)
    write_file(folder / "datapackage.json", package + b"\n")


def _remove_others(folder: Path, formats: Sequence[Format]) -> None:
    others: tuple[Format, ...] = tuple(format for format in get_args(Format) if format not in formats)
    for path in {folder / path_of(format, projection.name) for format in others for projection in PROJECTIONS}:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path, error) from error


def datapackage(format: Format = "csv") -> dict[str, Any]:
    """The description of the files of one format in the Data Package form, version 2."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "brief-extract",
        "title": "Structure and names of a set of articles",
        "resources": [_resource(projection, format) for projection in PROJECTIONS],
    }


def _resource(projection: Projection, format: Format) -> dict[str, Any]:
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
    resource = {
        "name": projection.name,
        "type": "table",
        "path": path_of(format, projection.name),
        "description": projection.description,
        "format": format,
        "mediatype": _MEDIA_TYPES[format],
        "encoding": "utf-8",
        "schema": schema,
    }
    if format == "xlsx":
        resource["dialect"] = {"sheetName": projection.name}
    return resource
