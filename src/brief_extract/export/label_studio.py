"""Tasks for Label Studio: each text with its names as predictions, for people to correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from brief_extract.model import Document, Mention

CONTROL, OBJECT = "label", "text"
"""The two tags of the labelling configuration: ``<Labels name="label" toName="text">`` and ``<Text name="text">``."""


def write_label_studio(documents: Iterable[Document]) -> Iterator[bytes]:
    """A JSON array of tasks, the form that its import takes. Offsets are code points, as Label Studio keeps them."""
    before = b"[\n"
    for document in documents:
        yield before + msgspec.json.encode(_task(document))
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _task(document: Document) -> dict[str, Any]:
    """The id is in ``document``: an export of Label Studio writes its own number of the task over ``id``."""
    return {
        "data": {OBJECT: document.text, "document": document.id, "title": document.title},
        "predictions": [
            {
                "model_version": document.generator.model or document.generator.name,
                "result": [_region(mention) for mention in document.mentions],
            }
        ],
    }


def _region(mention: Mention) -> dict[str, Any]:
    value = {"start": mention.start, "end": mention.end, "text": mention.text, "labels": [mention.label]}
    region = {"id": mention.id, "from_name": CONTROL, "to_name": OBJECT, "type": "labels", "value": value}
    return region | {"meta": {"entity": [mention.entity]}} if mention.entity else region
