"""Chunks of articles -> work done: here, or by worker processes, each of which is fed by a thread.

A worker is a fresh interpreter (``spawn``), which is the same on every system, and holds a model of its own. It writes
no files: all that it could break when it is killed is the chunk in its hands.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import resource_tracker
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

from brief_extract.batch.worker import Article, Done, Factory, Work, serve, work
from brief_extract.config import Config
from brief_extract.errors import BriefExtractError, Failure, WorkerError
from brief_extract.extractor import Extractor
from brief_extract.model import Generator

_CONTEXT = multiprocessing.get_context("spawn")


class Chunk(Protocol):
    """Anything that holds articles to be done together."""

    @property
    def articles(self) -> list[Article]:
        """They come back in this order."""
        ...


_C = TypeVar("_C", bound=Chunk)
_Given = TypeVar("_Given")
_T = TypeVar("_T")


class InProcess:
    """Does all the work in this process."""

    def __init__(self, extractor: Extractor, *, spreadsheet_safe: bool = False) -> None:
        self._extractor = extractor
        self._spreadsheet_safe = spreadsheet_safe
        self.generator = extractor.generator

    def map(self, chunks: Iterable[_C]) -> Iterator[tuple[_C, Work]]:
        """Each chunk with its work, in order."""
        for chunk in chunks:
            yield chunk, work(self._extractor, chunk.articles, spreadsheet_safe=self._spreadsheet_safe)

    @staticmethod
    def do(tasks: Iterable[Callable[[], _T]]) -> Iterator[_T]:
        """What each task gives, in order."""
        return (task() for task in tasks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Workers:
    """Does the work in processes. To be closed by ``with``.

    Args:
        factory: Makes the extractor of each worker; a class or function that a new interpreter can import.
        jobs: How many processes.
        spreadsheet_safe: See ``Table.to_csv``.

    Raises:
        ModelError: no such spaCy pipeline, or one without entities.
        WorkerError: the processes die before they have begun.
    """

    def __init__(self, factory: Factory, config: Config, jobs: int, *, spreadsheet_safe: bool = False) -> None:
        self._jobs = jobs
        self._workers = [_Worker(factory, config, spreadsheet_safe) for _ in range(jobs)]
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="brief-extract")
        self._closed = False
        try:
            self.generator = [worker.hello() for worker in self._workers].pop()
        except BaseException:
            self.close()
            raise
        for worker in self._workers:
            self._idle.put(worker)

    def map(self, chunks: Iterable[_C]) -> Iterator[tuple[_C, Work]]:
        """Each chunk with its work, in order."""
        return self._in_order(lambda chunk: self._work(chunk.articles), chunks)

    def do(self, tasks: Iterable[Callable[[], _T]]) -> Iterator[_T]:
        """What each task gives, in order. One whose worker dies, over it or on its own, is done in this process."""
        return (result for _, result in self._in_order(self._task, tasks))

    def _in_order(self, do: Callable[[_Given], _T], things: Iterable[_Given]) -> Iterator[tuple[_Given, _T]]:
        """A few things are read ahead, so that no worker waits for what is done with the results."""
        ahead: deque[tuple[_Given, Future[_T]]] = deque()
        try:
            for thing in things:
                ahead.append((thing, self._threads.submit(do, thing)))
                if len(ahead) > 2 * self._jobs:
                    first, future = ahead.popleft()
                    yield first, future.result()
            while ahead:
                first, future = ahead.popleft()
                yield first, future.result()
        finally:  # who stops asking leaves nothing that the next things would wait for
            for _, future in ahead:
                future.cancel()

    def _task(self, task: Callable[[], _T]) -> _T:
        with self._free_worker() as worker:
            try:
                answer: _T = worker.ask(task)
            except (_LostError, WorkerError):  # dead, or dead and not to be begun again
                if self._closed:
                    raise
                return task()
            return answer

    def _work(self, articles: list[Article]) -> Work:
        """A chunk by the next worker that is free. If it dies, each article is tried once more, alone."""
        if not articles:
            return Work([], {})
        with self._free_worker() as worker:
            try:
                answer: Work = worker.ask(articles)
            except _LostError:
                return Work([self._alone(worker, article) for article in articles], {})
            return answer

    @contextlib.contextmanager
    def _free_worker(self) -> Iterator[_Worker]:
        worker = self._idle.get()
        try:
            yield worker
        finally:
            self._idle.put(worker)

    def _alone(self, worker: _Worker, article: Article) -> Done | Failure:
        try:
            answer: Work = worker.ask([article])
            return answer.results[0]
        except _LostError as lost:
            if self._closed:
                raise
            message = (
                f"{article.name}: the process died over it twice ({lost}); fix: look whether memory ran out, "
                "with --jobs 1; else this is an error in brief-extract, please report it"
            )
            return Failure(id=article.id, stage="extract", code="crash", message=message)

    def close(self) -> None:
        """End the processes, at once and whatever they do."""
        self._closed = True
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _LostError(Exception):
    """A worker has died; the message says how."""


class _Worker:
    """One process, begun again when it has died."""

    def __init__(self, factory: Factory, config: Config, spreadsheet_safe: bool) -> None:
        self._arguments = (factory, config, spreadsheet_safe)
        self._ended = False
        self._start()

    def _start(self) -> None:
        self._connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=serve, args=(theirs, *self._arguments), daemon=True)
        with _quiet():
            self._process.start()
        theirs.close()

    def hello(self) -> Generator:
        """Its first answer, waited for.

        Raises:
            WorkerError, ModelError: it cannot begin.
        """
        try:
            answer = self._connection.recv()
        except (EOFError, OSError) as error:
            raise WorkerError(f"worker processes cannot begin ({self._end()}); fix: try --jobs 1") from error
        if isinstance(answer, BriefExtractError):
            raise answer
        generator: Generator = answer
        return generator

    def ask(self, given: list[Article] | Callable[[], Any]) -> Any:
        """The ``Work`` done on some articles, or what a task gives.

        Raises:
            _LostError: the process has died; another one stands in its place.
        """
        if self._ended:
            raise _LostError("ended")
        try:
            self._connection.send(given)
            return self._connection.recv()
        except (EOFError, OSError) as error:
            end = self._end()
            if not self._ended:
                self._start()
                self.hello()
            raise _LostError(end) from error

    def end(self) -> None:
        """Kill the process; it has nothing to lose."""
        self._ended = True
        self._process.kill()
        self._process.join()

    def _end(self) -> str:
        self._process.join()
        self._connection.close()
        code = self._process.exitcode or 0
        return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Start a process that Ctrl-C does not reach, and whose matrix products run in one thread.

    The parent hears of Ctrl-C and ends its workers itself. Two workers of two threads each would stand in each
    other's way; a value that the user has set is left alone.
    """
    unset = "OPENBLAS_NUM_THREADS" not in os.environ
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    masked = sys.platform != "win32"
    if masked:
        resource_tracker.ensure_running()  # which lets Ctrl-C through again when it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masked else set()
    try:
        yield
    finally:
        if masked:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        if unset:
            os.environ.pop("OPENBLAS_NUM_THREADS", None)
