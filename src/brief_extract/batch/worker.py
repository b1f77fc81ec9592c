"""What is done to some articles, in this process or in a worker: bytes in, finished files and counts out."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Literal, TypeVar

import msgspec

from brief_extract import process
from brief_extract.batch.correcting import correct, effects
from brief_extract.batch.corrections import Corrections
from brief_extract.config import Config
from brief_extract.errors import Failure, ReadError
from brief_extract.extractor import Extractor
from brief_extract.faults import failure, read_error
from brief_extract.model import Document, Generator
from brief_extract.office import Office, read_office
from brief_extract.read import Source, check_text, fits, read_bytes, read_text, too_large
from brief_extract.workers import SEVERAL, Line

Form = Literal["text", "html"] | Office

COUNTED = ("headings", "paragraphs", "lists", "tables", "mentions", "entities")
"""What is counted of each document."""

Factory = Callable[[Config], Extractor]

_Made = TypeVar("_Made")
Finish = Callable[[Document, float], _Made]
"""What is made of a document, and of the seconds that it took, before it leaves the worker."""

PIECE = 200_000
"""Bytes of articles that are finished and sent together. The model gathers no more text than that either, so smaller
pieces would be slower, and larger ones would lose more where a worker dies."""


class Article(msgspec.Struct, frozen=True, gc=False):
    """One article to do: bytes as found, or a text that JSON has decoded already; what form it has."""

    id: str
    name: str
    data: bytes | str
    extra: dict[str, Any]
    form: Form = "text"


class Done(msgspec.Struct, frozen=True, gc=False):
    """The files of one article, and what the report says of it.

    ``seconds`` is the time for its structure and its share of the time for the names, which are found together.
    ``corrections`` are those that changed it.
    """

    id: str
    sha256: str
    document: bytes
    tables: tuple[bytes, ...]
    counts: dict[str, int]
    issues: dict[str, int]
    seconds: float
    corrections: tuple[str, ...] = ()


class Work(msgspec.Struct, Generic[_Made], frozen=True):
    """What became of some articles, each in its place, and the seconds that each stage took."""

    results: list[_Made | Failure]
    seconds: dict[str, float]


class Extraction(msgspec.Struct, Generic[_Made], frozen=True):
    """Prepares a worker that extracts; see ``workers.Begin``. Its job is a list of articles.

    It sends a ``Work`` for each piece, in order. Whatever a text could draw out is a step of its own.

    Args:
        factory: Makes the extractor; a class or function that a new interpreter can import.
        finish: See ``Finish``; can be imported as well.
    """

    factory: Factory
    config: Config
    finish: Finish[_Made]

    def __call__(self) -> tuple[Generator, Callable[[list[Article], Line], None]]:
        """Load the model."""
        process.tune_process()
        extractor = self.factory(self.config)

        def handle(articles: list[Article], line: Line) -> None:
            start = 0
            for piece in pieces(articles):
                line.send(work(extractor, piece, self.finish, line.step, start=start))
                start += len(piece)

        return extractor.generator, handle


def pieces(articles: Sequence[Article]) -> Iterator[list[Article]]:
    """The articles in runs of at most ``PIECE`` bytes; one that is larger is alone."""
    piece: list[Article] = []
    size = 0
    for article in articles:
        if piece and size + len(article.data) > PIECE:
            yield piece
            piece, size = [], 0
        piece.append(article)
        size += len(article.data)
    if piece:
        yield piece


def _unwatched(_: int) -> None:
    """Take note of a step: nobody does."""


def work(
    extractor: Extractor,
    articles: Sequence[Article],
    finish: Finish[_Made],
    step: Callable[[int], None] = _unwatched,
    *,
    start: int = 0,
) -> Work[_Made]:
    """Do some articles together. One that cannot be done is a ``Failure`` and costs no other one.

    Args:
        step: Called with the place of each article before it is decoded and before its structure is found, and with
            ``SEVERAL`` before anything that is done for several.
        start: The place of the first article in the job.
    """
    clock: dict[str, float] = {}
    started = time.perf_counter()
    sources: list[Source | Failure] = []
    for place, article in enumerate(articles, start):
        step(place)
        sources.append(_source(article, extractor.config))
    clock["decode"] = time.perf_counter() - started
    readable = [
        (article.id, source)
        for article, source in zip(articles, sources, strict=True)
        if not isinstance(source, Failure)
    ]
    places = {id(source): place for place, source in enumerate(sources, start)}
    step(SEVERAL)
    extractor.pipeline.watch = lambda source: step(places.get(id(source), SEVERAL))
    extracted = deque(extractor.pipe_sources(readable))
    timings = extractor.timings
    clock["structure"] = sum(timings.structure.values(), 0.0)
    clock["entities"] = timings.names
    names = timings.names / (sum(len(source.text) for _, source in readable) or 1)
    started = time.perf_counter()
    step(SEVERAL)
    results: list[_Made | Failure] = []
    for source in sources:
        outcome = source if isinstance(source, Failure) else extracted.popleft()  # freed when its bytes are made
        if isinstance(outcome, Document):
            seconds = timings.structure.get(outcome.id, 0.0) + names * outcome.source.chars
            results.append(_finished(finish, outcome, seconds))
        else:
            results.append(outcome)
    clock["encode"] = time.perf_counter() - started
    return Work(results, clock)


def source_of(article: Article, config: Config) -> Source:
    """The source of an article. What a file says of itself stands in ``extra`` beside what is known already.

    Raises:
        ReadError: ``too-large``, ``binary``, ``undecodable``, ``empty`` or ``no-article``; ``damaged`` whatever else
            a decoder or an HTML parser raises.
    """
    try:
        return _source_of(article, config)
    except Exception as error:
        raise read_error(article.name, error) from error


def _source_of(article: Article, config: Config) -> Source:
    if article.form == "html":
        from brief_extract.html import read_html

        source = read_html(article.data, name=article.name, max_bytes=config.max_bytes)
    elif article.form != "text" and isinstance(article.data, bytes):
        source = read_office(article.data, article.form, name=article.name, max_bytes=config.max_bytes)
    elif isinstance(article.data, bytes):
        source = read_bytes(article.data, name=article.name, max_bytes=config.max_bytes)
    else:
        if not fits(article.data, config.max_bytes):
            raise too_large(article.name, config.max_bytes)
        check_text(article.data, article.name, size=len(article.data))
        source = read_text(article.data, name=article.name)
    return msgspec.structs.replace(source, extra={**source.extra, **article.extra})


def _source(article: Article, config: Config) -> Source | Failure:
    try:
        return source_of(article, config)
    except ReadError as error:
        return failure(article.id, article.name, "read", error)


def _finished(finish: Finish[_Made], document: Document, seconds: float) -> _Made | Failure:
    try:
        return finish(document, seconds)
    except Exception as error:  # noqa: BLE001 - one document that cannot be written costs no other one
        return failure(document.id, document.source.name or document.id, "encode", error)


class Finisher(msgspec.Struct, frozen=True):
    """Makes the files of a document: a ``Finish`` for the batch."""

    excel: bool = False
    corrections: Corrections | None = None

    def __call__(self, document: Document, seconds: float) -> Done:
        """The files of one article, and what the report says of it."""
        if self.corrections:
            document = correct(document, self.corrections)
        return Done(
            id=document.id,
            sha256=document.source.sha256,
            document=document.to_json(),
            tables=tuple(table.to_csv(excel=self.excel).encode() for table in document.tables),
            counts=counts(document),
            issues=issue_counts(document),
            seconds=seconds,
            corrections=effects(document),
        )


def counts(document: Document) -> dict[str, int]:
    """How many of each part a document has."""
    return {kind: len(getattr(document, kind)) for kind in COUNTED}


def issue_counts(document: Document) -> dict[str, int]:
    """How many issues of each code a document has."""
    return dict(Counter(issue.code for issue in document.issues))
