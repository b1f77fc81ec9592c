"""What stands around a table or list: drawn from the document, kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from brief_extract.model import Block, Document, List, Table

LONGEST_CAPTION = 160
"""Characters. A longer paragraph beside a table is prose."""

NEAR = 3
"""How many blocks away a paragraph may speak of a table or list."""

_NUMBERED = r"(?P<name>(?:table|tab\.|figure|fig\.|chart|box|exhibit|list)\s+(?:\d+|[IVX]+|[A-Z])\b)"
_CAPTION = re.compile(_NUMBERED, re.I)
_NAME = re.compile(rf"\b{_NUMBERED}", re.I)
_SOURCE = re.compile(r"(?:sources?|notes?|data)\s*:", re.I)
_OF_TABLES = re.compile(
    r"\b(?:tables?|figures?|numbers)\b.{0,40}\b(?:below|above|shows?|lists?|gives?|sets out)\b"
    r"|\b(?:below|above|following)\b.{0,20}\b(?:tables?|figures?|numbers)\b|\bas follows\b",
    re.I | re.S,
)
_OF_LISTS = re.compile(r"\b(?:the|this)\s+list\b|\b(?:listed|as follows|the following|points below)\b|:\s*$", re.I)


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader sees around a table or list. Ids name elements of the document.

    Attributes:
        caption: The line above or below that names it ("Table 2: Landings by species").
        source: The line below that says where it comes from, or a note.
        lead_in: The sentence that introduces it.
        section: Headings above it, outermost first.
        paragraph: Id of the nearest paragraph that refers to it ("The table below shows ...").
        countries: Entities such as ``country/ML`` that its cells or items name or point to, in their order.
        organisations: Entities with the label ORG in them, in their order.
    """

    caption: str | None
    source: str | None
    lead_in: str | None
    section: tuple[str, ...]
    paragraph: str | None
    countries: tuple[str, ...]
    organisations: tuple[str, ...]


def context(document: Document, block: Table | List) -> Context:
    """The context of a block of this document.

    Raises:
        ValueError: the block is not of this document.
    """
    place = document.blocks.index(block)
    beside = beside_of(document.blocks, place)
    section = next((section for section in document.sections if section.id == block.section), None)
    countries, organisations = _names(document, block.id)
    return Context(
        caption=beside.caption,
        source=beside.source,
        lead_in=block.lead_in.text if block.lead_in else None,
        section=section.path if section else (),
        paragraph=_referring(document.blocks, place, beside.caption),
        countries=countries,
        organisations=organisations,
    )


class Beside(NamedTuple):
    """The lines beside a table or list; see ``Context``."""

    caption: str | None
    source: str | None


def beside_of(blocks: Sequence[Block], place: int) -> Beside:
    """The lines beside the block at this place, in the same time however long the document is."""
    return Beside(_caption(blocks, place), _source(blocks, place))


def _text(block: Block) -> str:
    return getattr(block, "text", "")


def _caption(blocks: Sequence[Block], place: int) -> str | None:
    """A short line beside the block that begins with "Table 2" or the like; above goes before below."""
    for other in (place - 1, place + 1):
        if 0 <= other < len(blocks):
            text = _text(blocks[other])
            if len(text) <= LONGEST_CAPTION and _CAPTION.match(text):
                return text
    return None


def _source(blocks: Sequence[Block], place: int) -> str | None:
    below = [_text(block) for block in blocks[place + 1 : place + 3]]
    return next((text for text in below if len(text) <= 2 * LONGEST_CAPTION and _SOURCE.match(text)), None)


def _referring(blocks: Sequence[Block], place: int, caption: str | None) -> str | None:
    """The nearest paragraph that names the caption's number, or speaks of a table or list; above goes before below."""
    from brief_extract.model import Paragraph, Table

    named = _CAPTION.match(caption) if caption else None
    words = _OF_TABLES if isinstance(blocks[place], Table) else _OF_LISTS
    around = [block for block in _outwards(blocks, place) if isinstance(block, Paragraph)]
    if named:
        wanted = named["name"].lower()
        everywhere = [block for block in blocks if isinstance(block, Paragraph) and block.text != caption]
        for block in everywhere:
            if any(found["name"].lower() == wanted for found in _NAME.finditer(block.text)):
                return block.id
    return next((block.id for block in around if block.text != caption and words.search(block.text)), None)


def _outwards(blocks: Sequence[Block], place: int) -> Iterator[Block]:
    for distance in range(1, NEAR + 1):
        for other in (place - distance, place + distance):
            if 0 <= other < len(blocks):
                yield blocks[other]


def _names(document: Document, block: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The countries and the organisations that the mentions of a block name."""
    entities = {entity.id: entity for entity in document.entities}
    countries: dict[str, None] = {}
    organisations: dict[str, None] = {}
    for mention in document.mentions:
        entity = entities.get(mention.entity or "") if mention.block == block else None
        if entity:
            pointed = [id for id in (entity.id, *entity.refers_to) if id.startswith("country/")]
            countries |= dict.fromkeys(pointed)
            if entity.label == "ORG":
                organisations[entity.id] = None
    return tuple(countries), tuple(organisations)
