"""Signals that end a run, and a time limit by a signal: both become exceptions, which ``finally`` cleans up after."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Iterator

ENDING = (signal.SIGINT, signal.SIGTERM)
"""Signals that ask the process to end."""

AGAIN = 2.0
"""Seconds in which further signals are ignored: they must not interrupt the cleaning up after the first. A later one is
heeded again, in case the cleaning up is stuck."""


class Stopped(BaseException):
    """The process was asked to end. ``number`` is that of the signal.

    Not a ``KeyboardInterrupt``: click would print "Aborted" and exit with 1.
    """

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number


class Late(BaseException):
    """The time of ``time_limit`` is over. No ``Exception``: code that passes over those must not pass over it."""


def heed_signals() -> None:
    """Have SIGINT and SIGTERM raise ``Stopped`` in the main thread, unless the process was started to ignore them."""
    latest = -AGAIN

    def stop(number: int, _frame: object) -> None:
        nonlocal latest
        now = time.monotonic()
        if now - latest >= AGAIN:
            latest = now
            raise Stopped(number)

    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def ignore_signals() -> None:
    """From now on nothing is left to do but to exit."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise ``Late`` if the block takes longer; 0 is no limit.

    It costs no process, and reaches Python code and regular expressions, which heed signals now and then. It does not
    reach other C code, and does nothing on Windows and outside the main thread.
    """
    is_possible = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not is_possible:
        yield
        return

    def late(*_: object) -> None:
        raise Late

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)  # again, for an exception in a finaliser is dropped
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
