"""Lines -> items: which lines that look like list items are, and how the parser is to read their markers.

A sign at the start of a line is weak evidence: dashes open speech and attributions, numbers open sentences.
What makes an item is its company: a neighbour with the same sign, a number that follows, a lead-in colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from brief_extract.blocks.kinds import (
    BLANK,
    BULLET,
    DASH_BULLETS,
    MARKDOWN_BULLETS,
    MARKER,
    ORDERED,
    SIGN_BULLETS,
    TEXT,
)
from brief_extract.blocks.lines import Lines

_SPEECH = re.compile(
    r"\b(?:said|says|asked|asks|replied|answered|added|told|cried|whispered|shouted|recalled|insisted)\b|[\"\u201d\u201c]"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
MAX_GAP = 6
"""Lines between two items of one list that may belong to the earlier item (wrapped lines, paragraphs)."""


@dataclass(slots=True)
class Marker:
    """A list marker as printed and as a number: ``style`` is what the markers of one list share."""

    line: int
    start: int
    end: int
    style: str
    value: int | None

    @property
    def is_markdown(self) -> bool:
        """Does a CommonMark parser read it as it stands?"""
        return self.style in MARKDOWN_BULLETS or self.style in ("1.", "1)")


def find_items(lines: Lines, *, spaced: bool) -> dict[int, Marker]:
    """The lines that are list items, with their markers.

    In text whose blank lines are there (``spaced``), Markdown's own markers are left to the parser's judgement.
    """
    candidates = _candidates(lines)
    markers = [marker for readings in candidates for marker in readings]
    known = {marker.style for marker in markers if _in_company(lines, marker, candidates)}
    items: dict[int, Marker] = {}
    for readings in candidates:
        for marker in readings:
            if (spaced and marker.is_markdown) or _is_item(lines, marker, candidates, known):
                items[marker.line] = marker
                break
    return items


def _candidates(lines: Lines) -> list[list[Marker]]:
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
    bare = sign.strip("(.)")
    if not bare.isalnum():
        return [Marker(line, match.start(), match.end(), sign, None)]
    shape = sign.replace(bare, "{}")
    if bare.isdigit():
        return [Marker(line, match.start(), match.end(), shape.format("1"), int(bare))]
    readings = []
    if bare in _ROMAN:
        readings.append(Marker(line, match.start(), match.end(), shape.format("i"), _ROMAN[bare]))
    if len(bare) == 1:
        style = shape.format("A" if bare.isupper() else "a")
        readings.append(Marker(line, match.start(), match.end(), style, ord(bare.lower()) - 96))
    return readings


def _neighbours(lines: Lines, marker: Marker, candidates: list[list[Marker]], index: int, step: int) -> Marker | None:
    """The nearest candidate of the same style before or after, when only a few lines stand between."""
    index += step
    while 0 <= index < len(candidates) and abs(candidates[index][0].line - marker.line) <= MAX_GAP + 1:
        for other in candidates[index]:
            if other.style == marker.style:
                return other
        index += step
    return None


def _in_company(lines: Lines, marker: Marker, candidates: list[list[Marker]]) -> bool:
    index = _index(candidates, marker.line)
    before = _neighbours(lines, marker, candidates, index, -1)
    after = _neighbours(lines, marker, candidates, index, 1)
    if marker.value is None:
        adjacent = [other for other in (before, after) if other and abs(other.line - marker.line) == 1]
        return bool(adjacent)
    follows = before is not None and before.value is not None and 0 < marker.value - before.value <= 2
    leads = after is not None and after.value is not None and 0 < after.value - marker.value <= 2
    return follows or (leads and marker.value < 100)


def _index(candidates: list[list[Marker]], line: int) -> int:
    low, high = 0, len(candidates) - 1
    while low < high:
        middle = (low + high) // 2
        if candidates[middle][0].line < line:
            low = middle + 1
        else:
            high = middle
    return low


def _is_item(lines: Lines, marker: Marker, candidates: list[list[Marker]], known: set[str]) -> bool:
    company = _in_company(lines, marker, candidates)
    led = _is_led_in(lines, marker.line)
    if marker.style in SIGN_BULLETS:
        return True
    if marker.style in MARKDOWN_BULLETS:
        return company or led or not _is_attribution(lines, marker)
    if marker.style in DASH_BULLETS:
        if _is_speech(lines, marker):
            return False
        return company or led or (marker.style in known and not _is_attribution(lines, marker))
    if marker.value is None:
        return company or led or marker.style in known
    if company:
        return marker.value < 1000 or led
    return marker.value == 1 and marker.style in ("1.", "1)", "(1)") and (led or marker.style != "(1)")


def _is_led_in(lines: Lines, line: int) -> bool:
    """Does the line before end with a colon?"""
    line -= 1
    while line >= 0 and lines.kinds[line] == BLANK:
        line -= 1
    return line >= 0 and lines.kinds[line] == TEXT and lines.view[lines.ends[line] - 1] == ":"


def _is_speech(lines: Lines, marker: Marker) -> bool:
    """A dash that opens direct speech: a question or a full sentence with a verb of saying."""
    said = lines.view[marker.end : lines.ends[marker.line]]
    return said[-1:] in ("?", "!") or (said[-1:] in (".", "\u201d", '"') and bool(_SPEECH.search(said)))


def _is_attribution(lines: Lines, marker: Marker) -> bool:
    """A dash and a name under a quotation."""
    above = marker.line - 1
    while above >= 0 and lines.kinds[above] == BLANK:
        above -= 1
    if above < 0 or lines.ends[above] == lines.firsts[above]:
        return False
    quoted = lines.view[lines.ends[above] - 1] in "\u201d\"'\u2019\u00bb" or above in lines.quoted
    words = lines.view[marker.end : lines.ends[marker.line]].split()
    return quoted and len(words) <= 10 and bool(words) and words[0][0].isupper()


def mask(marker: Marker, lines: Lines) -> str:
    """The marker as the parser is to read it: Markdown of the same length."""
    sign = lines.view[marker.start : marker.end]
    if marker.is_markdown:
        return sign
    if marker.value is None:
        return "-" if marker.style in DASH_BULLETS else "*" if marker.style in SIGN_BULLETS else "+"
    number = str(marker.value).zfill(len(sign) - 1)[-(len(sign) - 1) :]
    if sign[0] == "(":
        return f" {number[1:]})"
    return f"{number}{sign[-1]}"


def unmask(lines: Lines, line: int) -> tuple[int, str]:
    """The edit that keeps the parser from reading a line as an item: its first character becomes a letter."""
    return lines.firsts[line], "x"
