"""The whole report: documents in a stream, pages out."""

from __future__ import annotations

import os
from pathlib import Path

from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.lock import locked
from brief_extract.errors import InputError
from brief_extract.model import Document
from brief_extract.read import printable
from brief_extract.report import listings
from brief_extract.report.article import article_values
from brief_extract.report.entity import entity_pages
from brief_extract.report.links import KINDS, article_page
from brief_extract.report.listings import Listing, listing_values
from brief_extract.report.overview import overview_values
from brief_extract.report.pages import Pages, digest_of
from brief_extract.report.passages import passages
from brief_extract.report.spool import Spool
from brief_extract.report.totals import Totals
from brief_extract.write import unwritable

FOLDER = "report"
"""In the output folder."""


def write_report(output: str | os.PathLike[str]) -> Path:
    """Write the report on what an output folder holds, and return its first page.

    Raises:
        InputError: the folder holds nothing that a run wrote.
        OutputError: the report cannot be written, or a run is writing to the folder.
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
        try:
            root.mkdir(exist_ok=True)
            with Spool(root) as spool:
                _Site(folder, Pages(root), spool).write()
        except OSError as error:
            raise unwritable(root, error) from error
    return root / "index.html"


class _Site:
    """One report in the making."""

    def __init__(self, folder: OutputFolder, pages: Pages, spool: Spool) -> None:
        self._folder = folder
        self._pages = pages
        self._spool = spool
        self._totals = Totals()
        self._articles = Listing("articles", listings.ARTICLES, pages.write)
        self._tables = Listing("tables", listings.TABLES, pages.write)
        self._names = Listing("names", listings.NAMES, pages.write)

    def write(self) -> None:
        for id in self._folder.document_ids():
            document = self._folder.load(id)
            if document:
                self._add(document)
        for id in self._spool.entities():
            self._entity(id)
        self._lists()
        self._pages.assets()
        self._pages.remove_others()

    def _add(self, document: Document) -> None:
        """One article: its page, and what it adds to the others."""
        page, digest = article_page(document.id), digest_of(document)
        if not self._pages.has(page, digest):
            self._pages.page("article.html", page, article_values(document), digest)
        self._totals.add(document)
        self._articles.add(listings.article_row(document))
        for row in listings.table_rows(document):
            self._tables.add(row)
        for passage in passages(document):
            self._spool.add(passage)

    def _entity(self, id: str) -> None:
        entities = self._totals.entities
        shared = {"known": entities[id], "entities": entities, "kind": KINDS[id.partition("/")[0]]}
        for page, values in entity_pages(id, list(self._spool.of(id))):
            self._pages.page("entity.html", page, values | shared)

    def _lists(self) -> None:
        """The overview and the two pages that are lists alone."""
        for row in listings.name_rows(self._totals):
            self._names.add(row)
        for listing in (self._articles, self._tables, self._names):
            listing.close()
        articles = listing_values(self._articles, label="Articles")
        names = listing_values(self._names, label="Names", filter_column=1)
        tables = listing_values(self._tables, label="Tables and lists", filter_column=1)
        overview = overview_values(self._totals, self._folder.failures(), self._spool.of)
        self._pages.page("listing.html", "articles.html", articles | {"here": "articles"})
        self._pages.page("listing.html", "names.html", names | {"here": "names"})
        self._pages.page("overview.html", "index.html", overview | tables)
