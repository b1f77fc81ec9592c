"""Rows of the lists that can be searched and sorted: the first in the page, all as data beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from brief_extract.model import Block, Document, List, Table
from brief_extract.report.links import KINDS, article_page, entity_page, quoted
from brief_extract.report.marks import plain
from brief_extract.report.totals import Totals

ROWS = 100
"""Rows that stand in the page itself, for a browser without JavaScript and for the first look."""

CHUNK = 2000
"""Rows of one file of data. 5,000 articles make 3 MB of them, which are read when the list is first used."""

LONGEST = 160
"""Characters of a cell."""


class Column(NamedTuple):
    """A column of a list."""

    name: str
    numeric: bool = False


ARTICLES = (
    Column("Article"),
    Column("Tables", True),
    Column("Lists", True),
    Column("Names", True),
    Column("Repairs", True),
    Column("Characters", True),
)
TABLES = (Column("What it tells"), Column("Kind"), Column("Article"), Column("Rows", True), Column("Countries"))
NAMES = (Column("Name"), Column("Kind"), Column("Mentions", True), Column("Articles", True))

Row = list[str | int]
"""The link of a row, relative to the report's folder, and its cells."""


class Listing:
    """Takes rows in a stream and writes them as scripts, for a page on disk may load those and nothing else."""

    def __init__(self, name: str, columns: Sequence[Column], write: Callable[[str, bytes], None]) -> None:
        self.name = name
        self.columns = columns
        self.first: list[Row] = []
        self.rows = 0
        self.chunks = 0
        self._write = write
        self._waiting: list[Row] = []

    def add(self, row: Row) -> None:
        """Take one row."""
        if self.rows < ROWS:
            self.first.append(row)
        self.rows += 1
        self._waiting.append(row)
        if len(self._waiting) == CHUNK:
            self.close()

    def close(self) -> None:
        """Write what waits."""
        if self._waiting:
            self.chunks += 1
            data = b"briefRows(%s,%s);\n" % (msgspec.json.encode(self.name), msgspec.json.encode(self._waiting))
            self._write(f"data/{self.name}-{self.chunks}.js", data)
            self._waiting = []


def article_row(document: Document) -> Row:
    """An article."""
    return [
        quoted(article_page(document.id)),
        _short(document.title or document.source.name or document.id),
        len(document.tables),
        len(document.lists),
        len(document.mentions),
        len(document.issues),
        len(document.text),
    ]


def table_rows(document: Document) -> Iterator[Row]:
    """The tables and lists of an article."""
    title = _short(document.title or document.source.name or document.id)
    for block in document.blocks:
        if isinstance(block, Table | List):
            kind, rows = ("table", len(block.rows)) if isinstance(block, Table) else ("list", len(block.items))
            countries = ", ".join(_countries(document, block))
            link = f"{quoted(article_page(document.id))}#{quoted(block.id)}"
            yield [link, _short(_about(block)), kind, title, rows, _short(countries)]


def name_rows(totals: Totals) -> Iterator[Row]:
    """The entities, those named most first."""
    for id in totals.most_named(*KINDS, limit=len(totals.entities)):
        known = totals.entities[id]
        kind = KINDS[id.partition("/")[0]]
        yield [quoted(entity_page(id)), _short(known.name), kind, known.times, known.articles]


def _about(block: Table | List) -> str:
    """What introduces it, or what is in it."""
    if isinstance(block, Table):
        return " · ".join(filter(None, block.columns)) or "table"
    return block.lead_in.text if block.lead_in else block.items[0].text if block.items else "list"


def _countries(document: Document, block: Block) -> list[str]:
    ids = {mention.entity for mention in document.mentions if mention.block == block.id}
    return [it.name for it in document.entities if it.id in ids and it.id.startswith("country/")]


def _short(text: str) -> str:
    text = plain(" ".join(text[: 2 * LONGEST].split()))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def listing_values(listing: Listing, *, label: str, filter_column: int | None = None) -> dict[str, Any]:
    """What the template of a list takes. ``filter_column`` can be chosen by value."""
    choices = sorted({str(row[filter_column + 1]) for row in listing.first}) if filter_column is not None else []
    return {"listing": listing, "label": label, "filter_column": filter_column, "choices": choices}
