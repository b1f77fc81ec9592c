"""The run: inputs in, output folder out, one article at a time, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.inputs import Input
from brief_extract.batch.projections import write_projections
from brief_extract.batch.report import Report
from brief_extract.config import Config
from brief_extract.errors import Failure, ReadError
from brief_extract.extractor import Extractor
from brief_extract.model import Document
from brief_extract.read import Source, read_file
from brief_extract.write import write_file

Progress = Callable[[Report], None]
Sources = Iterable[tuple[str, Source]]
Results = Iterator[Document | Failure]


def run_batch(
    inputs: Sequence[Input],
    output: Path,
    config: Config,
    *,
    prune: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Extract every input into the output folder.

    An article that cannot be done is set aside with its reason and costs no other one. The projections are drawn
    from ``documents/``, with what earlier runs left there, so the two cannot disagree.

    Args:
        prune: Remove the results of earlier runs that have no input in this one.
        progress: Called with the report after each article.

    Raises:
        OutputError: the folder or a file in it cannot be written.
        ModelError: the model asked for is not there.
    """
    extractor = Extractor(config)
    model = extractor.recogniser.name if config.entities else None  # a missing model ends the run before it begins
    folder = OutputFolder(output)
    folder.prepare()
    report = Report(config=config, model=model)
    for item, result in _extract_all(inputs, extractor, config):
        if isinstance(result, Failure):
            folder.set_aside(result)
        else:
            folder.save(result)
        report.add(item, result)
        if progress:
            progress(report)
    _look_back(folder, {item.id for item in inputs}, report, prune=prune)
    documents = (document for id in folder.document_ids() if (document := folder.load(id)))
    write_projections(documents, output)
    report.finished = datetime.now(UTC)
    write_file(output / "run.json", report.to_json())
    return report


def _extract_all(
    inputs: Sequence[Input], extractor: Extractor, config: Config
) -> Iterator[tuple[Input, Document | Failure]]:
    """Each input with its document or failure, in order.

    The extractor reads ahead to fill its batches, and what cannot be read never reaches it. So the inputs wait in
    a queue, with the failure if reading has already given one.
    """
    waiting: deque[tuple[Input, Failure | None]] = deque()

    def sources() -> Iterator[tuple[str, Source]]:
        for item in inputs:
            source = _read(item, config)
            waiting.append((item, source if isinstance(source, Failure) else None))
            if isinstance(source, Source):
                yield item.id, source

    def unreadable() -> Iterator[tuple[Input, Failure]]:
        while waiting and (failure := waiting[0][1]):
            yield waiting.popleft()[0], failure

    for result in extractor.pipe_sources(sources()):
        yield from unreadable()
        yield waiting.popleft()[0], result
    yield from unreadable()


def _read(item: Input, config: Config) -> Source | Failure:
    """The source of an input, or why there is none."""
    try:
        return read_file(item.path, name=item.name, max_bytes=config.max_bytes)
    except ReadError as error:
        return Failure(id=item.id, stage="read", code=error.code, message=str(error))


def _look_back(folder: OutputFolder, current: set[str], report: Report, *, prune: bool) -> None:
    """Count, or remove, what earlier runs left of articles that have no input now."""
    earlier = [id for id in folder.document_ids() if id not in current and folder.load(id)]
    if not prune:
        report.kept = len(earlier)
        return
    for id in earlier:
        folder.remove_document(id)
    failed = [id for id in folder.failure_ids() if id not in current]
    for id in failed:
        folder.remove_failure(id)
    report.removed = len(earlier) + len(failed)
