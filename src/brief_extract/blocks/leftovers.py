"""What no block claims -> blocks: link definitions become markup, anything else a paragraph with an issue.

This makes the structure stage lossless by construction: the parser passes over link definitions, over what is
nested deeper than it follows, and over nothing else that we know of.
"""

from __future__ import annotations

import re

from brief_extract.blocks.drafts import Draft
from brief_extract.blocks.lines import Lines
from brief_extract.model import Issue

_DEFINITION = re.compile(r"[ >\t]*\[[^\]]+\]:")


def with_leftovers(drafts: list[Draft], lines: Lines) -> tuple[list[Draft], list[Issue]]:
    """The drafts with the gaps between them filled, and an issue for each text that was lost on the way."""
    filled: list[Draft] = []
    issues: list[Issue] = []
    line = 0
    position = 0
    for draft in drafts:
        line = _fill(lines, line, position, draft.start, filled, issues)
        filled.append(draft)
        position = max(position, draft.end)
    _fill(lines, line, position, len(lines.view), filled, issues)
    return filled, issues


def _fill(lines: Lines, line: int, start: int, end: int, filled: list[Draft], issues: list[Issue]) -> int:
    """Claim the non-blank lines between two positions; returns the first line that may hold more."""
    view = lines.view
    while line < len(lines) and lines.starts[line] < end:
        first, last = max(lines.starts[line], start), min(lines.ends[line], end)
        piece = view[first:last].strip() if first < last else ""
        if piece:
            first = view.index(piece[0], first)
            _claim(Draft("paragraph", first, first + len(piece), [(first, first + len(piece))]), view, filled, issues)
        if lines.ends[line] > end:
            break
        line += 1
    return line


def _claim(draft: Draft, view: str, filled: list[Draft], issues: list[Issue]) -> None:
    if _DEFINITION.match(view, draft.start, draft.end):
        draft.type, draft.kind = "markup", "definition"
    elif filled and filled[-1].kind == "definition" and view[filled[-1].end : draft.start].count("\n") == 1:
        filled[-1].end = draft.end
        return
    else:
        message = "text that no block claimed was kept as a paragraph"
        issues.append(Issue(code="unparsed", message=message, start=draft.start, end=draft.end))
    filled.append(draft)
