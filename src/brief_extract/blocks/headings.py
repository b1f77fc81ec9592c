"""Which lines without a mark are headings, how sure that is, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """A heading told from its form and place."""

    confidence: float
    evidence: tuple[str, ...]
