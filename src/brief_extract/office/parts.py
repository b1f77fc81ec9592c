"""The parts that office documents have in common, and how they are written as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

DEEPEST_HEADING = 6
MOST_COLUMNS = 200
"""A spreadsheet that is pasted in may have 16,384 columns, most of them empty."""


class Heading(NamedTuple):
    """A heading; 1 is the outermost level."""

    level: int
    text: str


class Item(NamedTuple):
    """An item of a list; 0 is the outermost depth."""

    depth: int
    ordered: bool
    text: str


class Paragraph(NamedTuple):
    """Any other paragraph; it may hold line breaks."""

    text: str


class Rows(NamedTuple):
    """A table: the text of each cell, row by row. The first row is its header."""

    rows: Sequence[Sequence[str]]


Part = Heading | Item | Paragraph | Rows


def to_markdown(parts: Iterable[Part]) -> str:
    r"""The parts with a blank line between them, items of one list without. Parts without a text are left out.

    >>> to_markdown([Heading(2, "Why"), Item(0, False, "cost"), Item(1, True, "wages"), Rows([["a|b", "c"]])])
    '## Why\n\n- cost\n  1. wages\n\n| a\\|b | c |\n| --- | --- |\n'
    """
    text = ""
    before: Part | None = None
    pieces = []
    for part in parts:
        text = _markdown(part)
        if text:
            together = isinstance(part, Item) and isinstance(before, Item)
            pieces.append(text if before is None else f"\n{text}" if together else f"\n\n{text}")
            before = part
    return "".join([*pieces, "\n"]) if pieces else ""


def _markdown(part: Part) -> str:
    if isinstance(part, Rows):
        return _table(part.rows)
    text = part.text.strip()
    if isinstance(part, Paragraph) or not text:
        return text
    line = " ".join(text.split())
    if isinstance(part, Heading):
        return f"{'#' * min(max(part.level, 1), DEEPEST_HEADING)} {line}"
    return f"{'  ' * part.depth}{'1.' if part.ordered else '-'} {line}"


def _table(rows: Sequence[Sequence[str]]) -> str:
    """A pipe table. One that has a single cell is a frame around a text: a paragraph."""
    cells = [[" ".join(cell.split()) for cell in row[:MOST_COLUMNS]] for row in rows]
    cells = [row for row in cells if any(row)]
    width = max((len(_without_end(row)) for row in cells), default=0)
    if width == 1 and len(cells) == 1:
        return cells[0][0]
    lines = [_row([*row, *[""] * width][:width]) for row in cells]
    return "\n".join([*lines[:1], _row(["---"] * width), *lines[1:]]) if lines else ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _without_end(row: Sequence[str]) -> Sequence[str]:
    """The row without the empty cells at its end."""
    last = next((at for at in range(len(row), 0, -1) if row[at - 1]), 0)
    return row[:last]
