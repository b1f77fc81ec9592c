"""Lines -> decisions: where blocks end, which lines are items, rows and headings.

Each step settles the kinds of some lines (``lines.kinds``) for the steps after it: rows, then items, then prose.

Between which lines of text a block ends is decided one by one (``bounds``): the lines themselves say much, the blank
lines of the text more. Where hardly a block lacks its blank line, the text is Markdown as it was written and the
parser's reading stands, but for tables, odd bullets and titles without marks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from brief_extract.blocks.bounds import Bounds, decide_bounds, evident
from brief_extract.blocks.decisions import Decisions
from brief_extract.blocks.evidence import Group
from brief_extract.blocks.headings import infer_headings
from brief_extract.blocks.kinds import (
    BLANK,
    BULLET,
    CODE,
    FENCE,
    HEADING,
    ITEM,
    MARKER,
    ORDERED,
    RULE,
    TABLE,
    TEXT,
    UNDERLINE,
)
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.lists import find_items
from brief_extract.blocks.markers import Marker, mask
from brief_extract.blocks.repairs import repairs
from brief_extract.blocks.rows import Region
from brief_extract.blocks.runs import Run, find_runs
from brief_extract.blocks.spacing import PROSE
from brief_extract.blocks.tables import find_tables
from brief_extract.blocks.thematic import find_rules, underlines
from brief_extract.config import Config
from brief_extract.model import Issue

SURE = 0.8
"""Confidence that a heading needs in text that has its blank lines: there a parser's paragraph is the safe reading."""


def decide(lines: Lines, config: Config, cuts: Sequence[int] = ()) -> tuple[Decisions, list[Issue]]:
    """All decisions on a text, and the repairs they amount to. ``cuts`` is where lines were cut before."""
    decisions = Decisions()
    regions = find_tables(lines)
    set_tables(lines, regions, decisions)
    set_rules(lines, decisions)
    bounds = evident(lines)
    items = find_items(lines, spaced=bounds is not None and bounds.spaced)
    marked = lines.kinds
    set_items(lines, items, decisions)
    if bounds is None:
        bounds = decide_bounds(lines, config.lines)
        if bounds.spaced and (BULLET in marked or ORDERED in marked):
            lines.kinds = marked
            decisions.edits.clear()
            items = find_items(lines, spaced=True)
            set_items(lines, items, decisions)
    spaced = bounds.spaced
    _join_split_items(lines, items, decisions, spaced=spaced)
    if not spaced:
        _set_end_marks(lines, decisions)
    set_runs(lines, list(find_runs(lines, bounds)), decisions)
    _break(lines, bounds, decisions)
    if not has_marked_headings(lines):
        groups = group(lines, decisions.breaks)
        threshold = max(config.heading_threshold, SURE if spaced else 0.0)
        for line, guess in infer_headings(groups, threshold, bounds.share).items():
            if line not in lines.quoted and not underlines(lines, line + 1):
                decisions.headings[line] = guess
        _set_headings(lines, decisions)
    return decisions, list(repairs(lines, decisions, items, cuts, spaced=spaced))


def has_marked_headings(lines: Lines) -> bool:
    """Has the text kept heading marks of its own (``#`` or an underlined title)?"""
    marked = any(kind == HEADING and not _is_end_mark(lines, line) for line, kind in enumerate(lines.kinds))
    return marked or bool(re.search(f"(?:^|{BLANK}){TEXT}{UNDERLINE}", lines.kinds))


def set_tables(lines: Lines, regions: list[Region], decisions: Decisions) -> None:
    """The lines of tables are of kind TABLE from here on, and blocks end around them."""
    kinds = list(lines.kinds)
    for region in regions:
        kinds[region.first : region.last] = TABLE * (region.last - region.first)
        decisions.tables[region.first] = region
        decisions.breaks |= {region.first, region.last}
        if region.origin == "aligned":
            decisions.flush |= set(range(region.first, region.last))
    lines.kinds = "".join(kinds)


def set_rules(lines: Lines, decisions: Decisions) -> None:
    """The lines of rules are of kind RULE from here on, and blocks end around them."""
    kinds = list(lines.kinds)
    for line in find_rules(lines):
        kinds[line] = RULE
        decisions.rules.add(line)
        decisions.breaks |= {line, line + 1}
        decisions.flush.add(line)
    lines.kinds = "".join(kinds)


def set_runs(lines: Lines, runs: list[Run], decisions: Decisions) -> None:
    """The lines of runs are of kind ITEM from here on, and blocks end around them."""
    kinds = list(lines.kinds)
    for run in runs:
        for line in range(run.first, run.last):
            kinds[line] = BLANK if kinds[line] == BLANK else ITEM
        decisions.runs[run.first] = run
        decisions.breaks |= {run.first, run.last}
        decisions.flush.add(run.first)
    lines.kinds = "".join(kinds)


def set_items(lines: Lines, items: dict[int, Marker], decisions: Decisions) -> None:
    """Odd markers are read as Markdown ones; what only looks like an item is kept from being read as one."""
    kinds = list(lines.kinds)
    for line, kind in enumerate(kinds):
        if kind in (BULLET, ORDERED) and line not in items:
            decisions.edits[lines.firsts[line]] = "x"
            kinds[line] = TEXT
    for marker in items.values():
        if not marker.is_markdown:
            decisions.edits[marker.start] = mask(marker, lines)
    lines.kinds = "".join(kinds)


def _is_end_mark(lines: Lines, line: int) -> bool:
    """Is the line of hash signs alone, as they close a press release?"""
    return not lines.content(line).strip("# \t")


def _set_end_marks(lines: Lines, decisions: Decisions) -> None:
    """Hash signs without a title are text; a parser reads ``###`` as a heading of no words."""
    kinds = list(lines.kinds)
    for line, kind in enumerate(kinds):
        if kind == HEADING and _is_end_mark(lines, line):
            decisions.edits[lines.firsts[line]] = "x"
            kinds[line] = TEXT
    lines.kinds = "".join(kinds)


def _join_split_items(lines: Lines, items: dict[int, Marker], decisions: Decisions, *, spaced: bool) -> None:
    """A marker alone on its line takes the next line as its text."""
    kinds = list(lines.kinds)
    for line, marker in items.items():
        alone = marker.end == lines.ends[line] and line + 1 < len(lines) and kinds[line + 1] == TEXT
        if alone and not (spaced and marker.is_markdown):
            decisions.joined.add(line + 1)
            kinds[line + 1] = kinds[line]
    lines.kinds = "".join(kinds)


# --- lost blank lines -----------------------------------------------------------------------------------------


def _break(lines: Lines, bounds: Bounds, decisions: Decisions) -> None:
    """A block ends before every line but those that continue the line before.

    In a text that has its blank lines only lines of text are asked about; the parser knows the rest.
    """
    in_item = False
    for line, kind in enumerate(lines.kinds):
        if kind in (BLANK, CODE, ITEM):
            continue
        if bounds.spaced:
            if line in bounds.chances and bounds.ends_before(line):
                decisions.breaks.add(line)
                decisions.flush.add(line)
            continue
        if kind in (BULLET, ORDERED):
            if not in_item:
                decisions.breaks.add(line)
            in_item = True
            continue
        if line and goes_on(lines, line, in_item, bounds, decisions.rules):
            continue
        in_item = False
        decisions.breaks.add(line)
        if kind in PROSE:
            decisions.flush.add(line)


def goes_on(lines: Lines, line: int, in_item: bool, bounds: Bounds, rules: Collection[int]) -> bool:
    """Is this line part of the block of the line before?"""
    kind, before = lines.kinds[line], lines.kinds[line - 1]
    if in_item and kind in (*PROSE, FENCE) and lines.indent(line) > 1:
        return True
    if kind in (UNDERLINE, RULE):
        return line not in rules and before == TEXT
    if (
        kind not in PROSE
        or before not in (*PROSE, BULLET, ORDERED)
        or (line in lines.quoted) != (line - 1 in lines.quoted)
    ):
        return False
    if line not in bounds.chances:
        return lines.firsts[line] == lines.ends[line] or lines.firsts[line - 1] == lines.ends[line - 1]
    return not bounds.ends_before(line)


# --- lost heading marks ---------------------------------------------------------------------------------------


def group(lines: Lines, ends: set[int]) -> list[Group]:
    """The blocks to be: runs of text lines as one, every other line by itself, blank lines left out."""
    groups: list[Group] = []
    fresh = True
    for line, kind in enumerate(lines.kinds):
        if kind == BLANK:
            if groups and not fresh:
                groups[-1] = replace(groups[-1], below=True)
            fresh = True
            continue
        last = groups[-1] if groups else None
        if last and last.kind == kind == TABLE and line not in ends:
            continue
        content = lines.content(line)
        if last and last.kind == kind == TEXT and not fresh and line not in ends:
            text = f"{last.text} {content}" if last.lines < 4 else last.text
            groups[-1] = replace(last, text=text, lines=last.lines + 1, below=False)
        elif last and last.kind in (BULLET, ORDERED) and kind == TEXT and not fresh and line not in ends:
            continue
        elif content:
            kind = BULLET if kind == ITEM else kind
            groups.append(Group(line, kind, content, indented=lines.indent(line) > 1, above=fresh and bool(groups)))
        fresh = False
    return groups


def _set_headings(lines: Lines, decisions: Decisions) -> None:
    for line in decisions.headings:
        decisions.breaks |= {line, line + 1}
        if MARKER.match(lines.view, lines.firsts[line], lines.ends[line]):
            decisions.edits[lines.firsts[line]] = "x"  # or the list rule would take the number
