"""Figures of the prose against the cells of the tables: which say the same, which say something else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import isclose
from typing import NamedTuple

from msgspec.structs import replace

from brief_extract.figure import Figure
from brief_extract.figures import vocabulary
from brief_extract.figures.find import Found
from brief_extract.model import Block
from brief_extract.table import Table

_WORD = re.compile(r"[^\W_]+")
_TOLERANCE = 1e-9
LONGEST_LABEL = 8
"""Words of a label. A longer cell is a sentence, which labels nothing."""


class _Labelled(NamedTuple):
    """A cell with a number: its value, and the words of the labels of its row and column."""

    id: str
    value: float
    row: frozenset[str]
    column: frozenset[str]


class CellIndex:
    """The numeric cells of a document's tables, by unit."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._cells: dict[str | None, list[_Labelled]] = defaultdict(list)
        for block in blocks:
            if isinstance(block, Table):
                for unit, cell in _cells(block):
                    self._cells[unit].append(cell)

    def compared(self, figure: Figure, found: Found, sentence: str) -> Figure:
        """The figure as found, with the cells that agree and disagree with it.

        A cell agrees that has the unit and value of the figure and the label of whose row is in the sentence. It
        disagrees if it has another value, the label of its column is in the sentence as well, and no cell agrees.
        """
        figure = replace(figure, unit=found.unit, change=found.change, concept=found.concept)
        cells = self._cells.get(found.unit)
        if not cells or not isinstance(found.value, int | float) or found.change in ("up", "down"):
            return figure
        words = _words(sentence)
        named = [cell for cell in cells if cell.row and cell.row <= words]
        agrees = tuple(cell.id for cell in named if isclose(cell.value, found.value, rel_tol=_TOLERANCE))
        if agrees or found.change:
            return replace(figure, agrees=agrees)
        concept = _words(found.concept or "")
        others = tuple(
            cell.id for cell in named if cell.column and cell.column <= words and (cell.column | cell.row) & concept
        )
        return replace(figure, disagrees=others if len(others) == 1 else ())


def _cells(table: Table) -> Iterator[tuple[str | None, _Labelled]]:
    labels = table.row_header
    if labels is None:
        return
    rows = [_label(row[labels]) for row in table.rows]
    columns = [_label(name) for name in table.columns]
    for cell in table.cells:
        if cell.column != labels and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            yield cell.unit, _Labelled(cell.id, cell.value, rows[cell.row], columns[cell.column])


def _label(text: str) -> frozenset[str]:
    words = _words(text)
    return words if len(words) <= LONGEST_LABEL else frozenset()


def _words(text: str) -> frozenset[str]:
    """The content words of a text, plurals as singulars."""
    words = {word.lower() for word in _WORD.findall(text)} - vocabulary.words("function")
    return frozenset(word.removesuffix("s") for word in words)
