"""The places of all articles as points (GeoJSON, RFC 7946), a feature for each place of each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from brief_extract.model import Document, Entity, Place

ATTRIBUTION = "Names and points of towns and areas: GeoNames, CC BY 4.0"


def write_geojson(documents: Iterable[Document]) -> Iterator[bytes]:
    """One feature collection, a feature a line. Places of which only the country is known have no point."""
    head = {"type": "FeatureCollection", "attribution": ATTRIBUTION}
    yield msgspec.json.encode(head)[:-1] + b',"features":['
    mark = b"\n"
    for document in documents:
        for entity in document.entities:
            if entity.place and entity.place.lat is not None:
                yield mark + msgspec.json.encode(_feature(document, entity, entity.place))
                mark = b",\n"
    yield b"\n]}\n"


def _feature(document: Document, entity: Entity, place: Place) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "document": document.id,
            "title": document.title,
            "entity": entity.id,
            "name": entity.name,
            "mentions": len(entity.mentions),
            "place": place.name,
            "kind": place.kind,
            "country": place.country,
            "admin1": place.admin1,
            "geonames": place.geonames,
            "confidence": place.confidence,
        },
    }
