"""What speaks for and against a line being a heading: named observations of the line, its neighbours and its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from brief_extract.blocks import furniture
from brief_extract.blocks.kinds import BULLET, CODE, FENCE, HEADING, ORDERED, TABLE, TEXT
from brief_extract.blocks.looks import (
    begins,
    ends_in_abbreviation,
    ends_open,
    ends_sentence,
    is_capitals,
    numbering,
    small_words,
    title_share,
    words,
)
from brief_extract.blocks.nontitles import is_nontitle

_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|says?|said|told|told|does|did|do|"
    r"\w+(?:ed|n't))\b"
)
_OPENER = re.compile(r"([^\W\d_]+)[ :.]\s*(?:\d{1,2}|[A-Z]|[IVX]{1,4}|one|two|three|four|five)\b")
_SHORTENED = re.compile(r"\b(?:No|Nos|Vol|St|Mt|Ft|vs|v|Dr|Mr|Mrs|Ms|Prof|Gen|Gov|Sen|Rep|U\.S|U\.K)\.(?= )")
QUESTION_MARKS = frozenset("?\uff1f\u061f")
QUESTION_WORDS = frozenset(
    "what why how who whom whose when where which do does did is are was were has have can could should will would may "
    "was wie warum wer wann wo welche welcher welches wieso qui que quoi pourquoi comment quand où quel quelle quels "
    "quelles qué quién quiénes cómo cuándo dónde cuál cuáles por chi cosa che perché come dove quando quale".split()
)
"""Words that questions begin with, in English, German, French, Spanish and Italian; a heading that asks does."""
_COLONS = ":\uff1a"
_QUOTES = frozenset("\"'\u2018\u2019\u201c\u201d\u00ab\u00bb\u201e")

LOOKED_THROUGH = 3
"""Lines of furniture that may stand between a title and its text: byline, date, reading time."""

LEAST_FURNITURE = 2
"""Lines that make a page: one credit under a short story does not."""

FURNISHED = 0.12
"""Share of short lines that are page furniture beyond doubt, from which a text counts as a whole news page: 0 to 0.05
in the sample's documents, 0.1 to 0.5 in nine of ten furnished articles."""


@dataclass(frozen=True, slots=True)
class Group:
    """One block to be: a paragraph's lines as one string, or a line of another kind; blank lines on its two sides."""

    line: int
    kind: str
    text: str
    lines: int = 1
    indented: bool = False
    above: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Census:
    """What the short lines of one text have in common.

    Attributes:
        lines, styles, openers: How often each line, style of line and numbered opener (``Lesson 2``) occurs.
        prose: Median length of the paragraphs, in characters.
        furnished: Is the text a whole news page, its bylines, calls and links with it?
        spaced: Share of the bounds that have kept their blank line.
    """

    lines: Counter[str]
    styles: Counter[str]
    openers: Counter[str]
    prose: float
    furnished: bool
    spaced: float


def census(groups: Sequence[Group], candidates: Sequence[int], spaced: float) -> Census:
    """Look at all lines of a text that could be headings (``candidates``, by index) together."""
    short = [groups[index].text for index in candidates]
    long = [len(group.text) for group in groups if group.kind == TEXT and len(group.text) > 80]
    beside = sum(furniture.is_certain(group.text) for group in groups if group.kind == TEXT)
    return Census(
        Counter(short),
        Counter(style(line) for line in short),
        Counter(_opener(line) for line in short),
        median(long or [200]),
        beside >= LEAST_FURNITURE and beside > FURNISHED * (beside + len(short)),
        spaced,
    )


def _opener(line: str) -> str:
    match = _OPENER.match(line)
    return match.group(1).lower() if match else ""


def features(groups: Sequence[Group], index: int, text: Census) -> dict[str, float]:
    """The evidence that ``groups[index]`` is a heading."""
    line = groups[index].text
    before = groups[index - 1] if index else None
    after = _following(groups, index)
    tokens = words(line)
    mark, start = line[-1], begins(line)
    question = mark in QUESTION_MARKS or line[-2:-1] in QUESTION_MARKS
    closed = _closed(line) and not question
    abbreviated = ends_in_abbreviation(line)
    capitals = is_capitals(line)
    share = title_share(tokens)
    alike, copies = text.styles[style(line)] - 1, text.lines[line]
    series = text.openers[_opener(line)] if _opener(line) else 0
    listed = after is not None and after.kind in (BULLET, ORDERED, TABLE, CODE)
    small = small_words(tokens)
    verb = _VERB.search(line) is not None
    evidence = {
        "ends like a sentence": closed and mark != "!" and not abbreviated,
        "ends in an abbreviation": abbreviated,
        "ends with an exclamation mark": mark == "!",
        "a question": question,
        "a question from its first word": question and bool(tokens) and tokens[0].lower() in QUESTION_WORDS,
        "ends with a colon": mark in _COLONS,
        "a lead-in to a list": mark in _COLONS and listed,
        "a label with a colon": mark in _COLONS and len(tokens) <= 3 and not verb and small == 0,
        "one of several labels": mark in _COLONS and len(tokens) <= 3 and not verb and small == 0 and alike > 1,
        "one of a numbered series": series > 1,
        "ends with an ellipsis": line.endswith(("...", "\u2026")),
        "a lead-in of many words": mark in _COLONS and len(tokens) > 3,
        "a colon after a verb": mark in _COLONS and verb,
        "ends with a comma": mark in ",;",
        "ends with a quote": mark in "\"\u201d\u2019'",
        "no closing mark": not closed and not question and mark not in ":,;\uff1a",
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
        "a sentence inside": _holds_sentence(line) and not numbering(line),
        "a colon inside": ": " in line,
        "a dash inside": " - " in line or "\u2013" in line or "\u2014" in line,
        "stands elsewhere too": copies > 1,
        "stands elsewhere too, list follows": copies > 1 and listed,
        "first": before is None,
        "second or third": index in (1, 2),
        "last": after is None,
        "wrapped": groups[index].lines > 1,
        "like one other line": alike == 1,
        "like several other lines": alike >= 2,
        "the only one of its style": alike == 0,
        "far shorter than the prose": len(line) * 3 < text.prose,
        "as long as the prose": len(line) > 0.75 * text.prose,
        **_around(before, after),
        **_apart(groups[index], after, text.spaced),
        **dict.fromkeys(_furniture(line, text), True),
        "a label and a value, first": before is None and furniture.KINDS["a label and a value"].match(line) is not None,
        "on a news page": text.furnished,
        "on a news page, prose follows": text.furnished and after is not None and len(after.text) > 100,
        "on a news page, an open line follows": text.furnished and after is not None and not _closed(after.text),
    }
    found = dict.fromkeys((name for name, value in evidence.items() if value), 1.0)
    found["length"] = len(line) / 100
    return found


def _following(groups: Sequence[Group], index: int) -> Group | None:
    """What comes after the line; a byline or date under a title is looked through, and what titles nothing itself."""
    rest = groups[index + 1 : index + 1 + LOOKED_THROUGH]
    seen = (group for group in rest if group.kind != TEXT or not _is_beside(group.text))
    return next(seen, rest[0] if rest else None)


def _is_beside(line: str) -> bool:
    return furniture.is_certain(line) or is_nontitle(line)


def _holds_sentence(line: str) -> bool:
    """Does a sentence end inside the line (``No. 6`` and ``Dr. Sato`` end none)?"""
    plain = _SHORTENED.sub("", line.strip(". "))
    return ". " in plain or "\u3002" in line[:-1]


def _around(before: Group | None, after: Group | None) -> dict[str, bool]:
    """What stands before and after."""
    after_text = after is not None and after.kind == TEXT
    prose = after_text and after is not None and _closed(after.text)
    return {
        "prose follows": prose and after is not None and len(after.text) > 100,
        "a short sentence follows": prose and after is not None and len(after.text) <= 100,
        "an open line follows": after_text and not prose,
        "a lead-in follows": after_text and after is not None and after.text[-1] in _COLONS,
        "a list follows": after is not None and after.kind in (BULLET, ORDERED),
        "a table follows": after is not None and after.kind == TABLE,
        "code follows": after is not None and after.kind in (FENCE, CODE),
        "a marked heading follows": after is not None and after.kind == HEADING,
        "after a sentence": before is not None and before.kind == TEXT and _closed(before.text),
        "after an open line": before is not None and before.kind == TEXT and not _closed(before.text),
        "after a lead-in": before is not None and before.text[-1:] == ":",
        "after a list": before is not None and before.kind in (BULLET, ORDERED),
        "after a quotation": before is not None and before.text[:1] in _QUOTES and before.text[-1:] in _QUOTES,
        "after a table": before is not None and before.kind == TABLE,
    }


MOSTLY = 0.6
"""Share of bounds with a blank line, from which it is odd that one has none."""


BLANK_LINES = (
    "blank line above",
    "blank line below",
    "blank lines around",
    "no blank line above, most are there",
    "no blank line below, most are there",
)
"""What the blank lines beside a line say; nothing in text that has lost all of them."""


def _apart(group: Group, after: Group | None, spaced: float) -> dict[str, bool]:
    """The blank lines around the line. Before another open line they say nothing: lists of names are spaced, too."""
    if after is not None and after.kind == TEXT and not _closed(after.text):
        return {}
    mostly = spaced > MOSTLY
    seen = (
        group.above,
        group.below,
        group.above and group.below,
        mostly and not group.above,
        mostly and not group.below,
    )
    return dict(zip(BLANK_LINES, seen, strict=True))


def _closed(line: str) -> bool:
    return ends_sentence(line) or line[-1:] in ":;,"


def _furniture(line: str, text: Census) -> list[str]:
    """The kinds of page furniture the line looks like; they weigh otherwise on a page that is full of it."""
    found = furniture.kinds(line)
    return found + [f"{kind}, on a news page" for kind in found] if text.furnished else found


@lru_cache(maxsize=1024)
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
    asks = line[-1] in QUESTION_MARKS
    end = "?" if asks else "." if ends_sentence(line) else line[-1] if line[-1] in ":,;" else ""
    return f"{case} {shape} {end}"
