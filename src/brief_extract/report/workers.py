"""Drawers at work: one in this process, or one in each of several."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from brief_extract.errors import WorkerError
from brief_extract.report.drawer import Drawer

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Workers:
    """Has things drawn. To be closed by ``with``.

    Args:
        jobs: How many processes; with 1, this one.
        output: See ``Drawer``.
    """

    def __init__(self, jobs: int, output: Path) -> None:
        self._jobs = jobs
        self._drawer = Drawer(output)
        self._processes: ProcessPoolExecutor | None = None
        if jobs > 1:
            context = multiprocessing.get_context("spawn")
            self._processes = ProcessPoolExecutor(jobs, context, _begin, (output,))

    def map(self, draw: Callable[[Drawer, _Given], _Made], things: Iterable[_Given]) -> Iterator[_Made]:
        """What a method of the drawer makes of each thing, in order. A few are read ahead.

        Raises:
            WorkerError: a process has died.
        """
        if self._processes is None:
            yield from (draw(self._drawer, thing) for thing in things)
            return
        ahead: deque[Future[_Made]] = deque()
        try:
            for thing in things:
                ahead.append(self._processes.submit(_draw, draw, thing))
                if len(ahead) > 2 * self._jobs:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerError("a process that draws the report has died; fix: look whether memory ran out") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._processes is not None:
            self._processes.shutdown(cancel_futures=True)


_drawer: Drawer
"""Of a worker process."""


def _begin(output: Path) -> None:
    global _drawer  # noqa: PLW0603 - a process of an executor has no other place for what it keeps
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's matter
    _drawer = Drawer(output)


def _draw(draw: Callable[[Drawer, _Given], _Made], thing: _Given) -> _Made:
    return draw(_drawer, thing)
