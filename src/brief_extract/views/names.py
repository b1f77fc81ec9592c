"""The columns of what is named: mentions, entities, countries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from brief_extract.model import Document
from brief_extract.views.countries import codes_of, countries_of, country_name
from brief_extract.views.places import PLACES
from brief_extract.views.projection import DOCUMENT, Column, Projection, Row, elements, place


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


NAMES = (
    Projection(
        "mentions",
        "One row for each name in the text.",
        ("document", "mention"),
        elements("mentions"),
        (
            DOCUMENT,
            Column("mention", "string", "Id of the mention", "element.id"),
            Column("text", "string", "The name as it stands there", "element.text"),
            Column("label", "string", "OntoNotes label", "element.label"),
            Column("entity", "string", "Id of the entity that it names", "element.entity"),
            Column("block", "string", "Id of the block it stands in", "element.block"),
            Column("item", "string", "Id of the list item it stands in", "element.item"),
            Column("cell", "string", "Id of the cell it stands in", "element.cell"),
            Column("source", "string", "corrections or names (both yours), lexicon, model, document", "element.source"),
            *place("element"),
        ),
    ),
    Projection(
        "entities",
        "One row for each thing that an article names.",
        ("document", "entity"),
        _named,
        (
            DOCUMENT,
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
            Column(
                "same_as", "string", "Its ids elsewhere, separated by '; '", lambda row: "; ".join(row.element.same_as)
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
            DOCUMENT,
            Column("country", "string", "ISO 3166 code", "element.code"),
            Column("country_name", "string", "Name of the country", lambda row: country_name(row.element.code)),
            Column("mentions", "integer", "Mentions of it, or of something of it", "element.mentions"),
            Column("entities", "integer", "Different entities that these name", "element.entities"),
        ),
    ),
)
