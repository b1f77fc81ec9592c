"""Where text has lost its blank lines: does a paragraph end between this line and the next?

Wrapped text bears the evidence itself. A line that ends although the next word would have fitted was ended on
purpose; one that ends at the width was cut. Sentence ends and lower-case starts speak with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from brief_extract.blocks.furniture import is_certain
from brief_extract.blocks.kinds import BULLET, BULLETS, ORDERED, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.looks import begins, ends_in_abbreviation, ends_open, ends_sentence, title_share, words
from brief_extract.config import Lines as LineMode

WIDEST = 140
"""No hard-wrapped text is wider: editors wrap at 65 to 100 columns, the widest of the sample documents at 124."""


CUT_SHARE = 12
"""Text is wrapped when one line in so many was surely cut. In the wrapped documents of the sample it is one in 2 to 6,
in the others under one in 40."""


LOOSE = 0.15
"""Share of surely cut lines on which the next word would have fitted, up to which the wrap is a program's: 0 to 0.1
where it is, 0.2 to 0.6 in documents wrapped by hand."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How the lines of one text end.

    Attributes:
        width: The column at which its lines were cut, ``None`` where none were.
        apart: Is each line a paragraph because the caller says so?
        tidy: Were lines filled as far as words fitted? A program's are, a writer's less so.
        lower, closed, long: Shares of its text lines that begin in lower case, that end a sentence, that are
            longer than any wrapped line.
    """

    width: int | None
    apart: bool
    tidy: bool
    lower: float
    closed: float
    long: float


def profile(lines: Lines, mode: LineMode) -> Profile:
    """Look at all text lines of a text whose blank lines are gone."""
    text = [line for line, kind in enumerate(lines.kinds) if kind == TEXT and _length(lines, line)]
    count = max(len(text), 1)
    cut = []
    lower = closed = long = 0
    for line in text:
        content = lines.content(line)
        length = len(content)
        closed += ends_sentence(content)
        long += length > WIDEST
        lower += begins(content) == "lower"
        before = _length(lines, line - 1)
        if 30 <= before <= WIDEST and lines.kinds[line - 1] in (TEXT, BULLET, ORDERED):
            above = lines.content(line - 1)
            if not ends_sentence(above) and above[-1] != ":" and (_carries_on(content) or ends_open(above)):
                cut.append((before, before + 1 + len(content.split(None, 1)[0])))
    cut.sort()
    wrapped = mode != "paragraphs" and bool(cut) and (len(cut) * CUT_SHARE >= count or mode == "wrapped")
    width = cut[min(len(cut) - 1, int(len(cut) * 0.95))][0] if wrapped else None
    loose = sum(filled <= width for _, filled in cut) if width else 0
    tidy = bool(cut) and loose <= LOOSE * len(cut)
    return Profile(width, mode == "paragraphs", tidy, lower / count, closed / count, long / count)


def _carries_on(line: str) -> bool:
    """Does the line begin as no sentence does: in lower case, or (for want of better) in a script without case?"""
    return begins(line) == "lower" or (line[0].isalpha() and not line[0].isupper())


def _length(lines: Lines, line: int) -> int:
    return lines.ends[line] - lines.firsts[line] if line >= 0 else 0


def is_open(lines: Lines, line: int, shape: Profile) -> bool:
    """Is it a question at all whether a block ends after ``line``?

    Where no line was cut, a line that does not begin in lower case begins a paragraph, unless the line before ends in
    a word like *the*. (Cross-validated on the sample, the score never found one of the 55 that do not, and lost 6 that
    do.)
    """
    if shape.apart or shape.width is not None:
        return not shape.apart
    return begins(lines.content(line + 1)) == "lower" or ends_open(lines.content(line))


_ROOM = (
    "the next word fitted",
    "the next word fitted by far",
    "sentence end and room",
    "sentence end at the width",
    "open end and room",
    "open end at the width",
    "open and full",
)
"""What means more where lines were filled as far as words fitted."""


def features(lines: Lines, line: int, shape: Profile) -> dict[str, float]:
    """The evidence that a block ends after ``line``, the next line being text."""
    here, there = lines.content(line), lines.content(line + 1)
    start = begins(there)
    width = shape.width or WIDEST
    length = len(here)
    cut = shape.width is not None
    room = width - length - 1 - len(there.split(None, 1)[0])
    closed = ends_sentence(here)
    before = _length(lines, line - 1) if line and lines.kinds[line - 1] == TEXT else 0
    item = lines.kinds[line] in (BULLET, ORDERED)
    mark = here[-1]
    seen = {
        "ends a sentence": closed,
        "ends with a colon": mark == ":",
        "ends with a comma": mark in ",;",
        "ends with a hyphen": mark == "-" and here[-2:-1].isalpha(),
        "ends in a small word": ends_open(here),
        "ends open": mark.isalnum(),
        "next begins in lower case": start == "lower",
        "next begins with a capital": start == "upper",
        "next begins with a digit": start == "digit",
        "next begins with a quote": start == "quote",
        "next begins with a bracket": start == "bracket",
        "next begins with a dash": there[0] in BULLETS,
        "next is page furniture": is_certain(there),
        "comma at the width": mark in ",;" and room < 0,
        "open and full": not closed and length >= 0.85 * width,
        "ends in an abbreviation": ends_in_abbreviation(here),
        "script without case": start == "other" and there[0].isalpha(),
        "the next word fitted": cut and room >= 0,
        "the next word fitted by far": cut and room >= 12,
        "far shorter than the width": length < 0.6 * width,
        "wider than the width": length > 1.15 * width,
        "next is wider than the width": len(there) > 1.15 * width,
        "sentence end and room": cut and closed and room >= 0,
        "sentence end, room and capital": cut and closed and room >= 0 and start != "lower",
        "sentence end at the width": cut and closed and room < 0,
        "open end and room": cut and not closed and room >= 0 and start != "lower",
        "open end at the width": cut and not closed and room < 0,
        "short open line before a capital": not closed and length < 0.75 * width and start != "lower",
        "titled": not closed and length < 100 and title_share(words(here)) > 0.6,
        "after an item": item,
        "after an item, sentence end": item and closed,
        "after an item, open, capital": item and not closed and start != "lower",
        "shorter than the line before": bool(before) and length < before - 15,
        "line before ended short": bool(before) and before < 0.75 * width,
        "next is short": len(there) < 0.6 * width,
        "next ends a sentence": ends_sentence(there),
        "next is a short question": there[-1] == "?" and len(there) < 0.8 * width,
        "first line of the text": line == 0,
        "unwrapped text": not cut,
    }
    found = {name: float(value) for name, value in seen.items() if value}
    if shape.tidy:
        found |= {f"{name}, tidy wrap": found[name] for name in _ROOM if name in found}
    found["room"] = cut and max(-1.0, min(room / width, 1.0))
    found["share of sentence ends"] = shape.closed
    found["share of lower-case starts"] = shape.lower
    found["share of long lines"] = shape.long
    return found
