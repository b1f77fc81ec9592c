"""Decisions -> issues: what was repaired, where, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from brief_extract.blocks.decisions import Decisions
from brief_extract.blocks.elements import Elements
from brief_extract.blocks.kinds import BLANK, BULLET, ORDERED, TABLE, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.markers import Marker
from brief_extract.blocks.rows import Region
from brief_extract.errors import ISSUES
from brief_extract.model import Issue

_ITEMS = (BULLET, ORDERED)


def repairs(
    lines: Lines, decisions: Decisions, items: Mapping[int, Marker], cuts: Sequence[int], *, spaced: bool
) -> Iterator[Issue]:
    """One issue for each repair: tables and headings one by one, lists by run, lost blank lines once a text."""
    for region in decisions.tables.values():
        yield from _table(lines, region)
    yield from _lists(lines, decisions, items, spaced=spaced)
    for run in decisions.runs.values():
        yield _issue("inferred-list", lines.firsts[run.first], lines.ends[run.last - 1], run.confidence)
    yield from _joined(lines, cuts)
    if not spaced and any(
        _touches(lines, line, (TEXT,)) for line in decisions.breaks if lines.kinds[line : line + 1] == TEXT
    ):
        yield _issue("glued-paragraphs", lines.firsts[0], lines.ends[-1], 0.9)
    for line, guess in decisions.headings.items():
        yield _issue("inferred-heading", lines.firsts[line], lines.ends[line], guess.confidence)
    if lines.unclosed_fence is not None:
        yield _issue("unclosed-fence", lines.firsts[lines.unclosed_fence], lines.ends[-1], 1.0)


def element_repairs(elements: Elements) -> Iterator[Issue]:
    """One issue for all tags that were read as blocks, from the first to the last."""
    if elements.tags:
        yield _issue("html-elements", elements.tags[0][0], elements.tags[-1][1], 1.0)


def _issue(code: str, start: int, end: int, confidence: float) -> Issue:
    return Issue(code=code, message=ISSUES[code], start=start, end=end, confidence=confidence)


def _table(lines: Lines, region: Region) -> Iterator[Issue]:
    start, end = lines.firsts[region.first], lines.ends[region.last - 1]
    above = region.first > 0 and lines.kinds[region.first - 1] != BLANK
    below = lines.kinds[region.last : region.last + 1] not in ("", BLANK)
    if above or below:
        yield _issue("glued-table", start, end, 1.0)
    for code, confidence in region.repairs.items():
        yield _issue(code, start, end, confidence)
    for row in region.rows:
        if len(row.cells) != len(region.header.cells):
            yield _issue("ragged-row", lines.firsts[row.line], lines.ends[row.last], 1.0)


def _lists(lines: Lines, decisions: Decisions, items: Mapping[int, Marker], *, spaced: bool) -> Iterator[Issue]:
    line = 0
    while line < len(lines):
        if lines.kinds[line] not in _ITEMS:
            line += 1
            continue
        last = line
        while last + 1 < len(lines) and last + 1 not in decisions.breaks and lines.kinds[last + 1] in (*_ITEMS, TEXT):
            last += 1
        start, end = lines.firsts[line], lines.ends[last]
        run = [items[at] for at in range(line, last + 1) if at in items]
        if not spaced and (_touches(lines, line, (TEXT, TABLE)) or _touches(lines, last + 1, _ITEMS)):
            yield _issue("glued-list", start, end, 1.0)
        if any(not marker.is_markdown for marker in run):
            yield _issue("odd-bullet", start, end, 0.95)
        if any(at in decisions.joined for at in range(line, last + 1)):
            yield _issue("split-bullet", start, end, 0.9)
        line = last + 1


def _touches(lines: Lines, line: int, kinds: Sequence[str]) -> bool:
    """Does the line stand right under a line of one of the kinds, itself not blank?"""
    return 0 < line < len(lines) and lines.kinds[line] != BLANK and lines.kinds[line - 1] in kinds


def _joined(lines: Lines, cuts: Sequence[int]) -> Iterator[Issue]:
    places = {start: line for line, start in enumerate(lines.starts)} if cuts else {}
    last = -1
    for cut in cuts:
        line = places[cut]
        if line == last + 1:
            last = line
            continue
        code = "joined-rows" if lines.kinds[line] == TABLE else "joined-items"
        yield _issue(code, lines.firsts[max(line - 1, 0)], lines.ends[line], 0.9)
        last = line
