"""Chunks for retrieval, as JSON Lines: pieces of an article that can be read alone, each with its exact place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from brief_extract.context import beside_of
from brief_extract.model import Block, Cell, Document, Heading, Markup, Mention, Paragraph, Table
from brief_extract.views.markdown import block_to_markdown

MOST = 1_500
"""Characters of a chunk, some 350 tokens: what embedding models read whole. A paragraph that is longer is not cut."""


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of an article.

    Attributes:
        id: ``mali#3``: the document and the number of the chunk in it, from 1.
        title: Title of the article.
        section: The headings above it, outermost first.
        kind: Prose (paragraphs, lists, quotes, code) or rows of a table.
        text: The piece as Markdown; rows of a table below its header, and its caption above.
        start: Where it begins in the text of the article, in code points; ``end`` is exclusive.
        blocks: Ids of its blocks.
        entities: Ids of what it names, in their order.
    """

    id: str
    document: str
    title: str | None
    section: tuple[str, ...]
    kind: Literal["prose", "table"]
    text: str
    start: int
    end: int
    blocks: tuple[str, ...]
    entities: tuple[str, ...]


def write_chunks(documents: Iterable[Document]) -> Iterator[bytes]:
    """A line of JSON for each chunk."""
    for document in documents:
        for chunk in chunks_of(document):
            yield msgspec.json.encode(chunk) + b"\n"


def chunks_of(document: Document) -> Iterator[Chunk]:
    """The chunks of an article, in order; headings are in ``section`` alone. Nothing crosses a section."""
    paths = {section.id: section.path for section in document.sections}
    starts = [mention.start for mention in document.mentions]
    for number, (blocks, text, start, end) in enumerate(_pieces(document), 1):
        yield Chunk(
            id=f"{document.id}#{number}",
            document=document.id,
            title=document.title,
            section=paths.get(blocks[0].section or "", ()),
            kind="table" if isinstance(blocks[0], Table) else "prose",
            text=text,
            start=start,
            end=end,
            blocks=tuple(block.id for block in blocks),
            entities=_entities(document.mentions[bisect_left(starts, start) : bisect_left(starts, end)]),
        )


_Piece = tuple[Sequence[Block], str, int, int]


def _pieces(document: Document) -> Iterator[_Piece]:
    """The blocks of each chunk, its text and its place."""
    gathered: list[Block] = []
    length = 0
    captions = _captions(document)
    above_tables = {caption.id for caption in captions.values()}
    for place, block in enumerate(document.blocks):
        apart = isinstance(block, Heading | Markup | Table) or block.id in above_tables
        text = "" if apart else block_to_markdown(block)
        alone = isinstance(block, Table | Heading)
        if gathered and (alone or length + len(text) > MOST):
            yield _prose(gathered)
            gathered, length = [], 0
        if isinstance(block, Table):
            caption = beside_of(document.blocks, place).caption
            yield from _tables(block, caption, (captions.get(block.id) or block).start)
        elif text:
            gathered.append(block)
            length += len(text)
    if gathered:
        yield _prose(gathered)


def _prose(blocks: list[Block]) -> _Piece:
    text = "\n\n".join(block_to_markdown(block) for block in blocks)
    return blocks, text, blocks[0].start, blocks[-1].end


def _captions(document: Document) -> dict[str, Block]:
    """The captions right above tables, by the id of the table."""
    return {
        table.id: above
        for place, (above, table) in enumerate(pairwise(document.blocks), 1)
        if isinstance(table, Table)
        and isinstance(above, Paragraph)
        and beside_of(document.blocks, place).caption == above.text
    }


def _tables(table: Table, caption: str | None, start_of_all: int) -> Iterator[_Piece]:
    """The rows of a table, as many together as a chunk holds, each time below the header."""
    above = caption or (table.lead_in.text if table.lead_in else None)
    rows: list[list[Cell]] = [[] for _ in table.rows]
    for cell in table.cells:
        rows[cell.row].append(cell)
    header, rule, *lines = table.to_markdown().splitlines()
    head = [*([above, ""] if above else []), header, rule]
    first = 0
    while first < len(lines) or first == 0:
        last = first + 1
        while last < len(lines) and len("\n".join([*head, *lines[first : last + 1]])) <= MOST:
            last += 1
        cells = [cell for row in rows[first:last] for cell in row]
        start = start_of_all if first == 0 else min(cell.start for cell in cells)
        end = table.end if last >= len(lines) else max(cell.end for cell in cells)
        yield [table], "\n".join([*head, *lines[first:last]]), start, end
        first = last


def _entities(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mention.entity for mention in mentions if mention.entity))
