"""The run: inputs in, output folder out, one article at a time, in order."""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from brief_extract.batch.collections import Reader
from brief_extract.batch.discovery import FAULTS, OUTSIDE
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.ids import hashes
from brief_extract.batch.inputs import Input
from brief_extract.batch.ledger import Ledger
from brief_extract.batch.lock import locked
from brief_extract.batch.outcome import Outcome, Skipped
from brief_extract.batch.pool import InProcess, Workers
from brief_extract.batch.projections import write_projections
from brief_extract.batch.run_report import RunReport
from brief_extract.batch.worker import Article, Done, counts, issue_counts
from brief_extract.config import Config
from brief_extract.errors import Failure, ReadError
from brief_extract.extractor import CHUNK, Extractor
from brief_extract.formats import Format, check_installed
from brief_extract.model import VERSION, Document, Generator
from brief_extract.read import sha256

Progress = Callable[[RunReport], None]

CHUNK_BYTES = 2_000_000
"""A chunk ends here even if it has fewer articles, so that large ones do not gather in memory."""

_CHUNK_INPUTS = 1000

_LEAST = 4
"""Articles of a chunk, from which what they share (batches, repeated texts) is worth the way to another process."""


def run_batch(
    inputs: Sequence[Input],
    output: str | os.PathLike[str],
    config: Config,
    *,
    jobs: int = 1,
    force: bool = False,
    prune: bool = False,
    fail_fast: bool = False,
    formats: Sequence[Format] = ("csv",),
    spreadsheet_safe: bool = False,
    progress: Progress | None = None,
) -> RunReport:
    """Extract every input into the output folder.

    An article that cannot be done is set aside with its reason and costs no other one. One that an earlier run has
    done is skipped, if its bytes, the options, the model and the versions are the same. The projections are drawn
    from ``documents/``, with what earlier runs left there, so the two cannot disagree.

    Args:
        jobs: Processes to work in; with 1, in this one. The outputs are the same for any number.
        force: Do all again, skip nothing.
        prune: Remove the results of earlier runs that have no input in this one.
        fail_fast: End after the first article that is set aside.
        formats: What the projections are written as; those of other formats, from earlier runs, go.
        spreadsheet_safe: Guard the cells of CSV files that a spreadsheet would run as a formula.
        progress: Called with the report after each article.

    Raises:
        OutputError: the folder or a file in it cannot be written, or another run is writing there.
        ModelError: the model asked for is not there.
        WorkerError: worker processes cannot begin.
        FormatError: the package that writes a format is not installed; told before any article is done.
    """
    for format in formats:
        check_installed(format)
    output = Path(output)
    jobs = min(jobs, -(-len(inputs) // CHUNK))  # a worker for less than a chunk would only cost its start
    with _pool(config, jobs, spreadsheet_safe=spreadsheet_safe) as pool:
        folder = OutputFolder(output)
        folder.make()
        with locked(output), Ledger(output) as ledger:
            folder.clear()
            report = RunReport(config=config, model=pool.generator.model, jobs=max(jobs, 1))
            reading = _Reading(inputs, folder, pool.generator, config, force=force, spreadsheet_safe=spreadsheet_safe)
            for chunk, work in pool.map(reading.chunks(jobs)):
                for stage, seconds in work.seconds.items():
                    report.seconds[stage] += seconds
                results = iter(work.results)
                for item, outcome in chunk.outcomes:
                    result = outcome or next(results)
                    _keep(folder, item, result, report)
                    ledger.add(item, result)
                    if progress:
                        progress(report)
                    if fail_fast and isinstance(result, Failure):
                        break
                if fail_fast and report.failures:
                    report.left = len(inputs) - report.inputs
                    break
            report.seconds["read"] += reading.seconds
            _look_back(folder, inputs, report, prune=prune)
            started = time.perf_counter()
            write_projections(folder.root, formats, spreadsheet_safe=spreadsheet_safe, do=pool.do)
            report.seconds["project"] = time.perf_counter() - started
            report.finished = datetime.now(UTC)
            ledger.write(folder.root / "run.json", report.record())
    return report


def _pool(config: Config, jobs: int, *, spreadsheet_safe: bool) -> InProcess | Workers:
    if jobs > 1:
        return Workers(Extractor, config, jobs, spreadsheet_safe=spreadsheet_safe)
    return InProcess(Extractor(config), spreadsheet_safe=spreadsheet_safe)


def _keep(folder: OutputFolder, item: Input, result: Outcome, report: RunReport) -> None:
    started = time.perf_counter()
    if isinstance(result, Failure):
        folder.set_aside(result)
    elif isinstance(result, Done):
        folder.save(result.id, result.document, result.tables)
    else:
        folder.remove_failure(item.id)  # a run may have ended between writing the document and this
    report.add(result)
    report.seconds["write"] += time.perf_counter() - started


def read_article(item: Input, reader: Reader) -> Article:
    """An input with what its file holds of it.

    Raises:
        ReadError: ``unreadable``, ``damaged`` or ``too-large``.
    """
    if item.fault:
        raise ReadError("unreadable", place=item.name, what=item.fault, fix=FAULTS.get(item.fault, FAULTS[OUTSIDE]))
    content = reader.read(item.location, item.part, item.name)
    return Article(item.id, item.name, content.data, content.extra, html=content.html)


def chunk_size(left: int, jobs: int) -> int:
    """Articles to do together when so many are left: fewer at the end, where one job with many would be waited for.

    >>> [chunk_size(left, 2) for left in (500, 100, 40, 3)], chunk_size(40, 1)
    ([32, 25, 10, 4], 32)
    """
    return CHUNK if jobs < 2 else min(CHUNK, max(_LEAST, left // (2 * jobs)))


class _Chunk(NamedTuple):
    """Inputs in a row, with what became of those that need no work, and the articles of the others."""

    outcomes: list[tuple[Input, Skipped | Failure | None]]
    articles: list[Article]


class _Reading:
    """Inputs -> chunks, read as they are asked for. What was done before, or cannot be read, needs no work."""

    def __init__(
        self,
        inputs: Sequence[Input],
        folder: OutputFolder,
        generator: Generator,
        config: Config,
        *,
        force: bool,
        spreadsheet_safe: bool,
    ) -> None:
        self._inputs = inputs
        self._folder = folder
        self._generator = generator
        self._reader = Reader(config.max_bytes)
        self._force = force
        self._spreadsheet_safe = spreadsheet_safe
        self.seconds = 0.0

    def chunks(self, jobs: int) -> Iterator[_Chunk]:
        """The chunks, smaller towards the end, so that as many jobs end together."""
        chunk, size = _Chunk([], []), 0
        most = chunk_size(len(self._inputs), jobs)
        for number, item in enumerate(self._inputs, 1):
            started = time.perf_counter()
            found = self._look(item)
            if isinstance(found, Article):
                chunk.articles.append(found)
                size += len(found.data)
            chunk.outcomes.append((item, None if isinstance(found, Article) else found))
            self.seconds += time.perf_counter() - started
            if len(chunk.articles) == most or len(chunk.outcomes) == _CHUNK_INPUTS or size > CHUNK_BYTES:
                yield chunk
                chunk, size = _Chunk([], []), 0
                most = chunk_size(len(self._inputs) - number, jobs)
        self._reader.close()
        if chunk.outcomes:
            yield chunk

    def _look(self, item: Input) -> Article | Skipped | Failure:
        try:
            article = read_article(item, self._reader)
        except ReadError as error:
            return Failure(id=item.id, stage="read", code=error.code, message=str(error))
        if not self._force and (document := self._done_before(article)):
            return Skipped(document.source.sha256, counts(document), issue_counts(document))
        return article

    def _done_before(self, article: Article) -> Document | None:
        """The document of the article, if the folder holds what this run would make of it."""
        document = self._folder.load(article.id)
        if document is None or document.version != VERSION or document.generator != self._generator:
            return None
        data = article.data if isinstance(article.data, bytes) else article.data.encode(errors="replace")
        source = document.source
        extra = source.extra if not article.html else {name: source.extra.get(name) for name in article.extra}
        same = (source.name, source.sha256, extra) == (article.name, sha256(data), article.extra)
        if not same or not self._folder.has_tables_of(document, spreadsheet_safe=self._spreadsheet_safe):
            return None
        return document


def _look_back(folder: OutputFolder, inputs: Sequence[Input], report: RunReport, *, prune: bool) -> None:
    """Count, or remove, what earlier runs left of articles that have no input now."""
    known = hashes(item.id for item in inputs)  # two alike by chance, once in 2**64 pairs, keep what could go

    def is_left(id: str) -> bool:
        at = bisect_left(known, hash(id))
        return at == len(known) or known[at] != hash(id)

    earlier = [id for id in folder.document_ids() if is_left(id) and folder.load(id)]
    if not prune:
        report.kept = len(earlier)
        return
    for id in earlier:
        folder.remove_document(id)
    failed = [id for id in folder.failure_ids() if is_left(id)]
    for id in failed:
        folder.remove_failure(id)
    folder.remove_lone_tables()
    report.removed = len(earlier) + len(failed)
