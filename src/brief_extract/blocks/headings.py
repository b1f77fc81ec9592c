"""Which lines without a mark are headings, how sure that is, and why.

A heading titles what follows: it is short, does not end like a sentence, stands before prose, and looks like the
other headings of its text. None of this is sure by itself, so the evidence is weighed by a small scorer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from brief_extract.blocks import furniture
from brief_extract.blocks.evidence import Group, census, features, style
from brief_extract.blocks.kinds import BULLET, BULLETS, FENCE, ORDERED, TABLE, TEXT
from brief_extract.blocks.looks import begins, ends_open, ends_sentence, numbering
from brief_extract.blocks.nontitles import is_nontitle
from brief_extract.blocks.scorer import load

LONGEST = 160
"""Characters of the longest line that can be a heading; the longest of the sample documents' 621 has 118."""

LONGEST_SENTENCE = 100
"""Characters from which a line with a closing mark is prose beyond doubt: one heading of the sample's 621 is longer."""


LEAST_PARALLEL, LONGEST_PARALLEL = 4, 60
"""Open lines without prose between them that are parallel, and their length; a title with its subtitles has fewer."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A heading told from its form and place."""

    confidence: float
    evidence: tuple[str, ...]
    level: int = 2


def infer_headings(groups: Sequence[Group], threshold: float, spaced: float) -> dict[int, Guess]:
    """The groups that are headings, by their line: each judged by itself, then again beside its like."""
    candidates = [index for index in range(len(groups)) if could_be_heading(groups, index)]
    text = census(groups, candidates, spaced)
    evidence = {index: features(groups, index, text) for index in candidates}
    first = {index: load("headings").probability(seen) for index, seen in evidence.items()}
    again = load("headings-again")
    found: dict[int, Guess] = {}
    parallel = parallel_lines(groups)
    for index, beside in similar_lines(groups, first).items():
        if index in parallel:
            continue
        seen = evidence[index] | beside
        confidence = again.probability(seen)
        if confidence >= threshold:
            level = _level(groups[index].text, first=not found and index < 3)
            found[groups[index].line] = Guess(round(confidence, 2), again.reasons(seen), level)
    return found


def _level(text: str, *, first: bool) -> int:
    """1 for the title, 2 for the rest, deeper by their numbering (``2.1`` is 3)."""
    number = numbering(text)
    if number is not None:
        return min(6, 2 + number.strip("().:").count("."))
    return 1 if first else 2


def could_be_heading(groups: Sequence[Group], index: int) -> bool:
    """Is the group worth a score: short text, or a numbered line between prose that may be a section's title?"""
    group = groups[index]
    if len(group.text) > LONGEST or group.lines > 2:
        return False
    if furniture.is_certain(group.text) or is_nontitle(group.text):
        return False
    if len(group.text) > LONGEST_SENTENCE and group.text[-1] in ".;,":
        return False
    if "|" in (groups[index - 1].text if index else "", groups[index + 1].text if index + 1 < len(groups) else ""):
        return False  # a cell
    if index and index + 1 == len(groups):
        return False  # it titles nothing; none of the sample's 621 headings ends its text
    follower = groups[index + 1] if index + 1 < len(groups) else None
    after = follower.kind if follower else ""
    if group.kind == TEXT:
        if group.text[0] in BULLETS and group.text[1:2].isspace():
            return False
        set_off = follower is not None and (after in (BULLET, ORDERED) or follower.indented)
        if set_off and ends_open(group.text):
            return False  # the items or the code below end the sentence: "The route runs through"
        return any(character.isalnum() for character in group.text)
    before = groups[index - 1].kind if index else TEXT
    below = after == TEXT or (after in (BULLET, TABLE, FENCE) and follower is not None and not follower.indented)
    return group.kind == ORDERED and before != ORDERED and below


def parallel_lines(groups: Sequence[Group]) -> set[int]:
    """The groups that stand in a run of open lines, where no prose comes between for any of them to title.

    The first of a run may title the others, and the last what follows if it is written unlike them. In text whose
    lines were cut, a paragraph taken apart by mistake would look like a run.
    """
    if any(group.lines > 1 for group in groups):
        return set()
    found: set[int] = set()
    for inside, run in groupby(range(len(groups)), key=lambda index: _is_open(groups[index])):
        _first, *others = run
        if not inside or len(others) + 1 < LEAST_PARALLEL:
            continue
        styles = {style(groups[index].text) for index in others[:-1]}
        last = others[-1]
        found.update(others if style(groups[last].text) in styles or last + 1 == len(groups) else others[:-1])
    return found


def _is_open(group: Group) -> bool:
    """Is it one line of text that does not end as a sentence or lead-in does, and no furniture of a page?"""
    if group.kind != TEXT or len(group.text) > LONGEST_PARALLEL or group.text[-1] in ":\uff1a?":
        return False
    if begins(group.text) == "other":
        return False
    return not (ends_sentence(group.text) or furniture.is_certain(group.text))


def similar_lines(groups: Sequence[Group], chances: Mapping[int, float]) -> dict[int, dict[str, float]]:
    """What a first look at a text says of the other lines written like each one, and of all its short lines.

    ``chances`` are the first look's answers by index of the group. Headings of one text look alike, and so does
    the furniture of one page.
    """
    styles = {index: style(groups[index].text) for index in chances}
    sums: dict[str, float] = defaultdict(float)
    doubts: Counter[str] = Counter()
    counts = Counter(styles.values())
    for index, chance in chances.items():
        sums[styles[index]] += chance
        doubts[styles[index]] += chance <= 0.5
    whole = sum(chances.values())
    found = {}
    for index, chance in chances.items():
        mine = styles[index]
        alike, others = counts[mine] - 1, len(chances) - 1
        doubted = doubts[mine] - (chance <= 0.5)
        found[index] = {
            "lines like it are headings": (sums[mine] - chance) / alike - 0.5 if alike else 0.0,
            "lines like it are surely headings": float(alike > 1 and doubted == 0),
            "short lines here are headings": (whole - chance) / others - 0.5 if others else 0.0,
        }
    return found
