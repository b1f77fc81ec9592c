"""The columns of every projection, stated once: files, headers and their description are all made from here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from brief_extract.context import beside_of
from brief_extract.model import Document, Range, Table
from brief_extract.table import Value
from brief_extract.views.countries import codes_of, countries_of, country_name
from brief_extract.views.places import PLACES
from brief_extract.views.projection import Column, Projection, Row, elements, parts


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


def _countries(document: Document) -> Iterator[Row]:
    return (Row(document, country) for country in countries_of(document))


def _tables(document: Document) -> Iterator[Row]:
    """The tables, each with the lines beside it."""
    for place, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield Row(document, block, beside_of(document.blocks, place))


def _lead_in(row: Row) -> str | None:
    return row.element.lead_in.text if row.element.lead_in else None


def _number(value: Value) -> int | float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _end(value: Value, end: str) -> int | float | None:
    return _number(getattr(value, end)) if isinstance(value, Range) else None


def _place(of: str) -> tuple[Column, Column]:
    return (
        Column("start_char", "integer", "First code point in the text, counted from 0", f"{of}.start"),
        Column("end_char", "integer", "Code point after the last", f"{of}.end"),
    )


_DOCUMENT = Column("document", "string", "Id of the document", "document.id")

DOCUMENTS = Projection(
    "documents",
    "One row for each article.",
    ("document",),
    lambda document: iter([Row(document)]),
    (
        _DOCUMENT,
        Column("path", "string", "Path of the input", "document.source.name"),
        Column("title", "string", "Title of the article, if it has one", "document.title"),
        Column("title_origin", "string", "text, or metadata of its record", "document.title_origin"),
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
        elements("headings"),
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
        elements("paragraphs"),
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
        parts("lists", "items"),
        (
            _DOCUMENT,
            Column("list_id", "string", "Id of the list", "element.id"),
            Column("item", "string", "Id of the item", "part.id"),
            Column("section", "string", "Id of the list's section", "element.section"),
            Column("ordered", "boolean", "Whether the list is numbered", "element.ordered"),
            Column("lead_in", "string", "Sentence before the list", _lead_in),
            Column("marker", "string", "Bullet or number as printed", "part.marker"),
            Column("depth", "integer", "0 is the outermost", "part.depth"),
            Column("parent", "string", "Id of the item it is nested in", "part.parent"),
            Column("text", "string", "The item", "part.text"),
            *_place("part"),
        ),
    ),
    Projection(
        "tables",
        "One row for each table.",
        ("document", "table_id"),
        _tables,
        (
            _DOCUMENT,
            Column("table_id", "string", "Id of the table", "element.id"),
            Column("section", "string", "Id of its section", "element.section"),
            Column("caption", "string", "Line beside it that names it", "part.caption"),
            Column("source", "string", "Line below it that says where it comes from, or a note", "part.source"),
            Column("lead_in", "string", "Sentence that introduces it", _lead_in),
            Column("headers", "string", "Headers, separated by '; '", lambda row: "; ".join(row.element.columns)),
            Column(
                "row_count", "integer", "Number of rows, the header not included", lambda row: len(row.element.rows)
            ),
            Column("column_count", "integer", "Number of columns", lambda row: len(row.element.columns)),
            Column("origin", "string", "How it was written", "element.origin"),
            Column("confidence", "number", "How sure it is that it is a table, 0 to 1", "element.confidence"),
            *_place("element"),
        ),
    ),
    Projection(
        "cells",
        "One row for each body cell of each table.",
        ("document", "cell"),
        parts("tables", "cells"),
        (
            _DOCUMENT,
            Column("table_id", "string", "Id of the table", "element.id"),
            Column("cell", "string", "Id of the cell", "part.id"),
            Column("section", "string", "Id of the table's section", "element.section"),
            Column("row_index", "integer", "Counted from 0, the header not included", "part.row"),
            Column("column_index", "integer", "Counted from 0", "part.column"),
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
        elements("mentions"),
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
                lambda row: "; ".join(codes_of(row.element)),
            ),
            Column(
                "country_names",
                "string",
                "Their names",
                lambda row: "; ".join(map(country_name, codes_of(row.element))),
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
            Column("first_char", "integer", "Code point at which it is first named", "part.first"),
        ),
    ),
    PLACES,
    Projection(
        "countries",
        "One row for each country that an article names or points to.",
        ("document", "country"),
        _countries,
        (
            _DOCUMENT,
            Column("country", "string", "ISO 3166 code", "element.code"),
            Column("country_name", "string", "Name of the country", lambda row: country_name(row.element.code)),
            Column("mentions", "integer", "Mentions of it, or of something of it", "element.mentions"),
            Column("entities", "integer", "Different entities that these name", "element.entities"),
        ),
    ),
    Projection(
        "issues",
        "One row for each oddity or repair.",
        (),
        elements("issues"),
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
