"""The figures of a document: those of its paragraphs, headings, items and quotes, with the names beside them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from brief_extract.cells.numerals import decimal_comma
from brief_extract.dates import FoundDate, find_dates
from brief_extract.entities.units import Unit
from brief_extract.figure import Figure
from brief_extract.figures.agreement import CellIndex
from brief_extract.figures.find import Found, find_figures
from brief_extract.figures.sentences import sentence_ends
from brief_extract.model import Block, Mention
from brief_extract.table import Range

MOST_NAMES = 20
"""Mentions of a sentence that a figure is tied to; a sentence with more is a list of names."""

MOST_DATES = 8
"""Dates that a figure names; a sentence with more is a list of dates."""


def figures_of(
    units: Iterable[Unit], blocks: Sequence[Block], mentions: Sequence[Mention], reference: dt.date | None = None
) -> tuple[Figure, ...]:
    """The figures of a document, in its order; those of table cells are in the cells.

    Args:
        units: The document's stretches of prose.
        blocks: Its blocks.
        mentions: Its mentions, in their order.
        reference: The day that relative dates are relative to.
    """
    prose = [unit for unit in units if unit.kind != "cell"]
    comma = bool(decimal_comma(unit.text for unit in prose))
    reader = _Reader(blocks, mentions)
    return tuple(figure for unit in prose for figure in reader.figures(unit, reference, comma=comma))


class _Reader:
    """What the figures of a document are tied to: its sections, its names, its cells."""

    def __init__(self, blocks: Sequence[Block], mentions: Sequence[Mention]) -> None:
        self.sections = {block.id: block.section for block in blocks}
        self.named = [mention for mention in mentions if mention.entity]
        self.starts = [mention.start for mention in self.named]
        self.cells = CellIndex(blocks)
        self.numbers = count(1)

    def figures(self, unit: Unit, reference: dt.date | None, *, comma: bool) -> Iterator[Figure]:
        """The figures of one stretch of prose."""
        dates = list(find_dates(unit.text, reference))
        found: list[Found | FoundDate] = [
            *dates,
            *find_figures(unit.text, [(date.start, date.end) for date in dates], comma=comma),
        ]
        if not found:
            return
        found.sort(key=lambda it: it.start)
        ids = [f"figure-{next(self.numbers)}" for _ in found]
        ends = [0, *sentence_ends(unit.text), len(unit.text)]
        sentences = [bisect_right(ends, it.start) - 1 for it in found]
        of_sentence: dict[int, list[str]] = defaultdict(list)
        for id, it, place in zip(ids, found, sentences, strict=True):
            if isinstance(it, FoundDate):
                of_sentence[place].append(id)
        for id, it, place in zip(ids, found, sentences, strict=True):
            beside = tuple(other for other in of_sentence[place][:MOST_DATES] if other != id)
            yield self._figure(id, it, unit, (ends[place], max(ends[place + 1], it.end)), beside)

    def _figure(
        self, id: str, found: Found | FoundDate, unit: Unit, sentence: tuple[int, int], dates: tuple[str, ...]
    ) -> Figure:
        start, end = unit.place(found.start, found.end)
        first, last = unit.place(*sentence)
        figure = Figure(
            id=id,
            start=start,
            end=end,
            text=unit.slice(found.start, found.end),
            kind="date" if isinstance(found, FoundDate) else found.kind,
            value=_date(found.value) if isinstance(found, FoundDate) else found.value,
            section=self.sections.get(unit.block),
            block=unit.block,
            item=unit.item,
            entities=self._named(first, last),
            dates=dates,
        )
        if isinstance(found, FoundDate):
            return figure
        return self.cells.compared(figure, found, unit.text[slice(*sentence)])

    def _named(self, start: int, end: int) -> tuple[str, ...]:
        """The entities named between two places of the source, each once."""
        first = bisect_left(self.starts, start)
        some = self.named[first : min(bisect_left(self.starts, end), first + MOST_NAMES)]
        return tuple(dict.fromkeys(mention.entity for mention in some if mention.entity))


def _date(value: str | None) -> str | Range | None:
    """An interval of ISO 8601 as a range, ``..`` as an open end."""
    if value is None or "/" not in value:
        return value
    low, _, high = value.partition("/")
    return Range(low=None if low == ".." else low, high=None if high == ".." else high)
