"""One run at a time in an output folder."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from brief_extract.errors import OutputError
from brief_extract.read import printable
from brief_extract.write import unwritable

NAME = ".brief-extract.lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder, which must be there. The system itself lets go when the process dies, however it does.

    Raises:
        OutputError: another run holds it, or it cannot be written.
    """
    path = folder / NAME
    try:
        file = _held(path)
    except OSError as error:
        raise unwritable(path, error) from error
    if file is None:
        raise OutputError(
            f"another run {_holder(path)}is writing to {printable(folder)}; fix: wait for it, or name another folder"
        )
    with file:
        file.write(str(os.getpid()).encode())
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


def _held(path: Path) -> IO[bytes] | None:
    """The file with our lock on it, or None if another process has one."""
    while True:
        file = path.open("ab", buffering=0)
        if not _lock(file):
            file.close()
            return None
        # The one before us may have removed the file between our opening and our locking it.
        if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
            file.truncate(0)
            return file
        file.close()


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:  # how Windows says it
        return False
    return True


def _holder(path: Path) -> str:
    try:
        return f"(process {int(path.read_bytes())}) "
    except (OSError, ValueError):
        return ""
