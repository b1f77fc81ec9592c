"""OpenDocument texts, by lxml: an archive with the text in ``content.xml``."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from brief_extract.office import Read, TooLargeError, check_size
from brief_extract.office.parts import Heading, Item, Paragraph, Part, Rows

_NAMES = {
    name: f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "text", "table", "style")
}
_OFFICE, _TEXT, _TABLE, _STYLE = _NAMES.values()
_DC = "{http://purl.org/dc/elements/1.1/}"
_AROUND = {f"{_TEXT}section", f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"}
"""Elements around paragraphs and rows that change nothing about them."""

_LEFT_OUT = {f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes"}
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_REPEATED = 1000
"""Equal rows or blanks that one element stands for."""


def read_odt(data: bytes, most: int) -> Read:
    """The parts of an OpenDocument text.

    Args:
        most: Bytes that its parts may unpack to.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_size(archive, most)
        content = _xml(archive.read("content.xml"))
        names = archive.namelist()
        styles = [content, *(_xml(archive.read(name)) for name in ("styles.xml",) if name in names)]
        meta = _xml(archive.read("meta.xml")) if "meta.xml" in names else None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise ValueError("it holds no text")
    facts = (
        {} if meta is None else {"title": meta.findtext(f".//{_DC}title"), "author": meta.findtext(f".//{_DC}creator")}
    )
    return Read(_Reading(styles, most).parts(body), facts)


class _Reading:
    """Turns elements into parts, by the styles of the document."""

    def __init__(self, styles: list[Any], most: int) -> None:
        self._left = most  # characters of cells, which may be said to be there a million times
        every = [it for tree in styles for it in tree.iter(f"{_STYLE}style")]
        self._parents = {it.get(f"{_STYLE}name"): it.get(f"{_STYLE}parent-style-name") for it in every}
        lists = [it for tree in styles for it in tree.iter(f"{_TEXT}list-style")]
        self._ordered = {
            (it.get(f"{_STYLE}name"), level.get(f"{_TEXT}level"))
            for it in lists
            for level in it.iter(f"{_TEXT}list-level-style-number")
        }

    def parts(self, body: Any) -> Iterator[Part]:
        """The paragraphs, items and tables, in order."""
        for element in _inner(body):
            if element.tag == f"{_TEXT}h":
                level = element.get(f"{_TEXT}outline-level", "1")
                yield Heading(int(level) if level.isdigit() else 1, _text(element))
            elif element.tag == f"{_TEXT}p":
                yield Heading(1, _text(element)) if self._is_title(element) else Paragraph(_text(element))
            elif element.tag == f"{_TEXT}list":
                yield from self._items(element, 0, "")
            elif element.tag == f"{_TABLE}table":
                yield Rows([*self._rows(element)])

    def _items(self, element: Any, depth: int, style: str) -> Iterator[Item]:
        """The items of a list, and of those in it. A further paragraph of an item is a part of it."""
        style = element.get(f"{_TEXT}style-name") or style
        for item in element:
            texts = [_text(it) for it in item if it.tag in (f"{_TEXT}p", f"{_TEXT}h")]
            if texts:
                yield Item(depth, (style, str(depth + 1)) in self._ordered, " ".join(texts))
            for inner in item.findall(f"{_TEXT}list"):
                yield from self._items(inner, depth + 1, style)

    def _rows(self, table: Any) -> Iterator[list[str]]:
        """The texts of the cells, row by row."""
        for row in _inner(table):
            if row.tag == f"{_TABLE}table-row":
                cells: list[str] = []
                for cell in row:
                    text = " ".join(_text(it) for it in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
                    cells += [text] * self._times(cell, f"{_TABLE}number-columns-repeated", len(text))
                for _ in range(self._times(row, f"{_TABLE}number-rows-repeated", sum(map(len, cells)))):
                    yield cells

    def _times(self, element: Any, attribute: str, size: int) -> int:
        """How often a cell or row stands there. One without a text counts once: only those at the end are repeated."""
        times = _times(element, attribute)
        self._left -= size * times
        if self._left < 0:
            raise TooLargeError
        return times if size else 1

    def _is_title(self, element: Any) -> bool:
        name = element.get(f"{_TEXT}style-name")
        return "Title" in (name, self._parents.get(name))


def _inner(element: Any) -> Iterator[Any]:
    """The children of an element, and those of what merely stands around them."""
    for child in element:
        if child.tag in _AROUND:
            yield from _inner(child)
        else:
            yield child


def _text(element: Any) -> str:
    """The text of a paragraph: blanks, tabs and line breaks are elements, other white space is one blank."""
    pieces = [_spaced(element.text)]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * _times(child, f"{_TEXT}c"))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            pieces.append("\t" if child.tag == f"{_TEXT}tab" else "\n")
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            pieces.append(_text(child))
        pieces.append(_spaced(child.tail))
    return "".join(pieces)


def _spaced(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _times(element: Any, attribute: str) -> int:
    """How often an element stands there, as it says itself."""
    count = element.get(attribute, "1")
    return min(int(count), _MOST_REPEATED) if count.isdigit() else 1


def _xml(data: bytes) -> Any:
    """A tree without what its entities would draw in. Elements nested deeper than 256 levels are refused."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
