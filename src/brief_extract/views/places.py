"""The places of a document: its entities that have one, with their points."""

from __future__ import annotations

from collections.abc import Iterator

from brief_extract.model import Document
from brief_extract.views.projection import Column, Projection, Row


def _places(document: Document) -> Iterator[Row]:
    return (Row(document, entity, entity.place) for entity in document.entities if entity.place)


PLACES = Projection(
    "places",
    "One row for each entity that has a place on Earth. Data of GeoNames, CC BY 4.0.",
    ("document", "entity"),
    _places,
    (
        Column("document", "string", "Id of the document", "document.id"),
        Column("entity", "string", "Id of the entity", "element.id"),
        Column("name", "string", "Name of the entity", "element.name"),
        Column("place", "string", "What the gazetteer calls it; empty if only the country is known", "part.name"),
        Column("kind", "string", "What the place is; unsure if only the country is known", "part.kind"),
        Column("lat", "number", "Degrees north", "part.lat"),
        Column("lon", "number", "Degrees east", "part.lon"),
        Column("country", "string", "ISO 3166 code", "part.country"),
        Column("admin1", "string", "GeoNames code of the state or province", "part.admin1"),
        Column("geonames", "integer", "GeoNames id", "part.geonames"),
        Column("confidence", "number", "How likely this place is meant, 0 to 1", "part.confidence"),
        Column("mentions", "integer", "How often it is named", lambda row: len(row.element.mentions)),
    ),
)
