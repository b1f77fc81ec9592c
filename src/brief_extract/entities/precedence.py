"""Own names win: what lexicon, model and document say of the same words gives way.

The document is read with the own names in the lexicon's place, so that it learns from them: a surname is the person of
the list. Then they are put where they stand, whatever came of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from brief_extract.entities import document_sense
from brief_extract.entities.findings import Finding, in_order
from brief_extract.entities.lexicon import Entry, Finder, Known, Match
from brief_extract.entities.model import Span
from brief_extract.entities.units import Unit


class _Placed(Protocol):
    """Anything at a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


def read(
    units: Sequence[Unit], predictions: Sequence[Sequence[Span]], lexicon: Known, names: Finder | None
) -> list[list[Finding]]:
    """The findings of each unit of one document, as ``document_sense.read`` has them, own names before all."""
    if names is None:
        return document_sense.read(units, predictions, lexicon)
    own = {text: names.find(text) for text in {unit.text for unit in units}}
    predictions = [without_own(spans, own[unit.text]) for unit, spans in zip(units, predictions, strict=True)]
    findings = document_sense.read(units, predictions, _Both(lexicon, own))
    return [with_own(found, own[unit.text]) for unit, found in zip(units, findings, strict=True)]


class _Both(NamedTuple):
    """The lexicon, and the own names in texts in which they were found already."""

    lexicon: Known
    own: Mapping[str, list[Match]]

    def get(self, name: str) -> Entry | None:
        return self.lexicon.get(name)

    def find(self, text: str) -> list[Match]:
        own = self.own[text]
        known = self.lexicon.find(text)
        if not own:
            return known
        names = (match for match in own if match.entry.senses)
        return sorted([*names, *without_own(known, own)], key=lambda match: match.start)


def without_own(found: Sequence[_P], own: Sequence[Match]) -> list[_P]:
    """What does not stand in the way of own names, all in order.

    A name that is to be dropped takes only what is that name, or part of it: *Union* leaves *European Union*.
    """
    return [it for it in found if not _gives_way(it, own)] if own else [*found]


def with_own(found: Sequence[Finding], own: Sequence[Match]) -> list[Finding]:
    """The findings with the own names among them, in order and disjoint."""
    if not own:
        return [*found]
    names = [
        Finding(match.start, match.end, match.entry.label, "names", match.entry.senses[0])
        for match in own
        if match.entry.senses
    ]
    return in_order([*without_own(found, own), *names])


def _gives_way(it: _Placed, own: Sequence[Match]) -> bool:
    index = bisect_right(own, it.start, key=lambda match: match.end)
    while index < len(own) and own[index].start < it.end:
        match = own[index]
        if match.entry.senses or (match.start <= it.start and it.end <= match.end):
            return True
        index += 1
    return False
