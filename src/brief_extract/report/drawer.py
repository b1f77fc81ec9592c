"""Articles and entities -> their pages, and what each article adds to the others: the work of one process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from brief_extract.batch.folder import OutputFolder
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
    """

    pages: list[str]
    articles: list[Row]
    tables: list[Row]
    passages: list[tuple[tuple[str, ...], bytes]]
    totals: Totals


class Spooled(NamedTuple):
    """Some entities with their passages, encoded, and the file that tells of all entities, see ``Totals.save``."""

    passages: list[tuple[str, list[bytes]]]
    entities: Path


class Drawer:
    """Draws pages of the report on the folder ``output``, which a run wrote."""

    def __init__(self, output: Path) -> None:
        self._folder = OutputFolder(output)
        self._pages = Pages(output / FOLDER)
        self._entities = cache(load_entities)

    def articles(self, ids: Sequence[str]) -> Drawn:
        """The pages of some articles. One whose document cannot be read is left out.

        Raises:
            OutputError: a page cannot be written.
        """
        drawn = Drawn([], [], [], [], Totals())
        for id in ids:
            document = self._folder.load(id)
            if document is None:
                continue
            page, digest = article_page(id), digest_of(document)
            if not self._pages.has(page, digest):
                self._pages.page("article.html", page, article_values(document), digest)
            drawn.pages.append(page)
            drawn.articles.append(listings.article_row(document))
            drawn.tables.extend(listings.table_rows(document))
            drawn.passages.extend((passage.names, encode(passage)) for passage in passages(document))
            drawn.totals.add(document)
        return drawn

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
