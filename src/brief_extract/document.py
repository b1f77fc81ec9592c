"""Blocks -> document: ids, sections, lead-ins and the visible text of every element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from brief_extract import nonarticle
from brief_extract.blocks import Blocks
from brief_extract.blocks.drafts import Draft
from brief_extract.blocks.inline import Span, visible
from brief_extract.blocks.rows import Row
from brief_extract.cells import read_cells
from brief_extract.model import (
    Block,
    Cell,
    Code,
    Heading,
    Issue,
    LeadIn,
    List,
    ListItem,
    Markup,
    Paragraph,
    Quote,
    Section,
    Table,
)

_SPACES = re.compile("  +")
_SENTENCE = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]?[A-Z0-9])")
_POINTS_ON = re.compile(r"\b(?:below|following|as follows|these|table|list)\b(?!\s*\d+\s*[:.])", re.I)
"""Words that point on to a list or table; ``Table 1:`` is a caption, which points nowhere."""
TITLE_WITHIN = 3
"""A heading is the article's title when it stands among this many first blocks (byline and standfirst may precede)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text for entity recognition: which element it is, its source spans, and of a cell the header."""

    block: str
    item: str | None
    cell: str | None
    kind: Literal["paragraph", "heading", "item", "cell", "quote"]
    text: str
    spans: tuple[Span, ...]
    header: str = ""


@dataclass(slots=True)
class Structure:
    """A text's elements, the stretches of them in which names may stand, and the cells that are odd."""

    title: str | None
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    stretches: tuple[Stretch, ...]
    issues: tuple[Issue, ...] = ()


def build(text: str, blocks: Blocks) -> Structure:
    """Name the drafts, nest them in sections and read their texts."""
    return _Builder(text, blocks.labels).build(blocks.drafts)


@dataclass(slots=True)
class _OpenSection:
    id: str
    heading: str
    level: int
    path: tuple[str, ...]
    start: int


@dataclass(slots=True)
class _Builder:
    text: str
    labels: frozenset[str]
    blocks: list[Block] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    open: list[_OpenSection] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def build(self, drafts: Sequence[Draft]) -> Structure:
        previous: Draft | None = None
        for draft in drafts:
            self._add(draft, previous)
            previous = draft
        self._close_sections(0, len(self.text))
        self.issues += nonarticle.issues_of(self.text, self.blocks)
        self.sections.sort(key=lambda section: (section.start, -section.end))
        return Structure(
            _title(self.blocks), tuple(self.sections), tuple(self.blocks), tuple(self.stretches), tuple(self.issues)
        )

    def _add(self, draft: Draft, previous: Draft | None) -> None:
        self.counts[draft.type] += 1
        name = f"{draft.type}-{self.counts[draft.type]}"
        if draft.type == "heading":
            block: Block = self._heading(draft, name)
        elif draft.type == "list":
            block = self._list(draft, name, previous)
        elif draft.type == "table":
            block = self._table(draft, name, previous)
        else:
            block = self._plain(draft, name)
        self.blocks.append(block)

    def _read(self, spans: Sequence[Span]) -> str:
        return visible(self.text, spans, self.labels) if spans else ""

    @property
    def _section(self) -> str | None:
        return self.open[-1].id if self.open else None

    # --- blocks ----------------------------------------------------------------------------------------------

    def _plain(self, draft: Draft, name: str) -> Block:
        place = {"id": name, "start": draft.start, "end": draft.end, "section": self._section}
        if draft.type == "markup":
            return Markup(**place, kind=draft.kind)  # type: ignore[arg-type]
        if draft.type == "code":
            return Code(**place, text="\n".join(self.text[a:b] for a, b in draft.spans))  # type: ignore[arg-type]
        text = self._read(draft.spans)
        if draft.type == "quote":
            self._stretch(name, "quote", text, draft.spans)
            return Quote(**place, text=text)  # type: ignore[arg-type]
        self._stretch(name, "paragraph", text, draft.spans)
        return Paragraph(**place, text=text)  # type: ignore[arg-type]

    def _heading(self, draft: Draft, name: str) -> Heading:
        text = self._read(draft.spans)
        self._open_section(draft, name, text)
        self._stretch(name, "heading", text, draft.spans)
        guess = draft.guess
        return Heading(
            id=name,
            start=draft.start,
            end=draft.end,
            section=self._section,
            text=text,
            level=draft.level,
            origin="inferred" if guess else "marked",
            confidence=guess.confidence if guess else 1.0,
            evidence=guess.evidence if guess else (),
        )

    def _list(self, draft: Draft, name: str, previous: Draft | None) -> List:
        items = []
        for number, item in enumerate(draft.items, 1):
            text = self._read(item.spans)
            parent = None if item.parent is None else f"{name}.item-{item.parent + 1}"
            items.append(
                ListItem(
                    id=f"{name}.item-{number}",
                    start=item.start,
                    end=item.end,
                    text=text,
                    marker=item.marker,
                    depth=item.depth,
                    parent=parent,
                )
            )
            self._stretch(name, "item", text, item.spans, item=f"{name}.item-{number}")
        return List(
            id=name,
            start=draft.start,
            end=draft.end,
            section=self._section,
            ordered=draft.ordered,
            lead_in=self._lead_in(previous),
            items=tuple(items),
            origin="marked" if draft.confidence is None else "inferred",
            confidence=1.0 if draft.confidence is None else draft.confidence,
        )

    def _table(self, draft: Draft, name: str, previous: Draft | None) -> Table:
        assert draft.region is not None
        header, body = draft.region.header, draft.region.rows
        width = max(len(row.cells) for row in [header, *body])
        columns = self._columns([*draft.region.upper, header], width, name)
        rows = tuple(self._cells(row, width) for row in body)
        readings = read_cells(columns, rows, self._caption(previous))
        cells: list[Cell] = []
        for y, row in enumerate(body):
            for x, (start, end) in enumerate(row.cells):
                cell = f"{name}.cell-{len(cells) + 1}"
                text, (kind, value, unit, odd) = rows[y][x], readings[y][x]
                place = {"id": cell, "start": start, "end": end, "row": y, "column": x}
                cells.append(Cell(**place, header=columns[x], text=text, kind=kind, value=value, unit=unit))  # type: ignore[arg-type]
                self._stretch(name, "cell", text, [(start, end)], cell=cell, header=columns[x])
                if odd:
                    self.issues.append(Issue(code="odd-cell", message=f"{cell}: {odd}", start=start, end=end))
        return Table(
            id=name,
            start=draft.start,
            end=draft.end,
            section=self._section,
            lead_in=self._lead_in(previous),
            columns=columns,
            rows=rows,
            cells=tuple(cells),
            origin=draft.region.origin,
            confidence=min(draft.region.repairs.values(), default=1.0),
        )

    def _caption(self, previous: Draft | None) -> str:
        """The paragraph or heading right above a table; what ends as a sentence names no unit of its columns."""
        return self._read(previous.spans) if previous and previous.type in ("paragraph", "heading") else ""

    def _columns(self, header: Sequence[Row], width: int, name: str) -> tuple[str, ...]:
        """The names of columns, those of a header of several rows joined: ``2024 / H1``.

        What stands above several columns stands in the first of them, and counts for those to its right that are empty.
        """
        names: list[list[str]] = [[] for _ in range(width)]
        for row in header:
            texts = self._cells(row, width)
            for text, span in zip(texts, row.cells, strict=False):
                self._stretch(name, "cell", text, [span])
            above = ""
            for column, text in enumerate(texts):
                above = text or (above if column and row is not header[-1] else "")
                if above and above not in names[column]:
                    names[column].append(above)
        return tuple(" / ".join(parts) for parts in names)

    def _cells(self, row: Row, width: int) -> tuple[str, ...]:
        texts = [_SPACES.sub(" ", visible(self.text, [span], self.labels, cell=True)) for span in row.cells]
        return (*texts, *[""] * (width - len(texts)))

    def _stretch(
        self,
        block: str,
        kind: Literal["paragraph", "heading", "item", "cell", "quote"],
        text: str,
        spans: Sequence[Span],
        *,
        item: str | None = None,
        cell: str | None = None,
        header: str = "",
    ) -> None:
        if text and not text.isspace():
            self.stretches.append(Stretch(block, item, cell, kind, text, tuple(spans), header))

    # --- what holds blocks together --------------------------------------------------------------------------

    def _lead_in(self, previous: Draft | None) -> LeadIn | None:
        """The last sentence of the paragraph right above, when it points on to what follows."""
        if previous is None or previous.type != "paragraph" or not previous.spans:
            return None
        first, end = previous.spans[0][0], previous.spans[-1][1]
        start = first
        for match in _SENTENCE.finditer(self.text, first, end):
            start = match.end()
        spans = [(max(a, start), b) for a, b in previous.spans if b > start]
        text = self._read(spans)
        points_on = text.rstrip("*_ ").endswith((":", "\uff1a")) or bool(_POINTS_ON.search(text))
        return LeadIn(start=start, end=end, text=text) if points_on else None

    def _open_section(self, draft: Draft, heading: str, text: str) -> None:
        self._close_sections(draft.level, draft.start)
        path = (*(self.open[-1].path if self.open else ()), text)
        number = self.counts["section"] = self.counts["section"] + 1
        self.open.append(_OpenSection(f"section-{number}", heading, draft.level, path, draft.start))

    def _close_sections(self, level: int, end: int) -> None:
        while self.open and self.open[-1].level >= level:
            last = self.open.pop()
            self.sections.append(
                Section(id=last.id, heading=last.heading, level=last.level, path=last.path, start=last.start, end=end)
            )


def _title(blocks: Sequence[Block]) -> str | None:
    headings = [block for block in blocks if isinstance(block, Heading)]
    top = next((heading for heading in headings if heading.level == 1 and heading.origin == "marked"), None)
    if top:
        return top.text
    return next((block.text for block in blocks[:TITLE_WITHIN] if isinstance(block, Heading)), None)


class Title(TypedDict):
    """A title and where it is from, as ``Document`` has them."""

    title: str | None
    title_origin: Literal["text", "metadata"] | None


def title_of(of_text: str | None, of_record: object) -> Title:
    """The title of the text; that of its record where the text has none."""
    if of_text is not None:
        return {"title": of_text, "title_origin": "text"}
    said = " ".join(of_record.split()) if isinstance(of_record, str) else ""
    return {"title": said or None, "title_origin": "metadata" if said else None}
