"""What is done to a handful of articles, here or in a worker process: bytes in, finished files and counts out."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from brief_extract.config import Config
from brief_extract.errors import BriefExtractError, Failure, ReadError
from brief_extract.extractor import Extractor
from brief_extract.model import Document
from brief_extract.read import Source, check_text, read_bytes, read_text

COUNTED = ("headings", "paragraphs", "lists", "tables", "mentions", "entities")
"""What is counted of each document."""

Factory = Callable[[Config], Extractor]


class Article(msgspec.Struct, frozen=True, gc=False):
    """One article to do: bytes as found, or a text that JSON has decoded already; a text, or a web page."""

    id: str
    name: str
    data: bytes | str
    extra: dict[str, Any]
    html: bool = False


class Done(msgspec.Struct, frozen=True, gc=False):
    """The files of one article, and what the report says of it.

    ``seconds`` is the time for its structure and its share of the time for the names, which are found together.
    """

    id: str
    sha256: str
    document: bytes
    tables: tuple[bytes, ...]
    counts: dict[str, int]
    issues: dict[str, int]
    seconds: float


class Work(msgspec.Struct, frozen=True):
    """What became of a chunk of articles, each in its place, and the seconds that each stage took."""

    results: list[Done | Failure]
    seconds: dict[str, float]


def work(extractor: Extractor, articles: Sequence[Article], *, spreadsheet_safe: bool = False) -> Work:
    """Do a chunk of articles. One that cannot be done is a ``Failure`` and costs no other one.

    Args:
        spreadsheet_safe: See ``Table.to_csv``.
    """
    clock: dict[str, float] = {}
    started = time.perf_counter()
    sources = [_source(article, extractor.config) for article in articles]
    clock["decode"] = time.perf_counter() - started
    readable = [
        (article.id, source)
        for article, source in zip(articles, sources, strict=True)
        if not isinstance(source, Failure)
    ]
    extracted = list(extractor.pipe_sources(readable))
    names = extractor.seconds.pop("", 0.0)
    clock["structure"] = sum(extractor.seconds.values(), 0.0)
    clock["entities"] = names
    names /= sum(len(source.text) for _, source in readable) or 1
    started = time.perf_counter()
    results = iter(
        result
        if isinstance(result, Failure)
        else _done(result, extractor.seconds.get(result.id, 0.0), names, spreadsheet_safe=spreadsheet_safe)
        for result in extracted
    )
    work = Work([source if isinstance(source, Failure) else next(results) for source in sources], clock)
    clock["encode"] = time.perf_counter() - started
    return work


def source_of(article: Article, config: Config) -> Source:
    """The source of an article. What a page says of itself stands in ``extra`` beside what is known of it already.

    Raises:
        ReadError: ``too-large``, ``binary``, ``undecodable``, ``empty`` or ``no-article``.
    """
    if article.html:
        from brief_extract.html import read_html

        source = read_html(article.data, name=article.name, max_bytes=config.max_bytes)
    elif isinstance(article.data, bytes):
        source = read_bytes(article.data, name=article.name, max_bytes=config.max_bytes)
    else:
        check_text(article.data, article.name, size=len(article.data))
        source = read_text(article.data, name=article.name)
    return msgspec.structs.replace(source, extra={**source.extra, **article.extra})


def _source(article: Article, config: Config) -> Source | Failure:
    try:
        return source_of(article, config)
    except ReadError as error:
        return Failure(id=article.id, stage="read", code=error.code, message=str(error))


def _done(document: Document, structure: float, names: float, *, spreadsheet_safe: bool) -> Done:
    return Done(
        id=document.id,
        sha256=document.source.sha256,
        document=document.to_json(),
        tables=tuple(table.to_csv(spreadsheet_safe=spreadsheet_safe).encode() for table in document.tables),
        counts=counts(document),
        issues=issue_counts(document),
        seconds=structure + names * document.source.chars,
    )


def counts(document: Document) -> dict[str, int]:
    """How many of each part a document has."""
    return {kind: len(getattr(document, kind)) for kind in COUNTED}


def issue_counts(document: Document) -> dict[str, int]:
    """How many issues of each code a document has."""
    return dict(Counter(issue.code for issue in document.issues))


def serve(connection: Connection, factory: Factory, config: Config, spreadsheet_safe: bool) -> None:
    """The life of a worker process: tell what the documents will say of their making, then do one thing after another.

    The first answer is a ``Generator``, or the error that ends the run. What comes then is a list of articles, answered
    by a ``Work``, or a task that needs no model, answered by what it gives.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's matter
    try:
        extractor = factory(config)
        connection.send(extractor.generator)
    except BriefExtractError as error:
        connection.send(error)
        return
    try:
        while True:
            given = connection.recv()
            connection.send(given() if callable(given) else work(extractor, given, spreadsheet_safe=spreadsheet_safe))
    except (EOFError, BrokenPipeError):
        return  # the parent is gone, or has no more to do
