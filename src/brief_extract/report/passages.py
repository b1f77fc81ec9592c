"""Document -> passages: where names stand together, be it a sentence, an item of a list or a row of a table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from brief_extract.model import Block, Document, List, Mention, Table
from brief_extract.report.links import article_page, kind_of, quoted
from brief_extract.report.marks import marked, plain

LONGEST = 600
"""Characters of a passage. A longer one is cut on both sides of its first mention."""

MOST_TOGETHER = 100
"""Entities of one list or table that count as named together: each passage carries them."""

ROOT = "../../"
"""The way to the report's folder from the pages of entities, where passages are shown."""

# A mark, perhaps quotes, blanks, and a capital, digit or quote. "U.S. troops" and "Mr. Keita" have short words before
# the mark.
_END = re.compile(r"[.!?…\n](?:(?<=[^\s.]{3}[.!?…])['\"’”)\]]*\s+(?=[^\W_a-z]|[\"“‘'(])|(?<=\n)\n*)")

Kind = Literal["sentence", "list", "table"]


class Passage(msgspec.Struct, frozen=True, array_like=True):
    """A passage as the pages of its entities show it.

    Attributes:
        article: Page of the article, as a path in the report.
        title: Of the article.
        kind: What the passage is, or is part of.
        block: Id of the block that it is in.
        html: An item of a list: its kind, its text with all mentions marked, and the way to its place.
        names: The entities in it, each once.
        together: The entities that share the sentence, the whole list or the whole table.
    """

    article: str
    title: str
    kind: Kind
    block: str
    html: str
    names: tuple[str, ...]
    together: tuple[str, ...]


def passages(document: Document) -> Iterator[Passage]:
    """The passages of a document that name entities which have pages, in order."""
    by_block: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        if mention.entity and kind_of(mention.entity):
            by_block[mention.block].append(mention)
    page = article_page(document.id)
    title = plain(document.title or document.source.name or document.id)
    for block in document.blocks:
        mentions = by_block.get(block.id)
        if not mentions:
            continue
        kind: Kind = "list" if isinstance(block, List) else "table" if isinstance(block, Table) else "sentence"
        shared = _names(mentions)[:MOST_TOGETHER]
        for (start, end), inside in _places(document.text, block, mentions).items():
            names = _names(inside)
            html = (
                f'<li><span class="kind">{kind}</span> <q>{_html(document.text, start, end, inside)}</q> '
                f'<a class="there" href="{ROOT}{quoted(page)}#{quoted(inside[0].id)}">in the text</a></li>\n'
            )
            yield Passage(page, title, kind, block.id, html, names, names if kind == "sentence" else shared)


def _names(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.entity for mention in mentions if mention.entity))


def _html(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str:
    if end - start > LONGEST:
        start = max(start, mentions[0].start - LONGEST // 2)
        end = min(end, start + LONGEST)
    inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    return marked(
        text[start:end].strip("\n"), [(mention.start - start, mention) for mention in inside], ROOT, here=False
    )


def _places(text: str, block: Block, mentions: Sequence[Mention]) -> dict[tuple[int, int], list[Mention]]:
    """The stretches of a block that hold mentions, each with its own."""
    stretches = _stretches(text, block)
    starts = [start for start, _ in stretches]
    found: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        stretch = stretches[max(0, bisect_right(starts, mention.start) - 1)]
        found.setdefault(stretch, []).append(mention)
    return found


def _stretches(text: str, block: Block) -> list[tuple[int, int]]:
    """Sentences, items or rows; the header is a row."""
    if isinstance(block, List):
        return [(item.start, item.end) for item in block.items]
    if isinstance(block, Table):
        rows: dict[int, tuple[int, int]] = {-1: (block.start, text.find("\n", block.start, block.end))}
        for cell in block.cells:
            start, end = rows.get(cell.row, (cell.start, cell.end))
            rows[cell.row] = min(start, cell.start), max(end, cell.end)
        return sorted(rows.values())
    ends = [match.end() for match in _END.finditer(text, block.start, block.end)]
    return list(zip([block.start, *ends], [*ends, block.end], strict=True))
