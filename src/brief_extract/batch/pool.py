"""Chunks of articles -> work done: by worker processes with a time limit for each article, or here without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self, TypeVar

from brief_extract.batch.articles import extract_by
from brief_extract.batch.worker import Article, Done, Extraction, Factory, Finisher, Work, work
from brief_extract.config import Config
from brief_extract.extractor import Extractor
from brief_extract.model import Generator
from brief_extract.workers import Pool, do_here

_PLAIN = Finisher()


class Chunk(Protocol):
    """Anything that holds articles to be done together."""

    @property
    def articles(self) -> list[Article]:
        """They come back in this order."""
        ...


_C = TypeVar("_C", bound=Chunk)
_T = TypeVar("_T")


class InProcess:
    """Does all the work in this process. An article that hangs or kills it ends the run."""

    def __init__(self, extractor: Extractor, finish: Finisher = _PLAIN) -> None:
        self._extractor = extractor
        self._finish = finish
        self.generator = extractor.generator

    def map(self, chunks: Iterable[_C]) -> Iterator[tuple[_C, Work[Done]]]:
        """Each chunk with its work, in order."""
        for chunk in chunks:
            yield chunk, work(self._extractor, chunk.articles, self._finish)

    @staticmethod
    def do(tasks: Iterable[Callable[[], _T]]) -> Iterator[_T]:
        """What each task gives, in order."""
        return do_here(tasks)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class Workers:
    """Does the work in processes. To be closed by ``with``.

    Workers write no files: all that is lost when one is killed is the piece in its hands, which is done again.

    Args:
        factory: Makes the extractor of each worker; a class or function that a new interpreter can import.
        jobs: How many processes.
        finish: Makes the files of a document.

    Raises:
        ModelError: no such spaCy pipeline, or one without entities.
        WorkerError: the processes die before they have begun.
    """

    def __init__(self, factory: Factory, config: Config, jobs: int, finish: Finisher = _PLAIN) -> None:
        self._limit = config.timeout
        begin = Extraction(factory, config, finish)
        self._pool = Pool(jobs, begin, limit=config.timeout)
        self.generator: Generator = self._pool.hello

    def map(self, chunks: Iterable[_C]) -> Iterator[tuple[_C, Work[Done]]]:
        """Each chunk with its work, in order."""
        return self._pool.map(lambda worker, chunk: extract_by(worker, chunk.articles, limit=self._limit), chunks)

    def do(self, tasks: Iterable[Callable[[], _T]]) -> Iterator[_T]:
        """What each task gives, in order; see ``Pool.do``."""
        return self._pool.do(tasks)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()
