"""One worker process as its parent sees it: started, asked, given a time limit, ended, and started again."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from brief_extract.errors import WorkerError
from brief_extract.workers.child import SEVERAL, Answer, Begin, Steps, serve

_CONTEXT = multiprocessing.get_context("spawn")

_SLICE = 1.0
"""Seconds waited at once, at most. Time in which the parent itself is stopped (Ctrl-Z, a sleeping laptop) makes one
slice long and so counts as one slice: it must not use up the limit."""

_STARTS = 3
"""How often a process is started that is killed before it says hello: by the system, where memory is short."""

_STARTING = threading.Lock()
"""One start at a time: each changes the environment and the main module for a moment."""


class LostError(Exception):
    """A worker has died in the midst of a job, or was killed at its time limit. The message says how.

    Attributes:
        place: The item of the job that it had in hand, None if that is not known.
        late: It was killed at the limit.
    """

    def __init__(self, how: str, *, place: int | None = None, late: bool = False) -> None:
        super().__init__(how)
        self.place = place
        self.late = late


class Worker:
    """One process. It is started in the background, and started again at the first job after its death.

    One thread uses a worker at a time; ``end`` may be called from any thread.

    Args:
        begin: Prepares the process, see ``child.Begin``. Without it the worker does callables alone.

    Attributes:
        ended: ``end`` was called.

    Raises:
        WorkerError: the process cannot be started.
    """

    def __init__(self, begin: Begin | None = None) -> None:
        self._begin = begin
        self.ended = False
        self._lock = threading.Lock()
        self._is_greeted = False
        try:
            self._steps: Steps = _CONTEXT.RawArray("q", [0, SEVERAL])
        except OSError as error:
            raise _cannot_start(error.strerror or str(error)) from error
        self._start()

    def _start(self) -> None:
        with self._lock:
            if self.ended:
                raise LostError("ended")
            try:
                self._connection, theirs = _CONTEXT.Pipe()
                try:
                    self._process = _CONTEXT.Process(target=serve, args=(theirs, self._steps, self._begin), daemon=True)
                    with _STARTING, _started_apart():
                        self._process.start()
                except BaseException:
                    self._connection.close()
                    raise
                finally:
                    theirs.close()
            except OSError as error:
                raise _cannot_start(error.strerror or str(error)) from error
        self._is_greeted = False

    def hello(self) -> Any:
        """What the process says first; waits until it is ready.

        Raises:
            WorkerError: it dies before that.
            LostError: ``end`` was called.
            BriefExtractError: its ``begin`` raised that.
        """
        for start in range(1, _STARTS + 1):
            try:
                answer: Answer = self._connection.recv()
            except (EOFError, OSError) as error:
                how = self._bury()
                if self.ended:
                    raise LostError("ended") from error
                if not how.startswith("SIG") or start == _STARTS:
                    raise _cannot_start(how) from error
                self._start()
            else:
                break
        self._is_greeted = True
        if answer.error:
            raise answer.error
        return answer.value

    def ask(self, job: Any, *, limit: float = 0, heed: Callable[[Any], None] = lambda _: None) -> Any:
        """The answer to one job: what a callable returns, or the handler of ``begin`` for anything else.

        Args:
            limit: Seconds for each step of the job, see ``Line.step``; 0 for no limit. Up to a second more may pass.
            heed: Called with each part that the worker sends before the answer.

        Raises:
            LostError: the process has died or was killed at the limit.
            WorkerError: the process was dead, and another one cannot be started.
            Exception: what the job raised.
        """
        if self.ended:
            raise LostError("ended")
        if not self._process.is_alive():
            with contextlib.suppress(OSError):
                self._connection.close()
            self._start()
        if not self._is_greeted:
            self.hello()
        answer = self._answer(job, limit, heed)
        if answer.error:
            raise answer.error
        return answer.value

    def _answer(self, job: Any, limit: float, heed: Callable[[Any], None]) -> Answer:
        self._steps[1] = SEVERAL
        try:
            self._connection.send(job)
            while True:
                if limit and not self._comes_within(limit):
                    self._process.kill()
                    self._bury()
                    raise LostError(f"killed after {limit:g} s", place=self._place(), late=True)
                message = self._connection.recv()
                if isinstance(message, Answer):
                    return message
                heed(message)
        except (EOFError, OSError) as error:
            raise LostError(self._bury(), place=self._place()) from error

    def _comes_within(self, limit: float) -> bool:
        """Does a message come, or the end of the process, before a step takes so many seconds?"""
        part = min(limit, _SLICE)
        step, left = self._steps[0], limit
        while left > 0:
            if self._connection.poll(part):
                return True
            left = left - part if self._steps[0] == step else limit
            step = self._steps[0]
        return False

    def _place(self) -> int | None:
        """What the process had in hand when it ended."""
        return None if self._steps[1] == SEVERAL else self._steps[1]

    def _bury(self) -> str:
        """Wait for the end of a process that has closed its connection or was killed; say how it ended."""
        self._process.join()
        self._connection.close()
        code = self._process.exitcode or 0
        return f"exit code {code}" if code >= 0 else signal.Signals(-code).name

    def end(self) -> None:
        """Kill the process, whatever it does; it has nothing to lose."""
        with self._lock:
            self.ended = True
            self._process.kill()
        self._process.join()


def _cannot_start(why: str) -> WorkerError:
    return WorkerError(
        f"worker processes cannot begin ({why}); fix: try --jobs 1, or see whether memory, processes and open files "
        "(ulimit -a) suffice"
    )


@contextlib.contextmanager
def _started_apart() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach, with one thread for matrix products, and without our main module.

    The parent receives Ctrl-C and ends its workers itself. Two workers of two threads each would share the cores
    badly; a value that the user has set is left alone. ``spawn`` would import the main module again, which takes time
    and, in a script without ``if __name__ == "__main__":``, runs it; nothing that a worker needs is in it.
    """
    main = sys.modules["__main__"]
    is_unset = "OPENBLAS_NUM_THREADS" not in os.environ
    before: set[signal.Signals] | set[int] = set()
    is_masked = sys.platform != "win32"
    if is_masked:
        from multiprocessing import resource_tracker

        resource_tracker.ensure_running()  # which unblocks Ctrl-C when it starts
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        sys.modules["__main__"] = ModuleType("__main__")
        yield
    finally:
        sys.modules["__main__"] = main
        if is_unset:
            os.environ.pop("OPENBLAS_NUM_THREADS", None)
        if is_masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
