"""A graph (GraphML) of the entities: who is named with whom, in one paragraph, list or table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from xml.etree.ElementTree import Element, SubElement, tostring

from brief_extract.model import Document

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_KEYS = {
    "node": {"name": "string", "label": "string", "mentions": "int", "articles": "int"},
    "edge": {"weight": "int"},
}


def write_graph(documents: Iterable[Document]) -> Iterator[bytes]:
    """The graph. ``weight`` of an edge is the number of blocks in which both are named; names are the first found."""
    nodes: dict[str, dict[str, str | int]] = {}
    edges: Counter[tuple[str, str]] = Counter()
    for document in documents:
        for entity in document.entities:
            node = nodes.setdefault(
                entity.id, {"name": entity.name, "label": entity.label, "mentions": 0, "articles": 0}
            )
            node["mentions"] = int(node["mentions"]) + len(entity.mentions)
            node["articles"] = int(node["articles"]) + 1
        edges.update(_pairs(document))
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(_graph(nodes, edges), encoding="utf-8") + b"\n"


def _pairs(document: Document) -> Iterator[tuple[str, str]]:
    """The pairs of entities in each block, in the order of their ids."""
    named: defaultdict[str, set[str]] = defaultdict(set)
    for mention in document.mentions:
        if mention.entity:
            named[mention.block].add(mention.entity)
    for entities in named.values():
        yield from combinations(sorted(entities), 2)


def _graph(nodes: dict[str, dict[str, str | int]], edges: Counter[tuple[str, str]]) -> Element:
    root = Element("graphml", xmlns=_NAMESPACE)
    for kind, keys in _KEYS.items():
        for name, type in keys.items():
            SubElement(root, "key", {"id": name, "for": kind, "attr.name": name, "attr.type": type})
    graph = SubElement(root, "graph", edgedefault="undirected")
    for id, values in sorted(nodes.items()):
        _with_data(SubElement(graph, "node", id=id), values)
    for (one, other), weight in sorted(edges.items()):
        _with_data(SubElement(graph, "edge", source=one, target=other), {"weight": weight})
    return root


def _with_data(element: Element, values: dict[str, str | int]) -> None:
    for name, value in values.items():
        SubElement(element, "data", key=name).text = _in_xml(str(value))


def _in_xml(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(char for char in text if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff"))
