"""Elements of a document -> HTML: what was read from each, its names marked, and the way to its place in the source.

What comes thousands of times on a page is put together here, not in a template, which takes four times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from brief_extract.element import Element
from brief_extract.model import Document, Heading, List, ListItem, Mention, Paragraph, Quote, Table
from brief_extract.report.grid import MOST_COLUMNS, Grid, columns_of, is_numeric
from brief_extract.report.links import article_page, up
from brief_extract.report.marks import LONGEST, attribute, marked, places_of, shown
from brief_extract.table import Cell

MOST_PARTS = 1000
"""Rows or items of a block that a page shows."""

DEEPEST = 5
"""The depth at which items stop moving to the right."""


def place(element: Element) -> Markup:
    """The attributes that name a block, and point to its place in the source."""
    return Markup(f'id="{attribute(element.id)}" data-at="{element.start},{element.end}" tabindex="0"')


class Reading:
    """The elements of one document, as its page shows them."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._id = document.id
        self._root = up(article_page(document.id))
        self._mentions: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in document.mentions:
            self._mentions[mention.cell or mention.item or mention.block].append(mention)

    def text(self, element: Heading | Paragraph | Quote) -> Markup:
        """What was read from an element."""
        return Markup(self._html(element, element.text))

    def raw(self, element: Element) -> Markup:
        """An element as it stands in the source."""
        return Markup(shown(self._text[element.start : element.end][:LONGEST]))

    def items(self, block: List) -> Markup:
        """The items of a list, as many as a page shows."""
        return Markup("".join(f"{self._item(item, block)}\n" for item in block.items[:MOST_PARTS]))

    def more_items(self, block: List) -> int:
        """How many items are left out."""
        return max(0, len(block.items) - MOST_PARTS)

    def grid(self, table: Table) -> Grid:
        """A table with its columns and rows."""
        columns = columns_of(table, self._header(table))
        header = table.row_header
        rows: list[list[str]] = [[] for _ in table.rows[:MOST_PARTS]]
        for cell in table.cells:
            if cell.row < len(rows) and cell.column < len(columns):
                rows[cell.row].append(self._cell(cell, is_header=cell.column == header))
        return Grid(table, columns, rows, f"tables/{self._id}/{table.id}.csv")

    def _html(self, element: Any, said: str) -> str:
        mentions = self._mentions.get(element.id)
        if not mentions:
            return marked(said, (), self._root)
        return marked(said, places_of(self._text, element.start, element.end, said, mentions), self._root)

    def _item(self, item: ListItem, block: List) -> str:
        sign = attribute(item.marker) if block.ordered else "•"
        return (
            f'<li id="{attribute(item.id)}" class="depth-{min(item.depth, DEEPEST)}" data-at="{item.start},{item.end}"'
            f' tabindex="-1"><span class="marker" aria-hidden="true">{sign}</span> {self._html(item, item.text)}</li>'
        )

    def _cell(self, cell: Cell, *, is_header: bool) -> str:
        value = "" if cell.kind in ("text", "identifier", "missing") else f"{cell.kind}: {cell.value}"
        title = f"{value} {cell.unit}" if value and cell.unit else value
        tag = 'th scope="row"' if is_header else "td"
        number = ' class="n"' if is_numeric(cell.kind) else ""
        told = f' title="{attribute(title)}"' if title else ""
        place = f'id="{attribute(cell.id)}" data-at="{cell.start},{cell.end}" tabindex="-1"'
        return f"<{tag} {place}{number}{told}>{self._html(cell, cell.text)}</{tag[:2]}>"

    def _header(self, table: Table) -> Iterator[Markup]:
        """The header cells, which have no places of their own: each is looked for behind the one before it."""
        mentions, at = self._mentions.get(table.id, ()), table.start
        for column in table.columns[:MOST_COLUMNS]:
            start = self._text.find(column, at, table.end)
            if start < 0:
                yield Markup(marked(column, (), self._root))
                continue
            at = start + len(column)
            inside = [mention for mention in mentions if start <= mention.start and mention.end <= at]
            yield Markup(marked(column, [(mention.start - start, mention) for mention in inside], self._root))
