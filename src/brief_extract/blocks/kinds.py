"""What one line looks like by itself: row, item, heading mark, fence, rule or text.

Kinds are one letter each, so that the kinds of all lines form a string and runs of lines are found in it by
regular expressions.
"""

from __future__ import annotations

import re

BLANK = " "
TEXT = "t"
BULLET = "*"
ORDERED = "1"
ROW = "|"
DELIMITER = "-"
BORDER = "+"
TABBED = "\t"
HEADING = "#"
FENCE = "`"
CODE = "c"
RULE = "_"
UNDERLINE = "="
TABLE = "T"
ITEM = "i"

MARKDOWN_BULLETS = "-*+"
DASH_BULLETS = "\u2013\u2014\u2012\u2015\u2212"
SIGN_BULLETS = "\u2022\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25ba\u25b6\u2023\u2043\u27a4\uf0b7"
DOT_BULLETS = "\u00b7\u2219\u30fb"
BULLETS = MARKDOWN_BULLETS + DASH_BULLETS + SIGN_BULLETS + DOT_BULLETS
"""Signs that mark an item at the start of a line, by how sure they are: only the first three are Markdown;
dashes also open speech and attributions; a dot needs a blank after it."""

_PICTURE = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}"
    "|[\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff][\U0001f3fb-\U0001f3ff]?)"
)
PICTURES = rf"{_PICTURE}(?:\u200d? ?{_PICTURE}){{0,3}}+"
"""Up to four emoji or dingbats: flags, ticks, arrows. A variation selector after one is a blank in the view."""
CIRCLED = "\u2460-\u2473\u24f5-\u24fe\u2776-\u2793"
"""Numbers in circles."""
KEYCAP = r"\d ?\u20e3"

MARKER = re.compile(
    rf"(?![{DASH_BULLETS}]\s+\|)[{re.escape(BULLETS)}](?=\s|$)|[{SIGN_BULLETS}\u30fb]|o(?= [A-ZÀ-Þ\d$€£])"
    rf"|{KEYCAP}|[{CIRCLED}]|{PICTURES}(?=\s)"
    r"|(?:\d{1,9}|[a-z]|[ivx]{1,5}|[A-Z])[.)](?=\s|$)"
    r"|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)(?=\s)"
)
"""A list marker at the start of a line's content. A dash before a pipe is an empty cell."""

_DASH = "\u2013\u2014\u2012\u2015\u2212\u2500\u2501\u2550-"
_BOX = "+\u250c\u252c\u2510\u251c\u253c\u2524\u2514\u2534\u2518\u2554\u2566\u2557\u2560\u256c\u2563\u255a\u2569\u255d"
_DELIMITER = re.compile(rf"(?=[^|]*\|)(?=[^={_DASH}]*[={_DASH}])[|:= \t{_DASH}]+$")
_BORDER = re.compile(rf"(?=[^{_BOX}]*[{_BOX}])[|=: \t{_BOX}{_DASH}]{{3,}}$")
_RULE = re.compile(rf"(?:\u2e3b[ \t]*|([-*_\u2022\u00b7{_DASH}])[ \t]*(?:\1[ \t]*){{2,}}|(?:~[ \t]+){{2,}}~[ \t]*)$")
"""Markdown's three signs, and those of word processors: dashes, dots, a dash of three ems."""
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_UNDERLINE = re.compile(r"=+$|-+$")
_DIGITS = "0123456789" + "".join(chr(zero + digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6) for digit in range(10))
"""Of the Latin, Arabic, Persian, Devanagari and Bengali scripts."""
_SPECIAL = frozenset("\u2e3b" + BULLETS + _BOX + _DASH + _DIGITS + "(#`~_=|:")
_LETTER_MARKER = re.compile(r"o (?=[A-ZÀ-Þ\d$€£])|[a-z]{1,5}[.)](?=[ \t]|$)|[A-Z][.)](?=[ \t]|$)")


def kind_of(view: str, first: int, end: int) -> str:
    """The kind of the line whose content is ``view[first:end]`` (not blank, no indent)."""
    character = view[first]
    if character in _SPECIAL or "\u2190" <= character <= "\u2bff" or character >= "\U0001f000":
        kind = _marked(view, first, end)
        if kind:
            return kind
    elif _LETTER_MARKER.match(view, first, end) and MARKER.match(view, first, end):
        return BULLET if character == "o" and view[first + 1] == " " else ORDERED
    if view.find("|", first, end) >= 0:
        return ROW
    return TABBED if view.find("\t", first, end) >= 0 else TEXT


def _marked(view: str, first: int, end: int) -> str | None:
    if _RULE.match(view, first, end):
        return RULE
    if _DELIMITER.match(view, first, end):
        return DELIMITER
    if MARKER.match(view, first, end):
        return ORDERED if view[first].isalnum() or view[first] == "(" else BULLET
    if _FENCE.match(view, first, end):
        return FENCE
    if _HEADING.match(view, first, end):
        return HEADING
    if _UNDERLINE.match(view, first, end):
        return UNDERLINE
    return BORDER if _BORDER.match(view, first, end) else None


def fence_mark(view: str, first: int, end: int) -> str:
    """The run of backticks or tildes that opens the fence at ``first``."""
    match = _FENCE.match(view, first, end)
    assert match is not None, "only called for lines of kind FENCE"
    return match.group(1) or match.group(2)
