"""Rows and items that run together on one line -> where each of them begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from brief_extract.blocks.kinds import BULLET, DELIMITER, ORDERED, ROW, SIGN_BULLETS, TEXT
from brief_extract.blocks.lines import Lines

_SIGN = re.compile(rf"[{SIGN_BULLETS}](?<!\S.)(?=\s*\S)")
_HYPHEN = re.compile(r"(?<=\s)-(?= [A-Z\u00c0-\u00de])")
_LED_HYPHEN = re.compile(r"(?<=\s)-(?= \S)")
_NUMBER = re.compile(r"(?:^|(?<=\s))(\(?)(\d{1,2})([.)])(?=\s)")
_RULER = re.compile(r"\|[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|")
_PIPE = re.compile(r"(?<!\\)\|")

LEAST_WORDS = 4
"""Words from which what stands beside a row is a sentence, and what stands between two signs more than a link."""

SHORT_ITEM = 80
"""Hyphens cut a line only into pieces of at most this length: a longer one is a sentence with a dash in it."""


def find_cuts(lines: Lines) -> list[int]:
    """Positions inside lines at which a new line begins, in order."""
    signs = _SIGN.search(lines.view) is not None
    cuts: list[int] = []
    for line, kind in enumerate(lines.kinds):
        first, end = lines.firsts[line], lines.ends[line]
        if kind == ROW:
            cuts.extend([*_rows(lines.view, first, end)] or _prose_beside_row(lines, line))
        elif kind == ORDERED:
            cuts.extend(_numbers(lines.view, first, end))
        elif kind == BULLET or (kind == TEXT and (signs or lines.view.find(": - ", first, end) > 0)):
            cuts.extend(_items(lines.view, first, end, signs=signs))
    return cuts


def _rows(view: str, first: int, end: int) -> Iterator[int]:
    """``| a | b | |---|---| | 1 | 2 |``: the delimiter row tells the width, and the width tells the rows."""
    ruler = _RULER.search(view, first, end)
    if ruler is None or (ruler.start() == first and ruler.end() == end):
        return
    width = ruler.group().count("|")
    above = [pipe.start() for pipe in _PIPE.finditer(view, first, ruler.start())]
    below = [pipe.start() for pipe in _PIPE.finditer(view, ruler.end(), end)]
    if ruler.start() > first:
        if len(above) < width or view[above[-1] + 1 : ruler.start()].strip():
            return
        if above[-width] > first:
            yield above[-width]
        yield ruler.start()
    rows = len(below) // width
    for row in range(rows):
        yield below[row * width]
    last = below[rows * width - 1] + 1 if rows else ruler.end()
    if rows * width == len(below) and view[last:end].strip():
        yield last


def _prose_beside_row(lines: Lines, line: int) -> Iterator[int]:
    """A lead-in before the header on its line, or a sentence after the last row on its line."""
    view, first, end = lines.view, lines.firsts[line], lines.ends[line]
    pipes = [pipe.start() for pipe in _PIPE.finditer(view, first, end)]
    if not pipes:
        return
    if lines.kinds[line + 1 : line + 2] == DELIMITER and pipes[0] > first and pipes[-1] == end - 1:
        if lines.content(line + 1).count("|") == len(pipes):
            yield pipes[0]
    elif pipes[0] == first and view[end - 1] in ".!?" and lines.kinds[line - 1 : line] in (ROW, DELIMITER):
        above = lines.content(line - 1)
        words = view[pipes[-1] + 1 : end].split()
        if len(words) >= LEAST_WORDS and above[-1] == "|" and len(_PIPE.findall(above)) == len(pipes):
            yield pipes[-1] + 1


def _items(view: str, first: int, end: int, *, signs: bool) -> Iterator[int]:
    """Signs that come again and again on a line that begins with one, or whose lead-in ends before it."""
    found = [match.start() for match in _SIGN.finditer(view, first, end)] if signs else []
    if len(found) > 1 and (found[0] == first or _leads_in(view[first : found[0]], view[found[0] : found[1]])):
        yield from (sign for sign in found if sign > first)
        return
    led = view.find(": - ", first, end) + 2
    if view.startswith(("- ", "-\t"), first):
        hyphens = [match.start() for match in _HYPHEN.finditer(view, first + 1, end)]
        edges = [first, *hyphens, end]
    elif led > 1:
        hyphens = [match.start() for match in _LED_HYPHEN.finditer(view, led - 1, end)]
        edges = [*hyphens, end]
    else:
        return
    if len(hyphens) > 1 and all(b - a <= SHORT_ITEM for a, b in pairwise(edges)):
        yield from hyphens


def _leads_in(text: str, item: str) -> bool:
    """Does a list begin after ``text``? After a full stop its items have to be longer than the links of a footer."""
    return text.rstrip()[-1:] == ":" or (text.rstrip()[-1:] in ".!?" and len(item.split()) > LEAST_WORDS)


def _numbers(view: str, first: int, end: int) -> Iterator[int]:
    """Numbers that go on one by one from a first one at the start of the line."""
    marks = list(_NUMBER.finditer(view, first, end))
    if len(marks) < 2 or marks[0].group(2) != "1":
        return
    wanted, found = 2, []
    for mark in marks[1:]:
        if mark.group(2) == str(wanted) and mark.group(1, 3) == marks[0].group(1, 3):
            found.append(mark.start())
            wanted += 1
    if len(found) > (marks[0].group(3) == "."):
        yield from found
