"""The columns of every projection, stated once: files, headers and their description are all made from here."""

from __future__ import annotations

from collections.abc import Iterator

from brief_extract.context import beside_of
from brief_extract.model import Document, Table
from brief_extract.views.figures import FIGURES
from brief_extract.views.names import NAMES
from brief_extract.views.projection import DOCUMENT, Column, Projection, Row, elements, end_of, number_of, parts, place


def _tables(document: Document) -> Iterator[Row]:
    """The tables, each with the lines beside it."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield Row(document, block, beside_of(document.blocks, number))


def _lead_in(row: Row) -> str | None:
    return row.element.lead_in.text if row.element.lead_in else None


DOCUMENTS = Projection(
    "documents",
    "One row for each article.",
    ("document",),
    lambda document: iter([Row(document)]),
    (
        DOCUMENT,
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
        Column("figures", "integer", "Number of figures and dates", lambda row: len(row.document.figures)),
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
            DOCUMENT,
            Column("heading", "string", "Id of the heading", "element.id"),
            Column("section", "string", "Id of its section", "element.section"),
            Column("level", "integer", "1 is the outermost", "element.level"),
            Column("text", "string", "The heading", "element.text"),
            Column("origin", "string", "marked in the source, or inferred", "element.origin"),
            Column("confidence", "number", "How sure an inferred heading is, 0 to 1", "element.confidence"),
            Column(
                "evidence", "string", "Evidence for it, separated by '; '", lambda row: "; ".join(row.element.evidence)
            ),
            *place("element"),
        ),
    ),
    Projection(
        "paragraphs",
        "One row for each paragraph.",
        ("document", "paragraph"),
        elements("paragraphs"),
        (
            DOCUMENT,
            Column("paragraph", "string", "Id of the paragraph", "element.id"),
            Column("section", "string", "Id of its section", "element.section"),
            Column("text", "string", "The paragraph", "element.text"),
            *place("element"),
        ),
    ),
    Projection(
        "list_items",
        "One row for each item of each list.",
        ("document", "item"),
        parts("lists", "items"),
        (
            DOCUMENT,
            Column("list_id", "string", "Id of the list", "element.id"),
            Column("item", "string", "Id of the item", "part.id"),
            Column("section", "string", "Id of the list's section", "element.section"),
            Column("ordered", "boolean", "Whether the list is numbered", "element.ordered"),
            Column("lead_in", "string", "Sentence before the list", _lead_in),
            Column("marker", "string", "Bullet or number as printed", "part.marker"),
            Column("depth", "integer", "0 is the outermost", "part.depth"),
            Column("parent", "string", "Id of the item it is nested in", "part.parent"),
            Column("text", "string", "The item", "part.text"),
            *place("part"),
        ),
    ),
    Projection(
        "tables",
        "One row for each table.",
        ("document", "table_id"),
        _tables,
        (
            DOCUMENT,
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
            *place("element"),
        ),
    ),
    Projection(
        "cells",
        "One row for each body cell of each table.",
        ("document", "cell"),
        parts("tables", "cells"),
        (
            DOCUMENT,
            Column("table_id", "string", "Id of the table", "element.id"),
            Column("cell", "string", "Id of the cell", "part.id"),
            Column("section", "string", "Id of the table's section", "element.section"),
            Column("row_index", "integer", "Counted from 0, the header not included", "part.row"),
            Column("column_index", "integer", "Counted from 0", "part.column"),
            Column("header", "string", "Header of the column", "part.header"),
            Column("text", "string", "The cell as printed", "part.text"),
            Column("kind", "string", "What the value is", "part.kind"),
            Column("value", "any", "The typed value, a range as low/high", "part.value"),
            Column("number", "number", "The value where it is one number", lambda row: number_of(row.part.value)),
            Column("low", "number", "Where a range of numbers begins", lambda row: end_of(row.part.value, "low")),
            Column("high", "number", "Where it ends", lambda row: end_of(row.part.value, "high")),
            Column("unit", "string", "Unit of the value", "part.unit"),
            *place("part"),
        ),
    ),
    *NAMES,
    FIGURES,
    Projection(
        "issues",
        "One row for each oddity or repair.",
        (),
        elements("issues"),
        (
            DOCUMENT,
            Column("code", "string", "Kind of issue", "element.code"),
            Column("message", "string", "What was found", "element.message"),
            Column("confidence", "number", "How sure a repair is, 0 to 1", "element.confidence"),
            *place("element"),
        ),
    ),
)
"""Every projection of a run, in the order of the documentation."""
