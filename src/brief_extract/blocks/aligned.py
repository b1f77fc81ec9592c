"""Lines -> tables whose columns are aligned with blanks, as wires, agencies, mail and filings print them.

A *row* is a line with a gap of two blanks or more. The columns of a run of rows are what the gaps that all of them
share leave between them, whether words stand at their left or figures at their right. Gaps that line up by accident
(justified text, verse, signatures, two blanks after a full stop) make no table: what makes one is a column of figures,
or three columns that begin at one place in every row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from brief_extract.blocks.kinds import BLANK, DELIMITER, ORDERED, RULE, TEXT, UNDERLINE
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.rows import Region, Row, Span

_PIECE = re.compile(r"\S+(?: \S+)*")
_RULER = re.compile(r"[-=_+ \t\u2013\u2014\u2500\u2550]{3,}$|(?:<[SC]>\s*)+$", re.I)
"""A line that rules a table: dashes and the like under each column or under all; the column marks of SEC filings."""
FIGURE = re.compile(
    r"[(<>~+\u2248\u2264\u2265\u2212\u2013-]*\s*(?:[A-Z]{0,3}[$\u20ac\u00a3\u00a5\u20b9]\s*)?[(+\u2212-]?\.?\d"
    r"|(?:-+|\u2013|\u2014|\.\.+|\*|nil|n/?[as]\.?)$",
    re.I,
)
_SIGN = re.compile(r"[A-Z]{0,3}[$\u20ac\u00a3\u00a5\u20b9]$|US\$$")
YEAR = re.compile(r"(?:19|20)\d\d\b|[QH][1-4]\b|\d[QH]\b")
_LEADER = re.compile(r"(?:(?<!\.)\.{3,}+|(?<!\u2026)\u2026{2,}+|(?<!_)_{3,}+)\s*+$")
_SENTENCE = re.compile(r"[a-z\u00df-\u00ff]{3}[.!?][\"\u201d\u2019)]*$")

LEAST_ROWS = 3
"""Rows of a table, its header counted; two where a rule parts them."""

MOST_HEADERS = 3
"""Rows above the first record that may be the header."""

MOST_PIECES = 40
"""Pieces of the longest row."""

LOOKED_AT = 60
"""Rows from which it is told where the header ends."""

GUTTER = 2
"""Blanks that part cells; one blank parts words."""

SHARED = 0.6
"""Share of the rows in which a gap that all have is as wide as a gutter, from which it is one."""

FIGURES = 0.6
"""Share of a column's cells that are figures, from which it is a column of figures."""

CONFIDENT, PLAUSIBLE = 0.85, 0.7
"""Confidence in a table with a column of figures, and in one of words alone."""


@dataclass(slots=True)
class _Run:
    """Rows one under the other: their lines and pieces, and the lines that rule them."""

    rows: list[tuple[int, list[Span]]] = field(default_factory=list)
    rulers: list[int] = field(default_factory=list)


def find_aligned(lines: Lines) -> Iterator[Region]:
    """The tables aligned with blanks, in order."""
    if "  " in lines.view:
        for run in _runs(lines):
            region = _read(lines, run)
            if region:
                yield region


def _runs(lines: Lines) -> Iterator[_Run]:
    """Runs of rows; rulers and single blank lines may stand between them."""
    run = _Run()
    for line, kind in enumerate(lines.kinds):
        if kind == BLANK:
            if line and lines.kinds[line - 1] == BLANK:
                yield run
                run = _Run()
            continue
        if _is_ruler(lines, line):
            run.rulers.append(line)
            continue
        pieces = _pieces(lines, line) if kind in (TEXT, ORDERED) and line not in lines.quoted else []
        if len(pieces) > 1:
            run.rows.append((line, pieces))
        else:
            yield run
            run = _Run()
    yield run


def _is_ruler(lines: Lines, line: int) -> bool:
    return lines.kinds[line] in (TEXT, RULE, UNDERLINE, DELIMITER) and _RULER.match(lines.content(line)) is not None


def _pieces(lines: Lines, line: int) -> list[Span]:
    """What stands between the gaps of a line: first and last column of each piece; a sign goes with its figure."""
    first, end = lines.firsts[line], lines.ends[line]
    if lines.view.find("  ", first, end) < 0:
        return []
    start = lines.starts[line]
    pieces: list[Span] = []
    sign: int | None = None
    for piece in _PIECE.finditer(lines.view, first, end):
        begin = piece.start() if sign is None else sign
        sign = begin if _SIGN.match(piece.group()) else None
        if sign is None:
            pieces.append((begin - start, piece.end() - start))
    return pieces if len(pieces) <= MOST_PIECES else []


def _read(lines: Lines, run: _Run) -> Region | None:
    """The table of a run, if it is one."""
    if len(run.rows) < LEAST_ROWS - bool(run.rulers):
        return None
    skipped, columns = _columns_under_header(run.rows)
    if len(columns) < 2:
        return None
    rows = [_row(lines, line, pieces, columns) for line, pieces in run.rows]
    headers = _headers(lines, run, rows, skipped)
    confidence = _confidence(lines, rows[headers:], ruled=bool(run.rulers), whole=len(rows))
    if not confidence:
        return None
    header = rows[headers - 1] if headers else _no_header(lines, rows[0])
    first, last = run.rows[0][0], run.rows[-1][0] + 1
    while last < len(lines) and last in run.rulers:
        last += 1
    while first - 1 in run.rulers:
        first -= 1
    repairs = {"aligned-table": confidence} | ({} if headers else {"lost-header": confidence})
    return Region(first, last, header, rows[headers:], repairs, rows[: max(headers - 1, 0)], "aligned")


# --- columns --------------------------------------------------------------------------------------------------


def _columns_under_header(rows: Sequence[tuple[int, list[Span]]]) -> tuple[int, list[Span]]:
    """How many rows to leave out at the top to see the most columns, and these: a header need not keep to them."""
    most = min(MOST_HEADERS, len(rows) - 2)
    counts = [len(_columns([pieces for _, pieces in rows[skipped:LOOKED_AT]])) for skipped in range(most + 1)]
    best = max(range(len(counts)), key=lambda skipped: (counts[skipped], -skipped), default=0)
    return best, _columns([pieces for _, pieces in rows[best:]])


def _columns(rows: Sequence[list[Span]]) -> list[Span]:
    """The columns between the gaps that all rows share, where these are gutters in most rows."""
    merged: list[list[int]] = []
    for start, end in sorted(piece for pieces in rows for piece in pieces):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    columns: list[Span] = []
    for start, end in merged:
        if columns and not _is_gutter(rows, columns[-1][1], start):
            columns[-1] = (columns[-1][0], end)
        else:
            columns.append((start, end))
    return columns


def _is_gutter(rows: Sequence[list[Span]], left: int, right: int) -> bool:
    wide = 0
    for pieces in rows:
        before = max((end for _, end in pieces if end <= left), default=-GUTTER)
        after = min((start for start, _ in pieces if start >= right), default=before + GUTTER)
        wide += after - before >= GUTTER
    return wide >= SHARED * len(rows)


def _row(lines: Lines, line: int, pieces: Sequence[Span], columns: Sequence[Span]) -> Row:
    """The row's cells: each piece goes to the column that it shares most with."""
    cells: list[Span | None] = [None] * len(columns)
    for start, end in pieces:
        best = max(range(len(columns)), key=lambda i: min(end, columns[i][1]) - max(start, columns[i][0]))
        have = cells[best]
        cells[best] = (have[0] if have else start, end)
    offset = lines.starts[line]
    found: list[Span] = []
    reached = lines.firsts[line]
    for cell in cells:
        span = _without_leader(lines.view, offset + cell[0], offset + cell[1]) if cell else (reached, reached)
        found.append(span)
        reached = span[1]
    return Row(line, line, found, opened=False, closed=False)


def _without_leader(view: str, start: int, end: int) -> Span:
    """The cell without the dots that lead to the next one."""
    leader = _LEADER.search(view[start:end])
    return (start, start + leader.start()) if leader and leader.start() else (start, end)


def _no_header(lines: Lines, row: Row) -> Row:
    """A header without words, above the first record."""
    start = lines.firsts[row.line]
    return Row(row.line, row.line, [(start, start)] * len(row.cells), opened=False, closed=False)


# --- what makes a table ---------------------------------------------------------------------------------------


def _headers(lines: Lines, run: _Run, rows: Sequence[Row], skipped: int) -> int:
    """How many rows are the header: those above the first ruler, or those without figures above columns of them."""
    ruled = next((i for i, (one, other) in enumerate(pairwise(run.rows), 1) if _is_ruled(run, one[0], other[0])), 0)
    if 0 < ruled <= MOST_HEADERS and ruled >= skipped:
        return ruled
    texts = [_texts(lines, row) for row in rows]
    above, below = texts[skipped], texts[skipped + 1 :]
    figures = [column for column in range(1, len(above)) if _share_of_figures(below, column) >= FIGURES]
    named = any(
        above[column] and (not FIGURE.match(above[column]) or _is_year_above(below, column, above[column]))
        for column in figures
    )
    alike = not figures and skipped == 0 and any(map(FIGURE.match, above[1:]))
    return skipped + int(named or (not figures and not alike))


def _is_ruled(run: _Run, line: int, other: int) -> bool:
    return any(line < ruler < other for ruler in run.rulers)


def _is_year_above(texts: Sequence[Sequence[str]], column: int, header: str) -> bool:
    """Is the header a year above figures that are none?"""
    return YEAR.match(header) is not None and not all(YEAR.match(row[column]) for row in texts if row[column])


def _texts(lines: Lines, row: Row) -> list[str]:
    return [lines.view[start:end] for start, end in row.cells]


def _share_of_figures(texts: Sequence[Sequence[str]], column: int) -> float:
    filled = [row[column] for row in texts if row[column]]
    return sum(map(bool, map(FIGURE.match, filled))) / len(filled) if len(filled) > 1 else 0.0


def _confidence(lines: Lines, rows: Sequence[Row], *, ruled: bool, whole: int) -> float:
    """How sure it is that these rows are a table; 0 when they are not."""
    texts = [_texts(lines, row) for row in rows]
    if len(texts) < 2 or whole < LEAST_ROWS - ruled:
        return 0.0
    if all(row[0].endswith(":") for row in texts) or any(_SENTENCE.search(cell) for row in texts for cell in row):
        return 0.0
    full = sum(all(row) for row in texts) / len(texts)
    if any(_share_of_figures(texts, column) >= FIGURES for column in range(1, len(texts[0]))):
        return CONFIDENT if full >= 0.5 else 0.0
    starts = [tuple(start - lines.starts[row.line] for start, _ in row.cells) for row in rows]
    wide = len(texts[0]) > 2 and len(texts) >= LEAST_ROWS
    return PLAUSIBLE if wide and full == 1 and len(set(starts)) == 1 else 0.0
