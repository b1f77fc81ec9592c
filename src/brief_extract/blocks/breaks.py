"""Where text has lost its blank lines: does a paragraph end between this line and the next?

Wrapped text bears the evidence itself. A line that ends although the next word would have fitted was ended on
purpose; one that ends at the width was cut. Sentence ends and lower-case starts speak with it.
"""

from __future__ import annotations

import re

from brief_extract.blocks.furniture import is_certain
from brief_extract.blocks.kinds import BULLET, BULLETS, ORDERED, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.looks import begins, ends_in_abbreviation, ends_open, ends_sentence, title_share, words
from brief_extract.blocks.profile import WIDEST, Profile, was_cut

_REFERS_BACK = re.compile(
    r"(?:It|They|Its|Their|He|She|However|Also|Additionally|Furthermore|Moreover|In addition|"
    r"For example|For instance|Instead|Therefore|Thus|Then|But|And|So|Such|Here)\b"
)
"""How a sentence begins that follows one of its paragraph (English). *This* and *that* open paragraphs as often."""


def is_open(lines: Lines, line: int, below: int, shape: Profile) -> bool:
    """Is it a question at all whether a block ends between ``line`` and the next line, ``below``?

    Where no line was cut, a line that does not begin in lower case begins a paragraph, unless the line before ends in
    a word like *the*. (Cross-validated on the sample, the score never found one of the 55 that do not, and lost 6 that
    do.)
    """
    if shape.width is not None:
        return True
    here, there = lines.content(line), lines.content(below)
    return begins(there) == "lower" or ends_open(here)


LONGEST_TITLE = 100
"""Characters from which an open line is no title: those of the sample's titles that stand before a line in lower case
(``etcd``, a piece of code) have 65 at most."""


def carries_on(lines: Lines, line: int, below: int) -> bool:
    """Does the sentence of an open line surely continue in lower case on the next?"""
    here, there = lines.content(line), lines.content(below)
    if lines.kinds[line] != TEXT or begins(there) != "lower" or ends_sentence(here):
        return False
    if (here.isalpha() and here.islower()) or there.isalpha():
        return True  # a word by itself, in small letters: no title and no paragraph
    return ends_open(here) or here[-1] in ",;" or (len(here) > LONGEST_TITLE and here[-1] not in ":\uff1a")


def is_next_sentence(lines: Lines, line: int, below: int) -> bool:
    """Where each line is a sentence: is the next line the next one, the lead-in of a list, or the rest of this one?"""
    here, there = lines.content(line), lines.content(below)
    if not ends_sentence(here):
        return was_cut(here)
    return ends_sentence(there) or there[-1] == ":" or was_cut(there)


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


def features(lines: Lines, line: int, below: int, shape: Profile, first: int) -> dict[str, float]:
    """The evidence that the block from the line ``first`` on ends after ``line``, before the line of text ``below``."""
    here, there = lines.content(line), lines.content(below)
    start = begins(there)
    width = shape.width or WIDEST
    length = len(here)
    cut = shape.width is not None
    room = width - length - 1 - len(there.split(None, 1)[0])
    closed = ends_sentence(here)
    before = len(lines.content(line - 1)) if line and lines.kinds[line - 1] == TEXT else 0
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
        "after an item under one of one line": item and line > 0 and lines.kinds[line - 1] in (BULLET, ORDERED),
        "after an item, open, capital": item and not closed and start != "lower",
        "shorter than the line before": bool(before) and length < before - 15,
        "line before ended short": bool(before) and before < 0.75 * width,
        "next is short": len(there) < 0.6 * width,
        "next ends a sentence": ends_sentence(there),
        "next is a short question": there[-1] == "?" and len(there) < 0.8 * width,
        "sentence end, next refers back": closed and _REFERS_BACK.match(there) is not None,
        "first line of the text": line == 0,
        "unwrapped text": not cut,
    }
    found = {name: float(value) for name, value in seen.items() if value}
    if shape.tidy:
        found |= {f"{name}, tidy wrap": found[name] for name in _ROOM if name in found}
    found["room"] = cut and max(-1.0, min(room / width, 1.0))
    if closed and cut:
        found["lines of the paragraph, sentence end"] = min(line - first + 1, 10) / 10
    found["share of sentence ends"] = shape.closed
    found["share of lower-case starts"] = shape.lower
    found["share of long lines"] = shape.long
    return found
