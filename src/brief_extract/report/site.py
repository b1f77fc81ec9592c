"""The whole report: documents in a stream, pages out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

from brief_extract.batch.folder import OutputFolder, clear_parts
from brief_extract.batch.lock import locked
from brief_extract.errors import Failure, InputError
from brief_extract.read import printable
from brief_extract.report import listings
from brief_extract.report.drawer import Spooled, draw_articles, draw_entities, forget_drawer
from brief_extract.report.listings import Listing, listing_values
from brief_extract.report.overview import overview_values
from brief_extract.report.pages import FOLDER, TOP, Pages
from brief_extract.report.passages import Passage
from brief_extract.report.spool import Spool, decode
from brief_extract.report.totals import Totals
from brief_extract.workers import Pool
from brief_extract.write import unwritable

CHUNK = 50
"""Articles that a process draws at once, and entities."""

CHUNK_PASSAGES = 1000
"""Passages from which a chunk of entities ends."""

WORTH_A_PROCESS = 500
"""Articles from which another process is worth its start: it takes as long as the pages of 200."""


def write_report(
    output: str | os.PathLike[str],
    *,
    jobs: int = 1,
    timeout: float = 0,
    overwrite: bool = False,
    on_failure: Callable[[Failure], object] | None = None,
) -> Path:
    """Write the report on what an output folder holds, and return its first page.

    Args:
        jobs: Processes that draw pages, at most; the pages are the same for any number.
        timeout: Seconds that a process may take over the pages of some articles or entities; 0 for no limit.
        overwrite: Replace pages that no report wrote, or that were edited since; without it they end the report.
        on_failure: Called for each article that the report lacks, because its document is damaged.

    Raises:
        InputError: the folder holds nothing that a run wrote.
        OutputError: the report cannot be written, a run is writing to the folder, or a file that no report wrote is in
            the way.
        WorkerError: a process cannot be started, or takes longer than ``timeout``.
    """
    output = Path(output)
    folder = OutputFolder(output)
    if next(folder.document_ids(), None) is None and next(folder.failure_ids(), None) is None:
        raise InputError(
            f"{printable(output)} holds no documents; fix: name the folder that a run wrote, as in: "
            "brief-extract articles/ outputs/ --report"
        )
    with locked(output):
        root = output / FOLDER
        jobs = max(1, min(jobs, sum(1 for _ in folder.document_ids()) // WORTH_A_PROCESS))
        try:
            root.mkdir(exist_ok=True)
            clear_parts(root)
            with Spool(root) as spool:
                _Site(output, spool, on_failure, overwrite=overwrite).write(jobs, timeout)
        except OSError as error:
            raise unwritable(root, error) from error
    return root / "index.html"


class _Site:
    """One report in the making."""

    def __init__(
        self, output: Path, spool: Spool, on_failure: Callable[[Failure], object] | None, *, overwrite: bool
    ) -> None:
        self._on_failure = on_failure
        self._output = output
        self._folder = OutputFolder(output)
        self._pages = Pages(output / FOLDER, overwrite=overwrite)
        self._overwrite = overwrite
        self._spool = spool
        self._totals = Totals()
        self._articles = Listing("articles", listings.ARTICLES, self._pages.write)
        self._tables = Listing("tables", listings.TABLES, self._pages.write)
        self._names = Listing("names", listings.NAMES, self._pages.write)

    def write(self, jobs: int, timeout: float) -> None:
        for name in TOP:
            self._pages.check(name)
        try:
            with Pool(jobs, limit=timeout) as pool:
                self._draw_articles(pool)
                self._draw_entities(pool)
        finally:
            forget_drawer()
        self._lists()
        self._pages.assets()
        self._pages.remove_others()

    def _draw_articles(self, pool: Pool) -> None:
        """The pages of the articles, and what they add to the others."""
        draw = partial(draw_articles, self._output, self._overwrite)
        for drawn in pool.do(partial(draw, ids) for ids in _chunks(self._folder.document_ids())):
            self._pages.keep(drawn.pages)
            self._totals.merge(drawn.totals)
            if self._on_failure:
                for failure in drawn.left_out:
                    self._on_failure(failure)
            for rows, listing in ((drawn.articles, self._articles), (drawn.tables, self._tables)):
                for row in rows:
                    listing.add(row)
            for entities, passage in drawn.passages:
                self._spool.add(entities, passage)

    def _draw_entities(self, pool: Pool) -> None:
        """The pages of the entities, which tell of each other."""
        with tempfile.TemporaryDirectory() as folder:
            entities = Path(folder, "entities")
            self._totals.save(entities)
            draw = partial(draw_entities, self._output, self._overwrite)
            for pages in pool.do(partial(draw, some) for some in self._spooled(entities)):
                self._pages.keep(pages)

    def _spooled(self, entities: Path) -> Iterator[Spooled]:
        """The entities with their passages; a few where these are many, for all of them are in memory at once."""
        chunk: list[tuple[str, list[bytes]]] = []
        passages = 0
        for entity in self._spool.entities():
            chunk.append((entity, list(self._spool.of(entity))))
            passages += len(chunk[-1][1])
            if len(chunk) == CHUNK or passages > CHUNK_PASSAGES:
                yield Spooled(chunk, entities)
                chunk, passages = [], 0
        yield Spooled(chunk, entities)

    def _passages(self, entity: str) -> Iterator[Passage]:
        return map(decode, self._spool.of(entity))

    def _lists(self) -> None:
        """The overview and the two pages that are lists alone."""
        for row in listings.name_rows(self._totals):
            self._names.add(row)
        for listing in (self._articles, self._tables, self._names):
            listing.close()
        articles = listing_values(self._articles, label="Articles")
        names = listing_values(self._names, label="Names", filter_column=1)
        tables = listing_values(self._tables, label="Tables and lists", filter_column=1)
        overview = overview_values(self._totals, self._folder.failures(), self._passages)
        self._pages.page("listing.html", "articles.html", articles | {"here": "articles"})
        self._pages.page("listing.html", "names.html", names | {"here": "names"})
        self._pages.page("overview.html", "index.html", overview | tables)


def _chunks(ids: Iterator[str]) -> Iterator[list[str]]:
    while chunk := list(islice(ids, CHUNK)):
        yield chunk
