"""Lines -> rules: lines of dashes, equals signs, stars and the like that part a text.

Markdown reads such a line under a line of text as the underline that makes it a heading. Under a sentence or a credit
it is a rule, for these title nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from brief_extract.blocks.evidence import QUESTION_MARKS
from brief_extract.blocks.furniture import is_certain
from brief_extract.blocks.kinds import BLANK, BULLET, ORDERED, ROW, RULE, TEXT, UNDERLINE
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.looks import ends_sentence
from brief_extract.blocks.nontitles import is_nontitle

SHORT_TITLE = 80
"""A rule under a line of at most this length underlines it; under a longer one it is a rule."""

LEAST_RULE = 3
"""Signs from which a line of equals signs is a rule where it underlines nothing."""


def find_rules(lines: Lines) -> Iterator[int]:
    """The lines that are rules and underline no title."""
    for line, kind in enumerate(lines.kinds):
        if kind == ROW and lines.content(line) == "|":
            yield line  # a pipe by itself parts cells that stand one to a line
        if kind not in (RULE, UNDERLINE) or _is_inside(lines, line) or underlines(lines, line):
            continue
        if kind == RULE or lines.ends[line] - lines.firsts[line] >= LEAST_RULE:
            yield line


def _is_inside(lines: Lines, line: int) -> bool:
    """Is the line part of a quote, or indented under an item or under other indented lines?"""
    if line in lines.quoted:
        return True
    above = line - 1
    while above >= 0 and lines.kinds[above] == BLANK:
        above -= 1
    return (
        lines.indent(line) > 1 and above >= 0 and (lines.kinds[above] in (BULLET, ORDERED) or lines.indent(above) > 1)
    )


def underlines(lines: Lines, line: int) -> bool:
    """Is the line right under one that may be a title: short, no sentence, nothing that titles nothing?"""
    if not 0 < line < len(lines) or lines.kinds[line] not in (RULE, UNDERLINE) or lines.kinds[line - 1] != TEXT:
        return False
    if lines.view[lines.firsts[line]] not in "-=":
        return False
    title = lines.content(line - 1)
    closed = ends_sentence(title) and title[-1] not in QUESTION_MARKS
    return 0 < len(title) <= SHORT_TITLE and not (closed or is_certain(title) or is_nontitle(title))
