"""The whole report: documents in a stream, pages out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.lock import locked
from brief_extract.errors import InputError
from brief_extract.read import printable
from brief_extract.report import listings
from brief_extract.report.drawer import Drawer, Spooled
from brief_extract.report.listings import Listing, listing_values
from brief_extract.report.overview import overview_values
from brief_extract.report.pages import FOLDER, Pages
from brief_extract.report.passages import Passage
from brief_extract.report.spool import Spool, decode
from brief_extract.report.totals import Totals
from brief_extract.report.workers import Workers
from brief_extract.write import unwritable

CHUNK = 50
"""Articles that a process draws at once, and entities."""

CHUNK_PASSAGES = 1000
"""Passages from which a chunk of entities ends."""

WORTH_A_PROCESS = 500
"""Articles from which another process is worth its start: it takes as long as the pages of 200."""


def write_report(output: str | os.PathLike[str], *, jobs: int = 1) -> Path:
    """Write the report on what an output folder holds, and return its first page.

    Args:
        jobs: Processes that draw pages, at most; the pages are the same for any number.

    Raises:
        InputError: the folder holds nothing that a run wrote.
        OutputError: the report cannot be written, or a run is writing to the folder.
        WorkerError: a process that draws pages has died.
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
            with Spool(root) as spool:
                _Site(output, spool, jobs).write()
        except OSError as error:
            raise unwritable(root, error) from error
    return root / "index.html"


class _Site:
    """One report in the making."""

    def __init__(self, output: Path, spool: Spool, jobs: int) -> None:
        self._output = output
        self._folder = OutputFolder(output)
        self._pages = Pages(output / FOLDER)
        self._spool = spool
        self._jobs = jobs
        self._totals = Totals()
        self._articles = Listing("articles", listings.ARTICLES, self._pages.write)
        self._tables = Listing("tables", listings.TABLES, self._pages.write)
        self._names = Listing("names", listings.NAMES, self._pages.write)

    def write(self) -> None:
        with Workers(self._jobs, self._output) as workers:
            self._draw_articles(workers)
            self._draw_entities(workers)
        self._lists()
        self._pages.assets()
        self._pages.remove_others()

    def _draw_articles(self, workers: Workers) -> None:
        """The pages of the articles, and what they add to the others."""
        for drawn in workers.map(Drawer.articles, _chunks(self._folder.document_ids())):
            self._pages.keep(drawn.pages)
            self._totals.merge(drawn.totals)
            for rows, listing in ((drawn.articles, self._articles), (drawn.tables, self._tables)):
                for row in rows:
                    listing.add(row)
            for entities, passage in drawn.passages:
                self._spool.add(entities, passage)

    def _draw_entities(self, workers: Workers) -> None:
        """The pages of the entities, which tell of each other."""
        with tempfile.TemporaryDirectory() as folder:
            entities = Path(folder, "entities")
            self._totals.save(entities)
            for pages in workers.map(Drawer.entities, self._spooled(entities)):
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
