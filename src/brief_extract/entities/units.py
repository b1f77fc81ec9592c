"""The unit of recognition: a stretch of prose, and the way from its characters back into the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

import msgspec

from brief_extract.blocks.inline import visible_with_offsets
from brief_extract.blocks.looks import title_share, words
from brief_extract.document import Stretch

Kind = Literal["paragraph", "heading", "item", "cell", "quote"]

PROSE: frozenset[Kind] = frozenset({"paragraph", "item", "quote"})
"""The kinds whose words stand in sentences, which is what a statistical model has learnt to read."""


TITLE_CASE = 0.5
"""Share of words with a capital. From 0.3 to 0.7 it is level: core F 69.6 to 69.7 on web text, 79.0 to 79.1 on news."""


_DECOMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]+")


class Written(NamedTuple):
    """A text as it is written, where its letters and accents are single characters: *Côte* in five of them.

    ``starts`` has the place in it of each character of the composed text, and its length at the end.
    """

    text: str
    starts: tuple[int, ...]


def composed(text: str) -> tuple[str, Written | None]:
    """The text with each letter and its accents as one character, as names are listed, and how it was written."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    letters: list[str] = []
    starts: list[int] = []
    place = 0
    for match in _DECOMPOSED.finditer(text):
        letter = unicodedata.normalize("NFC", match[0])
        letters += text[place : match.start()], letter
        starts += range(place, match.start() + 1)
        starts += range(match.start() + 1, match.start() + len(letter))
        place = match.end()
    letters.append(text[place:])
    starts += range(place, len(text) + 1)
    return "".join(letters), Written(text, tuple(starts))


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of prose for the model: one paragraph, heading, item, cell or quote; nothing crosses its bounds.

    Attributes:
        block: Id of the block that holds the unit.
        item: Id of the list item, if it is one.
        cell: Id of the body cell, if it is one. A header cell has kind ``cell`` and no id of its own.
        header: The header of the cell's column.
        kind: What the unit is; prose kinds are given to the model.
        text: The visible text, markup left out and soft breaks as blanks.
        offsets: The source offset of each character of the text as it is written, in code points, or that of the
            first one when it is the source slice as it stands.
        written: The text as it is written, where that is not ``text``.
    """

    block: str
    item: str | None = None
    cell: str | None = None
    header: str = ""
    kind: Kind
    text: str
    offsets: tuple[int, ...] | int
    written: Written | None = None

    @property
    def is_prose(self) -> bool:
        """Whether the words stand in sentences."""
        return self.kind in PROSE

    @property
    def is_read(self) -> bool:
        """Whether the statistical model is asked: in prose, and in headings. Of cells it knows nothing."""
        return self.kind in PROSE or self.kind == "heading"

    @property
    def is_title_case(self) -> bool:
        """Whether most words of a heading begin with a capital, so that capitals tell nothing of names."""
        heading = words(self.text) if self.kind == "heading" else []
        return len(heading) == 1 or title_share(heading) >= TITLE_CASE

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``, for ``start < end``; markup inside it is part of the span."""
        if self.written:
            start, end = self.written.starts[start], self.written.starts[end]
        if isinstance(self.offsets, int):
            return self.offsets + start, self.offsets + end
        return self.offsets[start], self.offsets[end - 1] + 1

    def slice(self, start: int, end: int) -> str:
        """What ``text[start:end]`` is in the text as it is written."""
        if self.written:
            return self.written.text[self.written.starts[start] : self.written.starts[end]]
        return self.text[start:end]


def units_of(text: str, stretches: Iterable[Stretch], labels: Collection[str]) -> list[Unit]:
    """What the recogniser reads; ``labels`` are those of the document's link definitions, as its elements know them."""
    return [_unit(text, stretch, labels) for stretch in stretches]


def _unit(text: str, stretch: Stretch, labels: Collection[str]) -> Unit:
    start, end = stretch.spans[0]
    offsets: int | tuple[int, ...] = start
    shown = stretch.text
    if len(stretch.spans) > 1 or text[start:end] != shown:
        shown, places = visible_with_offsets(text, stretch.spans, labels, cell=stretch.kind == "cell")
        offsets = tuple(places)
    read, written = composed(shown)
    return Unit(
        block=stretch.block,
        item=stretch.item,
        cell=stretch.cell,
        header=stretch.header,
        kind=stretch.kind,
        text=read,
        offsets=offsets,
        written=written,
    )
