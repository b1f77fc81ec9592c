"""The output folder: where each file of a document stands, and how it comes and goes.

``documents/<id>.json`` is the commit record of an article. It is written last and removed first, so that a
document that is there has all its tables beside it, whenever a run was cut off.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from brief_extract.errors import Failure, OutputError, SchemaError
from brief_extract.integrity import check_integrity
from brief_extract.model import Document
from brief_extract.paths import path_of, text_of
from brief_extract.read import printable
from brief_extract.version import check_schema
from brief_extract.write import PART, unwritable, write_file

FAILURE_SCHEMA = "brief-extract/failure"
FAILURE_VERSION = "1.0"

_TABLE = re.compile(r"table-\d+\.csv")
_DOCUMENT_HEAD = re.compile(rb'\s*\{\s*"schema":\s*"brief-extract/document"')
_DOCUMENT = msgspec.json.Decoder(Document)


class OutputFolder:
    """Files of one output folder. Every method that writes raises ``OutputError`` if it cannot."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._documents = root / "documents"
        self._tables = root / "tables"
        self._quarantine = root / "quarantine"
        self._above = len(f"{self._documents}") - len("documents")  # none above it in the working directory
        self.staging = root / f".staging{PART}"
        """Where the files of the top are made, all of them, before any replaces that of an earlier run."""

    def make(self) -> None:
        """Make the folder, and see that it can be written."""
        if self.root.exists() and not self.root.is_dir():
            raise OutputError(f"the output {printable(self.root)} is a file, not a folder; fix: name a folder last")
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self.root, error) from error

    def clear(self) -> None:
        """Remove what an interrupted run, or an interrupted report, left half-written."""
        try:
            if self.staging.is_dir():
                shutil.rmtree(self.staging)
            for part in self.root.glob(f".*{PART}"):
                part.unlink()
            for kind in (self._documents, self._tables, self._quarantine, self.root / "report"):
                clear_parts(kind)
        except OSError as error:
            raise unwritable(self.root, error) from error

    def save(self, id: str, document: bytes, tables: Sequence[bytes]) -> None:
        """Write a document and its tables, of which none may be there.

        They are not synced to the disk one by one, which would take longer than making them. What is lost when the
        whole machine goes down is seen by the next run: a document that is cut reads as none, and ``has_tables_of``.
        """
        for number, table in enumerate(tables, 1):
            write_file(self.table_path(id, number), table, sync=False)
        write_file(self.document_path(id), document, sync=False)
        self.remove_failure(id)

    def has_tables_of(self, document: Document, *, excel: bool = False) -> bool:
        """Whether every table of a document stands beside it as it was written, guarded or not."""
        try:
            return all(
                _read(self.table_path(document.id, number)) == table.to_csv(excel=excel).encode()
                for number, table in enumerate(document.tables, 1)
            )
        except OSError:
            return False

    def set_aside(self, failure: Failure) -> None:
        """Write the reason why an article could not be done. A document of an earlier run stays, and is stale."""
        record = {"schema": FAILURE_SCHEMA, "version": FAILURE_VERSION, **msgspec.to_builtins(failure)}
        data = msgspec.json.format(msgspec.json.encode(record), indent=2)
        write_file(self.failure_path(failure.id), data + b"\n")

    def ids_of_lone_tables(self) -> Iterator[str]:
        """The ids with tables but no document: what a run, cut off while it wrote or removed one, left."""
        for folder, _, names in os.walk(self._tables):
            id = text_of(os.path.relpath(folder, self._tables)).replace(os.sep, "/")
            if any(map(_TABLE.fullmatch, names)) and not os.path.exists(self.document_path(id)):
                yield id

    def remove_failure(self, id: str) -> None:
        """Remove an article's record of failure."""
        if self.has_failure(id):
            remove_file(self.failure_path(id), up_to=self.root)

    def has_failure(self, id: str) -> bool:
        """Whether there is a record of failure; an earlier document beside it is stale."""
        return _failure(self.failure_path(id)) is not None

    def document_ids(self) -> Iterator[str]:
        """The ids of all documents here, sorted part by part."""
        return _ids(self._documents)

    def failure_ids(self) -> Iterator[str]:
        """The ids of all articles set aside, sorted part by part. Files that are none of ours are passed over."""
        return (failure.id for failure in self.failures())

    def foreign_failure_ids(self) -> Iterator[str]:
        """The ids in whose place among the records of failure there is another file."""
        return (id for id in _ids(self._quarantine) if not self.has_failure(id))

    def failures(self) -> Iterator[Failure]:
        """The articles set aside, with the reasons, in the order of their ids."""
        for id in _ids(self._quarantine):
            failure = _failure(self.failure_path(id))
            if failure and failure.id == id:
                yield failure

    def load(self, id: str) -> Document | None:
        """The document with this id, or None if there is none, or it is damaged."""
        try:
            return self.read(id)
        except SchemaError:
            return None

    def read(self, id: str) -> Document:
        """The document with this id.

        Raises:
            SchemaError: its file is missing, or is not as a run wrote it: cut off, edited, not one of ours. The message
                names the file.
        """
        path = self.document_path(id)
        try:
            document = _DOCUMENT.decode(_read(path))
            check_schema(document.schema, document.version)
            if document.id != id:
                raise SchemaError(f"the document in it has the id {document.id!r}")
            check_integrity(document)
        except OSError as error:
            raise SchemaError(f"{printable(path)}: {(error.strerror or str(error)).lower()}") from error
        except (msgspec.DecodeError, UnicodeDecodeError, SchemaError, RecursionError) as error:
            fix = "run again with the input of this article, or delete the file"
            raise SchemaError(f"{printable(path)}: not a document of a run ({error}); fix: {fix}") from error
        return document

    def size(self, id: str) -> int:
        """Bytes of a document's JSON, 0 if it is not there."""
        try:
            return os.stat(self.document_path(id)).st_size
        except OSError:
            return 0

    # Strings: to make a Path takes ten times as long, and there are five to each article.

    def document_path(self, id: str) -> str:
        """The path of a document."""
        return f"{self._documents}/{path_of(id)}.json"

    def table_path(self, id: str, number: int) -> str:
        """The path of a table, counted from 1."""
        return f"{self._tables}/{path_of(id)}/table-{number}.csv"

    def table_paths(self, id: str) -> list[str]:
        """The paths of all tables that are there under an id."""
        return _numbered_tables(f"{self._tables}/{path_of(id)}")

    def failure_path(self, id: str) -> str:
        """The path of a record of failure."""
        return f"{self._quarantine}/{path_of(id)}.json"

    def name_of(self, path: str) -> str:
        """The name of a file below the folder: its path from there, separators ``/``."""
        return text_of(path[self._above :])


def looks_like_a_document(data: bytes) -> bool:
    """Whether a file begins as a document does, be it cut or edited."""
    return _DOCUMENT_HEAD.match(data) is not None


def clear_parts(folder: Path) -> None:
    """Remove all temporary files below a folder.

    Raises:
        OSError: one cannot be removed.
    """
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(".") and name.endswith(PART):
                os.unlink(os.path.join(place, name))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _numbered_tables(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise unwritable(folder, error) from error
    return [f"{folder}/{name}" for name in sorted(names) if _TABLE.fullmatch(name)]


def _failure(path: str) -> Failure | None:
    """The failure that a file holds, or None if it is none of ours."""
    try:
        record = msgspec.json.decode(_read(path))
        ours = isinstance(record, dict) and record.get("schema") == FAILURE_SCHEMA
        return msgspec.convert(record, Failure) if ours else None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _ids(folder: Path) -> Iterator[str]:
    """The ids of the JSON files below a folder; one folder's names in memory at a time."""
    if not folder.is_dir():
        return
    # Names only, for there may be hundreds of thousands.
    names = map(text_of, os.listdir(folder))
    for name in sorted(names, key=lambda name: (name.removesuffix(".json"), name)):
        if name.endswith(".json") and not name.startswith("."):
            yield name.removesuffix(".json")
        elif (below := folder / path_of(name)).is_dir():
            yield from (f"{name}/{id}" for id in _ids(below))


def remove_file(path: str, *, up_to: Path) -> None:
    """Remove a file, if it is there, and the folders above it that are empty then."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise unwritable(path, error) from error
    with contextlib.suppress(OSError):  # the first folder that is not empty ends it
        for parent in Path(path).parents:
            if parent == up_to:
                return
            parent.rmdir()
