"""The document: blocks, mentions, entities and issues, as immutable records.

Every record is a noun: it knows its fields and how to look at itself, never how it was made.

Units
    ``start`` and ``end`` count Unicode code points in ``Document.text``, end exclusive. ``text`` of an
    element is for reading (markup and soft line breaks reduced); ``document.text[start:end]`` is the proof.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

import msgspec

from brief_extract.block import Code, Heading, List, ListItem, Markup, Paragraph, Quote
from brief_extract.element import Element, LeadIn
from brief_extract.errors import SchemaError
from brief_extract.figure import Figure
from brief_extract.parts import Applied, Entity, Generator, Issue, Mention, Origin, Place, Section
from brief_extract.pretty import pretty_json
from brief_extract.table import Cell, Kind, Range, Table
from brief_extract.version import SCHEMA, VERSION, check_schema

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

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
    "Figure",
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
    "Place",
    "Quote",
    "Range",
    "Section",
    "Table",
]

Block = Heading | Paragraph | List | Table | Code | Quote | Markup


Part = Block | ListItem | Cell | Section | Mention | Entity | Figure
"""What has an id in a document."""

Engine = Literal["pandas", "polars"]
_B = TypeVar("_B", bound=Element)
_COUNTED = ("headings", "paragraphs", "lists", "tables", "mentions", "issues")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An article as data. ``blocks``, in document order, is the truth; the views below are drawn from it.

    ``title`` is a heading of the text, or what the record that it came in says (a web page, a message, a line of JSON);
    ``title_origin`` says which.
    """

    schema: str = SCHEMA
    version: str = VERSION
    generator: Generator
    id: str
    source: Origin
    text: str
    title: str | None
    title_origin: Literal["text", "metadata"] | None = None
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    figures: tuple[Figure, ...] = ()
    issues: tuple[Issue, ...] = ()
    corrections: tuple[Applied, ...] = ()

    def __hash__(self) -> int:
        return hash((self.id, self.source.sha256))  # ``source.extra`` is a dict, which has none

    def __post_init__(self) -> None:
        """Let each section know its document."""
        msgspec.structs.force_setattr(self, "sections", tuple(section.of(self) for section in self.sections))

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

    @property
    def ents(self) -> tuple[Mention, ...]:
        """The mentions, under the name that spaCy has for them."""
        return self.mentions

    @property
    def countries(self) -> dict[str, int]:
        """ISO 3166 codes of the countries that it names or points to, with the number of mentions, most first."""
        from brief_extract.views.countries import countries_of

        return {country.code: country.mentions for country in countries_of(self)}

    def __iter__(self) -> Iterator[Block]:
        """The blocks, in document order."""
        return iter(self.blocks)

    def __contains__(self, id: object) -> bool:
        """Whether something has this id."""
        return any(part.id == id for part in self._parts())

    def __getitem__(self, id: str) -> Part:
        """What has this id: ``doc[mention.entity]``, ``doc[mention.block]``, ``doc["table-1.cell-3"]``.

        Looks through the document each time; for many look-ups make a dict.

        Raises:
            KeyError: nothing has it.
        """
        found = self.get(id)
        if found is None:
            raise KeyError(f"{id!r} is no id of this document; ids are those of its blocks, as {self._example!r}")
        return found

    def get(self, id: str) -> Part | None:
        """What has this id, or None."""
        return next((part for part in self._parts() if part.id == id), None)

    def entity(self, id: str) -> Entity:
        """The entity with this id: ``doc.entity("country/ML")``, ``doc.entity(mention.entity)``.

        Raises:
            KeyError: the document names no such entity.
        """
        found = next((entity for entity in self.entities if entity.id == id), None)
        if found is None:
            raise KeyError(f"{id!r}: no such entity is named; doc.entities has {len(self.entities)}")
        return found

    def _parts(self) -> Iterator[Part]:
        yield from chain[Part](self.blocks, self.sections, self.mentions, self.entities, self.figures)
        for block in self.blocks:
            if isinstance(block, List):
                yield from block.items
            elif isinstance(block, Table):
                yield from block.cells

    @property
    def _example(self) -> str:
        return self.blocks[-1].id if self.blocks else "paragraph-1"

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in _COUNTED)
        return f"<Document {self.id!r}: {len(self.text):,} characters, {counts}>"

    def _of(self, kind: type[_B]) -> Iterator[_B]:
        return (block for block in self.blocks if isinstance(block, kind))

    def _repr_html_(self) -> str:
        """The document in a notebook, its names marked."""
        from brief_extract.views.html import to_html

        return to_html(self)

    def context(self, block: Table | List | str) -> Context:
        """What is around a table or list of this document: caption, section, the paragraph that refers to it.

        Args:
            block: The table or list, or its id.

        Raises:
            KeyError: no table or list of this document has this id.
            ValueError: the block is not of this document.
        """
        from brief_extract.context import context

        found = self[block] if isinstance(block, str) else block
        if not isinstance(found, Table | List):
            raise KeyError(f"{found.id!r} is no table or list")
        return context(self, found)

    @overload
    def frames(self, *, engine: Literal["pandas"] = "pandas") -> dict[str, pd.DataFrame]: ...
    @overload
    def frames(self, *, engine: Literal["polars"]) -> dict[str, pl.DataFrame]: ...
    def frames(self, *, engine: Engine = "pandas") -> dict[str, Any]:
        """The rows that this document has in each file of a batch, by its name: ``headings``, ``cells``, ``entities``.

        Columns have nullable types of pandas; with ``engine="polars"`` those of polars, ``value`` of cells as text.
        """
        from brief_extract.views.frames import frames

        return frames(self, engine)

    def mentions_frame(self) -> pd.DataFrame:
        """A row for each mention, as ``frames()["mentions"]``."""
        return self.frames()["mentions"]

    def to_markdown(self) -> str:
        """The document as Markdown: its structure restored, repeated spaces and marks of emphasis left out.

        Footnotes, raw HTML and link definitions are left out; ``text`` has them.
        """
        from brief_extract.views.markdown import to_markdown

        return to_markdown(self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write ``to_json`` to a file.

        Raises:
            OSError: it cannot be written.
        """
        Path(path).write_bytes(self.to_json())

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> Document:
        """The document that ``save``, or a batch under ``documents/``, wrote.

        Raises:
            OSError: the file cannot be read.
            SchemaError: not JSON, or not a document of this major version; the message names the file.
        """
        try:
            return cls.from_json(Path(path).read_bytes())
        except SchemaError as error:
            raise SchemaError(f"{path}: {error}") from error

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
