"""Several workers: a stream of jobs in, their results out in the same order, a few jobs read ahead."""

from __future__ import annotations

import contextlib
import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self, TypeVar

from brief_extract.errors import WorkerError
from brief_extract.workers.child import Begin
from brief_extract.workers.process import LostError, Worker

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def do_here(tasks: Iterable[Callable[[], _Made]]) -> Iterator[_Made]:
    """What each task gives, in order, without a pool."""
    return (task() for task in tasks)


class Pool:
    """Worker processes, each fed by a thread. To be closed by ``with``.

    Why not a library: in ``pebble`` 5.2, which has time limits, the death of an idle worker breaks the whole pool, a
    limit is for a whole job and does not say which article of it took the time, and a busy worker outlives a parent
    that is killed. It takes as much CPU time as this pool (300 articles, 2 jobs: 0.97 to 1.1 times).

    Args:
        jobs: How many processes. With one and without ``begin`` there is none: tasks are done in this process.
        begin: Prepares each worker, see ``child.Begin``; workers without it do tasks alone.
        limit: Seconds that a task may take; 0 for no limit. ``map`` gives each worker to a function with its own.

    Attributes:
        hello: What the workers said first; None without ``begin``.

    Raises:
        WorkerError: a process cannot be started, or dies before it is ready.
        BriefExtractError: ``begin`` raised that in a worker.
    """

    def __init__(self, jobs: int, begin: Begin | None = None, *, limit: float = 0) -> None:
        self.limit = limit
        self.hello: Any = None
        self._closed = False
        self._workers: list[Worker] = []
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="brief-extract")
        try:
            for _ in range(jobs if begin or jobs > 1 else 0):
                self._workers.append(Worker(begin))
            for worker in self._workers:
                self.hello = worker.hello()
        except BaseException:
            self.close()
            raise
        for worker in self._workers:
            self._idle.put(worker)

    @property
    def closed(self) -> bool:
        """Has ``close`` been called? Workers that are lost then are nobody's fault."""
        return self._closed

    def map(
        self, handle: Callable[[Worker, _Given], _Made], things: Iterable[_Given]
    ) -> Iterator[tuple[_Given, _Made]]:
        """Each thing with what ``handle`` makes of it, in order. ``handle`` runs in a thread, with a free worker."""
        return self._in_order(lambda thing: self._with_worker(handle, thing), things)

    def do(self, tasks: Iterable[Callable[[], _Made]]) -> Iterator[_Made]:
        """What each task gives, in order. A task whose worker dies is done in this process.

        Raises:
            WorkerError: a task took longer than the limit.
            Exception: what a task raised.
        """
        if len(self._workers) < 2:  # one worker would only add the transfer
            return do_here(tasks)
        return (result for _, result in self.map(self._task, tasks))

    def _task(self, worker: Worker, task: Callable[[], _Made]) -> _Made:
        try:
            made: _Made = worker.ask(task, limit=self.limit)
        except (LostError, WorkerError) as lost:  # it died, or did and cannot be started again
            if self._closed:
                raise
            if isinstance(lost, LostError) and lost.late:
                message = f"a part of the output took more than {self.limit:g} s; fix: give it more with --timeout"
                raise WorkerError(message) from lost
            return task()
        return made

    def _with_worker(self, handle: Callable[[Worker, _Given], _Made], thing: _Given) -> _Made:
        worker = self._idle.get()
        try:
            return handle(worker, thing)
        finally:
            self._idle.put(worker)

    def _in_order(self, do: Callable[[_Given], _Made], things: Iterable[_Given]) -> Iterator[tuple[_Given, _Made]]:
        """A few things are read ahead, so that no worker waits for what is done with the results."""
        ahead: deque[tuple[_Given, Future[_Made]]] = deque()
        try:
            for thing in things:
                ahead.append((thing, self._threads.submit(do, thing)))
                if len(ahead) > 2 * len(self._workers):
                    first, future = ahead.popleft()
                    yield first, future.result()
            while ahead:
                first, future = ahead.popleft()
                yield first, future.result()
        finally:  # a caller that stops asking leaves no jobs that later ones would wait for
            for _, future in ahead:
                future.cancel()

    def close(self) -> None:
        """End the processes at once, whatever they do."""
        self._closed = True
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.end()
        self._threads.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
