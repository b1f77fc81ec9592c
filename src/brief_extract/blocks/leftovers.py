"""What no block claims -> blocks: link definitions become markup, anything else a paragraph with an issue.

This makes the structure stage lossless by construction: the parser passes over link definitions, over what is
nested deeper than it follows, and over nothing else that we know of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from brief_extract.blocks.drafts import Draft, Span
from brief_extract.blocks.lines import Lines
from brief_extract.errors import ISSUES
from brief_extract.model import Issue

_DEFINITION = re.compile(r"[ >\t]*\[(?:\\.|[^\]\\])+\]:")


def with_leftovers(drafts: list[Draft], lines: Lines) -> tuple[list[Draft], list[Issue]]:
    """The drafts with the gaps between them filled, and an issue for each text that was lost on the way."""
    filler = _Filler(lines)
    for draft in drafts:
        filler.fill_to(draft.start)
        filler.filled.append(draft)
        filler.position = max(filler.position, draft.end)
    filler.fill_to(len(lines.view))
    return filler.filled, filler.issues


def with_tags(drafts: Sequence[Draft], text: str, tags: Sequence[Span]) -> list[Draft]:
    """The drafts with a block of markup for the tags between each two of them; no block begins inside a tag."""
    if not tags:
        return list(drafts)
    for draft in drafts:
        draft.start = _before_tag(draft.start, tags)
        for item in draft.items:
            start = _before_tag(item.start, tags)
            if start < item.start:
                item.start, item.marker = start, text[start : item.start + len(item.marker) + 1]
    filled: list[Draft] = []
    end = 0
    for draft in drafts:
        filled += _tags_between(end, draft.start, tags)
        filled.append(draft)
        end = max(end, draft.end)
    return filled + _tags_between(end, tags[-1][1], tags)


def _tags_between(start: int, end: int, tags: Sequence[Span]) -> list[Draft]:
    """One block of markup for the tags between two positions, none where there are none."""
    first, last = bisect_left(tags, (start,)), bisect_left(tags, (end,))
    return [Draft("markup", tags[first][0], tags[last - 1][1], kind="html")] if first < last else []


def _before_tag(position: int, tags: Sequence[Span]) -> int:
    """Where the tag begins that the position lies in; else the position."""
    index = bisect_left(tags, (position + 1,)) - 1
    return tags[index][0] if index >= 0 and position < tags[index][1] else position


class _Filler:
    """Goes down the lines once, beside the drafts."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.filled: list[Draft] = []
        self.issues: list[Issue] = []
        self.position = 0
        self._line = 0

    def fill_to(self, end: int) -> None:
        """Claim what is not blank between the position reached and ``end``."""
        lines, view = self.lines, self.lines.view
        while self._line < len(lines) and lines.starts[self._line] < end:
            first, last = max(lines.starts[self._line], self.position), min(lines.ends[self._line], end)
            piece = view[first:last].strip() if first < last else ""
            if piece:
                first = view.index(piece[0], first)
                self._claim(first, first + len(piece))
            if lines.ends[self._line] > end:
                break
            self._line += 1

    def _claim(self, start: int, end: int) -> None:
        view, filled = self.lines.view, self.filled
        if _DEFINITION.match(view, start, end):
            filled.append(Draft("markup", start, end, [(start, end)], kind="definition"))
        elif filled and filled[-1].kind == "definition" and view.count("\n", filled[-1].end, start) == 1:
            filled[-1].end = end  # a definition's title may stand on a line of its own
        else:
            filled.append(Draft("paragraph", start, end, [(start, end)]))
            self.issues.append(Issue(code="unparsed", message=ISSUES["unparsed"], start=start, end=end))
