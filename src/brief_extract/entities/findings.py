"""What is found in a text before it is a record: names with their places, and what each is in its document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from brief_extract.entities.lexicon import Sense
from brief_extract.parts import Source


class Finding(NamedTuple):
    """A name, date or number in the text of one unit.

    ``sense`` is the entity if a list or the lexicon knows it, ``full`` the fullest form of the name in the document.
    """

    start: int
    end: int
    label: str
    source: Source
    sense: Sense | None = None
    full: str | None = None


class Reading(NamedTuple):
    """What a name is in this document. ``full`` is its fullest form: *Emmanuel Macron* for *Macron*."""

    label: str
    sense: Sense | None
    full: str


def overlapping(findings: Sequence[Finding], start: int, end: int) -> list[Finding]:
    """Those of the findings, which are in order and disjoint, that share a character with the span."""
    index = bisect_right(findings, start, key=lambda finding: finding.end)
    over: list[Finding] = []
    while index < len(findings) and findings[index].start < end:
        over.append(findings[index])
        index += 1
    return over


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by place."""
    return sorted(findings, key=lambda finding: finding.start)
