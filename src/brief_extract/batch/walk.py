"""What lies below a folder, in the order of names, for as many files as there are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from brief_extract.paths import path_of, text_of


class Entry(NamedTuple):
    """The text of a path from the top of a folder: of a file, or of a folder that could not be listed."""

    path: str
    listed: bool = True


def walk(top: Path, besides: Path | None) -> Iterator[Entry]:
    """Every file below a folder that is not hidden, in the order of ``Found``; links to folders are not followed."""
    ahead = ["\0"]
    while ahead:
        path = ahead.pop()
        if not path.endswith("\0"):
            yield Entry(path)
            continue
        folder = path[:-1]
        try:
            # Sorted from the last to the first, for the next one is taken from the end.
            ahead += sorted(_entries(top, folder, besides), reverse=True)
        except OSError:
            yield Entry(folder or ".", listed=False)


def _entries(top: Path, folder: str, besides: Path | None) -> Iterator[str]:
    """The paths from the top of what lies in a folder; those of folders end in NUL, which sorts before any name."""
    with os.scandir(top / path_of(folder)) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            name = text_of(entry.name)
            path = f"{folder}/{name}" if folder else name
            if not _is_folder(entry):
                yield path
            elif not entry.is_symlink() and not same(Path(entry.path), besides):
                yield f"{path}\0"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def same(path: Path, other: Path | None) -> bool:
    """Whether both are one file or folder."""
    try:
        return other is not None and other.exists() and path.samefile(other)
    except OSError:  # a broken link, or what has vanished in the meantime
        return False
