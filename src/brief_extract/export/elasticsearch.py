"""Bulk requests for Elasticsearch and OpenSearch: an article a document, to be found by its text, section or names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from brief_extract.model import Document, Heading, Markup
from brief_extract.views.countries import countries_of
from brief_extract.views.markdown import block_to_markdown


def write_bulk(documents: Iterable[Document]) -> Iterator[bytes]:
    """Two lines for each article: ``{"index": {"_id": ...}}`` and its source. The URL names the index."""
    for document in documents:
        action = {"index": {"_id": document.id}}
        yield b"".join(msgspec.json.encode(line) + b"\n" for line in (action, _source(document)))


def _source(document: Document) -> dict[str, Any]:
    """What is searched: prose without layout, tables as Markdown, the names and their codes as keywords."""
    return {
        "title": document.title,
        "path": document.source.name,
        "language": document.source.language,
        "headings": [heading.text for heading in document.headings],
        "body": "\n\n".join(
            block_to_markdown(block) for block in document.blocks if not isinstance(block, Heading | Markup)
        ),
        "tables": [
            {"id": table.id, "columns": list(table.columns), "rows": len(table.rows)} for table in document.tables
        ],
        "entities": [
            {"id": entity.id, "name": entity.name, "label": entity.label, "mentions": len(entity.mentions)}
            for entity in document.entities
        ],
        "countries": [country.code for country in countries_of(document)],
    }
