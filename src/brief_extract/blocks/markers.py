"""Lines -> markers: signs, numbers and letters that may mark items, as printed and as the parser is to read them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from brief_extract.blocks.kinds import (
    BULLET,
    BULLETS,
    CIRCLED,
    DASH_BULLETS,
    KEYCAP,
    MARKDOWN_BULLETS,
    MARKER,
    ORDERED,
    PICTURES,
    SIGN_BULLETS,
)
from brief_extract.blocks.lines import Lines

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

_CIRCLED = re.compile(rf"{KEYCAP}|[{CIRCLED}]")
_PICTURES = re.compile(rf"(?![{re.escape(BULLETS)}]){PICTURES}")
CIRCLED_STYLE, PICTURE = "\u2460", "\u2713"
"""Styles of numbers in circles or on keys, and of pictures, which need not be the same ones in one list."""

LETTERS = frozenset("A. a. A) a) (a) i. i) (i)".split())
"""Styles of markers that initials and abbreviations share; their values must follow one by one."""


@dataclass(slots=True)
class Marker:
    """A list marker as printed and as a number: ``style`` is what the markers of one list share."""

    line: int
    start: int
    end: int
    style: str
    value: int | None
    list: int = 0
    """Which of the lists that stand right under each other the item is of; pictures alone tell them apart."""

    @property
    def is_markdown(self) -> bool:
        """Does a CommonMark parser read it as it stands?"""
        return self.style in MARKDOWN_BULLETS or self.style in ("1.", "1)")


def read_markers(lines: Lines) -> list[list[Marker]]:
    """The possible readings of each line's marker, the likelier first (``i.`` is a number or a letter)."""
    found = []
    for line, kind in enumerate(lines.kinds):
        if kind in (BULLET, ORDERED):
            match = MARKER.match(lines.view, lines.firsts[line], lines.ends[line])
            assert match is not None, "kinds BULLET and ORDERED come from MARKER"
            found.append(_readings(line, match))
    return found


def _readings(line: int, match: re.Match[str]) -> list[Marker]:
    sign = match.group()
    if _CIRCLED.match(sign):
        return [Marker(line, match.start(), match.end(), CIRCLED_STYLE, int(unicodedata.numeric(sign[0])))]
    if _PICTURES.match(sign):
        return [Marker(line, match.start(), match.end(), PICTURE, None)]
    bare = sign.strip("(.)")
    if not bare.isalnum() or sign == "o":  # a round bullet that was written, or became, a letter
        return [Marker(line, match.start(), match.end(), sign, None)]
    shape = sign.replace(bare, "{}")
    if bare.isdecimal():
        one = "1" if bare.isascii() else "\u0661"
        return [Marker(line, match.start(), match.end(), shape.format(one), int(bare))]
    readings = []
    if bare in _ROMAN:
        readings.append(Marker(line, match.start(), match.end(), shape.format("i"), _ROMAN[bare]))
    if len(bare) == 1:
        style = shape.format("A" if bare.isupper() else "a")
        readings.append(Marker(line, match.start(), match.end(), style, ord(bare.lower()) - 96))
    return readings


def mask(marker: Marker, lines: Lines) -> str:
    """The marker as the parser is to read it: Markdown of the same length."""
    sign = lines.view[marker.start : marker.end]
    if marker.is_markdown:
        return sign
    if marker.value is None:
        plain = "-" if marker.style in DASH_BULLETS else "*" if marker.style in SIGN_BULLETS else "+-"[marker.list % 2]
        plain = plain.ljust(len(sign))
        glued = lines.view[marker.end : marker.end + 1].strip()
        return plain + " " if glued else plain
    if marker.style == CIRCLED_STYLE:
        return f"{marker.value}. "[: len(sign)] if len(sign) > 1 else "-"
    digits = len(sign.strip("(.)"))
    number = str(marker.value).zfill(digits)[-digits:]
    return f"{number}) " if sign[0] == "(" else f"{number}{sign[-1]}"
