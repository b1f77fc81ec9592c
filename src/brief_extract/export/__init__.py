"""Documents -> what other tools read: Markdown, chunks for retrieval, training data, tasks for annotators, a search
index, a graph of who is named with whom, places for maps.

Each target is a function from documents to bytes, in ``STREAMS``; Markdown is a file for each document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, get_args

from brief_extract.export.chunks import write_chunks
from brief_extract.export.conll import write_conll
from brief_extract.export.elasticsearch import write_bulk
from brief_extract.export.geojson import write_geojson
from brief_extract.export.graph import write_graph
from brief_extract.export.label_studio import write_label_studio
from brief_extract.model import Document

__all__ = ["STREAMS", "TARGETS", "Target"]

Target = Literal["markdown", "chunks", "conll", "spacy", "label-studio", "elasticsearch", "graphml", "geojson"]
TARGETS: tuple[Target, ...] = get_args(Target)


def write_docbin(documents: Iterable[Document]) -> Iterator[bytes]:
    """All documents in one ``DocBin`` of spaCy, with the ids of their entities; it is held in memory until the end."""
    from brief_extract.adapters.spacy import to_docbin

    yield to_docbin(documents).to_bytes()


STREAMS: dict[Target, Callable[[Iterable[Document]], Iterator[bytes]]] = {
    "chunks": write_chunks,
    "conll": write_conll,
    "spacy": write_docbin,
    "label-studio": write_label_studio,
    "elasticsearch": write_bulk,
    "graphml": write_graph,
    "geojson": write_geojson,
}
"""The targets that are one file."""
