"""The unit of recognition: a stretch of prose, and the way from its characters back into the source."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal["paragraph", "heading", "item", "cell", "quote"]

PROSE: frozenset[Kind] = frozenset({"paragraph", "item", "quote"})
"""The kinds whose words stand in sentences, which is what a statistical model has learnt to read."""


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of prose for the model: one paragraph, heading, item, cell or quote; nothing crosses its bounds.

    Attributes:
        block: Id of the block that holds the unit.
        item: Id of the list item, if it is one.
        cell: Id of the body cell, if it is one. A header cell has kind ``cell`` and no id of its own.
        kind: What the unit is; prose kinds are given to the model.
        text: The visible text, markup left out and soft breaks as blanks.
        offsets: The source offset of each character of ``text``, in code points, or that of the first
            one when ``text`` is the source slice as it stands.
    """

    block: str
    item: str | None = None
    cell: str | None = None
    kind: Kind
    text: str
    offsets: tuple[int, ...] | int

    @property
    def is_prose(self) -> bool:
        """Whether the statistical model may speak here."""
        return self.kind in PROSE

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The source span of ``text[start:end]``, for ``start < end``; markup inside it is part of the span."""
        if isinstance(self.offsets, int):
            return self.offsets + start, self.offsets + end
        return self.offsets[start], self.offsets[end - 1] + 1
