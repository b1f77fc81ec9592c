"""Lines -> decisions: where blocks end, which lines are items, rows and headings.

The first question is asked of the whole text: are its blank lines there? Where they are, the text is Markdown as
it was written and the parser's reading stands, but for tables and odd bullets. Where they are lost, each line is
judged by its neighbours and by where the lines of this text end.
"""

from __future__ import annotations

import re

from brief_extract.blocks.kinds import BLANK, BULLET, CODE, FENCE, HEADING, ORDERED, ROW, RULE, TABLE, TEXT, UNDERLINE
from brief_extract.blocks.layout import Decisions
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.lists import Marker, find_items, mask, unmask
from brief_extract.blocks.tables import Region, find_tables
from brief_extract.config import Config
from brief_extract.model import Issue


def decide(lines: Lines, config: Config) -> tuple[Decisions, list[Issue]]:
    """All decisions on a text, and the repairs they amount to."""
    decisions = Decisions()
    tables = find_tables(lines)
    kinds = list(lines.kinds)
    for region in tables:
        kinds[region.first : region.last] = TABLE * (region.last - region.first)
        decisions.tables[region.first] = region
        decisions.breaks |= {region.first, region.last}
    lines.kinds = "".join(kinds)
    spaced = is_spaced(lines)
    items = find_items(lines, spaced=spaced)
    for line, kind in enumerate(kinds):
        if kind in (BULLET, ORDERED) and line not in items:
            position, letter = unmask(lines, line)
            decisions.edits[position] = letter
            kinds[line] = TEXT
    for marker in items.values():
        shown = mask(marker, lines)
        if not marker.is_markdown:
            decisions.edits[marker.start] = shown
    lines.kinds = "".join(kinds)
    if not spaced:
        _break_glued(lines, items, decisions)
    return decisions, []


def is_spaced(lines: Lines) -> bool:
    """Do blank lines separate the blocks of this text?"""
    kinds = lines.kinds.strip(BLANK)
    gaps = len(re.findall(f"{BLANK}+", kinds))
    return gaps > 0 and gaps * 6 > len(kinds.replace(BLANK, ""))


_APART = {TEXT, ROW}


def _break_glued(lines: Lines, items: dict[int, Marker], decisions: Decisions) -> None:
    kinds = lines.kinds
    in_item = False
    for line in range(len(lines)):
        kind = kinds[line]
        if kind in (BLANK, CODE):
            continue
        if kind in (BULLET, ORDERED):
            if not in_item:
                decisions.breaks.add(line)
            in_item = True
            continue
        if in_item and kind == TEXT and (lines.indent(line) >= 2 or _goes_on(lines, line)):
            continue
        if kind == FENCE and in_item and lines.indent(line) >= 2:
            continue
        if line in lines.quoted and line - 1 in lines.quoted:
            continue
        if kind in (UNDERLINE, RULE) and line and kinds[line - 1] == TEXT and lines.ends[line - 1] - lines.firsts[line - 1] < 80:
            continue
        in_item = False
        decisions.breaks.add(line)
        if kind == TEXT:
            decisions.flush.add(line)


def _goes_on(lines: Lines, line: int) -> bool:
    """Does the line carry on the sentence of the line before?"""
    before = lines.view[lines.ends[line - 1] - 1]
    return before not in ".!?:;" and lines.view[lines.firsts[line]].islower()
