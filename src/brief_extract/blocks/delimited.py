"""Lines -> tables whose cells are parted by commas, semicolons, dashes or ampersands, or end in columns of figures.

Three lines at least that agree: as many cells in each, no sentence among them. A comma parts cells only where no blank
follows it, as in files of comma-separated values; a dash only where a column holds figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brief_extract.blocks.aligned import FIGURE, YEAR
from brief_extract.blocks.kinds import TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.rows import Region, Row, Span

LEAST_ROWS = 3
"""Rows that have to agree, a header counted."""

LONGEST_CELL = 60
"""Characters of the longest cell; what is longer is prose."""

CONFIDENCE = 0.75

_SENTENCE = re.compile(r"[a-z\u00df-\u00ff]{3}[.!?][\"\u201d\u2019)]*$")
_LATEX_ROW = re.compile(r"[^&]*+&.*+(?<=\\\\)$")
_LATEX_RULE = re.compile(r"\\(?:hline|toprule|midrule|bottomrule|(?:begin|end)\{(?:tabular|table|center)[*x]?\}.*)$")
_AMPERSAND = re.compile(r"(?<! ) *+(?<!\\)& *+")
_FIGURES_AT_END = re.compile(r" (?=[+\u2212-]?[$\u20ac\u00a3]?\d[\d.,]*+%?(?: |$))")
_WORDS_AT_END = re.compile(r" (?=\S+(?: |$))")


@dataclass(frozen=True, slots=True)
class _Separator:
    """What parts cells, and how many cells a row has at least; with no more than these, one column holds figures."""

    pattern: re.Pattern[str]
    least: int


SEPARATORS = (
    _Separator(re.compile(r"\t*;[ \t]*"), 3),
    _Separator(re.compile(r",(?! )"), 3),
    _Separator(re.compile(r" [-\u2013\u2014] "), 2),
)


def find_delimited(lines: Lines) -> Iterator[Region]:
    """The tables of such lines, in order."""
    for stretch in re.finditer(f"{TEXT}{{{LEAST_ROWS},}}", lines.kinds):
        line, end = stretch.span()
        while line < end:
            region = _read(lines, line, end)
            if region:
                yield region
            line = region.last if region else line + 1


def _read(lines: Lines, first: int, end: int) -> Region | None:
    """The table that begins at a line."""
    content = lines.content(first)
    if _LATEX_ROW.match(content) or _LATEX_RULE.match(content):
        return _latex(lines, first, end)
    if len(content) > 4 * LONGEST_CELL or first in lines.quoted:
        return None
    for separator in SEPARATORS:
        if separator.pattern.search(content):
            region = _separated(lines, first, end, separator)
            if region:
                return region
    return _standings(lines, first, end)


def _separated(lines: Lines, first: int, end: int, separator: _Separator) -> Region | None:
    rows: list[Row] = []
    for line in range(first, end):
        row = _split(lines, line, separator.pattern)
        texts = _texts(lines, row)
        if rows and len(row.cells) != len(rows[0].cells):
            break
        if any(not text or len(text) > LONGEST_CELL for text in texts) or _SENTENCE.search(texts[-1]):
            break
        rows.append(row)
        if len(rows) == LEAST_ROWS and not _is_sure(lines, rows, separator):
            return None
    return _region(lines, rows) if len(rows) >= LEAST_ROWS else None


def _is_sure(lines: Lines, rows: Sequence[Row], separator: _Separator) -> bool:
    """Do the first rows agree in enough cells, with a column of figures where one is needed?"""
    width = len(rows[0].cells)
    return width >= separator.least and (width > separator.least > 2 or bool(_figures(lines, rows[1:])))


def _split(lines: Lines, line: int, separator: re.Pattern[str]) -> Row:
    first, end = lines.firsts[line], lines.ends[line]
    cells: list[Span] = []
    for mark in separator.finditer(lines.view, first, end):
        cells.append((first, mark.start()))
        first = mark.end()
    return Row(line, line, [*cells, (first, end)], opened=False, closed=False)


def _texts(lines: Lines, row: Row) -> list[str]:
    return [lines.view[start:end].strip() for start, end in row.cells]


def _figures(lines: Lines, rows: Sequence[Row]) -> list[int]:
    """The columns that hold figures alone."""
    texts = [_texts(lines, row) for row in rows]
    return [column for column in range(1, len(texts[0])) if all(FIGURE.match(row[column]) for row in texts)]


def _region(lines: Lines, rows: list[Row]) -> Region:
    """The rows as a table; the first is its header unless it has figures where the others have."""
    figures = _figures(lines, rows[1:])
    names = _texts(lines, rows[0])
    headed = not figures or any(not FIGURE.match(names[column]) or YEAR.match(names[column]) for column in figures)
    start = lines.firsts[rows[0].line]
    none = Row(rows[0].line, rows[0].line, [(start, start)] * len(names), opened=False, closed=False)
    repairs = {"delimited-table": CONFIDENCE} | ({} if headed else {"lost-header": CONFIDENCE})
    header, body = (rows[0], rows[1:]) if headed else (none, rows)
    return Region(rows[0].line, rows[-1].line + 1, header, body, repairs, origin="delimited")


def _standings(lines: Lines, first: int, end: int) -> Region | None:
    """A name and the same number of figures on each line, parted by single blanks, under a header of as many words."""
    if first + 1 >= end or len(lines.content(first)) > 2 * LONGEST_CELL:
        return None
    width = len(_split(lines, first + 1, _FIGURES_AT_END).cells)
    header = _split(lines, first, _WORDS_AT_END)
    surplus = len(header.cells) - width
    if width <= LEAST_ROWS or surplus < 0 or len(_split(lines, first, _FIGURES_AT_END).cells) >= width:
        return None
    rows: list[Row] = []
    for line in range(first + 1, end):
        row = _split(lines, line, _FIGURES_AT_END)
        if len(row.cells) != width:
            break
        rows.append(row)
    if len(rows) < LEAST_ROWS - 1:
        return None
    cells = [(header.cells[0][0], header.cells[surplus][1]), *header.cells[surplus + 1 :]]
    header = Row(first, first, cells, opened=False, closed=False)
    return Region(first, rows[-1].line + 1, header, rows, {"delimited-table": CONFIDENCE}, origin="delimited")


def _latex(lines: Lines, first: int, end: int) -> Region | None:
    """Rows of a LaTeX table with the rules and the environment around them."""
    rows: list[Row] = []
    last = first
    while last < end and (_LATEX_ROW.match(lines.content(last)) or _LATEX_RULE.match(lines.content(last))):
        if _LATEX_ROW.match(lines.content(last)):
            row = _split(lines, last, _AMPERSAND)
            start, stop = row.cells[-1]
            row.cells[-1] = (start, start + len(lines.view[start:stop].rstrip("\\ ")))
            rows.append(row)
        last += 1
    if len(rows) < LEAST_ROWS - 1:
        return None
    return Region(first, last, rows[0], rows[1:], {"delimited-table": CONFIDENCE}, origin="latex")
