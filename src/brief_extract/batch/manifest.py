"""Which files of an output folder its runs wrote: a digest of each name and content, in a SQLite file in the folder.

The digest of a file is recorded before it is written, with that of the version which it replaces. A run that is
killed at any moment therefore leaves no file that the next run does not know.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from brief_extract.errors import OutputError
from brief_extract.read import printable
from brief_extract.write import unwritable

NAME = ".brief-extract.manifest"

_SIZE = 16
_APPLICATION = 0x62726578
_AT_ONCE = 1_000_000
_SETUP = """
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS written (key TEXT PRIMARY KEY, digests BLOB NOT NULL) WITHOUT ROWID;
"""
_CLAIM = "INSERT INTO written VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET digests = excluded.digests"

Claims = Iterable[tuple[str, Iterable[bytes]]]
"""Keys, each with all digests that its files may have."""


class Manifest:
    """The record of one output folder, whose lock is held. To be closed by ``with``.

    A key is the id of an article, for its document and its tables, or ``/`` and the name of another file.

    Raises:
        OutputError: the record cannot be read or written, or is not one; so do the methods.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        if self._path.is_symlink():
            raise OutputError(f"{printable(self._path)} is a link; fix: move it away, or name another folder")
        with self._errors():
            self._database = sqlite3.connect(self._path, isolation_level=None)
            try:
                (application,) = self._database.execute("PRAGMA application_id").fetchone()
                (pages,) = self._database.execute("PRAGMA page_count").fetchone()
                if pages and application != _APPLICATION:
                    raise sqlite3.DatabaseError("not a record of brief-extract")
                self._database.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._database.executescript(_SETUP)
            except BaseException:
                self._database.close()
                raise

    def digests(self, key: str) -> frozenset[bytes] | None:
        """The digests recorded under a key, None if there are none."""
        with self._errors():
            row = self._database.execute("SELECT digests FROM written WHERE key = ?", (key,)).fetchone()
        return row and frozenset(row[0][at : at + _SIZE] for at in range(0, len(row[0]), _SIZE))

    def claim(self, claims: Claims) -> None:
        """Record digests, all of them or none, in place of those that were recorded under these keys."""
        rows = [(key, b"".join(digests)) for key, digests in claims]
        with self._errors():
            self._database.execute("BEGIN")
            try:
                self._database.executemany(_CLAIM, rows)
                self._database.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._database.execute("ROLLBACK")
                raise

    def drop(self, keys: Iterable[str]) -> None:
        """Forget what was recorded under some keys, whose files are gone."""
        with self._errors():
            self._database.executemany("DELETE FROM written WHERE key = ?", [(key,) for key in keys])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with contextlib.suppress(sqlite3.Error):  # what was recorded is on disk already
            self._database.close()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            if name == "SQLITE_FULL":
                raise unwritable(self._path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) from error
            if isinstance(error, sqlite3.OperationalError):
                raise unwritable(self._path, OSError(str(error))) from error
            raise OutputError(
                f"{printable(self._path)} cannot be read ({error}); fix: remove it, and the next run recognises "
                "its files by their content"
            ) from error


def digest(name: str, content: bytes) -> bytes:
    """The digest of a file: of its name in the output folder, separators ``/``, and its bytes."""
    return hashlib.blake2b(_bytes(name) + b"\0" + content, digest_size=_SIZE).digest()


def file_digest(name: str, path: str | os.PathLike[str]) -> bytes:
    """``digest`` of a file of any size, read piece by piece.

    Raises:
        OSError: it cannot be read.
    """
    found = hashlib.blake2b(_bytes(name) + b"\0", digest_size=_SIZE)
    with open(path, "rb", buffering=0) as file:
        while piece := file.read(_AT_ONCE):
            found.update(piece)
    return found.digest()


def _bytes(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
