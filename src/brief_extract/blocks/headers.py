"""Tables of pipes -> what their first rows are: a title, a header of two rows, or the first record."""

from __future__ import annotations

from collections.abc import Collection

from brief_extract.blocks.aligned import FIGURE, YEAR
from brief_extract.blocks.kinds import ROW
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.rows import Region, Row, read_row

LEAST_RECORDS = 3
"""Rows without a delimiter row that show that the first of them is a record as the others are."""


def settle_header(lines: Lines, region: Region, taken: Collection[int]) -> None:
    """Look at the first rows of a table of pipes again. ``taken`` are the lines of other tables."""
    _drop_hollow_columns(lines, region)
    if "lost-delimiter" in region.repairs:
        _keep_first_record(lines, region)
    else:
        _part_title(lines, region)
        _add_upper_row(lines, region, taken)


def _drop_hollow_columns(lines: Lines, region: Region) -> None:
    """``|A||B|`` has two columns where every row has two pipes at that place."""
    rows = [region.header, *region.rows]
    width = len(region.header.cells)
    hollow = [
        column
        for column in range(1, width - 1)
        if all(len(row.cells) == width and _is_hollow(lines, row, column) for row in rows)
    ]
    for row in rows if hollow else ():
        row.cells = [span for column, span in enumerate(row.cells) if column not in hollow]


def _is_hollow(lines: Lines, row: Row, column: int) -> bool:
    start, end = row.cells[column]
    return start == end and lines.view[start - 1 : start + 1] == "||"


def _keep_first_record(lines: Lines, region: Region) -> None:
    """A first row with figures (no years) where all the others have them is a record; the columns have no names."""
    rows = [region.header, *region.rows]
    if len(rows) < LEAST_RECORDS or any(len(row.cells) != len(region.header.cells) for row in rows):
        return
    texts = [[lines.view[start:end] for start, end in row.cells] for row in rows]
    columns = list(zip(*texts, strict=True))
    figures = [column for column in columns if all(map(FIGURE.match, column[1:]))]
    if any(FIGURE.match(column[0]) and not YEAR.match(column[0]) for column in figures) and all(
        FIGURE.match(column[0]) for column in figures
    ):
        start = lines.firsts[region.header.line]
        none = [(start, start)] * len(region.header.cells)
        region.rows.insert(0, region.header)
        region.header = Row(region.header.line, region.header.line, none, region.header.opened, region.header.closed)
        region.repairs["lost-header"] = region.repairs["lost-delimiter"]


def _part_title(lines: Lines, region: Region) -> None:
    """A first row with words in its first cell alone, above a row that fits the records better, titles the table."""
    if len(region.rows) < 2 or len(region.header.cells) < 2:
        return
    header, (first, *records) = _texts(lines, region.header), (_texts(lines, row) for row in region.rows)
    titled = bool(header[0]) and not any(header[1:]) and all(first) and len(first) == len(header)
    figures = [column for column in range(1, len(header)) if all(_is_figure(row, column) for row in records)]
    names = [first[column] for column in figures] if titled else []
    if names and not any(FIGURE.match(name) and not YEAR.match(name) for name in names):
        region.title, region.header = region.header, region.rows.pop(0)


def _texts(lines: Lines, row: Row) -> list[str]:
    return [lines.view[start:end] for start, end in row.cells]


def _is_figure(row: list[str], column: int) -> bool:
    return column < len(row) and FIGURE.match(row[column]) is not None


def _add_upper_row(lines: Lines, region: Region, taken: Collection[int]) -> None:
    """The row right above the header belongs to it where it has its width, and stands above several columns."""
    above = region.first - 1
    if above < 0 or above in taken or lines.kinds[above] != ROW or region.title or region.first != region.header.line:
        return
    row = read_row(lines, above)
    alike = len(row.cells) == len(region.header.cells) > 2 and row.opened == row.closed == region.header.opened
    if alike and not all(_texts(lines, row)):
        region.upper, region.first = [row], above
