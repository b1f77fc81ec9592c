"""Lines -> items: which lines that look like list items are, and how the parser is to read their markers.

A sign at the start of a line is weak evidence: dashes open speech and attributions, numbers open sentences.
What makes an item is its company: a neighbour with the same sign, a number that follows, a lead-in colon.
"""

from __future__ import annotations

import re

from brief_extract.blocks.kinds import (
    BLANK,
    BULLET,
    DASH_BULLETS,
    DOT_BULLETS,
    MARKDOWN_BULLETS,
    ORDERED,
    SIGN_BULLETS,
    TEXT,
)
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.markers import LETTERS, PICTURE, Marker, read_markers
from brief_extract.blocks.nontitles import stands_apart
from brief_extract.blocks.pictures import find_pictures

_SPEECH = re.compile(
    r"[,?!\"\u201d]\s+(?:\w+\s+){0,3}"
    r"(?:said|says|asked|asks|replied|answered|added|told|cried|whispered|shouted|recalled|insisted)\b"
)
"""Speech with its speaker after it: ``..., he says.``"""

MAX_GAP = 6
"""Lines between two items of one list that may belong to the earlier item (wrapped lines, paragraphs)."""

LONGEST_RUN = 12
"""Lines looked at to tell speech from a list; a bound that keeps 100,000 dashes linear."""


def find_items(lines: Lines, *, spaced: bool) -> dict[int, Marker]:
    """The lines that are list items, with their markers.

    In text whose blank lines are there (``spaced``), Markdown's own markers are left to the parser's judgement.
    """
    near_by = _Neighbours(lines)
    items: dict[int, Marker] = {}
    for index, readings in enumerate(near_by.candidates):
        for marker in readings:
            if stands_apart(lines.content(marker.line)):
                break  # the number of a page: - 12 -
            if (spaced and marker.is_markdown) or _is_item(lines, marker, index, near_by):
                marker.list = near_by.pictures.get(marker.line, 0)
                items[marker.line] = marker
                break
    return items


class _Neighbours:
    """The candidates of a text, and which of them stand near others of their style."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.candidates = read_markers(lines)
        self.pictures = find_pictures(lines, [near[0] for near in self.candidates if near[0].style == PICTURE])
        self.known = {
            marker.style
            for index, readings in enumerate(self.candidates)
            for marker in readings
            if self.of(marker, index)
        }

    def of(self, marker: Marker, index: int) -> bool:
        """Has the marker a neighbour that makes it one of a list?"""
        before, after = self.neighbour(marker, index, -1), self.neighbour(marker, index, 1)
        if marker.value is None:
            return any(other is not None and self._touch(marker, other) for other in (before, after))
        return self._in_order(before, marker) or (self._in_order(marker, after) and marker.value < 100)

    def neighbour(self, marker: Marker, index: int, step: int) -> Marker | None:
        """The nearest candidate of the same style before or after, with only a few lines between."""
        index += step
        while 0 <= index < len(self.candidates):
            near = self.candidates[index]
            if abs(near[0].line - marker.line) > MAX_GAP + 1:
                return None
            for other in near:
                pair = (other, marker) if step < 0 else (marker, other)
                if other.style == marker.style and (other is near[0] or self._in_order(*pair)):
                    return other
            index += step
        return None

    def continues(self, marker: Marker, index: int) -> bool:
        """Does the line right above carry the number before this one?"""
        before = self.neighbour(marker, index, -1)
        return before is not None and marker.line - before.line == 1 and self._in_order(before, marker)

    def run(self, marker: Marker, index: int) -> list[Marker]:
        """The markers of the same style on the lines right above and below, in order."""
        found = [marker]
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(self.candidates) and len(found) < LONGEST_RUN:
                near = self.candidates[at][0]
                if near.style != marker.style or abs(near.line - found[-1 if step > 0 else 0].line) != 1:
                    break
                found.insert(0, near) if step < 0 else found.append(near)
                at += step
        return found

    def _in_order(self, one: Marker | None, other: Marker | None) -> bool:
        """Does the second number come next, or (on the very next line) at least later?"""
        if one is None or other is None or one.value is None or other.value is None:
            return False
        step = other.value - one.value
        if one.style in LETTERS:
            return step == 1
        return 0 < step <= (2 if other.line > one.line + 1 else 20)

    def _touch(self, one: Marker, other: Marker) -> bool:
        """Do only items, blank lines and indented lines stand between two markers?"""
        between = range(min(one.line, other.line) + 1, max(one.line, other.line))
        return all(
            self.lines.kinds[line] in (BULLET, ORDERED, BLANK) or self.lines.indent(line) > 1 for line in between
        )


def _is_item(lines: Lines, marker: Marker, index: int, near_by: _Neighbours) -> bool:
    near = near_by.of(marker, index)
    led = _is_led_in(lines, marker.line)
    nested = lines.indent(marker.line) > 1 and marker.line > 0 and lines.kinds[marker.line - 1] in (BULLET, ORDERED)
    if marker.style == PICTURE:
        return led or nested or marker.line in near_by.pictures
    if marker.style in SIGN_BULLETS + DOT_BULLETS:
        return True
    if marker.style in MARKDOWN_BULLETS:
        return near or led or not (_is_attribution(lines, marker) or _is_pause(lines, marker, index, near_by))
    if marker.style in DASH_BULLETS:
        return not _is_speech(lines, marker, index, near_by) and (
            near or led or nested or (marker.style in near_by.known and not _is_attribution(lines, marker))
        )
    if marker.value is None:
        return near or led or nested or marker.style in near_by.known
    if near:
        return marker.value < 1000 or led or near_by.continues(marker, index)
    return marker.value == 1 and marker.style in ("1.", "1)", "(1)") and (led or marker.style != "(1)")


def _is_led_in(lines: Lines, line: int) -> bool:
    """Does the line before end with a colon?"""
    line -= 1
    while line >= 0 and lines.kinds[line] == BLANK:
        line -= 1
    return line >= 0 and lines.kinds[line] == TEXT and lines.view[lines.ends[line] - 1] == ":"


def _is_speech(lines: Lines, marker: Marker, index: int, near_by: _Neighbours) -> bool:
    """A dash that opens direct speech: in its run of lines somebody says so, or questions and answers alternate."""
    turns = [lines.view[turn.end : lines.ends[turn.line]].strip() for turn in near_by.run(marker, index)]
    if any(_SPEECH.search(turn) for turn in turns):
        return True
    closers = {turn[-1:] for turn in turns}
    exchange = len(turns) > 1 and "?" in closers and "." in closers and closers <= set(".?!\u2026")
    return exchange and not _is_led_in(lines, near_by.run(marker, index)[0].line)


def _is_pause(lines: Lines, marker: Marker, index: int, near_by: _Neighbours) -> bool:
    """A dash that wrapping has put at the start of a line: the sentence goes on before and after it."""
    alone = near_by.neighbour(marker, index, -1) is None and near_by.neighbour(marker, index, 1) is None
    if not alone or not marker.line or lines.kinds[marker.line - 1] != TEXT:
        return False
    before = lines.view[lines.ends[marker.line - 1] - 1]
    after = lines.view[marker.end : lines.ends[marker.line]].strip()
    return before.isalnum() and after[:1].islower()


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
