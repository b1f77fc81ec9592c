"""Documents of a folder -> its projections, in a stream, and ``datapackage.json``, which describes them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, get_args

import msgspec

from brief_extract.batch.columns import DOCUMENTS, PROJECTIONS, Projection
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.pool import InProcess
from brief_extract.formats import Drawn, Format, drawer_of, open_format, path_of
from brief_extract.write import unwritable, write_file

CHUNK, CHUNK_BYTES = 32, 2_000_000
"""Documents drawn at once, and the bytes of their JSON from which it is fewer."""

_DESCRIBED: tuple[Format, ...] = ("csv", "parquet", "jsonl", "xlsx")
"""Which of the formats written is described: the first of them."""

_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


Drawings = dict[Format, dict[str, Drawn]]
"""What each format takes of each projection."""


class Drawing(msgspec.Struct, frozen=True):
    """The rows of some documents of an output folder, to be drawn in any process that can read it."""

    root: Path
    ids: list[str]
    formats: tuple[Format, ...]
    spreadsheet_safe: bool

    def __call__(self) -> Drawings:
        """The rows, in the order of the documents."""
        folder = OutputFolder(self.root)
        documents = [document for id in self.ids if (document := folder.load(id))]
        rows = {it.name: list(map(it.getter(), chain.from_iterable(map(it.rows, documents)))) for it in PROJECTIONS}
        drawn: Drawings = {}
        for format in self.formats:
            draw = drawer_of(format, PROJECTIONS, spreadsheet_safe=self.spreadsheet_safe)
            drawn[format] = {name: draw(name, of_name) for name, of_name in rows.items()}
        return drawn


def write_projections(
    root: Path,
    formats: Sequence[Format] = ("csv",),
    *,
    spreadsheet_safe: bool = False,
    do: Callable[[Iterable[Callable[[], Drawings]]], Iterator[Drawings]] = InProcess.do,
) -> None:
    """Write every projection of the documents in an output folder, a few at a time, and ``datapackage.json``.

    What an earlier run wrote in other formats is removed: it would tell another story.

    Args:
        root: The output folder.
        formats: At least one; each file appears whole, when all are written.
        spreadsheet_safe: See ``drawer_of``.
        do: Does the drawing and gives the results in order, be it in other processes.

    Raises:
        FormatError: the package that writes a format is not installed.
        OutputError: a file cannot be written; the earlier ones stay as they were.
    """
    distinct = tuple(dict.fromkeys(formats))
    with contextlib.ExitStack() as stack:
        sinks = {format: stack.enter_context(open_format(format, root, PROJECTIONS)) for format in distinct}
        for drawn in do(Drawing(root, ids, distinct, spreadsheet_safe) for ids in _chunks(OutputFolder(root))):
            for format, sink in sinks.items():
                for name, rows in drawn[format].items():
                    sink(name, rows)
    _remove_others(root, formats)
    described = next(format for format in _DESCRIBED if format in formats)
    package = msgspec.json.format(msgspec.json.encode(datapackage(described)), indent=2)
    write_file(root / "datapackage.json", package + b"\n")


def _chunks(folder: OutputFolder) -> Iterator[list[str]]:
    """The ids of documents to draw together: a few where they are large, for their rows are in memory at once."""
    chunk: list[str] = []
    size = 0
    for id in folder.document_ids():
        chunk.append(id)
        size += folder.size(id)
        if len(chunk) == CHUNK or size > CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


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
