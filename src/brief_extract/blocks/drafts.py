"""Drafts: the flat blocks of a text before they have ids, with the source spans that their text is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from brief_extract.blocks.headings import Guess
from brief_extract.blocks.rows import Region

Span = tuple[int, int]


@dataclass(slots=True)
class ItemDraft:
    """One list item: its whole span with what is nested in it, and the spans of its own text."""

    start: int
    end: int
    marker: str
    depth: int
    parent: int | None
    spans: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """One block before it has an id: type, bounds in the source, and the spans of its text."""

    type: str
    start: int
    end: int
    spans: list[Span] = field(default_factory=list)
    level: int = 1
    guess: Guess | None = None
    ordered: bool = False
    items: list[ItemDraft] = field(default_factory=list)
    region: Region | None = None
    kind: str = ""
    confidence: float | None = None
