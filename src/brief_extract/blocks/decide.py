"""Lines -> decisions: where blocks end, which lines are items, rows and headings.

Each step settles the kinds of some lines (``lines.kinds``) for the steps after it: rows, then items, then prose.

The first question is asked of the whole text: are its blank lines there? Where they are, the text is Markdown as
it was written and the parser's reading stands, but for tables and odd bullets. Where they are lost, each line is
judged by its neighbours and by where the lines of this text end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_extract.blocks import breaks
from brief_extract.blocks.decisions import Decisions
from brief_extract.blocks.evidence import Group
from brief_extract.blocks.headings import infer_headings
from brief_extract.blocks.kinds import (
    BLANK,
    BULLET,
    CODE,
    FENCE,
    HEADING,
    MARKER,
    ORDERED,
    RULE,
    TABLE,
    TEXT,
    UNDERLINE,
)
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.lists import Marker, find_items, mask
from brief_extract.blocks.profile import WIDEST, Profile, profile
from brief_extract.blocks.repairs import repairs
from brief_extract.blocks.scorer import load
from brief_extract.blocks.tables import Region, find_tables
from brief_extract.config import Config
from brief_extract.model import Issue

GAPS = 1 / 6
"""Share of blank lines from which a text has kept them. Well-formed documents of the sample have 0.3 to 1.0 gaps a
line (0.18 the least), damaged ones none; a few blank lines around a title do not make a text well-formed."""

SURE = 0.8
"""Confidence that a heading needs in text that has its blank lines: there a parser's paragraph is the safe reading."""

SHORT_TITLE = 80
"""A rule under a line of at most this length underlines it; under a longer one it is a rule."""


def decide(lines: Lines, config: Config, cuts: Sequence[int] = ()) -> tuple[Decisions, list[Issue]]:
    """All decisions on a text, and the repairs they amount to. ``cuts`` is where lines were cut before."""
    decisions = Decisions()
    regions = find_tables(lines)
    set_tables(lines, regions, decisions)
    spaced = is_spaced(lines)
    items = find_items(lines, spaced=spaced)
    set_items(lines, items, decisions)
    _join_split_items(lines, items, decisions, spaced=spaced)
    if not spaced:
        _set_end_marks(lines, decisions)
        _break_glued(lines, profile(lines, config.lines), decisions)
    if not has_marked_headings(lines):
        groups = group(lines, decisions.breaks)
        threshold = max(config.heading_threshold, SURE if spaced else 0.0)
        for line, guess in infer_headings(groups, threshold).items():
            if line not in lines.quoted and (not spaced or _stands_alone(lines, line)):
                decisions.headings[line] = guess
        _set_headings(lines, decisions)
    return decisions, list(repairs(lines, decisions, items, cuts, spaced=spaced))


def is_spaced(lines: Lines) -> bool:
    """Do blank lines separate the blocks of this text?"""
    kinds = lines.kinds.strip(BLANK)
    gaps = len(re.findall(f"{BLANK}+", kinds))
    count = len(kinds.replace(BLANK, ""))
    return gaps > 0 and (gaps > GAPS * count or (gaps > GAPS / 2 * count and not _shows_glue(lines)))


def _shows_glue(lines: Lines) -> bool:
    """Does a line stand where a writer leaves one blank: under a table, or under a line too long to have been cut?"""
    return any(
        lines.kinds[line + 1] == TEXT
        and (kind == TABLE or (kind == TEXT and lines.ends[line] - lines.firsts[line] > WIDEST))
        for line, kind in enumerate(lines.kinds[:-1])
    )


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


def _break_glued(lines: Lines, shape: Profile, decisions: Decisions) -> None:
    """A block ends before every line but those that go on the line before."""
    in_item = False
    first = 0
    for line, kind in enumerate(lines.kinds):
        if kind in (BLANK, CODE):
            continue
        if kind in (BULLET, ORDERED):
            if not in_item:
                decisions.breaks.add(line)
            in_item = True
            first = line
            continue
        if line and goes_on(lines, line, in_item, shape, first):
            continue
        in_item = False
        first = line
        decisions.breaks.add(line)
        if kind == TEXT:
            decisions.flush.add(line)


def goes_on(lines: Lines, line: int, in_item: bool, shape: Profile, first: int) -> bool:
    """Is this line part of the block of the line before, which begins with the line ``first``?"""
    kind, before = lines.kinds[line], lines.kinds[line - 1]
    if in_item and kind in (TEXT, FENCE) and lines.indent(line) > 1:
        return True
    if kind in (UNDERLINE, RULE):
        return before == TEXT and lines.ends[line - 1] - lines.firsts[line - 1] <= SHORT_TITLE
    if kind != TEXT or before not in (TEXT, BULLET, ORDERED) or (line in lines.quoted) != (line - 1 in lines.quoted):
        return False
    return not ends_block(lines, line - 1, shape, first)


def ends_block(lines: Lines, line: int, shape: Profile, first: int) -> bool:
    """Does a block end between this line of text or item and the next line of text?"""
    if lines.firsts[line] == lines.ends[line] or lines.firsts[line + 1] == lines.ends[line + 1]:
        return False
    if shape.sentences and breaks.is_next_sentence(lines, line):
        return False
    if not breaks.is_open(lines, line, shape):
        return True
    return load("breaks").probability(breaks.features(lines, line, shape, first)) >= 0.5


# --- lost heading marks ---------------------------------------------------------------------------------------


def group(lines: Lines, ends: set[int]) -> list[Group]:
    """The blocks to be: runs of text lines as one, every other line by itself, blank lines left out."""
    groups: list[Group] = []
    fresh = True
    for line, kind in enumerate(lines.kinds):
        if kind == BLANK:
            fresh = True
            continue
        last = groups[-1] if groups else None
        if last and last.kind == kind == TABLE and line not in ends:
            continue
        content = lines.content(line)
        if last and last.kind == kind == TEXT and not fresh and line not in ends:
            groups[-1] = Group(
                last.line, TEXT, f"{last.text} {content}" if last.lines < 4 else last.text, last.lines + 1
            )
        elif last and last.kind in (BULLET, ORDERED) and kind == TEXT and not fresh and line not in ends:
            continue
        elif content:
            groups.append(Group(line, kind, content, indented=lines.indent(line) > 1))
        fresh = False
    return groups


def _stands_alone(lines: Lines, line: int) -> bool:
    """Has the line blank lines above and below?"""
    return lines.kinds[line - 1 : line] in ("", BLANK) and lines.kinds[line + 1 : line + 2] in ("", BLANK)


def _set_headings(lines: Lines, decisions: Decisions) -> None:
    for line in decisions.headings:
        decisions.breaks |= {line, line + 1}
        if MARKER.match(lines.view, lines.firsts[line], lines.ends[line]):
            decisions.edits[lines.firsts[line]] = "x"  # or the list rule would take the number
