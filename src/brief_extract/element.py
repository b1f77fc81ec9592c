"""What every part of a document is made of: a name and a place.

Units
    ``start`` and ``end`` count Unicode code points in ``Document.text``, end exclusive. ``text`` of an
    element is for reading (markup and soft line breaks reduced); ``document.text[start:end]`` is the proof.
"""

from __future__ import annotations

import msgspec


class Element(msgspec.Struct, frozen=True, kw_only=True):
    """A named piece of the source text."""

    id: str
    start: int
    end: int


class LeadIn(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence that introduces a list or table ("Key considerations include:")."""

    start: int
    end: int
    text: str
