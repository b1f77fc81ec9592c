"""Articles and entities -> their pages, and what each article adds to the others: the work of one process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from brief_extract.batch.folder import OutputFolder
from brief_extract.errors import Failure, OutputError
from brief_extract.faults import failure
from brief_extract.model import Document
from brief_extract.report import listings
from brief_extract.report.article import article_values
from brief_extract.report.entity import entity_pages
from brief_extract.report.links import KINDS, article_page
from brief_extract.report.listings import Row
from brief_extract.report.pages import FOLDER, Pages, digest_of
from brief_extract.report.passages import passages
from brief_extract.report.spool import decode, encode
from brief_extract.report.totals import Totals, load_entities


class Drawn(NamedTuple):
    """What some articles come to, in their order.

    Attributes:
        pages: Their pages.
        articles, tables: Rows of the lists.
        passages: Each passage as the spool keeps it, with the entities in it.
        totals: Their counts.
        left_out: Articles without a page, because their documents are damaged, with the reasons.
    """

    pages: list[str]
    articles: list[Row]
    tables: list[Row]
    passages: list[tuple[tuple[str, ...], bytes]]
    totals: Totals
    left_out: list[Failure]


class Spooled(NamedTuple):
    """Some entities with their passages, encoded, and the file that tells of all entities, see ``Totals.save``."""

    passages: list[tuple[str, list[bytes]]]
    entities: Path


class Drawer:
    """Draws pages of the report on the folder ``output``, which a run wrote; for ``overwrite`` see ``Pages``."""

    def __init__(self, output: Path, overwrite: bool) -> None:
        self._folder = OutputFolder(output)
        self._pages = Pages(output / FOLDER, overwrite=overwrite)
        self._entities = cache(load_entities)

    def articles(self, ids: Sequence[str]) -> Drawn:
        """The pages of some articles. One whose document is damaged, or over which a page breaks, is left out.

        Raises:
            OutputError: a page cannot be written.
        """
        drawn = Drawn([], [], [], [], Totals(), [])
        for id in ids:
            try:
                self._article(self._folder.read(id), drawn)
            except OutputError:
                raise
            except Exception as error:  # noqa: BLE001 - reported as the failure of this article
                drawn.left_out.append(failure(id, f"documents/{id}.json", "report", error))
        return drawn

    def _article(self, document: Document, drawn: Drawn) -> None:
        """Add the page of one article and what belongs to it: all of it, or nothing if anything raises."""
        page, digest = article_page(document.id), digest_of(document)
        row, tables = listings.article_row(document), list(listings.table_rows(document))
        found = [(passage.names, encode(passage)) for passage in passages(document)]
        if not self._pages.has(page, digest):
            self._pages.page("article.html", page, article_values(document), digest)
        drawn.pages.append(page)
        drawn.articles.append(row)
        drawn.tables.extend(tables)
        drawn.passages.extend(found)
        drawn.totals.add(document)

    def entities(self, spooled: Spooled) -> list[str]:
        """The pages of some entities. Returns the names of the pages.

        Raises:
            OutputError: a page cannot be written.
        """
        drawn = []
        entities = self._entities(spooled.entities)
        for id, found in spooled.passages:
            known = {"known": entities[id], "entities": entities, "kind": KINDS[id.partition("/")[0]]}
            for page, values in entity_pages(id, [decode(passage) for passage in found]):
                self._pages.page("entity.html", page, values | known)
                drawn.append(page)
        return drawn


@lru_cache(maxsize=1)
def _drawer(output: Path, overwrite: bool) -> Drawer:
    """One for many tasks of a process: it keeps the templates and what is known of the entities."""
    return Drawer(output, overwrite)


def draw_articles(output: Path, overwrite: bool, ids: Sequence[str]) -> Drawn:
    """``Drawer.articles``, to be done in any process."""
    return _drawer(output, overwrite).articles(ids)


def draw_entities(output: Path, overwrite: bool, spooled: Spooled) -> list[str]:
    """``Drawer.entities``, to be done in any process."""
    return _drawer(output, overwrite).entities(spooled)


def forget_drawer() -> None:
    """Free what the drawer of this process keeps."""
    _drawer.cache_clear()
