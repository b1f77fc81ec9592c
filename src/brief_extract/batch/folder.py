"""The output folder: where each file of a document stands, and how it comes and goes.

``documents/<id>.json`` is the commit record of an article. It is written last and removed first, so that a
document that is there has all its tables beside it, whenever a run was cut off.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from brief_extract.errors import Failure, OutputError, SchemaError
from brief_extract.model import Document, check_schema
from brief_extract.read import printable
from brief_extract.write import PART, unwritable, write_file

FAILURE_SCHEMA = "brief-extract/failure"
FAILURE_VERSION = "1.0"

_TABLE = re.compile(r"table-\d+\.csv")
_DOCUMENT = msgspec.json.Decoder(Document)


class OutputFolder:
    """Files of one output folder. Every method that writes raises ``OutputError`` if it cannot."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._documents = root / "documents"
        self._tables = root / "tables"
        self._quarantine = root / "quarantine"
        self._kinds = (self._documents, self._tables, self._quarantine)

    def make(self) -> None:
        """Make the folder, and see that it can be written."""
        if self.root.exists() and not self.root.is_dir():
            raise OutputError(f"the output {printable(self.root)} is a file, not a folder; fix: name a folder last")
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self.root, error) from error

    def clear(self) -> None:
        """Clear away what an interrupted run left half-written."""
        try:
            for part in self.root.glob(f".*{PART}"):
                part.unlink()
            for part in (path for kind in self._kinds for path in kind.rglob(f".*{PART}")):
                part.unlink()
        except OSError as error:
            raise unwritable(self.root, error) from error

    def save(self, id: str, document: bytes, tables: Sequence[bytes]) -> None:
        """Write a document and its tables in place of whatever an earlier run left of this article.

        They are not synced to the disk one by one, which would take longer than making them. What is lost when the
        whole machine goes down is seen by the next run: a document that is cut reads as none, and ``has_tables_of``.
        """
        self.remove_document(id)
        for number, table in enumerate(tables, 1):
            write_file(self._table(id, number), table, sync=False)
        write_file(self._document(id), document, sync=False)
        self.remove_failure(id)

    def has_tables_of(self, document: Document, *, spreadsheet_safe: bool = False) -> bool:
        """Whether every table of a document stands beside it as it was written, guarded or not."""
        try:
            return all(
                _read(self._table(document.id, number)) == table.to_csv(spreadsheet_safe=spreadsheet_safe).encode()
                for number, table in enumerate(document.tables, 1)
            )
        except OSError:
            return False

    def set_aside(self, failure: Failure) -> None:
        """Write the reason why an article could not be done; what an earlier run made of it goes."""
        self.remove_document(failure.id)
        record = {"schema": FAILURE_SCHEMA, "version": FAILURE_VERSION, **msgspec.to_builtins(failure)}
        data = msgspec.json.format(msgspec.json.encode(record), indent=2)
        write_file(self._failure(failure.id), data + b"\n")

    def remove_document(self, id: str) -> None:
        """Remove a document and its tables."""
        _remove(self._document(id), up_to=self.root)
        for path in _numbered_tables(f"{self._tables}/{id}"):
            _remove(path, up_to=self.root)

    def remove_lone_tables(self) -> None:
        """Remove the tables that a run, cut off while it wrote or removed a document, left without one."""
        for folder in list(self._tables.rglob("*")):
            if not os.path.exists(self._document(folder.relative_to(self._tables).as_posix())):
                for path in _numbered_tables(os.fspath(folder)):
                    _remove(path, up_to=self.root)

    def remove_failure(self, id: str) -> None:
        """Remove an article's record of failure."""
        _remove(self._failure(id), up_to=self.root)

    def document_ids(self) -> Iterator[str]:
        """The ids of all documents here, sorted part by part."""
        return _ids(self._documents)

    def failure_ids(self) -> Iterator[str]:
        """The ids of all articles set aside, sorted part by part. Files that are none of ours are passed over."""
        return (failure.id for failure in self.failures())

    def failures(self) -> Iterator[Failure]:
        """The articles set aside, with the reasons, in the order of their ids."""
        for id in _ids(self._quarantine):
            failure = _failure(self._failure(id))
            if failure and failure.id == id:
                yield failure

    def load(self, id: str) -> Document | None:
        """The document with this id, or None if there is none, or the file is none of ours."""
        try:
            document = _DOCUMENT.decode(_read(self._document(id)))
            check_schema(document.schema, document.version)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, SchemaError):
            return None
        return document if document.id == id else None

    def size(self, id: str) -> int:
        """Bytes of a document's JSON, 0 if it is not there."""
        try:
            return os.stat(self._document(id)).st_size
        except OSError:
            return 0

    # Strings: to make a Path takes ten times as long, and there are five to each article.

    def _document(self, id: str) -> str:
        return f"{self._documents}/{id}.json"

    def _table(self, id: str, number: int) -> str:
        return f"{self._tables}/{id}/table-{number}.csv"

    def _failure(self, id: str) -> str:
        return f"{self._quarantine}/{id}.json"


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
    except (OSError, msgspec.DecodeError):
        return None


def _ids(folder: Path) -> Iterator[str]:
    """The ids of the JSON files below a folder; one folder's names in memory at a time."""
    if not folder.is_dir():
        return
    # Names only, for there may be hundreds of thousands.
    for name in sorted(os.listdir(folder), key=lambda name: (name.removesuffix(".json"), name)):
        if name.endswith(".json") and not name.startswith("."):
            yield name.removesuffix(".json")
        elif (folder / name).is_dir():
            yield from (f"{name}/{id}" for id in _ids(folder / name))


def _remove(path: str, *, up_to: Path) -> None:
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
