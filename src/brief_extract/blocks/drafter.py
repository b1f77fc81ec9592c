"""Tokens -> drafts: the flat blocks of a text, with the source spans that each block's text is made of.

The parser nests; the document does not. A list is flattened into items with depths; a table inside a list or a
quote comes out as a table of its own, after the part of the container before it.
"""

from __future__ import annotations

import re
from operator import add

from markdown_it.token import Token

from brief_extract.blocks.drafts import Draft, ItemDraft, Span
from brief_extract.blocks.kinds import MARKER
from brief_extract.blocks.layout import Layout
from brief_extract.blocks.markdown import Parsed
from brief_extract.blocks.rows import Region

_QUOTE_MARK = re.compile(r"[ \t]*>[ ]?")
_BLANKS = re.compile(r"\s*")
_HEADING_MARK = re.compile(r"#{1,6}[ \t]*")
_CLOSING_MARK = re.compile(r"(?:^|[ \t])#+[ \t]*$")
_OPENING = {"bullet_list_open", "ordered_list_open"}
_CLOSING = {"bullet_list_close", "ordered_list_close"}


class Drafter:
    """Walks the tokens once and writes the drafts in document order."""

    def __init__(self, view: str, layout: Layout, parsed: Parsed) -> None:
        self.view = view
        self.layout = layout
        self.tokens = parsed.tokens
        self.drafts: list[Draft] = []
        self.containers: list[str] = []
        self.open_items: list[int] = []
        self.list: Draft | None = None
        self.quote: Draft | None = None
        self.fresh = -1

    def run(self) -> list[Draft]:
        """The drafts of all tokens."""
        for token in self.tokens:
            kind = token.type
            if kind in _OPENING:
                self._open_list(token)
            elif kind in _CLOSING:
                self._close_list()
            elif kind == "list_item_open":
                self._open_item(token)
            elif kind == "list_item_close":
                self._close_item()
            elif kind == "blockquote_open":
                self._open_quote(token)
            elif kind == "blockquote_close":
                self._close_quote()
            elif token.map and (kind.endswith("_open") or token.nesting == 0) and kind != "inline":
                self._leaf(token, token.map[0], token.map[1])
        return self.drafts

    # --- containers ------------------------------------------------------------------------------------------

    def _open_list(self, token: Token) -> None:
        assert token.map is not None
        if self.list is None and self.quote is None:
            start = self._content(token.map[0])[0]
            ordered = token.type == "ordered_list_open" or self.view[start : start + 1].isdigit()
            self.list = Draft("list", start, start, ordered=ordered)
        self.containers.append("list")

    def _close_list(self) -> None:
        self.containers.pop()
        if "list" not in self.containers:
            self._end_list()

    def _end_list(self) -> None:
        if self.list is not None and self.list.items:
            self.drafts.append(self.list)
        self.list = None
        self.open_items.clear()

    def _open_item(self, token: Token) -> None:
        assert token.map is not None
        self.containers.append("item")
        self.fresh = token.map[0]
        if self.quote is not None:
            return
        start, end = self._content(token.map[0], marker=True)
        marker = MARKER.match(self.view, start, end)
        sign_end = marker.end() if marker else start + 1
        if self.list is None:
            self.list = Draft("list", start, start, ordered=bool(token.info))
        depth = self.containers.count("item") - 1
        parent = self.open_items[-1] if self.open_items else None
        self.open_items.append(len(self.list.items))
        self.list.items.append(ItemDraft(start, sign_end, self.view[start:sign_end], depth, parent))
        self._reach(sign_end)

    def _close_item(self) -> None:
        self.containers.pop()
        if self.open_items:
            self.open_items.pop()

    def _open_quote(self, token: Token) -> None:
        assert token.map is not None
        if self.quote is None and self.list is None:
            start = self._outer_start(token.map[0])
            end = self.layout.ends[self._last_line(*token.map)]
            self.quote = Draft("quote", start, max(end, start))
        self.containers.append("quote")

    def _close_quote(self) -> None:
        self.containers.pop()
        if "quote" not in self.containers and self.quote is not None:
            self._end_quote()

    def _end_quote(self) -> None:
        if self.quote is not None and (self.quote.spans or not self._covered(self.quote)):
            self.drafts.append(self.quote)
        self.quote = None

    def _covered(self, quote: Draft) -> bool:
        return bool(self.drafts) and self.drafts[-1].end > quote.start

    def _reach(self, end: int) -> None:
        """The open items and their list extend to ``end``."""
        if self.list is not None:
            self.list.end = max(self.list.end, end)
            for index in self.open_items:
                self.list.items[index].end = max(self.list.items[index].end, end)

    # --- leaves ----------------------------------------------------------------------------------------------

    def _leaf(self, token: Token, first: int, last: int) -> None:
        if token.type == "given_table":
            self._table(token, first, last)
            return
        if token.type == "given_run":
            self._run(token, first, last)
            return
        spans = self._text_spans(token, first, last)
        if self.list is not None and self.open_items:
            self.list.items[self.open_items[-1]].spans += spans
            if spans:
                self._reach(spans[-1][1])
            if token.type in ("fence", "hr"):
                self._reach(self.layout.ends[self._last_line(first, last)])
            return
        if self.quote is not None:
            self.quote.spans += spans
            return
        self._block(token, first, last, spans)

    def _block(self, token: Token, first: int, last: int, spans: list[Span]) -> None:
        start = self._content(first)[0]
        end = max(self.layout.ends[self._last_line(first, last)], start)
        draft = Draft("paragraph", start, end, spans)
        if token.type in ("heading_open", "given_heading"):
            draft.type, draft.level = "heading", int(token.tag[1])
            draft.guess = token.meta.get("guess")
        elif token.type in ("fence", "code_block"):
            draft.type = "code"
        elif token.type in ("hr", "html_block"):
            draft.type, draft.kind = "markup", "rule" if token.type == "hr" else "html"
        self.drafts.append(draft)

    def _table(self, token: Token, first: int, last: int) -> None:
        start = self._content(first)[0]
        end = self.layout.ends[self._last_line(first, last)]
        draft = Draft("table", start, end, region=token.meta["region"])
        quote, self.quote = self.quote, None
        if quote is not None:
            draft.start = quote.start
            if quote.spans:
                draft.start = self._outer_start(first)
                self.drafts.append(
                    Draft("quote", quote.start, self.layout.ends[self._last_line(0, first)], quote.spans)
                )
            following = self._outer_start(last) if last < len(self.layout.starts) else quote.end
            self.quote = Draft("quote", min(following, quote.end), quote.end)
        self._end_list()
        region: Region = token.meta["region"]
        if region.title:
            draft.start = region.header.cells[0][0]
            self.drafts.append(Draft("paragraph", start, draft.start, [region.title.cells[0]]))
        self.drafts.append(draft)

    def _run(self, token: Token, first: int, last: int) -> None:
        """A list without marks: each of its lines is an item."""
        lines = [span for span in map(self._content, range(first, last)) if span[0] < span[1]]
        items = [ItemDraft(start, end, "", 0, None, [(start, end)]) for start, end in lines]
        self.drafts.append(Draft("list", lines[0][0], lines[-1][1], items=items, confidence=token.meta["confidence"]))

    # --- places ----------------------------------------------------------------------------------------------

    def _text_spans(self, token: Token, first: int, last: int) -> list[Span]:
        """The spans of a leaf's text, line by line, containers' marks and the leaf's own marks left out."""
        if token.type == "fence":
            closed = last - 1 > first and self._is_fence_end(token, last - 1)
            return self._code_lines(first + 1, last - closed, self._column(first))
        if token.type == "code_block":
            return self._code_lines(first, last, 4)
        if token.type in ("hr", "html_block"):
            return [] if token.type == "hr" or not self.containers else self._lines(first, last)
        if token.type == "heading_open" and token.markup in ("=", "-"):
            last -= 1
        spans = self._lines(first, last)
        if token.type == "heading_open" and token.markup not in ("=", "-") and spans:
            spans = [self._without_marks(*spans[0])]
        return [span for span in spans if span[0] < span[1]]

    def _lines(self, first: int, last: int) -> list[Span]:
        if self.containers:
            spans = [self._content(line) for line in range(first, last)]
        else:
            layout = self.layout
            starts = map(add, layout.starts[first:last], layout.shifts[first:last])
            spans = list(zip(starts, layout.ends[first:last], strict=True))
        return [span for span in spans if span[0] < span[1]]

    def _without_marks(self, start: int, end: int) -> Span:
        mark = _HEADING_MARK.match(self.view, start, end)
        start = mark.end() if mark else start
        closing = _CLOSING_MARK.search(self.view[start:end])
        return start, start + len(self.view[start : start + closing.start()].rstrip()) if closing else end

    def _is_fence_end(self, token: Token, line: int) -> bool:
        start, end = self._content(line)
        if not self.containers and self.layout.indents[line] > 3:
            return False
        content = self.view[start:end]
        return len(content) >= len(token.markup) and not content.strip(token.markup[0])

    def _code_lines(self, first: int, last: int, indent: int) -> list[Span]:
        """Code keeps its own indent: at most ``indent`` blanks are taken off each line."""
        spans = []
        for line in range(first, last):
            start, end = self.layout.starts[line], self.layout.ends[line]
            content = self._content(line)[0]
            if self.containers:
                start = content
            taken = 0
            while start < content and taken < indent:
                taken += 4 if self.view[start] == "\t" else 1
                start += 1
            spans.append((start, max(start, end)))
        while spans and spans[-1][0] == spans[-1][1]:
            spans.pop()
        return spans

    def _column(self, line: int) -> int:
        return self._content(line)[0] - self.layout.starts[line]

    def _content(self, line: int, *, marker: bool = False) -> Span:
        """The content of a line inside the open containers; with ``marker``, from the item's own marker on."""
        view, end = self.view, self.layout.ends[line]
        start = self.layout.starts[line]
        if not self.containers and not marker:
            return min(start + self.layout.shifts[line], end), end
        fresh = line == self.fresh
        items = self.containers.count("item")
        passed = 0
        for container in self.containers:
            if container == "quote":
                mark = _QUOTE_MARK.match(view, start, end)
                start = mark.end() if mark else start
            elif container == "item":
                passed += 1
                if fresh and self._starts_item(line, passed, items) and not (marker and passed == items):
                    start = self._past_marker(start, end)
        blanks = _BLANKS.match(view, start, end)
        return (min(blanks.end(), end) if blanks else start), end

    def _starts_item(self, line: int, passed: int, items: int) -> bool:
        """Does the ``passed``-th open item begin on this line? Several can: ``- - text``."""
        if self.list is None:
            return passed == items
        index = self.open_items[passed - 1] if passed - 1 < len(self.open_items) else None
        if index is None:
            return True
        return self.list.items[index].start >= self.layout.starts[line]

    def _past_marker(self, start: int, end: int) -> int:
        blanks = _BLANKS.match(self.view, start, end)
        start = blanks.end() if blanks else start
        mark = MARKER.match(self.view, start, end)
        return mark.end() if mark else start

    def _outer_start(self, line: int) -> int:
        blanks = _BLANKS.match(self.view, self.layout.starts[line], self.layout.ends[line])
        return min(blanks.end() if blanks else 0, self.layout.ends[line])

    def _last_line(self, first: int, last: int) -> int:
        """The last line of ``first`` to ``last`` that is not blank."""
        last -= 1
        while last > first and self.layout.ends[last] - self.layout.starts[last] <= self.layout.shifts[last]:
            last -= 1
        return last
