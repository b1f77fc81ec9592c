"""Word documents, opened by python-docx."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from brief_extract.office import Read, check_size
from brief_extract.office.parts import MOST_COLUMNS, Heading, Item, Paragraph, Part, Rows

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_AROUND = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
"""Elements around paragraphs, rows and cells that change nothing about them."""

_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr")} | {_FALLBACK}
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING = re.compile(r"(?i)heading ([1-9])$")
_LIST = re.compile(r"(?i)list (bullet|number)(?: ([2-5]))?$")


def read_docx(data: bytes, most: int) -> Read:
    """The parts of a Word document.

    Args:
        most: Bytes that its parts may unpack to.
    """
    from docx import Document

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        check_size(archive, most)
    document = Document(io.BytesIO(data))
    facts = document.core_properties
    styles = {style.style_id: style for style in document.styles if style.style_id}
    reading = _Reading(styles, _formats(document))
    return Read(reading.parts(document.element.body), {"title": facts.title, "author": facts.author})


class _Reading:
    """Turns elements into parts, by the styles and lists of the document."""

    def __init__(self, styles: dict[str, Any], formats: dict[tuple[str, str], str]) -> None:
        self._styles = styles
        self._formats = formats

    def parts(self, body: Any) -> Iterator[Part]:
        """The paragraphs and tables, in order."""
        for element in _inner(body):
            if element.tag == f"{_W}p":
                yield self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield Rows([_cells(row) for row in _inner(element) if row.tag == f"{_W}tr"])

    def _paragraph(self, element: Any) -> Part:
        text = _text(element)
        style = self._styles.get(_value(element, "pPr/pStyle"))
        chain = [*_chain(style)]
        level = self._level(element, chain)
        if level:
            return Heading(level, text)
        item = self._item(element, chain)
        return Item(*item, text) if item else Paragraph(text)

    def _level(self, element: Any, chain: list[Any]) -> int | None:
        """The level of a heading, told by the name of its style or its outline level."""
        for style in chain:
            if found := _HEADING.match(style.name or ""):
                return int(found[1])
            if style.name in ("Title", "title"):
                return 1
        outlines = (_value(it, "pPr/outlineLvl") for it in (element, *(style.element for style in chain)))
        outline = next((it for it in outlines if it), "")
        return int(outline) + 1 if outline.isdigit() and int(outline) < 9 else None

    def _item(self, element: Any, chain: list[Any]) -> tuple[int, bool] | None:
        """Depth and order of an item, told by its own numbering or that of its style."""
        named = next((found for style in chain if (found := _LIST.match(style.name or ""))), None)
        of_style = int(named[2] or 1) - 1 if named else 0
        for it in (element, *(style.element for style in chain)):
            number = _value(it, "pPr/numPr/numId")
            if number:
                depth = _value(it, "pPr/numPr/ilvl") or "0"
                form = self._formats.get((number, depth), "bullet")
                deep = max(of_style, min(int(depth), 9) if depth.isdigit() else 0)
                return None if number == "0" else (deep, form != "bullet")
        return (of_style, named[1].lower() == "number") if named else None


def _formats(document: Any) -> dict[tuple[str, str], str]:
    """How the items of each list and depth are marked: ``bullet``, ``decimal`` and so on."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # a document without lists
        return {}
    kinds = {
        (abstract.get(f"{_W}abstractNumId"), level.get(f"{_W}ilvl")): _value(level, "numFmt")
        for abstract in numbering.findall(f"{_W}abstractNum")
        for level in abstract.findall(f"{_W}lvl")
    }
    lists = {it.get(f"{_W}numId"): _value(it, "abstractNumId") for it in numbering.findall(f"{_W}num")}
    return {
        (number, depth): kind
        for number, of_list in lists.items()
        for (abstract, depth), kind in kinds.items()
        if abstract == of_list
    }


def _chain(style: Any) -> Iterator[Any]:
    """A style and those that it is based on; a circle of styles ends."""
    for _ in range(20):
        if style is None:
            return
        yield style
        style = style.base_style


def _cells(row: Any) -> list[str]:
    """The texts of the cells, each in its column: one that spans several leaves the others empty."""
    cells: list[str] = []
    for cell in _inner(row):
        if cell.tag == f"{_W}tc":
            span = _value(cell, "tcPr/gridSpan")
            wide = min(int(span), MOST_COLUMNS) if span.isdigit() else 1
            cells += [" ".join(map(_text, cell.iter(f"{_W}p"))), *[""] * (wide - 1)]
    return cells


def _inner(element: Any) -> Iterator[Any]:
    """The children of an element, and those of what merely stands around them."""
    for child in element:
        if child.tag in _AROUND:
            yield from _inner(child)
        else:
            yield child


def _text(element: Any) -> str:
    """The text of a paragraph; that of a box that is anchored in it is a part of it."""
    pieces: list[str] = []
    ahead = [element]
    while ahead:
        it = ahead.pop()
        if it.tag == f"{_W}t":
            pieces.append(it.text or "")
        elif it.tag in _BREAKS:
            pieces.append(_BREAKS[it.tag])
        elif it.tag not in _LEFT_OUT:
            ahead.extend(reversed(it))
    return "".join(pieces)


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(f"{_W}{name}" for name in path.split("/")))
    return "" if found is None else found.get(f"{_W}val") or ""
