"""One run at a time in an output folder."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from brief_extract.errors import OutputError
from brief_extract.read import printable
from brief_extract.write import unwritable

NAME = ".brief-extract.lock"

_NUMBER = re.compile(rb"\d*")
_LONGEST = 32


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which must exist. The system releases it when the process dies, however it does.

    Raises:
        OutputError: another run holds it, it cannot be written, or a file of that name is not a lock of ours.
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
        try:
            try:
                file.truncate(0)
                file.write(str(os.getpid()).encode())
            except OSError as error:
                raise unwritable(path, error) from error
            yield
        finally:
            with contextlib.suppress(OSError):
                path.unlink()


def _held(path: Path) -> IO[bytes] | None:
    """The file with our lock on it, or None if another process has one."""
    while True:
        file = _opened(path)
        if not _lock(file):
            file.close()
            return None
        # The previous holder may have removed the file after we opened it and before we locked it.
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(path.lstat(), os.fstat(file.fileno())):
                _check_content(path, file)
                return file
        file.close()


def _opened(path: Path) -> IO[bytes]:
    """The lock file, opened without following a link.

    Raises:
        OutputError: it is a link or a special file.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if path.is_symlink():  # also where the system has no O_NOFOLLOW
        raise _not_a_lock(path, "a link")
    file = os.fdopen(os.open(path, flags, 0o666), "ab+", buffering=0)
    status = os.fstat(file.fileno())
    if stat.S_ISREG(status.st_mode) and status.st_nlink <= 1:
        return file
    file.close()
    raise _not_a_lock(path, "a special file, or one file under two names")


def _check_content(path: Path, file: IO[bytes]) -> None:
    """Check that the file holds a process number or nothing, before it is overwritten."""
    file.seek(0)
    if not _NUMBER.fullmatch(file.read(_LONGEST)):
        file.close()
        raise _not_a_lock(path, "a file that no run wrote")


def _not_a_lock(path: Path, what: str) -> OutputError:
    return OutputError(f"{printable(path)} is {what}; fix: move it away, or name another folder")


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
