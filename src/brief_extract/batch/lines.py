"""Files read from end to end: unpacked on the fly, line by line."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from brief_extract.batch.zstd import open_zstd
from brief_extract.errors import ReadError
from brief_extract.read import printable

LINE_FACTOR, LINE_REST = 3, 1_000_000
"""A line of JSONL may take so many times ``max_bytes``, plus a rest for its other fields. JSON writes a letter of two
bytes as six (``\\u0416``). What is longer is never held in memory."""

_STEP = 65_536


def opened(path: Path) -> IO[bytes]:
    """A file, unpacked on the fly if its name says so.

    Raises:
        ReadError: no library for zstd is there.
    """
    # Asked before it is opened: opening a named pipe would wait for its other end.
    if path.exists() and not path.is_file():
        kind = "a folder" if path.is_dir() else "a device or a pipe"
        raise ReadError("unreadable", place=printable(path.name), what=f"{kind}, not a file", fix="name a text file")
    if path.suffix.lower() == ".gz":
        return cast(IO[bytes], gzip.open(path))  # all that is asked of it
    if path.suffix.lower() == ".zst":
        try:
            return open_zstd(path)
        except ImportError:
            fix = "pip install 'brief-extract[zstd]', or unpack it"
            raise ReadError("unreadable", place=printable(path.name), what="packed with zstd", fix=fix) from None
    return path.open("rb")


Line = tuple[int, bytes | None]
"""The number of a line, from 1, and the line; None if it is too long."""


def numbered(file: IO[bytes], max_bytes: int) -> Iterator[Line]:
    """The lines that are not blank.

    Args:
        max_bytes: Of an article. A line may take some times as much (see ``LINE_FACTOR``).
    """
    most = LINE_FACTOR * max_bytes + LINE_REST
    number = 0
    while line := file.readline(most + 1):
        number += 1
        if len(line) <= most:
            if not line.isspace():
                yield number, line.removeprefix(b"\xef\xbb\xbf")
            continue
        blank = line.isspace()
        while line and not line.endswith(b"\n"):
            line = file.readline(_STEP)
            blank = blank and (not line or line.isspace())
        if not blank:
            yield number, None
