"""The columns of every projection, told once: files, headers and their description are all made from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from brief_extract.formats import Value
from brief_extract.model import Document, Range


class Row(NamedTuple):
    """What a row is about: a document, an element of it, a part of that: as far down as the projection goes."""

    document: Document
    element: Any = None
    part: Any = None
    stale: bool = False


class Column(NamedTuple):
    """One column: its name, its Data Package type, what it means, and where its value is found in a row."""

    name: str
    type: str
    description: str
    value: str | Callable[[Row], Value]


class Projection(NamedTuple):
    """One file: which rows a document has in it, and of which columns."""

    name: str
    description: str
    key: tuple[str, ...]
    rows: Callable[[Document], Iterator[Row]]
    columns: tuple[Column, ...]

    def getter(self) -> Callable[[Row], Sequence[Value]]:
        """The function that gives the values of a row; a string is a path of attributes."""
        paths = [column.value for column in self.columns if isinstance(column.value, str)]
        if len(paths) == len(self.columns):
            return attrgetter(*paths)  # one call for all of them
        getters = [attrgetter(it.value) if isinstance(it.value, str) else it.value for it in self.columns]
        return lambda row: [get(row) for get in getters]


def _elements(kind: str) -> Callable[[Document], Iterator[Row]]:
    return lambda document: (Row(document, element) for element in getattr(document, kind))


def _parts(kind: str, parts: str) -> Callable[[Document], Iterator[Row]]:
    return lambda document: (
        Row(document, element, part) for element in getattr(document, kind) for part in getattr(element, parts)
    )


class _Named(NamedTuple):
    """Where an entity is first named, and the kind of block of each of its mentions."""

    first: int
    kinds: list[str]


def _named(document: Document) -> Iterator[Row]:
    """The entities, each with where it is named."""
    starts = {mention.id: mention.start for mention in document.mentions}
    kinds = {mention.id: mention.block.partition("-")[0] for mention in document.mentions}
    for entity in document.entities:
        yield Row(document, entity, _Named(starts[entity.mentions[0]], [kinds[id] for id in entity.mentions]))


def _countries(row: Row) -> str:
    ids = dict.fromkeys((row.element.id, *row.element.refers_to))
    return "; ".join([id.removeprefix("country/") for id in ids if id.startswith("country/")])


def _number(value: Value) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _end(value: Value, end: str) -> int | float | None:
    return _number(getattr(value, end)) if isinstance(value, Range) else None


def _place(of: str) -> tuple[Column, Column]:
    return (
        Column("start", "integer", "First code point in the text, counted from 0", f"{of}.start"),
        Column("end", "integer", "Code point after the last", f"{of}.end"),
    )


_DOCUMENT = Column("document", "string", "Id of the document", "document.id")

DOCUMENTS = Projection(
    "documents",
    "One row for each article.",
    ("document",),
    lambda document: iter([Row(document)]),
    (
        _DOCUMENT,
        Column("name", "string", "What the input is called", "document.source.name"),
        Column("title", "string", "Title of the article, if it has one", "document.title"),
        Column("chars", "integer", "Length of the text in code points", "document.source.chars"),
        Column("headings", "integer", "Number of headings", lambda row: len(row.document.headings)),
        Column("paragraphs", "integer", "Number of paragraphs", lambda row: len(row.document.paragraphs)),
        Column("lists", "integer", "Number of lists", lambda row: len(row.document.lists)),
        Column("tables", "integer", "Number of tables", lambda row: len(row.document.tables)),
        Column("mentions", "integer", "Number of names in the text", lambda row: len(row.document.mentions)),
        Column("entities", "integer", "Number of different things named", lambda row: len(row.document.entities)),
        Column("issues", "integer", "Number of oddities and repairs", lambda row: len(row.document.issues)),
        Column("language", "string", "Language of the text, ISO 639-1", "document.source.language"),
        Column("encoding", "string", "Encoding of the input, a Python codec", "document.source.encoding"),
        Column("sha256", "string", "Digest of the input's bytes", "document.source.sha256"),
        Column("model", "string", "Entity model with its version", "document.generator.model"),
        Column("stale", "boolean", "Whether the input failed in the last run: the row is older", "stale"),
    ),
)

PROJECTIONS = (
    DOCUMENTS,
    Projection(
        "headings",
        "One row for each heading.",
        ("document", "heading"),
        _elements("headings"),
        (
            _DOCUMENT,
            Column("heading", "string", "Id of the heading", "element.id"),
            Column("section", "string", "Id of its section", "element.section"),
            Column("level", "integer", "1 is the outermost", "element.level"),
            Column("text", "string", "The heading", "element.text"),
            Column("origin", "string", "marked in the source, or inferred", "element.origin"),
            Column("confidence", "number", "How sure an inferred heading is, 0 to 1", "element.confidence"),
            Column(
                "evidence", "string", "Evidence for it, separated by '; '", lambda row: "; ".join(row.element.evidence)
            ),
            *_place("element"),
        ),
    ),
    Projection(
        "paragraphs",
        "One row for each paragraph.",
        ("document", "paragraph"),
        _elements("paragraphs"),
        (
            _DOCUMENT,
            Column("paragraph", "string", "Id of the paragraph", "element.id"),
            Column("section", "string", "Id of its section", "element.section"),
            Column("text", "string", "The paragraph", "element.text"),
            *_place("element"),
        ),
    ),
    Projection(
        "list_items",
        "One row for each item of each list.",
        ("document", "item"),
        _parts("lists", "items"),
        (
            _DOCUMENT,
            Column("list", "string", "Id of the list", "element.id"),
            Column("item", "string", "Id of the item", "part.id"),
            Column("section", "string", "Id of the list's section", "element.section"),
            Column("ordered", "boolean", "Whether the list is numbered", "element.ordered"),
            Column(
                "lead_in",
                "string",
                "Sentence before the list",
                lambda row: row.element.lead_in and row.element.lead_in.text,
            ),
            Column("marker", "string", "Bullet or number as printed", "part.marker"),
            Column("depth", "integer", "0 is the outermost", "part.depth"),
            Column("parent", "string", "Id of the item it is nested in", "part.parent"),
            Column("text", "string", "The item", "part.text"),
            *_place("part"),
        ),
    ),
    Projection(
        "cells",
        "One row for each body cell of each table.",
        ("document", "cell"),
        _parts("tables", "cells"),
        (
            _DOCUMENT,
            Column("table", "string", "Id of the table", "element.id"),
            Column("cell", "string", "Id of the cell", "part.id"),
            Column("section", "string", "Id of the table's section", "element.section"),
            Column("row", "integer", "Counted from 0, the header not included", "part.row"),
            Column("column", "integer", "Counted from 0", "part.column"),
            Column("header", "string", "Header of the column", "part.header"),
            Column("text", "string", "The cell as printed", "part.text"),
            Column("kind", "string", "What the value is", "part.kind"),
            Column("value", "any", "The typed value, a range as low/high", "part.value"),
            Column("number", "number", "The value where it is one number", lambda row: _number(row.part.value)),
            Column("low", "number", "Where a range of numbers begins", lambda row: _end(row.part.value, "low")),
            Column("high", "number", "Where it ends", lambda row: _end(row.part.value, "high")),
            Column("unit", "string", "Unit of the value", "part.unit"),
            *_place("part"),
        ),
    ),
    Projection(
        "mentions",
        "One row for each name in the text.",
        ("document", "mention"),
        _elements("mentions"),
        (
            _DOCUMENT,
            Column("mention", "string", "Id of the mention", "element.id"),
            Column("text", "string", "The name as it stands there", "element.text"),
            Column("label", "string", "OntoNotes label", "element.label"),
            Column("entity", "string", "Id of the entity that it names", "element.entity"),
            Column("block", "string", "Id of the block it stands in", "element.block"),
            Column("item", "string", "Id of the list item it stands in", "element.item"),
            Column("cell", "string", "Id of the cell it stands in", "element.cell"),
            Column("source", "string", "lexicon, model, or document", "element.source"),
            *_place("element"),
        ),
    ),
    Projection(
        "entities",
        "One row for each thing that an article names.",
        ("document", "entity"),
        _named,
        (
            _DOCUMENT,
            Column("entity", "string", "Id of the entity", "element.id"),
            Column("name", "string", "Its fullest name", "element.name"),
            Column("label", "string", "OntoNotes label", "element.label"),
            Column(
                "refers_to", "string", "Ids it names, separated by '; '", lambda row: "; ".join(row.element.refers_to)
            ),
            Column(
                "countries",
                "string",
                "ISO 3166 codes of the countries that it is or points to, separated by '; '",
                _countries,
            ),
            Column("mentions", "integer", "How often it is named", lambda row: len(row.element.mentions)),
            Column("in_headings", "integer", "... of that in headings", lambda row: row.part.kinds.count("heading")),
            Column(
                "in_paragraphs",
                "integer",
                "... in paragraphs and quotes",
                lambda row: row.part.kinds.count("paragraph") + row.part.kinds.count("quote"),
            ),
            Column("in_lists", "integer", "... in list items", lambda row: row.part.kinds.count("list")),
            Column(
                "in_tables", "integer", "... in cells and headers of tables", lambda row: row.part.kinds.count("table")
            ),
            Column("first", "integer", "Code point at which it is first named", "part.first"),
        ),
    ),
    Projection(
        "issues",
        "One row for each oddity or repair.",
        (),
        _elements("issues"),
        (
            _DOCUMENT,
            Column("code", "string", "Kind of issue", "element.code"),
            Column("message", "string", "What was found", "element.message"),
            Column("confidence", "number", "How sure a repair is, 0 to 1", "element.confidence"),
            *_place("element"),
        ),
    ),
)
"""Every projection of a run, in the order of the documentation."""
