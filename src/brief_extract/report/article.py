"""Document -> the page of one article: what was read from it, beside its source."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from markupsafe import Markup

from brief_extract.element import Element
from brief_extract.errors import ISSUES
from brief_extract.model import Document, Heading, Issue, List, ListItem, Mention, Paragraph, Quote, Table
from brief_extract.report.charts import Chart, charts
from brief_extract.report.links import article_page, kind_of, up
from brief_extract.report.marks import GROUP_NAMES, group, marked, places_of, shown

LONGEST_SOURCE = 400_000
"""Characters of the source that a page shows; the document has the rest. A browser takes a second for so many."""

MOST_BLOCKS, MOST_PARTS, MOST_COLUMNS, MOST_NOTES = 3000, 1000, 50, 5
"""Blocks of an article, rows or items of a block, columns of a table, and notes on a block that a page shows."""

LONGEST_CAPTION = 300

NAMED = 14
"""Entities beside the text."""

NUMERIC = {"integer", "decimal", "percent", "money", "quantity", "duration", "range", "approximate", "ratio"}
"""Kinds of cells that stand to the right, so that their digits stand under each other."""

MOSTLY = 0.7
"""Of the cells of a column: with fewer of one kind it is called mixed. One odd cell in four is no other column."""


class Note(NamedTuple):
    """Repairs and oddities of one code: what it means, and each with the block that it is in."""

    code: str
    meaning: str
    places: list[tuple[Issue, str | None]]


class Column(NamedTuple):
    """A header cell, what the column holds, and whether it is of numbers."""

    html: Markup
    holds: str
    numeric: bool


class Cell(NamedTuple):
    """A body cell: its place in the source, empty where the row is short, and what was read from it."""

    html: Markup
    at: str
    id: str
    title: str
    numeric: bool


class Grid(NamedTuple):
    """A table as it is shown."""

    caption: str
    columns: list[Column]
    rows: list[list[Cell]]
    more: int
    more_columns: int
    row_header: int | None
    charts: list[Chart]
    download: str


class Named(NamedTuple):
    """An entity and how often the article names it."""

    id: str
    name: str
    group: str
    mentions: int


def article_values(document: Document) -> dict[str, Any]:
    """The values that the template of an article's page takes."""
    reading = _Reading(document)
    notes = _notes(document)
    of_block: defaultdict[str, list[Issue]] = defaultdict(list)
    for note in notes:
        for issue, block in note.places:
            # An inferred heading says so itself.
            if block and issue.code != "inferred-heading" and len(of_block[block]) < MOST_NOTES:
                of_block[block].append(issue)
    groups = Counter(group(mention.label) for mention in document.mentions)
    return {
        "document": document,
        "title": document.title or document.source.name or document.id,
        "blocks": document.blocks[:MOST_BLOCKS],
        "more_blocks": len(document.blocks) - MOST_BLOCKS,
        "reading": reading,
        "notes": notes,
        "notes_of": of_block,
        "groups": [(key, name, groups[key]) for key, name in GROUP_NAMES.items() if groups[key]],
        "named": _named(document),
        # A browser reads a plain CR as a line's end and CR LF as one sign: a reference keeps it, and so the offsets.
        "source": Markup(shown(document.text[:LONGEST_SOURCE]).replace("\r", "&#13;")),
        "more_source": len(document.text) - LONGEST_SOURCE,
        "about": [(name[:40], str(value)[:300]) for name, value in islice(document.source.extra.items(), 20) if value],
    }


class _Reading:
    """The elements of a document as HTML, with their mentions marked."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._id = document.id
        self._root = up(article_page(document.id))
        self._mentions: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in document.mentions:
            self._mentions[mention.cell or mention.item or mention.block].append(mention)

    def text(self, element: Heading | Paragraph | Quote | ListItem) -> Markup:
        """What was read from an element."""
        return self._html(element, element.text)

    def items(self, block: List) -> tuple[ListItem, ...]:
        """The items of a list, as many as a page shows."""
        return block.items[:MOST_PARTS]

    def raw(self, element: Element) -> Markup:
        """An element as it stands in the source."""
        return Markup(shown(self._text[element.start : element.end][:20_000]))

    def grid(self, table: Table) -> Grid:
        """A table with its columns and cells."""
        columns = [Column(html, *told) for html, told in zip(self._header(table), _holds(table), strict=False)]
        rows: list[list[Cell]] = [[] for _ in table.rows[:MOST_PARTS]]
        for cell in table.cells:
            if cell.row < len(rows) and cell.column < len(columns):
                numeric = cell.kind in NUMERIC
                value = "" if cell.kind in ("text", "identifier", "missing") else f"{cell.kind}: {cell.value}"
                title = f"{value} {cell.unit}" if value and cell.unit else value
                rows[cell.row].append(
                    Cell(self._html(cell, cell.text), f"{cell.start},{cell.end}", cell.id, title, numeric)
                )
        return Grid(
            caption=table.lead_in.text[:LONGEST_CAPTION] if table.lead_in else "",
            columns=columns,
            rows=[row + [Cell(Markup(), "", "", "", numeric=False)] * (len(columns) - len(row)) for row in rows],
            more=len(table.rows) - len(rows),
            more_columns=len(table.columns) - len(columns),
            row_header=table.row_header,
            charts=charts(table),
            download=f"tables/{self._id}/{table.id}.csv",
        )

    def _html(self, element: Any, said: str) -> Markup:
        mentions = self._mentions.get(element.id, ())
        return Markup(marked(said, places_of(self._text, element.start, element.end, said, mentions), self._root))

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


def _holds(table: Table) -> list[tuple[str, bool]]:
    """What each column holds, as in "money · EUR", and whether most of it is numbers."""
    count = min(len(table.columns), MOST_COLUMNS)
    kinds: list[Counter[str]] = [Counter() for _ in range(count)]
    units: list[set[str | None]] = [set() for _ in range(count)]
    for cell in table.cells:
        if cell.kind != "missing" and cell.column < count:
            kinds[cell.column][cell.kind] += 1
            units[cell.column].add(cell.unit)
    return [_column_label(*column) for column in zip(kinds, units, strict=True)]


def _column_label(kinds: Counter[str], units: set[str | None]) -> tuple[str, bool]:
    if not kinds:
        return "", False
    (kind, times), total = kinds.most_common(1)[0], kinds.total()
    numeric = 2 * sum(kinds[it] for it in NUMERIC) > total
    if times < MOSTLY * total:
        return "mixed", numeric
    unit = next(iter(units)) if len(units) == 1 else None
    return (f"{kind} · {unit}" if unit and unit != "%" else kind), numeric


def _notes(document: Document) -> list[Note]:
    """The issues by code, each with the first block that it is in; none where it is of several."""
    notes: dict[str, Note] = {}
    ends = [block.end for block in document.blocks]
    for issue in document.issues:
        note = notes.setdefault(issue.code, Note(issue.code, ISSUES.get(issue.code, ""), []))
        first = bisect_right(ends, issue.start)
        inside = [block.id for block in document.blocks[first : first + 2] if block.start < issue.end]
        note.places.append((issue, inside[0] if len(inside) == 1 else None))
    return list(notes.values())


def _named(document: Document) -> list[Named]:
    """The entities named most, of those that have a page."""
    named = [
        Named(entity.id, entity.name, group(entity.label), len(entity.mentions))
        for entity in document.entities
        if kind_of(entity.id)
    ]
    return sorted(named, key=lambda entity: -entity.mentions)[:NAMED]
