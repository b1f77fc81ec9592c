"""Text -> lines: where each line stands and what it looks like.

The text is never edited. What the parser reads is a *view* of it: a string of the same length in which
characters that only look odd (no-break and zero-width spaces, box-drawing bars) stand as their plain
likeness. Same length means that every position in the view is a position in the source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from brief_extract.blocks.elements import Elements
from brief_extract.blocks.kinds import BLANK, CODE, FENCE, RULE, TEXT, fence_mark, kind_of

_SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = (
    "\xad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufe0f\ufeff"
)
_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00"
_BARS = "\u2502\u2503\u2551\u2506\u250a\uff5c"
_ODD = re.compile(f"[{_SPACES}{_INVISIBLE}{_BREAKS}{_BARS}]")
_UNSEEN = str.maketrans(dict.fromkeys(_INVISIBLE, ""))
_QUOTE = re.compile(r"(?:[ \t]{0,3}>[ ]?)+[ \t]*")


def view_of(text: str) -> str:
    """The text as the parser reads it: the same length, odd characters in their plain likeness."""
    if text.isascii() and "\r" not in text and not _ODD.search(text):
        return text
    for odd in set(_ODD.findall(text)):  # few kinds, each replaced at C speed; ``translate`` is 5 times slower
        text = text.replace(odd, "|" if odd in _BARS else " ")
    return text


def columns(blanks: str) -> int:
    """How wide a run of white space is."""
    return len((blanks if blanks.isascii() else blanks.translate(_UNSEEN)).expandtabs(4))


class Lines:
    """The lines of a text, as parallel lists (one pass, no object a line).

    Lines end where ``str.splitlines`` ends them, but for the places of ``joins``, and at each of ``cuts``.

    Attributes:
        view: The text as the parser reads it, see ``view_of``.
        starts, ends: Bounds of each line, without its terminator and the blanks at its end.
        firsts: First character after indent and ``>`` marks; equal to the end in a blank line.
        quoted: Lines that begin with ``>``.
        kinds: One letter a line, see ``kinds``.
        first_lines: Lines whose indent opens a paragraph.
        indents: Start of a line -> its indent in columns, where the text does not tell.
        unclosed_fence: The line that opens a code fence which never closes, if there is one.
    """

    def __init__(self, text: str, elements: Elements, cuts: Sequence[int] = ()) -> None:
        self.text = text
        self.view = elements.view
        self.indents = dict(elements.indents)
        self.first_lines: frozenset[int] = frozenset()
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.firsts: list[int] = []
        self.quoted: set[int] = set()
        self.unclosed_fence: int | None = None
        self._cut(text, sorted({*elements.cuts, *cuts}), elements.joins)
        self.kinds = self._classify()

    def __len__(self) -> int:
        return len(self.starts)

    def content(self, line: int) -> str:
        """The line without indent, quote marks and trailing blanks."""
        return self.view[self.firsts[line] : self.ends[line]]

    def indent(self, line: int) -> int:
        """Columns before the content; a tab goes to the next multiple of four, invisible characters take none."""
        return self.columns(line, self.firsts[line])

    def columns(self, line: int, end: int) -> int:
        """Columns from the start of the line to ``end``; a tag takes none."""
        start = self.starts[line]
        if start in self.indents:
            return self.indents[start]
        return 0 if start == end else columns(self.text[start:end].partition("<")[0])

    def _cut(self, text: str, cuts: list[int], joins: Collection[int]) -> None:
        cuts.reverse()
        position = end = 0
        for raw in text.splitlines(keepends=True):
            end += len(raw)
            if end in joins:
                continue
            while cuts and cuts[-1] < end:
                cut = cuts.pop()
                self._add(position, cut)
                position = cut
            self._add(position, end)
            position = end

    def _add(self, start: int, end: int) -> None:
        piece = self.view[start:end]
        body = piece.strip()
        first = start + piece.index(body[0]) if body else start
        self.starts.append(start)
        self.firsts.append(first)
        self.ends.append(first + len(body))

    def _classify(self) -> str:
        kinds: list[str] = []
        view, ends = self.view, self.ends
        fence: str | None = None
        for line, first in enumerate(self.firsts):
            end = ends[line]
            if fence is not None:
                closes = end - first >= len(fence) and not view[first:end].strip(fence[0])
                kinds.append(CODE)
                fence = None if closes else fence
                continue
            kind = self._kind(line, first, end)
            if kind == FENCE and view[first] == "~" and not self._closes(self.firsts[line], end):
                kind = RULE
            if kind == FENCE:
                fence, self.unclosed_fence = fence_mark(view, self.firsts[line], end), line
            kinds.append(kind)
        if fence is None:
            self.unclosed_fence = None
        return "".join(kinds)

    def _closes(self, first: int, end: int) -> bool:
        """Does a fence of tildes alone on its line close further down? If not, it is a rule."""
        mark = self.view[first:end].strip()
        if mark.strip("~"):
            return True
        below = self.view.find(f"\n{mark}", end)
        return below >= 0

    def _kind(self, line: int, first: int, end: int) -> str:
        if first == end:
            return BLANK
        if self.view[first] == ">":
            quote = _QUOTE.match(self.view, self.starts[line], end)
            if quote:
                self.quoted.add(line)
                first = self.firsts[line] = min(quote.end(), end)
                if first == end:
                    return TEXT
        return kind_of(self.view, first, end)
