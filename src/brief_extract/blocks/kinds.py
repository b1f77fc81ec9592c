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

MARKDOWN_BULLETS = "-*+"
DASH_BULLETS = "\u2013\u2014\u2012\u2015\u2212"
SIGN_BULLETS = "\u2022\u25aa\u25ab\u25cf\u25cb\u25e6\u25a0\u25ba\u25b6\u2023\u2043\u27a4\uf0b7"
DOT_BULLETS = "\u00b7\u2219\u30fb"
WEAK_BULLETS = "\u2192\u25a1\u2713\u2714\u2726\u2605" + (
    "\u2705\u274c\u27a1\u2b50\u26a0\U0001f449\U0001f4cc\U0001f4cd\U0001f534\U0001f535\U0001f536\U0001f537\U0001f538"
    "\U0001f539\U0001f53a\U0001f53b\U0001f7e0\U0001f7e1\U0001f7e2\U0001f7e3"
)
BULLETS = MARKDOWN_BULLETS + DASH_BULLETS + SIGN_BULLETS + DOT_BULLETS + WEAK_BULLETS
"""Signs that mark an item at the start of a line, by how sure they are: only the first three are Markdown;
dashes also open speech and attributions; a dot needs a blank after it; the weak ones stand in prose too."""

MARKER = re.compile(
    rf"(?![{DASH_BULLETS}]\s+\|)[{re.escape(BULLETS)}](?=\s|$)|[{SIGN_BULLETS}\u30fb]|o(?= [A-ZÀ-Þ\d$€£])"
    r"|(?:\d{1,9}|[a-z]|[ivx]{1,5}|[A-Z])[.)](?=\s|$)"
    r"|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\)(?=\s)"
)
"""A list marker at the start of a line's content. A dash before a pipe is an empty cell."""

_DASH = "\u2013\u2014\u2012\u2015\u2212\u2500\u2501\u2550-"
_BOX = "+\u250c\u252c\u2510\u251c\u253c\u2524\u2514\u2534\u2518\u2554\u2566\u2557\u2560\u256c\u2563\u255a\u2569\u255d"
_DELIMITER = re.compile(rf"(?=[^|]*\|)(?=[^={_DASH}]*[={_DASH}])[|:= \t{_DASH}]+$")
_BORDER = re.compile(rf"(?=[^{_BOX}]*[{_BOX}])[|=: \t{_BOX}{_DASH}]{{3,}}$")
_RULE = re.compile(r"(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_UNDERLINE = re.compile(r"=+$|-+$")
_DIGITS = "0123456789" + "".join(chr(zero + digit) for zero in (0x660, 0x6F0, 0x966, 0x9E6) for digit in range(10))
"""Of the Latin, Arabic, Persian, Devanagari and Bengali scripts."""
_SPECIAL = frozenset(BULLETS + _BOX + _DASH + _DIGITS + "(#`~_=|:")
_LETTER_MARKER = re.compile(r"o (?=[A-ZÀ-Þ\d$€£])|[a-z]{1,5}[.)](?=[ \t]|$)|[A-Z][.)](?=[ \t]|$)")


def kind_of(view: str, first: int, end: int) -> str:
    """The kind of the line whose content is ``view[first:end]`` (not blank, no indent)."""
    character = view[first]
    if character in _SPECIAL:
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
        return BULLET if view[first] in BULLETS else ORDERED
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
