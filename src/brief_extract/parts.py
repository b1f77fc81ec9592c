"""The parts of a document beside its blocks: sections, mentions, entities, issues, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from brief_extract.element import Element

if TYPE_CHECKING:
    from brief_extract.model import Block, Document


Source = Literal["corrections", "names", "lexicon", "model", "document"]

_OWNER = "_owner"
"""Where a section keeps its document: no field, so that it is neither written nor compared."""


class Section(Element, frozen=True, kw_only=True, dict=True):
    """From one heading to the next of the same or a higher level. ``path`` is the headings' texts, outermost first."""

    heading: str | None
    level: int
    path: tuple[str, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in it, its heading and those of its subsections included, in document order.

        Raises:
            ValueError: it is of no document.
        """
        return tuple(block for block in self._document.blocks if self.start <= block.start < self.end)

    @property
    def text(self) -> str:
        """The source text of it, as ``document.text[start:end]``.

        Raises:
            ValueError: it is of no document.
        """
        return self._document.text[self.start : self.end]

    @property
    def _document(self) -> Document:
        document: Document | None = vars(self).get(_OWNER)
        if document is None:
            raise ValueError(f"{self.id} is of no document; fix: take it from document.sections")
        return document

    def of(self, document: Document) -> Section:
        """The section as one of this document; a copy where it is one of another."""
        section = self if (vars(self).get(_OWNER) or document) is document else msgspec.structs.replace(self)
        vars(section)[_OWNER] = document
        return section


class Mention(Element, frozen=True, kw_only=True):
    """A name in the text: where it stands, what it is (OntoNotes label) and which entity it names.

    ``source`` tells who said so: a correction or a list of the user's (``names``), the lexicon, the model, or the
    document, which has the name elsewhere.
    """

    text: str
    label: str
    entity: str | None
    block: str
    item: str | None
    cell: str | None
    source: Source


PlaceKind = Literal["country", "admin1", "admin2", "town", "district", "region", "water", "mountain", "unsure"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where an entity is on Earth. Names and points of towns and areas are from GeoNames (CC BY 4.0).

    Attributes:
        name: What the place is called in English, or there; empty where only the country is known.
        kind: What it is; ``unsure`` where only the country is known.
        lat: Degrees north, to a thousandth; None where only the country is known.
        lon: Degrees east.
        country: ISO 3166-1 alpha-2; None of what lies in several countries, or in none.
        admin1: GeoNames code of the state or province, ``US.KS``.
        geonames: GeoNames id.
        confidence: How likely it is that this place is meant, 0 to 1.
    """

    name: str
    kind: PlaceKind
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    geonames: int | None = None
    confidence: float = 1.0


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """What one or more mentions name. ``refers_to`` lists the countries or regions it points to, ``same_as`` its ids
    elsewhere, where a list of names or a correction gives them.

    ``place`` is where it is, of those that are places and were found.
    """

    id: str
    name: str
    label: str
    refers_to: tuple[str, ...]
    mentions: tuple[str, ...]
    same_as: tuple[str, ...] = ()
    place: Place | None = None


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """A correction about a document: what it says, and the names and ids as they were of what it changed, if it did."""

    correction: str
    before: tuple[str, ...]


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """An oddity or a repair, with its place. ``confidence`` tells how sure a repair is, from 0 to 1."""

    code: str
    message: str
    start: int
    end: int
    confidence: float = 1.0


class Generator(msgspec.Struct, frozen=True, kw_only=True):
    """What made the document: this package's version, the entity model (``None`` without entities), and the options.

    ``config`` is the digest of the options that shape a document: the same generator makes the same of the same text.
    """

    name: str
    version: str
    model: str | None
    config: str | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where the text came from. ``sha256`` is of the bytes read, or of the UTF-8 text when given a ``str``.

    ``language`` is an ISO 639-1 code, given or detected.
    ``extra`` holds what else was said of the article where it was found: the other fields of its line of JSON.
    """

    name: str | None
    sha256: str
    encoding: str
    chars: int
    language: str = "en"
    extra: dict[str, Any] = {}
