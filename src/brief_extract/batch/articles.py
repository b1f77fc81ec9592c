"""Articles -> what became of each, by a worker with a time limit for each article, or in this process."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from typing import Any, TypeVar

from brief_extract.batch.worker import Article, Work
from brief_extract.errors import Failure
from brief_extract.workers import LostError, Worker

_Made = TypeVar("_Made")

TRIES = 2
"""How often a worker may die over an article. It may have been killed for what another process did."""


class _Job:
    """Some articles in the making: what is done, and what is to be done together next."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.results: dict[int, Any] = {}
        self.seconds: Counter[str] = Counter()
        self._articles = articles
        self._deaths: Counter[int] = Counter()
        self._groups = deque([list(range(len(articles)))] if articles else [])
        self._group: list[int] = []

    def next_group(self) -> list[Article]:
        """The articles to be done together now; none when all are done."""
        self._group = self._groups.popleft() if self._groups else []
        return [self._articles[place] for place in self._group]

    def keep(self, work: Work[Any]) -> None:
        """A piece of ``next_group`` is done."""
        self.results.update(zip(self._left(), work.results, strict=False))
        self.seconds.update(work.seconds)

    def lost(self, lost: LostError, limit: float) -> None:
        """The worker has died. Blame the article in hand; where that is not known, do each of them alone."""
        rest = self._left()
        in_hand = None if lost.place is None else self._group[lost.place]
        culprit = rest[0] if len(rest) == 1 else in_hand
        if culprit is None:
            self._groups.extendleft([place] for place in reversed(rest))
            return
        others = [place for place in rest if place != culprit]
        if others:
            self._groups.appendleft(others)
        self._deaths[culprit] += 1
        if lost.late:
            self.results[culprit] = timeout(self._articles[culprit], limit)
        elif self._deaths[culprit] == TRIES:
            self.results[culprit] = _crash(self._articles[culprit], lost)
        else:
            self._groups.appendleft([culprit])

    def _left(self) -> list[int]:
        return [place for place in self._group if place not in self.results]


def extract_by(worker: Worker, articles: Sequence[Article], *, limit: float = 0) -> Work[Any]:
    """Have a worker extract some articles; it was begun with an ``Extraction``.

    One over which the worker dies twice, or that takes longer than the limit in one stage, is a ``Failure``. The
    others are done by the worker that is started in its place; what had been sent before is not done again.

    Args:
        limit: Seconds for an article in a stage: decoding, structure, names, output. 0 for no limit.

    Raises:
        LostError: the worker was ended.
        WorkerError, ModelError: a worker cannot be started again.
    """
    job = _Job(articles)
    while group := job.next_group():
        try:
            worker.ask(group, limit=limit, heed=job.keep)
        except LostError as lost:
            if worker.ended:
                raise
            job.lost(lost, limit)
    return Work([job.results[place] for place in range(len(articles))], dict(job.seconds))


def timeout(article: Article, limit: float) -> Failure:
    """The failure of an article that took too long."""
    message = (
        f"{article.name}: not done after {limit:g} s; fix: give it more time with --timeout, if it is large; "
        "else please report it"
    )
    return Failure(id=article.id, stage="extract", code="timeout", message=message)


def _crash(article: Article, lost: LostError) -> Failure:
    message = (
        f"{article.name}: the process died over it twice ({lost}); fix: look whether memory ran out, "
        "with --jobs 1; else this is an error in brief-extract, please report it"
    )
    return Failure(id=article.id, stage="extract", code="crash", message=message)
