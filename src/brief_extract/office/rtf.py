"""Rich Text Format, by striprtf: its text line by line, from which the parts are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from brief_extract.office import Read
from brief_extract.office.parts import Heading, Item, Paragraph, Part, Rows

_OUTLINE = re.compile(r"\\outlinelevel([0-8])(?!\d) ?")
_FIELD = "\\fldinst{"
"""With it, striprtf would look from each link to the end of the line for its URL, which is no part of the text."""

_MARK = "\ue000"
"""A character of nobody's, before the level of a heading: the text that striprtf gives does not tell headings."""

_BULLET = re.compile(r"[·•▪◦o\uf0b7\uf0a7-]\t")
_NUMBER = re.compile(r"\d{1,3}[.)]\t")


def read_rtf(data: bytes, most: int) -> Read:  # noqa: ARG001 - nothing in it is packed
    """The parts of an RTF document."""
    from striprtf.striprtf import rtf_to_text

    source = data.decode("latin-1")
    if not source.lstrip().startswith("{\\rtf"):
        raise ValueError("it does not begin as one")
    marked = _OUTLINE.sub(r"\\outlinelevel\1{\\uc0\\u-8192 \1}", source).replace(_FIELD, "\\fldinst {")
    return Read(_parts(rtf_to_text(marked, errors="replace")), {})


def _parts(text: str) -> Iterator[Part]:
    """Lines that end in a bar are rows of a table; a mark tells a heading, a bullet or number before a tab an item."""
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if line.rstrip().endswith("|"):
            rows.append([cell.replace(_MARK, "") for cell in line.rstrip()[:-1].split("|")])
            continue
        if rows:
            yield Rows(rows)
            rows = []
        yield _part(line.strip())
    if rows:
        yield Rows(rows)


def _part(line: str) -> Part:
    if line.startswith(_MARK):
        return Heading(int(line[1:2] or 0) + 1, line[2:].replace(_MARK, ""))
    if found := _BULLET.match(line) or _NUMBER.match(line):
        return Item(0, found[0][0].isdigit(), line[found.end() :])
    return Paragraph(line)
