"""Documents of a folder -> its projections, in a stream, and ``datapackage.json``, which describes them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from brief_extract.batch.folder import OutputFolder
from brief_extract.errors import Failure
from brief_extract.faults import failure
from brief_extract.formats import WRITERS, Encoded, Format
from brief_extract.model import Document
from brief_extract.pretty import pretty_json
from brief_extract.table import Value
from brief_extract.views.columns import DOCUMENTS, PROJECTIONS
from brief_extract.views.projection import Projection
from brief_extract.workers import do_here
from brief_extract.write import write_file

CHUNK, CHUNK_BYTES = 32, 2_000_000
"""Documents drawn at once, and the bytes of their JSON from which it is fewer."""

_DESCRIBED: tuple[Format, ...] = ("csv", "parquet", "jsonl", "xlsx", "sqlite", "duckdb")
"""Which of the formats written is described: the first of them."""


class Drawings(NamedTuple):
    """What each format takes of each projection, and the documents that are left out of all of them."""

    of: dict[Format, dict[str, Encoded]]
    left_out: list[Failure]


class Projected(NamedTuple):
    """What was written: the names of the files, and the documents left out because their files are damaged."""

    files: list[str]
    left_out: list[Failure]


class Drawing(msgspec.Struct, frozen=True):
    """The rows of some documents of an output folder, to be drawn in any process that can read it."""

    root: Path
    ids: list[str]
    formats: tuple[Format, ...]
    excel: bool
    projections: tuple[str, ...]
    stale: frozenset[str] = frozenset()

    def __call__(self) -> Drawings:
        """The rows, in the order of the documents. A document that is damaged, or has no rows, costs no other one."""
        folder = OutputFolder(self.root)
        projections = [it for it in PROJECTIONS if it.name in self.projections]
        rows: dict[str, list[Sequence[Value]]] = {projection.name: [] for projection in projections}
        left_out: list[Failure] = []
        for id in self.ids:
            try:
                document = folder.read(id)
                of_document = [list(map(it.getter(), self._rows(it, document))) for it in projections]
            except Exception as error:  # noqa: BLE001 - reported as the failure of this document
                left_out.append(failure(id, f"documents/{id}.json", "project", error))
                continue
            del document  # its rows are all that is needed, and it may be as large
            for of_name, more in zip(rows.values(), of_document, strict=True):
                of_name.extend(more)
            del of_document
        drawn: dict[Format, dict[str, Encoded]] = {}
        for format in self.formats:
            draw = WRITERS[format].encoder(projections, excel=self.excel)
            drawn[format] = {name: draw(name, of_name) for name, of_name in rows.items()}
        return Drawings(drawn, left_out)

    def _rows(self, projection: Projection, document: Document) -> Iterable[Any]:
        rows = projection.rows(document)
        if projection is not DOCUMENTS:
            return rows
        return (row._replace(stale=document.id in self.stale) for row in rows)


def write_projections(
    root: Path,
    formats: Sequence[Format] = ("csv",),
    *,
    excel: bool = False,
    only: Collection[str] = (),
    do: Callable[[Iterable[Callable[[], Drawings]]], Iterator[Drawings]] = do_here,
    is_stale: Callable[[str], bool] | None = None,
    into: Path | None = None,
) -> Projected:
    """Write every projection of the documents in an output folder, a few at a time, and ``datapackage.json``.

    Args:
        root: The output folder.
        formats: At least one; each file appears whole, when all are written.
        excel: See ``Writer.encoder``.
        only: Names of the projections to write; all of them unless given. ``documents`` always is.
        do: Does the drawing and gives the results in order, be it in other processes.
        is_stale: Whether the document with an id is stale; without it, whether its article failed in the last run.
        into: The folder to write to; the output folder itself unless given.

    Returns:
        The names of the files written, and the documents that are left out.

    Raises:
        FormatError: the package that writes a format is not installed.
        OutputError: a file cannot be written; the earlier ones stay as they were.
    """
    distinct = tuple(dict.fromkeys(formats))
    folder, into = OutputFolder(root), into or root
    projections = _chosen(only)
    names = tuple(projection.name for projection in projections)
    left_out: list[Failure] = []
    with contextlib.ExitStack() as stack:
        sinks = {
            format: stack.enter_context(WRITERS[format].open(into, projections, excel=excel)) for format in distinct
        }
        chunks = ((ids, frozenset(filter(is_stale or folder.has_failure, ids))) for ids in _chunks(folder))
        for drawn in do(Drawing(root, ids, distinct, excel, names, stale) for ids, stale in chunks):
            left_out += drawn.left_out
            for format, sink in sinks.items():
                for name, rows in drawn.of[format].items():
                    sink(name, rows)
    described = next(format for format in _DESCRIBED if format in formats)
    write_file(into / "datapackage.json", pretty_json(datapackage(described, only)))
    return Projected(sorted(files_of(formats, only)), left_out)


def files_of(formats: Iterable[Format], only: Collection[str] = ()) -> set[str]:
    """The names of all files that are written in these formats, with their description."""
    paths = {WRITERS[format].path_of(projection.name) for format in formats for projection in _chosen(only)}
    return paths | {"datapackage.json"}


def _chosen(only: Collection[str]) -> list[Projection]:
    """The projections of these names, with that of the documents, which the others point to; all if none is named."""
    return [it for it in PROJECTIONS if not only or it is DOCUMENTS or it.name in only]


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


def datapackage(format: Format = "csv", only: Collection[str] = ()) -> dict[str, Any]:
    """The description of the files of one format in the Data Package form, version 2."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "brief-extract",
        "title": "Structure and names of a set of articles",
        "resources": [_resource(projection, format) for projection in _chosen(only)],
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
        "path": WRITERS[format].path_of(projection.name),
        "description": projection.description,
        "format": format,
        "mediatype": WRITERS[format].media_type,
        "encoding": "utf-8",
        "schema": schema,
    }
    if format == "xlsx":
        resource["dialect"] = {"sheetName": projection.name}
    return resource
