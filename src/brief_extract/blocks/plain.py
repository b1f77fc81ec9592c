"""Which runs of lines can be nothing but one paragraph, or one list whose items nest nothing.

The parser asks ten rules about each line. On most lines of an article the answer is known beforehand; to name these
runs is what keeps the structure stage as quick as the parser alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brief_extract.blocks.decisions import Decisions
from brief_extract.blocks.kinds import BLANK, BULLET, ORDERED, TABBED, TEXT
from brief_extract.blocks.lines import Lines

_PROSE = re.compile(f"[{TEXT}{TABBED}]+")
_ITEMS = re.compile(f"[{BULLET}{ORDERED}][{BULLET}{ORDERED}{TEXT}]*")
_FLAT_ITEM = re.compile(
    r"(?:\d{1,9})?(?P<sign>[-*+.)]) {1,4}"
    r"(?![\s<>]|#{1,6}(?:\s|$)|(?:[-*+]|\d{1,9}[.)])(?:\s|$)|(?:[-*_][ \t]*){3,}$|`{3}|~{3}|\[[^\]]*\]:)"
)
"""A marker with text after it that begins no block of its own."""


def plain_prose(lines: Lines, decisions: Decisions) -> Iterator[tuple[int, int]]:
    """First and last line of each run of prose, blank lines or breaks on both sides, no indent, no mark of any kind."""
    for run in _PROSE.finditer(lines.kinds):
        first = run.start()
        for line in range(first, run.end()):
            if line + 1 < run.end() and line + 1 not in decisions.breaks:
                continue
            if _is_bounded(lines, first, line, decisions) and _is_prose(lines, first, line, decisions):
                yield first, line
            first = line + 1


def plain_lists(lines: Lines, decisions: Decisions, view: str) -> Iterator[tuple[list[int], int]]:
    """The first lines of the items, and the last line, of each list that is flat, tight and of one sign.

    ``view`` is the text with the markers as the parser reads them.
    """
    for run in _ITEMS.finditer(lines.kinds):
        first = run.start()
        for line in range(first, run.end()):
            if line + 1 < run.end() and line + 1 not in decisions.breaks:
                continue
            if lines.kinds[first] != TEXT and _is_bounded(lines, first, line, decisions):
                items = _flat_items(lines, first, line, decisions, view)
                if items and _is_over(lines, line, decisions):
                    yield items, line
            first = line + 1


def _is_bounded(lines: Lines, first: int, last: int, decisions: Decisions) -> bool:
    above = first == 0 or first in decisions.breaks or lines.kinds[first - 1] == BLANK
    return above and (last + 1 in decisions.breaks or lines.kinds[last + 1 : last + 2] in ("", BLANK))


def _is_prose(lines: Lines, first: int, last: int, decisions: Decisions) -> bool:
    """Is there nothing in the run that another rule could take: no indent, quote mark, tag or link definition?"""
    indented = lines.starts[first] != lines.firsts[first] and first not in decisions.flush
    if indented or lines.view.startswith("[", lines.firsts[first]):
        return False
    return not any(_is_special(lines, line, decisions) or line in decisions.headings for line in range(first, last + 1))


def _is_special(lines: Lines, line: int, decisions: Decisions) -> bool:
    return line in lines.quoted or line in decisions.joined or lines.view[lines.firsts[line]] == "<"


def _flat_items(lines: Lines, first: int, last: int, decisions: Decisions, view: str) -> list[int]:
    """The first lines of the items, or nothing where an item may hold more than one paragraph of text."""
    items = []
    looks = None
    for line in range(first, last + 1):
        if _is_special(lines, line, decisions) or line in decisions.headings:
            return []
        if lines.kinds[line] == TEXT:
            continue
        marker = _FLAT_ITEM.match(view, lines.firsts[line], lines.ends[line])
        indent = lines.indent(line)
        if marker is None or indent > 3 or (looks and looks != (marker["sign"], indent)):
            return []
        looks = marker["sign"], indent
        items.append(line)
    return items


def _is_over(lines: Lines, last: int, decisions: Decisions) -> bool:
    """Does what follows the list not belong to it: no further item, no indented text?"""
    line = last + 1
    while line < len(lines) and lines.kinds[line] == BLANK:
        line += 1
    if line >= len(lines):
        return True
    return lines.kinds[line] not in (BULLET, ORDERED) and (
        line in decisions.flush or lines.starts[line] == lines.firsts[line]
    )
