"""The blocks of a document but for tables: headings, paragraphs, lists, quotes, code and markup."""

from __future__ import annotations

from typing import ClassVar, Literal

from brief_extract.element import Element, LeadIn


class Heading(Element, frozen=True, kw_only=True, tag_field="type", tag="heading"):
    """A title line. ``inferred`` headings had no mark in the source: they carry confidence and evidence."""

    type: ClassVar[Literal["heading"]] = "heading"
    section: str | None
    text: str
    level: int
    origin: Literal["marked", "inferred"] = "marked"
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()


class Paragraph(Element, frozen=True, kw_only=True, tag_field="type", tag="paragraph"):
    """A run of prose."""

    type: ClassVar[Literal["paragraph"]] = "paragraph"
    section: str | None
    text: str


class ListItem(Element, frozen=True, kw_only=True):
    """One item. ``depth`` 0 is the outermost; ``parent`` is the id of the item it is nested in.

    ``marker`` is the sign as printed, "" in a list without marks.
    """

    text: str
    marker: str
    depth: int = 0
    parent: str | None = None


class List(Element, frozen=True, kw_only=True, tag_field="type", tag="list"):
    """A bullet or numbered list, nested items in document order. ``inferred``: parallel lines without any marks."""

    type: ClassVar[Literal["list"]] = "list"
    section: str | None
    ordered: bool
    lead_in: LeadIn | None
    items: tuple[ListItem, ...]
    origin: Literal["marked", "inferred"] = "marked"
    confidence: float = 1.0


class Code(Element, frozen=True, kw_only=True, tag_field="type", tag="code"):
    """A fenced or indented code block."""

    type: ClassVar[Literal["code"]] = "code"
    section: str | None
    text: str


class Quote(Element, frozen=True, kw_only=True, tag_field="type", tag="quote"):
    """A block quotation (``>``)."""

    type: ClassVar[Literal["quote"]] = "quote"
    section: str | None
    text: str


class Markup(Element, frozen=True, kw_only=True, tag_field="type", tag="markup"):
    """Layout that is not content: a rule, raw HTML, a link definition. Kept so that no character is lost."""

    type: ClassVar[Literal["markup"]] = "markup"
    section: str | None
    kind: Literal["rule", "html", "definition"]
