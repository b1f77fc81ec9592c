"""The run: inputs in, output folder out, one article at a time, in order."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from brief_extract.batch.collections import Reader
from brief_extract.batch.correcting import effects, is_corrected
from brief_extract.batch.corrections import FILE, Corrections, read_corrections
from brief_extract.batch.discovery import FAULTS, OUTSIDE
from brief_extract.batch.earlier import Earlier
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.inputs import Input, Inputs
from brief_extract.batch.ledger import Ledger
from brief_extract.batch.lock import locked
from brief_extract.batch.manifest import Manifest
from brief_extract.batch.outcome import Outcome, Skipped
from brief_extract.batch.ownership import Owner
from brief_extract.batch.pool import InProcess, Workers
from brief_extract.batch.projections import files_of, write_projections
from brief_extract.batch.run_report import RunReport
from brief_extract.batch.worker import Article, Done, Finisher, counts, issue_counts
from brief_extract.config import Config
from brief_extract.errors import Failure, ReadError
from brief_extract.extractor import CHUNK, Extractor
from brief_extract.faults import about, failure
from brief_extract.formats import FORMATS, WRITERS, Format
from brief_extract.language import ENGLISH
from brief_extract.model import VERSION, Document, Generator
from brief_extract.read import sha256

Progress = Callable[[RunReport], None]

CHUNK_BYTES = 2_000_000
"""A chunk of several articles is no larger, even if it has fewer, so that large ones do not gather in memory."""

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
    overwrite: bool = False,
    fail_fast: bool = False,
    formats: Sequence[Format] = ("csv",),
    excel: bool = False,
    only: Collection[str] = (),
    corrections: Path | None = None,
    progress: Progress | None = None,
) -> RunReport:
    """Extract every input into the output folder.

    An article that cannot be done is set aside with its reason and costs no other one. One that an earlier run has
    done is skipped, if its bytes, the options, the model and the versions are the same. The projections are drawn
    from ``documents/``, with what earlier runs left there, so the two cannot disagree.

    Args:
        jobs: Processes to work in. The outputs are the same for any number. With 1 and without a time limit
            (``Config(timeout=0)``) the work is done in this process.
        force: Do all again, skip nothing. Documents that were edited since a run wrote them are replaced.
        prune: Remove the results of earlier runs that have no input in this one, unless they are below a place that
            could not be read, or were edited.
        overwrite: Replace files that no run wrote, or that were edited since; without it they end the run.
        fail_fast: End after the first article that is set aside.
        formats: What the projections are written as; those of other formats, from earlier runs, go.
        excel: CSV files for Excel, see ``Table.to_csv``.
        only: Names of the projections that are written; all of them unless given. ``documents`` always is.
        corrections: A CSV file of what is wrong with names; ``corrections.csv`` in the output folder unless given. A
            change of it does only the articles again that it is about.
        progress: Called with the report after each article.

    Raises:
        OutputError: the folder or a file in it cannot be written, another run is writing there, or a file that no run
            wrote is in the way.
        ModelError: the model asked for is not there.
        WorkerError: worker processes cannot begin.
        FormatError: the package that writes a format is not installed; told before any article is done.
        InputError: the corrections or a list of names have a mistake.
    """
    for format in formats:
        WRITERS[format].check_installed()
    output = Path(output)
    jobs = min(jobs, -(-len(inputs) // CHUNK))  # a worker for less than a chunk would only cost its start
    finish = Finisher(excel, _corrections(output, corrections))
    with _pool(config, jobs, finish) as pool:
        folder = OutputFolder(output)
        folder.make()
        with locked(output), Ledger(output) as ledger, Manifest(output) as manifest:
            folder.clear()
            owner = Owner(folder, manifest, force=force, overwrite=overwrite)
            earlier = Earlier(folder, inputs)
            owner.check([*files_of(formats, only), "run.json"], earlier.is_input)
            report = RunReport(config=config, model=pool.generator.model, jobs=max(jobs, 1))
            report.repeated = inputs.repeated if isinstance(inputs, Inputs) else []
            reading = _Reading(inputs, folder, pool.generator, config, finish, force=force)
            for chunk, work in pool.map(reading.chunks(jobs)):
                for stage, seconds in work.seconds.items():
                    report.seconds[stage] += seconds
                results = iter(owner.claim(work))
                for item, outcome in chunk.outcomes:
                    result = outcome or next(results)
                    with about(item.name):
                        _keep(folder, owner, item, result, report)
                    stale = isinstance(result, Failure) and earlier.note(item, result)
                    report.stale += stale
                    ledger.add(item, result, stale=stale)
                    if progress:
                        progress(report)
                    if fail_fast and isinstance(result, Failure):
                        break
                if fail_fast and report.failures:
                    report.left = len(inputs) - report.inputs
                    break
            report.seconds["read"] += reading.seconds
            report.without_effect = finish.corrections.without_effect(report.corrections) if finish.corrections else []
            earlier.settle(owner, report, prune=prune)
            started = time.perf_counter()
            projected = write_projections(
                folder.root,
                formats,
                excel=excel,
                only=only,
                do=pool.do,
                is_stale=earlier.is_stale,
                into=folder.staging,
            )
            report.left_out = projected.left_out
            report.seconds["project"] = time.perf_counter() - started
            report.finished = datetime.now(UTC)
            ledger.write(folder.staging / "run.json", report.record())
            # What an earlier run wrote in other formats would contradict these.
            owner.remove(files_of(FORMATS) - set(projected.files))
            owner.publish(folder.staging, [*projected.files, "run.json"])
            folder.clear()
    return report


def _corrections(output: Path, named: Path | None) -> Corrections | None:
    path = named or output / FILE
    return read_corrections(path) if named or path.is_file() else None


def _pool(config: Config, jobs: int, finish: Finisher) -> InProcess | Workers:
    """A single job has a process of its own too if there is a time limit, for only a process can be ended at it."""
    if jobs > 1 or config.timeout:
        return Workers(Extractor, config, max(jobs, 1), finish)
    return InProcess(Extractor(config), finish)


def _keep(folder: OutputFolder, owner: Owner, item: Input, result: Outcome, report: RunReport) -> None:
    started = time.perf_counter()
    if isinstance(result, Failure):
        folder.set_aside(result)
    elif isinstance(result, Done):
        owner.save(result)
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
    content = reader.read(item.location, item.part, item.name, item.column)
    return Article(item.id, item.name, content.data, content.extra, content.form)


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
        finish: Finisher,
        *,
        force: bool,
    ) -> None:
        self._inputs = inputs
        self._folder = folder
        self._generator = generator
        self._detects = config.language == "auto"
        self._reader = Reader(config.max_bytes)
        self._force = force
        self._excel = finish.excel
        self._corrections = finish.corrections or Corrections()
        self.seconds = 0.0

    def chunks(self, jobs: int) -> Iterator[_Chunk]:
        """The chunks, smaller towards the end, so that as many jobs end together."""
        chunk, size = _Chunk([], []), 0
        most = chunk_size(len(self._inputs), jobs)
        for number, item in enumerate(self._inputs, 1):
            started = time.perf_counter()
            with about(item.name):
                found = self._look(item)
            self.seconds += time.perf_counter() - started
            length = len(found.data) if isinstance(found, Article) else 0
            if chunk.articles and size + length > CHUNK_BYTES:
                yield chunk
                chunk, size = _Chunk([], []), 0
            if isinstance(found, Article):
                chunk.articles.append(found)
                size += length
            chunk.outcomes.append((item, None if isinstance(found, Article) else found))
            if len(chunk.articles) == most or len(chunk.outcomes) == _CHUNK_INPUTS:
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
            return failure(item.id, item.name, "read", error)
        if not self._force and (document := self._done_before(article)):
            return Skipped(document.source.sha256, counts(document), issue_counts(document), effects(document))
        return article

    def _is_of_this_run(self, document: Document) -> bool:
        """Whether this run would make the document with the same model and options.

        Where languages are detected, a document in another one than English was read by a model of its own, whose name
        is not known before it is loaded: the options alone tell which.
        """
        made, ours = document.generator, self._generator
        if self._detects and document.source.language != ENGLISH and ours.model:
            made = msgspec.structs.replace(made, model=ours.model)
        return made == ours

    def _done_before(self, article: Article) -> Document | None:
        """The document of the article, if the folder holds what this run would make of it."""
        document = self._folder.load(article.id)
        if document is None or document.version != VERSION or not self._is_of_this_run(document):
            return None
        data = article.data if isinstance(article.data, bytes) else article.data.encode(errors="replace")
        source = document.source
        extra = source.extra if article.form == "text" else {name: source.extra.get(name) for name in article.extra}
        same = (source.name, source.sha256, extra) == (article.name, sha256(data), article.extra)
        if not same or not is_corrected(document, self._corrections):
            return None
        if not self._folder.has_tables_of(document, excel=self._excel):
            return None
        return document
