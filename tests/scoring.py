"""How good an extraction is: blocks and mentions beside a truth, as precision, recall and F1.

A block is right or wrong as a whole: a table with one wrong cell is one wrong table. Texts are compared as a reader
sees them: white space, invisible characters, the shape of quotes and marks of emphasis do not count.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from brief_extract import Code, Document, Heading, List, Paragraph, Quote, Table

Block = Mapping[str, Any]
"""A block as the truth files write it: ``type`` with ``text``, ``items`` or ``rows`` (the header is the first row)."""

_PLAIN = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"", "*_`~\\")


@dataclass
class Score:
    """How many were right, how many were found, how many there are; two scores add up."""

    right: int = 0
    found: int = 0
    true: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.found + other.found, self.true + other.true)

    @property
    def precision(self) -> float:
        """The share of the found that are right, 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the true that were found, 1 where there is nothing to find."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0

    def __str__(self) -> str:
        return f"P {self.precision:6.1%}  R {self.recall:6.1%}  F1 {self.f1:6.1%}  ({self.right} of {self.true})"


def reading(text: str) -> str:
    """The text as a reader sees it: white space collapsed, invisible characters and marks gone, quotes straight."""
    seen = (letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cc") or letter.isspace())
    return " ".join("".join(seen).translate(_PLAIN).split())


def blocks_of(document: Document) -> list[Block]:
    """The document's blocks in the form of the truth; layout that is no content (``Markup``) is left out."""
    found: list[Block] = []
    for block in document.blocks:
        match block:
            case List(items=items, lead_in=lead_in, ordered=ordered):
                content: dict[str, Any] = {
                    "items": [item.text for item in items],
                    "depths": [item.depth for item in items],
                    "ordered": ordered,
                    "lead_in": lead_in and lead_in.text,
                }
                found.append({"type": "list"} | content)
            case Table(columns=columns, rows=rows, lead_in=lead_in):
                found.append({"type": "table", "rows": [columns, *rows], "lead_in": lead_in and lead_in.text})
            case Heading() | Paragraph() | Code() | Quote():
                found.append({"type": type(block).__name__.lower(), "text": block.text})
    return found


def value(block: Block) -> Hashable:
    """What two blocks of one type are compared by. Empty cells at the end of a row do not count."""
    if block["type"] == "list":
        return tuple(zip(map(reading, block["items"]), block["depths"], strict=True))
    if block["type"] == "table":
        rows = [[reading(cell) for cell in row] for row in block["rows"]]
        return tuple(tuple(row[: len(row) - _empty_at_end(row)]) for row in rows if any(row))
    return reading(block["text"])


def _empty_at_end(row: list[str]) -> int:
    return next((count for count, cell in enumerate(reversed(row)) if cell), len(row))


def sequence(blocks: Iterable[Block]) -> list[tuple[str, Hashable]]:
    """Type and value of each block, in order."""
    return [(block["type"], value(block)) for block in blocks]


def score_blocks(found: Iterable[Block], truth: Iterable[Block]) -> dict[str, Score]:
    """The score of each type of block; ``lead-in`` is that of lists and tables together with their lead-ins."""
    here, there = _by_type(found), _by_type(truth)
    return {kind: compare(here[kind], there[kind]) for kind in sorted(here.keys() | there.keys())}


def _by_type(blocks: Iterable[Block]) -> defaultdict[str, list[Hashable]]:
    values: defaultdict[str, list[Hashable]] = defaultdict(list)
    for block in blocks:
        values[block["type"]].append(value(block))
        if "lead_in" in block:
            values["lead-in"].append((value(block), reading(block["lead_in"] or "")))
    return values


def compare(found: Iterable[Hashable], truth: Iterable[Hashable]) -> Score:
    """The score of one bag of values beside another."""
    here, there = Counter(found), Counter(truth)
    return Score((here & there).total(), here.total(), there.total())


def difference(found: Iterable[Hashable], truth: Iterable[Hashable]) -> str:
    """What is missing and what is too much, one a line."""
    here, there = Counter(found), Counter(truth)
    lines = [f"  missing  {one}" for one in (there - here).elements()]
    return "\n".join(lines + [f"  too much {one}" for one in (here - there).elements()])
