"""Text with its mentions -> HTML. Whatever an article says comes through here, or through a template that escapes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from markupsafe import Markup

from brief_extract.model import Mention
from brief_extract.report.links import entity_page, kind_of, quoted

LONGEST = 20_000
"""Characters of one element that a page shows. What is longer is no reading matter, and freezes browsers."""

GROUPS = {
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "org",
    "PERSON": "person",
    "NORP": "people",
    "DATE": "time",
    "TIME": "time",
    "CARDINAL": "number",
    "ORDINAL": "number",
    "PERCENT": "number",
    "MONEY": "number",
    "QUANTITY": "number",
}
"""Labels that share a colour. All others are ``other``."""

GROUP_NAMES = {
    "place": "Places",
    "people": "Nationalities",
    "org": "Organisations",
    "person": "People",
    "other": "Other names",
    "time": "Dates",
    "number": "Figures",
}
"""The groups in the order of the legend, with what they are called."""

# Signs that turn the direction of the text around them, so that it reads as something that it is not, and controls
# that no browser shows.
_SIGNS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_HIDDEN = re.compile(f"[{_SIGNS}]")
_SPECIAL = re.compile(f"[&<>\"'{_SIGNS}]")


def group(label: str) -> str:
    """The colour group of a label."""
    return GROUPS.get(label, "other")


def plain(text: str) -> str:
    """A text without its hidden signs, for places that hold no markup: titles and attributes."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub("\ufffd", text)


def attribute(text: str) -> str:
    """A text as the value of an attribute."""
    return escape(plain(text)) if _SPECIAL.search(text) else text


def shown(text: str) -> str:
    r"""A text as HTML. A hidden sign becomes an element that stands for it, one sign long.

    >>> shown("a<b\u202e")
    'a&lt;b<i data-sign="U+202E"></i>'
    """
    if not _SPECIAL.search(text):
        return text
    return _HIDDEN.sub(lambda sign: f'<i data-sign="U+{ord(sign[0]):04X}"></i>', escape(text))


def marked(said: str, places: Sequence[tuple[int, Mention]], root: str, *, here: bool = True) -> str:
    """A text as HTML, the mentions in it marked, linked where their entity has a page.

    Args:
        places: Where each mention begins in the text, in order. One that overlaps the one before is left out.
        root: The way to the report's folder.
        here: Whether this is the mentions' own page, where they can be pointed to and have a place in the source.
    """
    safe = shown if _SPECIAL.search(said) else str  # most texts hold nothing to escape: seen once, not piece by piece
    parts: list[str] = []
    at = 0
    for start, mention in places:
        end = start + len(mention.text)
        if start < at or end > LONGEST:
            continue
        place = f' id="{attribute(mention.id)}" data-at="{mention.start},{mention.end}"' if here else ""
        # An <a> without href is no link, but can be styled and closed alike.
        tag = f"<a{place}{_class_and_link(mention.label, mention.entity, root)}>"
        parts += (safe(said[at:start]), tag, safe(said[start:end]), "</a>")
        at = end
    parts.append(safe(said[at:LONGEST]))
    if len(said) > LONGEST:
        parts.append(f'<em class="cut"> … {len(said) - LONGEST:,} more characters</em>')
    return "".join(parts)


@lru_cache(maxsize=20_000)
def _class_and_link(label: str, entity: str | None, root: str) -> str:
    href = f' href="{root}{quoted(entity_page(entity))}"' if entity and kind_of(entity) else ""
    return f' class="m {group(label)}" title="{attribute(label)}"{href}'


@lru_cache(maxsize=20_000)
def link(root: str, entity: str, name: str, group: str) -> Markup:
    """A name that leads to the page of its entity."""
    return Markup(f'<a class="m {group}" href="{root}{quoted(entity_page(entity))}">{attribute(name)}</a>')


def places_of(text: str, start: int, end: int, said: str, mentions: Sequence[Mention]) -> list[tuple[int, Mention]]:
    """Where the mentions of ``text[start:end]`` stand in what was read from it.

    The two are the same but for markup and soft line breaks. Where they differ, each mention is looked for behind the
    one before it.
    """
    if not mentions:
        return []
    base = text.find(said, start, end)
    if base >= 0:
        return [(mention.start - base, mention) for mention in mentions]
    found, at = [], 0
    for mention in mentions:
        place = said.find(mention.text, at)
        if place >= 0:
            found.append((place, mention))
            at = place + len(mention.text)
    return found
