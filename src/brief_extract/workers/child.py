"""What runs in a worker process: one job after another until the parent has no more, or is dead."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, MutableSequence
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from brief_extract.errors import BriefExtractError, WorkerError

Steps = MutableSequence[int]
"""Memory shared with the parent: how many steps the worker has begun, and the place of the last one or ``SEVERAL``."""

SEVERAL = -1


class Line:
    """The way from a worker to its parent while a job is done."""

    def __init__(self, connection: Connection, steps: Steps) -> None:
        self._connection = connection
        self._steps = steps

    def send(self, part: Any) -> None:
        """Send a part of the result."""
        self._connection.send(part)

    def step(self, place: int = SEVERAL) -> None:
        """Begin a step, which starts the time limit anew. ``place`` is the item of the job in hand, if it is one.

        It costs no message, for there are several steps for each article: the parent looks when it has to know.
        """
        self._steps[0] += 1
        self._steps[1] = place


Handler = Callable[[Any, Line], Any]
"""Does one job and returns its answer."""

Begin = Callable[[], tuple[Any, Handler]]
"""Prepares a worker, once: returns what the parent hears first, and the function that does the jobs."""


class Answer(NamedTuple):
    """The last message of a job: what it gives, or the exception that ended it."""

    value: Any = None
    error: Exception | None = None


def serve(connection: Connection, steps: Steps, begin: Begin | None) -> None:
    """The life of a worker. The first message is an ``Answer`` with what ``begin`` says.

    A job is a callable without arguments, whose value is the answer, or anything else, which the handler does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent receives Ctrl-C too, and ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a parent that is ending may have passed on that it ignores it
    die_with_parent()
    # EOFError and BrokenPipeError: the parent has closed the connection.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        try:
            hello, handle = begin() if begin else (None, _no_handler)
        except BriefExtractError as error:
            connection.send(Answer(error=portable(error)))
            return
        connection.send(Answer(hello))
        while True:
            job = connection.recv()
            connection.send(_answer(job, handle, Line(connection, steps)))


def _answer(job: Any, handle: Handler, line: Line) -> Answer:
    try:
        return Answer(job() if callable(job) else handle(job, line))
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        return Answer(error=portable(error))


def _no_handler(job: Any, _: Line) -> Any:
    raise TypeError(f"this worker does callables, not {type(job).__name__}")


def portable(error: Exception) -> Exception:
    """The exception as it can cross to the parent: some classes cannot be unpickled."""
    try:
        again = pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - whatever the class of the exception does
        again = None
    if type(again) is type(error):
        return error
    kind = type(error) if isinstance(error, BriefExtractError) else WorkerError
    return WorkerError(str(error) if kind is not WorkerError else f"{type(error).__name__}: {error}")


def die_with_parent() -> None:
    """Have the system kill this process when its parent is gone, even in the midst of C code that heeds no signal.

    A thread could not do it: code that holds the interpreter's lock, such as a regular expression, would stop it too.
    The pipe from the parent, by which ``multiprocessing`` knows it, raises SIGIO when its other end closes, and the
    default action of SIGIO ends a process. Windows has nothing like it: there a worker ends after its job.
    """
    parent = multiprocessing.parent_process()
    if sys.platform == "win32" or parent is None:
        return
    import fcntl

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
    if wait([parent.sentinel], 0):  # it died before the signal was set up
        os._exit(1)
