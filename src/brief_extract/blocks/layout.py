"""Lines and decisions -> what the parser is given: where each line begins, ends and how far it is indented.

A blank line that the text has lost is put back as a line of no length, on the terminator of the line before (the
parser's rules look at the first character of a line before they ask for its length): the parser sees it, the
source does not change, and every offset stays true.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from brief_extract.blocks.decisions import Decisions
from brief_extract.blocks.headings import Guess
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.plain import plain_lists, plain_prose
from brief_extract.blocks.rows import Region
from brief_extract.blocks.runs import Run


@dataclass(slots=True)
class Layout:
    """The parser's lines: ``starts``, ``ends``, first characters and indents, lost blank lines put back.

    ``tables``, ``runs``, ``headings``, ``prose`` and ``lists`` are keyed by these lines' numbers. ``prose`` gives the
    end of each run that nothing but a paragraph can be made of; ``lists`` the lines on which the items of a flat list
    begin, and its end.
    """

    view: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)
    indents: list[int] = field(default_factory=list)
    tables: dict[int, tuple[Region, int]] = field(default_factory=dict)
    runs: dict[int, tuple[Run, int]] = field(default_factory=dict)
    rules: set[int] = field(default_factory=set)
    headings: dict[int, Guess] = field(default_factory=dict)
    prose: dict[int, int] = field(default_factory=dict)
    lists: dict[int, list[int]] = field(default_factory=dict)


def lay_out(lines: Lines, decisions: Decisions) -> Layout:
    """Put the lines and decisions into the form the parser reads."""
    edits = dict(decisions.edits)
    layout = Layout("")
    numbers: dict[int, int] = {}
    for line, start in enumerate(lines.starts):
        end = lines.ends[line]
        if line in decisions.joined:
            edits |= {p: " " for p in range(layout.ends[-1], lines.firsts[line]) if lines.view[p] == "\n"}
            layout.ends[-1] = end
            numbers[line] = len(layout.starts) - 1
            continue
        if line in decisions.breaks:
            _add(layout, max(start - 1, 0), max(start - 1, 0), 0, 0)
        numbers[line] = len(layout.starts)
        first = _first(lines, line)
        indent = 0 if line in decisions.flush else lines.columns(line, first)
        _add(layout, start, end, first - start, indent)
        if line in decisions.headings:
            layout.headings[numbers[line]] = decisions.headings[line]
    for line, region in decisions.tables.items():
        layout.tables[numbers[line]] = (region, numbers[region.last - 1] + 1)
    for line, run in decisions.runs.items():
        layout.runs[numbers[line]] = (run, numbers[run.last - 1] + 1)
    layout.rules = {numbers[line] for line in decisions.rules}
    for first, last in plain_prose(lines, decisions):
        layout.prose[numbers[first]] = numbers[last] + 1
    layout.view = _edited(lines.view, edits)
    for items, last in plain_lists(lines, decisions, layout.view):
        layout.lists[numbers[items[0]]] = [*(numbers[item] for item in items), numbers[last] + 1]
    return layout


def _add(layout: Layout, start: int, end: int, shift: int, indent: int) -> None:
    layout.starts.append(start)
    layout.ends.append(end)
    layout.shifts.append(shift)
    layout.indents.append(indent)


def _first(lines: Lines, line: int) -> int:
    """The first character after the indent; unlike ``Lines.firsts`` it does not pass over ``>`` marks."""
    if line not in lines.quoted:
        return lines.firsts[line]
    return lines.view.index(">", lines.starts[line])


def _edited(view: str, edits: dict[int, str]) -> str:
    pieces: list[str] = []
    position = 0
    for start in sorted(edits):
        pieces += [view[position:start], edits[start]]
        position = start + len(edits[start])
    return "".join([*pieces, view[position:]]) if pieces else view
