"""Standard streams that were closed when the process started: ``brief-extract ... 1>&-``."""

from __future__ import annotations

import os
import sys

_CLOSED: set[int] = set()


def open_closed_streams() -> None:
    """Give each closed standard stream a file.

    Else the first files that are opened would get these numbers, and a message or a library would write into them.
    Reading from stdin and writing to stdout then fail as they do with a closed stream; what is said on stderr is lost.
    """
    _CLOSED.update(number for number in range(3) if not _is_open(number))
    for number in sorted(_CLOSED):  # the system gives the lowest free number
        os.open(os.devnull, os.O_RDONLY if number == 1 else os.O_WRONLY)
        os.set_inheritable(number, True)  # as standard streams are: a worker would have closed ones again
    if 0 in _CLOSED:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - stays open
    if 1 in _CLOSED:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - stays open
    if 2 in _CLOSED:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - stays open


def was_closed(number: int) -> bool:
    """Was this standard stream (0, 1, 2) closed at the start?"""
    return number in _CLOSED


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
