"""Which lines without a mark are headings, how sure that is, and why.

A heading titles what follows: it is short, does not end like a sentence, stands before prose, and looks like the
other headings of its text. None of this is sure by itself, so the evidence is weighed by a small scorer.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from brief_extract.blocks import furniture
from brief_extract.blocks.kinds import BULLET, CODE, FENCE, HEADING, ORDERED, TABLE, TEXT
from brief_extract.blocks.looks import (
    begins,
    ends_open,
    ends_sentence,
    is_capitals,
    numbering,
    small_words,
    title_share,
    words,
)

LONGEST = 160
"""Characters of the longest line that can be a heading; the longest of the sample documents' 621 has 118."""

LONGEST_SENTENCE = 100
"""Characters from which a line with a closing mark is prose beyond doubt: one heading of the sample's 621 is longer."""

_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|says?|said|told|told|does|did|do|"
    r"\w+(?:ed|n't))\b"
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A heading told from its form and place."""

    confidence: float
    evidence: tuple[str, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Group:
    """One block to be: a paragraph's lines as one string, or a line of another kind."""

    line: int
    kind: str
    text: str
    lines: int = 1


def could_be_heading(groups: Sequence[Group], index: int) -> bool:
    """Is the group worth a score: short text, or a numbered line between prose that may be a section's title?"""
    group = groups[index]
    if len(group.text) > LONGEST or group.lines > 2 or furniture.is_certain(group.text):
        return False
    if len(group.text) > LONGEST_SENTENCE and group.text[-1] in ".;,":
        return False
    if group.kind == TEXT:
        return any(character.isalnum() for character in group.text)
    around = [near.kind for near in groups[max(index - 1, 0) : index + 2] if near is not group]
    return group.kind == ORDERED and TEXT in around[-1:] and not {BULLET, ORDERED} & set(around)


def census(groups: Sequence[Group]) -> Counter[str]:
    """How often each short line, and each style of short line, occurs in a text: parallel headings look alike."""
    short = [group.text for index, group in enumerate(groups) if could_be_heading(groups, index)]
    return Counter(short) + Counter(style(line) for line in short)


def features(groups: Sequence[Group], index: int, seen: Counter[str], prose: float) -> dict[str, float]:
    """The evidence that ``groups[index]`` is a heading. ``prose`` is the median length of the text's paragraphs."""
    line = groups[index].text
    before = groups[index - 1] if index else None
    after = groups[index + 1] if index + 1 < len(groups) else None
    tokens = words(line)
    mark, start = line[-1], begins(line)
    question = mark == "?" or line[-2:-1] == "?"
    closed = _closed(line) and not question
    capitals = is_capitals(line)
    share = title_share(tokens)
    alike, copies = seen[style(line)] - 1, seen[line]
    small = small_words(tokens)
    verb = _VERB.search(line) is not None
    evidence = {
        "ends like a sentence": closed and mark != "!",
        "ends with an exclamation mark": mark == "!",
        "a question": question,
        "ends with a colon": mark == ":",
        "a lead-in to a list": mark == ":" and after is not None and after.kind in (BULLET, ORDERED, TABLE, CODE),
        "a lead-in of many words": mark == ":" and len(tokens) > 3,
        "a colon after a verb": mark == ":" and verb,
        "ends with a comma": mark in ",;",
        "ends with a quote": mark in "\"\u201d\u2019'",
        "no closing mark": not closed and not question and mark not in ":,;",
        "ends in a small word": ends_open(line),
        "one word": len(tokens) <= 1,
        "two to four words": 2 <= len(tokens) <= 4,
        "five to nine words": 5 <= len(tokens) <= 9,
        "ten to fourteen words": 10 <= len(tokens) <= 14,
        "fifteen words or more": len(tokens) >= 15,
        "title case": share >= 0.8 and len(tokens) > 2,
        "some capitals": 0.3 <= share < 0.8,
        "sentence case": share < 0.3 and start == "upper",
        "in capitals": capitals,
        "begins in lower case": start == "lower",
        "begins with a digit": start == "digit",
        "begins with a quote": start == "quote",
        "numbered": numbering(line) is not None,
        "a number alone": groups[index].kind == ORDERED and alike == 0,
        "numbers with prose between": groups[index].kind == ORDERED and alike > 0,
        "bold": line.startswith(("**", "__")) and line.endswith(("**", "__")),
        "begins bold and goes on": line.startswith(("**", "__")) and not line.endswith(("**", "__")),
        "holds a quotation": any(sign in line for sign in '"\u201c\u201d'),
        "holds a bar": "|" in line,
        "holds brackets": "(" in line,
        "all in brackets": line[0] in "([" and mark in ")]",
        "a verb": verb,
        "many small words": len(tokens) > 3 and small / len(tokens) > 0.45,
        "no small words": len(tokens) > 2 and small == 0,
        "a sentence inside": ". " in line.strip(". ") and not numbering(line),
        "a colon inside": ": " in line,
        "a dash inside": " - " in line or "\u2013" in line or "\u2014" in line,
        "stands elsewhere too": copies > 1,
        "stands elsewhere too, list follows": copies > 1 and after is not None and after.kind in (BULLET, ORDERED),
        "first": before is None,
        "second or third": index in (1, 2),
        "last": after is None,
        "wrapped": groups[index].lines > 1,
        "like one other line": alike == 1,
        "like several other lines": alike >= 2,
        "the only one of its style": alike == 0,
        "far shorter than the prose": len(line) * 3 < prose,
        "as long as the prose": len(line) > 0.75 * prose,
        **_around(before, after),
        **dict.fromkeys(furniture.kinds(line), True),
    }
    found = {name: float(value) for name, value in evidence.items() if value}
    found["length"] = min(len(line), LONGEST) / 100
    return found


def _around(before: Group | None, after: Group | None) -> dict[str, bool]:
    """What stands before and after."""
    after_text = after is not None and after.kind == TEXT
    prose = after_text and after is not None and _closed(after.text)
    return {
        "prose follows": prose and after is not None and len(after.text) > 100,
        "a short sentence follows": prose and after is not None and len(after.text) <= 100,
        "an open line follows": after_text and not prose,
        "a lead-in follows": after_text and after is not None and after.text[-1] == ":",
        "a list follows": after is not None and after.kind in (BULLET, ORDERED),
        "a table follows": after is not None and after.kind == TABLE,
        "code follows": after is not None and after.kind in (FENCE, CODE),
        "a marked heading follows": after is not None and after.kind == HEADING,
        "after a sentence": before is not None and before.kind == TEXT and _closed(before.text),
        "after an open line": before is not None and before.kind == TEXT and not _closed(before.text),
        "after a lead-in": before is not None and before.text[-1:] == ":",
        "after a list": before is not None and before.kind in (BULLET, ORDERED),
        "after a table": before is not None and before.kind == TABLE,
    }


def _closed(line: str) -> bool:
    return ends_sentence(line) or line[-1:] in ":;,"


@lru_cache(maxsize=4096)
def style(line: str) -> str:
    """How a short line is written and ends: what parallel headings share."""
    tokens = words(line)
    if is_capitals(line):
        case = "capitals"
    elif len(tokens) > 1 and title_share(tokens) > 0.6:
        case = "title"
    else:
        case = begins(line)
    number = numbering(line)
    shape = "number" if number and number[0].isdigit() else "letter" if number else "bold" if line[:2] == "**" else ""
    end = "." if ends_sentence(line) and line[-1] != "?" else line[-1] if line[-1] in "?:,;" else ""
    return f"{case} {shape} {end}"


def company(groups: Sequence[Group], chances: Mapping[int, float]) -> dict[int, dict[str, float]]:
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
