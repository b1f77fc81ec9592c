"""Tables and their rows: where cells stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from brief_extract.blocks.lines import Lines
from brief_extract.table import Notation

Span = tuple[int, int]

PIPE = re.compile(r"(?<!\\)\|")
_CODE_OR_PIPE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|(?<!\\)\|")
TAB = re.compile(r"\t")
TABS_AS_ONE = re.compile(r"\t+")


@dataclass(slots=True)
class Row:
    """One row: the lines it covers and the bounds of each cell's content."""

    line: int
    last: int
    cells: list[Span]
    opened: bool
    closed: bool


@dataclass(slots=True)
class Region:
    """One table: lines ``first`` to ``last`` (exclusive), header and body, and what was repaired to read it.

    ``title`` is a row above the header that titles the table, ``upper`` the rows of the header above its last one;
    ``origin`` says how the table was written.
    """

    first: int
    last: int
    header: Row
    rows: list[Row]
    repairs: dict[str, float] = field(default_factory=dict)
    upper: list[Row] = field(default_factory=list)
    origin: Notation = "pipes"
    title: Row | None = None


def split_cells(view: str, first: int, end: int, separator: re.Pattern[str] = PIPE) -> Row:
    """Cut the row ``view[first:end]`` at unescaped pipes; outer pipes bound cells, they make none."""
    marks = [match for match in separator.finditer(view, first, end) if match.group()[0] in "|\t"]
    opened = bool(marks) and marks[0].start() == first
    closed = len(marks) > opened and marks[-1].end() == end
    edges = [(first, first), *((mark.start(), mark.end()) for mark in marks), (end, end)]
    edges = edges[opened : len(edges) - closed]
    return Row(0, 0, [_trimmed(view, a[1], b[0]) for a, b in pairwise(edges)], opened, closed)


def _trimmed(view: str, start: int, end: int) -> Span:
    piece = view[start:end]
    body = piece.strip()
    first = start + piece.index(body[0]) if body else start
    return first, first + len(body)


def read_row(lines: Lines, line: int, last: int | None = None, separator: re.Pattern[str] = PIPE) -> Row:
    """The row on ``line`` (to ``last``, when it goes on over several lines)."""
    last = line if last is None else last
    row = split_cells(lines.view, lines.firsts[line], lines.ends[last], separator)
    row.line, row.last = line, last
    return row


def fitted_row(lines: Lines, line: int, width: int, last: int | None = None) -> Row:
    """The row read so that it has ``width`` cells where it can: pipes inside code may be text."""
    row = read_row(lines, line, last)
    if len(row.cells) > width and "`" in lines.view[lines.firsts[line] : lines.ends[row.last]]:
        aware = read_row(lines, line, last, _CODE_OR_PIPE)
        if len(aware.cells) == width:
            return aware
    return row
