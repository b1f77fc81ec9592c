"""The document: blocks, mentions, entities and issues, as immutable records.

Every record is a noun: it knows its fields and how to look at itself, never how it was made.

Units
    ``start`` and ``end`` count Unicode code points in ``Document.text``, end exclusive. ``text`` of an
    element is for reading (markup and soft line breaks reduced); ``document.text[start:end]`` is the proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import msgspec

from brief_extract.block import Code, Heading, List, ListItem, Markup, Paragraph, Quote
from brief_extract.element import Element, LeadIn
from brief_extract.errors import SchemaError
from brief_extract.pretty import pretty_json
from brief_extract.table import Cell, Kind, Range, Table

if TYPE_CHECKING:
    from brief_extract.context import Context

__all__ = [
    "SCHEMA",
    "VERSION",
    "Block",
    "Cell",
    "Code",
    "Document",
    "Element",
    "Entity",
    "Generator",
    "Heading",
    "Issue",
    "Kind",
    "LeadIn",
    "List",
    "ListItem",
    "Markup",
    "Mention",
    "Origin",
    "Paragraph",
    "Quote",
    "Range",
    "Section",
    "Table",
]

SCHEMA = "brief-extract/document"
VERSION = "1.1"


Block = Heading | Paragraph | List | Table | Code | Quote | Markup


class Section(Element, frozen=True, kw_only=True):
    """From one heading to the next of the same or a higher level. ``path`` is the headings' texts, outermost first."""

    heading: str | None
    level: int
    path: tuple[str, ...]


class Mention(Element, frozen=True, kw_only=True):
    """A name in the text: where it stands, what it is (OntoNotes label) and which entity it names."""

    text: str
    label: str
    entity: str | None
    block: str
    item: str | None
    cell: str | None
    source: Literal["lexicon", "model", "document"]


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """What one or more mentions name. ``refers_to`` lists the countries or regions it points to."""

    id: str
    name: str
    label: str
    refers_to: tuple[str, ...]
    mentions: tuple[str, ...]


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

    ``language`` is an ISO 639-1 code, English unless said or told otherwise.
    ``extra`` holds what else was said of the article where it was found: the other fields of its line of JSON.
    """

    name: str | None
    sha256: str
    encoding: str
    chars: int
    language: str = "en"
    extra: dict[str, Any] = {}


_B = TypeVar("_B", bound=Element)
_COUNTED = ("headings", "paragraphs", "lists", "tables", "mentions", "issues")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An article as data. ``blocks``, in document order, is the truth; the views below are drawn from it."""

    schema: str = SCHEMA
    version: str = VERSION
    generator: Generator
    id: str
    source: Origin
    text: str
    title: str | None
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in document order."""
        return tuple(self._of(Heading))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs, in document order."""
        return tuple(self._of(Paragraph))

    @property
    def lists(self) -> tuple[List, ...]:
        """The lists, in document order."""
        return tuple(self._of(List))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in document order."""
        return tuple(self._of(Table))

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The block quotations, in document order."""
        return tuple(self._of(Quote))

    @property
    def codes(self) -> tuple[Code, ...]:
        """The code blocks, in document order."""
        return tuple(self._of(Code))

    def __getitem__(self, id: str) -> Block | ListItem | Cell | Section | Mention | Entity:
        """What has this id: ``doc[mention.entity]``, ``doc[mention.block]``, ``doc["table-1.cell-3"]``.

        Looks through the document each time; for many look-ups make a dict.

        Raises:
            KeyError: nothing has it.
        """
        parts: Iterator[Iterable[Block | ListItem | Cell | Section | Mention | Entity]] = (
            block.items if isinstance(block, List) else block.cells if isinstance(block, Table) else ()
            for block in self.blocks
        )
        everything = chain(self.blocks, self.sections, self.mentions, self.entities, chain.from_iterable(parts))
        found = next((one for one in everything if one.id == id), None)
        if found is None:
            raise KeyError(id)
        return found

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in _COUNTED)
        return f"<Document {self.id!r}: {len(self.text):,} characters, {counts}>"

    def _of(self, kind: type[_B]) -> Iterator[_B]:
        return (block for block in self.blocks if isinstance(block, kind))

    def context(self, block: Table | List) -> Context:
        """What stands around a table or list of this document: caption, section, the paragraph that speaks of it."""
        from brief_extract.context import context

        return context(self, block)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form (schema ``brief-extract/document``) as plain dicts, lists and scalars."""
        result: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))  # which has lists for tuples
        return result

    def to_json(self) -> bytes:
        """The JSON form as UTF-8, indented by two spaces, one final newline; the same bytes for the same document."""
        return pretty_json(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Document:
        """The document that ``to_dict`` gave. Unknown fields are ignored.

        Raises:
            SchemaError: another schema, another major version, or a field of the wrong type.
        """
        check_schema(data.get("schema"), data.get("version"))
        try:
            return msgspec.convert(data, cls)
        except msgspec.ValidationError as error:
            raise SchemaError(f"not a {SCHEMA} {VERSION} document: {error}") from error

    @classmethod
    def from_json(cls, data: bytes | str) -> Document:
        """The document that ``to_json`` gave.

        Raises:
            SchemaError: not JSON, or not a document of this major version.
        """
        try:
            decoded = msgspec.json.decode(data)
        except msgspec.DecodeError as error:
            raise SchemaError(f"not JSON: {error}") from error
        if not isinstance(decoded, dict):
            raise SchemaError(f"not a {SCHEMA} document: the JSON is no object")
        return cls.from_dict(decoded)


def check_schema(schema: object, version: object) -> None:
    """See that a document is one that this package reads.

    Raises:
        SchemaError: another schema, or another major version.
    """
    if schema != SCHEMA:
        raise SchemaError(f"schema is {schema!r}, expected {SCHEMA!r}")
    major = VERSION.split(".", maxsplit=1)[0]
    if str(version).split(".")[0] != major:
        raise SchemaError(
            f"version {version} is not readable by this package, which reads {major}.x; upgrade brief-extract"
        )
