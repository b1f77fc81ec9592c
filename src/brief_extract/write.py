"""Data -> files: CSV rows, and writes that are done wholly or not at all."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from brief_extract.errors import OutputError
from brief_extract.read import printable

_AS_IT_IS = frozenset({str, int, float, type(None)})
"""Types of values that the csv module writes as we do."""

PART = ".brief-extract.part"
"""The end of a temporary name. A file so named is what an interrupted write left behind."""


class CsvWriter:
    """Rows as RFC 4180 has them: commas, lines that end in CRLF, quotes only where needed. Booleans as in JSON."""

    def __init__(self, stream: TextIO) -> None:
        # CRLF not for its own sake: csv.writer quotes a carriage return only if it stands in the line terminator.
        self.write_plain = csv.writer(stream, lineterminator="\r\n").writerows
        """Write rows that hold nothing but strings, numbers and ``None``; twice as quick."""

    def write(self, rows: Iterable[Iterable[object]]) -> None:
        """Write some rows. ``None`` is an empty cell."""
        self.write_plain([value if type(value) in _AS_IT_IS else _printed(value) for value in row] for row in rows)


def _printed(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def write_file(path: str | os.PathLike[str], data: bytes, *, sync: bool = True) -> None:
    """Write a whole file, or leave the old one as it is.

    Args:
        sync: Wait until it is on the disk, so that it is whole even if the machine goes down.

    Raises:
        OutputError: as ``open_whole``.
    """
    part = _part(path)
    try:
        try:
            file = io.FileIO(part, "wb")
        except FileNotFoundError:
            os.makedirs(os.path.dirname(part), exist_ok=True)
            file = io.FileIO(part, "wb")
        try:
            with file:
                left = memoryview(data)
                while left:
                    left = left[file.write(left) :]
                if sync:
                    os.fsync(file.fileno())
            os.replace(part, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part)
            raise
    except OSError as error:
        raise unwritable(path, error) from error


@contextlib.contextmanager
def open_whole(path: Path) -> Iterator[io.TextIOWrapper]:
    """A UTF-8 file that appears under its name when the block ends well, and not at all when it does not.

    It is written under a temporary name in the same folder (made if need be), flushed, synced to the disk, renamed.

    Raises:
        OutputError: it cannot be written; the message names the file and the reason.
    """
    with made_whole(path) as part, open(part, "w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def made_whole(path: Path) -> Iterator[str]:
    """The temporary name of a file, for a library that makes it; as ``open_whole``, but the library is to sync it."""
    part = _part(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)
        yield part
        os.replace(part, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(part)


def _part(path: str | os.PathLike[str]) -> str:
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}{PART}")


def unwritable(path: str | os.PathLike[str], error: OSError) -> OutputError:
    """The error for a path that cannot be written, with the way out."""
    reason = (error.strerror or str(error)).lower()
    fix = "free space, allow writing there, or name another folder"
    return OutputError(f"cannot write {printable(Path(path))}: {reason}; fix: {fix}")
