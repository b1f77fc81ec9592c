"""Tables of wikis: ``{|`` to ``|}``, rows parted by ``|-``, headers behind ``!``, cells behind ``|``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from brief_extract.blocks.kinds import BLANK, ROW
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.rows import Region, Row, Span

CONFIDENCE = 0.9

_PARTS = {"!": re.compile(r"!!|\|\|"), "|": re.compile(r"\|\|")}
_STYLE = re.compile(r"(?:[\w-]++ *+= *+(?:\"[^\"|]*+\"|[\w-]++) *+)++\|(?!\|) *+")
"""What a cell looks like stands before its text: ``align="right" | 12``."""


def find_wiki_tables(lines: Lines) -> Iterator[Region]:
    """The tables of a text, in order."""
    marks = [(line, lines.content(line)[:2]) for line, kind in enumerate(lines.kinds) if kind == ROW]
    closing = [line for line, mark in marks if mark == "|}"]
    reached = 0
    for line, mark in marks:
        last = bisect_right(closing, line)
        if mark == "{|" and line >= reached and last < len(closing):
            region = _read(lines, line, closing[last] + 1)
            if region:
                yield region
                reached = region.last


def _read(lines: Lines, first: int, end: int) -> Region | None:
    rows: list[Row] = []
    title: Row | None = None
    fresh = True
    for line in range(first + 1, end - 1):
        content = lines.content(line)
        if lines.kinds[line] == BLANK or content.startswith("|-"):
            fresh = True
        elif content.startswith("|+"):
            start, stop = _trimmed(lines, lines.firsts[line] + 2, lines.ends[line])
            title = Row(line, line, [(start, stop)], opened=True, closed=False)
        elif content[0] in _PARTS:
            cells = list(_cells(lines, line, _PARTS[content[0]]))
            if fresh:
                rows.append(Row(line, line, cells, opened=True, closed=False))
            else:
                rows[-1].cells += cells
                rows[-1].last = line
            fresh = False
        else:
            return None
    if len(rows) < 2:
        return None
    return Region(first, end, rows[0], rows[1:], {"odd-table": CONFIDENCE}, origin="wiki", title=title)


def _cells(lines: Lines, line: int, separator: re.Pattern[str]) -> Iterator[Span]:
    start, end = lines.firsts[line] + 1, lines.ends[line]
    for mark in separator.finditer(lines.view, start, end):
        yield _without_style(lines, start, mark.start())
        start = mark.end()
    yield _without_style(lines, start, end)


def _without_style(lines: Lines, start: int, end: int) -> Span:
    start, end = _trimmed(lines, start, end)
    style = _STYLE.match(lines.view, start, end)
    return (style.end(), end) if style else (start, end)


def _trimmed(lines: Lines, start: int, end: int) -> Span:
    piece = lines.view[start:end]
    body = piece.strip()
    start += piece.index(body[0]) if body else 0
    return start, start + len(body)
