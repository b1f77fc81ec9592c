"""Lines -> tables: which runs of rows are one table, and where each cell stands.

A delimiter row (``|---|---|``) is the one part of a table that prose never imitates, so tables are anchored on
it; the row before it is the header. Rows that lost it need more evidence: outer pipes and one width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from brief_extract.blocks.aligned import find_aligned
from brief_extract.blocks.delimited import find_delimited
from brief_extract.blocks.headers import settle_header
from brief_extract.blocks.kinds import BLANK, BORDER, DELIMITER, ROW, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.rows import TAB, TABS_AS_ONE, Region, Row, fitted_row, read_row
from brief_extract.blocks.wiki import find_wiki_tables

_RUN = re.compile(r"[|\-+]+(?: [|\-+]+)*")
_SINGLE_DASHES = re.compile(r"\|?[ \t]*+[^\s|:][ \t]*+(?:\|[ \t]*+(?:[^\s|:][ \t]*+)?)*+$")
_TABS = re.compile(r"\t{2,}")

MAX_WRAP = 3
"""Lines over which one row may go on. Rows of news tables wrap once; three leaves room and stays local."""


def find_tables(lines: Lines) -> list[Region]:
    """All tables, in order. Rows inside code fences are code and never looked at."""
    regions = list(find_wiki_tables(lines))
    taken = {line for region in regions for line in range(region.first, region.last)}
    _tell_missing_values(lines)
    reached = 0
    for run in _RUN.finditer(lines.kinds):
        start = max(run.start(), reached)
        if run.end() - start > 1:
            found = [region for region in _read_run(lines, start, run.end()) if region.first not in taken]
            regions.extend(found)
            reached = max(reached, found[-1].last) if found else reached
    for run in _TABS.finditer(lines.kinds):
        regions.extend(_read_tabbed(lines, run.start(), run.end()))
    taken |= {line for region in regions for line in range(region.first, region.last)}
    for region in (*find_aligned(lines), *find_delimited(lines)):
        if taken.isdisjoint(range(region.first, region.last)):
            regions.append(region)
            taken.update(range(region.first, region.last))
    for region in regions:
        if region.origin == "pipes":
            settle_header(lines, region, taken)
        if lines.text[lines.firsts[region.first]] == "<":
            region.origin = "html"
            region.repairs.pop("lost-delimiter", None)
    regions.sort(key=lambda region: region.first)
    return regions


def _tell_missing_values(lines: Lines) -> None:
    """A row of single dashes (``| - | - |``) under a longer delimiter row holds missing values; it is no delimiter."""
    kinds = list(lines.kinds)
    for run in _RUN.finditer(lines.kinds):
        ruled = [line for line in range(run.start(), run.end()) if kinds[line] == DELIMITER]
        if len(ruled) > 1 and not _SINGLE_DASHES.match(lines.content(ruled[0])):
            for line in ruled[1:]:
                if _SINGLE_DASHES.match(lines.content(line)):
                    kinds[line] = ROW
    lines.kinds = "".join(kinds)


# --- runs of rows ---------------------------------------------------------------------------------------------


def _read_run(lines: Lines, start: int, end: int) -> Iterator[Region]:
    kinds = lines.kinds
    anchors = [line for line in range(start, end) if kinds[line] in (DELIMITER, BORDER)]
    line = start
    while line < end:
        top = line
        while line + 1 < end and kinds[line] in (DELIMITER, BORDER):
            line += 1
        region = None
        if kinds[line] == ROW:
            region = _anchored(lines, line, end) or _unanchored(lines, line, _next_header(anchors, lines, line, end))
        if region is not None and top < line:
            region.first = top
            region.repairs.setdefault("odd-table" if kinds[top] == BORDER else "odd-delimiter", 0.9)
        if region is None:
            line += 1
        else:
            yield region
            line = region.last


def _next_header(anchors: list[int], lines: Lines, line: int, end: int) -> int:
    """The line before the next delimiter row after ``line``, or ``end``: a header begins a table of its own."""
    for anchor in anchors:
        if anchor > line and lines.kinds[anchor] == DELIMITER:
            header = _above(lines, anchor)
            if header is not None and header > line:
                return header
    return end


def _above(lines: Lines, line: int) -> int | None:
    """The row above ``line``, blank lines skipped."""
    line -= 1
    while line >= 0 and lines.kinds[line] == BLANK:
        line -= 1
    return line if line >= 0 and lines.kinds[line] == ROW else None


def _below(lines: Lines, line: int, end: int) -> int:
    """The next line that is not blank, at most ``end``."""
    line += 1
    while line < end and lines.kinds[line] == BLANK:
        line += 1
    return line


def _anchored(lines: Lines, start: int, end: int) -> Region | None:
    """The table whose header stands at ``start`` and whose delimiter row follows."""
    delimiter = _below(lines, start, end)
    if delimiter >= end or lines.kinds[delimiter] not in (DELIMITER, BORDER):
        return None
    header = read_row(lines, start)
    if lines.kinds[delimiter] == DELIMITER and lines.view[lines.firsts[delimiter]] != "|":
        header.opened = False  # of two styles the looser one is that of the rows
    width = len(header.cells)
    region = Region(start, delimiter + 1, header, [])
    _read_body(lines, region, delimiter, end)
    if not _same_width(lines, region, delimiter, width):
        return None
    if lines.kinds[delimiter] == BORDER:
        region.repairs["odd-table"] = 0.95
        region.origin = "box"
    return region


def _same_width(lines: Lines, region: Region, delimiter: int, width: int) -> bool:
    """Does the delimiter row agree with the header, or do the body rows agree in its place?"""
    if lines.kinds[delimiter] == BORDER:
        return width > 1 or region.header.opened
    marks = read_row(lines, delimiter)
    content = lines.content(delimiter)
    if len(marks.cells) == width:
        if width == 1 and not (region.header.opened and marks.opened):
            return False
        if any(dash in content for dash in "\u2013\u2014\u2212"):
            region.repairs["odd-delimiter"] = 0.98
        return True
    widths = [len(row.cells) for row in region.rows]
    if widths and width > 1 and widths.count(width) * 2 > len(widths):
        region.repairs["odd-delimiter"] = 0.9
        return True
    return False


def _read_body(lines: Lines, region: Region, delimiter: int, end: int) -> None:
    kinds, width = lines.kinds, len(region.header.cells)
    line = delimiter + 1
    while line < end:
        gap = kinds[line] == BLANK
        line = _below(lines, line - 1, end)
        if line >= end:
            break
        if kinds[line] in (DELIMITER, BORDER):
            region.repairs["odd-delimiter" if kinds[line] == DELIMITER else "odd-table"] = 0.9
            region.last = line = line + 1
            continue
        row = _body_row(lines, region, line)
        if row is None or (gap and (len(row.cells) != width or not (row.opened and region.header.opened))):
            break
        if _is_header(lines, row.last, end) and not _ruled(lines, row.last, end):
            break
        if gap:
            region.repairs["spaced-rows"] = 0.9
        if row.last > row.line:
            region.repairs["wrapped-cell"] = 0.85
        region.rows.append(row)
        region.last = line = row.last + 1
        if line > end:  # a row that goes on over lines without pipes has left its run, and goes into the next one
            following = _RUN.match(kinds, line)
            end = following.end() if following else line


def _is_header(lines: Lines, line: int, end: int) -> bool:
    below = _below(lines, line, end)
    return below < end and lines.kinds[below] == DELIMITER


def _ruled(lines: Lines, line: int, end: int) -> bool:
    """Is every row followed by a delimiter row? Then they are borders, and this row is no new header."""
    below = _below(lines, line, end)
    after = _below(lines, below, end)
    further = _below(lines, after, end)
    if after >= end or lines.kinds[after] != ROW:
        return after >= end or lines.kinds[after] != DELIMITER
    return further < end and lines.kinds[further] == DELIMITER


def _body_row(lines: Lines, region: Region, line: int) -> Row | None:
    """The row at ``line`` if it has the form of this table's rows."""
    width, outer = len(region.header.cells), region.header.opened
    row = fitted_row(lines, line, width)
    if outer:
        if not row.opened:
            return None
        return row if row.closed else _unwrapped(lines, row, width) or row
    if row.opened and row.closed and width > 1:
        return row if len(row.cells) == width else None
    return row if len(row.cells) <= width or width == 1 else _short(lines, row)


def _short(lines: Lines, row: Row) -> Row | None:
    """A row wider than its header counts only if no cell reads like a sentence."""
    return None if lines.view[row.cells[-1][1] - 1] in ".!?" else row


def _unwrapped(lines: Lines, row: Row, width: int) -> Row | None:
    """The row with the lines it goes on over, when together they close with a pipe and have the right width."""
    for last in range(row.line + 1, min(row.line + 1 + MAX_WRAP, len(lines))):
        if lines.kinds[last] not in (ROW, TEXT) or lines.content(last)[:1] in ("", "|"):
            return None
        if lines.view[lines.ends[last] - 1] == "|":
            joined = fitted_row(lines, row.line, width, last)
            return joined if len(joined.cells) == width else None
    return None


# --- tables without a delimiter row ---------------------------------------------------------------------------


def _unanchored(lines: Lines, start: int, end: int) -> Region | None:
    """Rows without a delimiter row are a table when they stand together, bounded alike, of one width."""
    rows: list[Row] = []
    line = start
    while line < end and lines.kinds[line] == ROW:
        row = read_row(lines, line)
        if rows and (row.opened, row.closed) != (rows[0].opened, rows[0].closed):
            break
        rows.append(row)
        line += 1
    confidence = _confidence(lines, rows)
    if confidence == 0.0:
        return None
    return Region(start, rows[-1].last + 1, rows[0], rows[1:], {"lost-delimiter": confidence})


def _confidence(lines: Lines, rows: list[Row]) -> float:
    """How sure it is that these rows are a table; 0 when they are not."""
    if len(rows) < 2:
        return 0.0
    widths = {len(row.cells) for row in rows}
    width = len(rows[0].cells)
    if rows[0].opened and rows[0].closed:
        if len(widths) == 1:
            return 0.95 if width > 1 else 0.7 if len(rows) > 2 else 0.0
        return 0.7 if len(rows) > 2 and width > 1 else 0.0
    prose = any(lines.view[lines.ends[row.line] - 1] in ".!?:;" for row in rows)
    return 0.7 if len(widths) == 1 and not prose and width > 1 and len(rows) + width >= 5 else 0.0


def _read_tabbed(lines: Lines, start: int, end: int) -> Iterator[Region]:
    """Lines cut by tabs are a table when two or more in a row have the cells of their first line."""
    line = start
    while line < end:
        rows = _tabbed_rows(lines, line, end, TAB)
        if len(rows) < 2:
            rows = _tabbed_rows(lines, line, end, TABS_AS_ONE)
        width = len(rows[0].cells)
        if len(rows) > 1 and width > 1 and len(rows) + width >= 5:
            yield Region(line, line + len(rows), rows[0], rows[1:], {"odd-table": 0.85}, origin="tabs")
        line += len(rows)


def _tabbed_rows(lines: Lines, start: int, end: int, separator: re.Pattern[str]) -> list[Row]:
    """The lines from ``start`` on that fit the first one; an empty last cell leaves no trace of itself."""
    rows = [read_row(lines, start, None, separator)]
    width = len(rows[0].cells)
    for line in range(start + 1, end):
        row = read_row(lines, line, None, separator)
        if len(row.cells) not in (width, width - 1):
            break
        rows.append(row)
    return rows
