"""Decisions: what is known of a text's lines beyond what stands in them; made by ``decide``, read by ``layout``."""

from __future__ import annotations

from dataclasses import dataclass, field

from brief_extract.blocks.headings import Guess
from brief_extract.blocks.rows import Region
from brief_extract.blocks.runs import Run


@dataclass(slots=True)
class Decisions:
    """What is known of a text's lines beyond what stands in them, keyed by line number.

    Attributes:
        breaks: Lines before which a block ends.
        flush: Lines whose indent means nothing (first-line indents of paragraphs).
        joined: Lines that go on the line before them (text under its lone bullet).
        edits: View position -> characters to read there, same length.
        tables: First line of each table -> the table.
        runs: First line of each list without marks -> the list.
        rules: Lines that are rules, of whatever signs.
        headings: Lines that are headings without a mark -> how sure that is and why.
    """

    breaks: set[int] = field(default_factory=set)
    flush: set[int] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)
    edits: dict[int, str] = field(default_factory=dict)
    tables: dict[int, Region] = field(default_factory=dict)
    runs: dict[int, Run] = field(default_factory=dict)
    rules: set[int] = field(default_factory=set)
    headings: dict[int, Guess] = field(default_factory=dict)
