"""Where each page of the report stands, and how one page points to another."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from urllib.parse import quote

KINDS = {"country": "country", "region": "region", "gpe": "place", "org": "organisation", "person": "person"}
"""Entities with a page: the first part of their id, and what that is called."""

LONGEST_NAME = 120
"""Bytes of a part of a page's name. File systems end at 255, and a temporary name must still fit."""


def kind_of(entity: str | None) -> str | None:
    """The first part of an entity's id, if such entities have pages."""
    kind = (entity or "").partition("/")[0]
    return kind if kind in KINDS else None


def article_page(id: str) -> str:
    """The page of an article, as a path in the report."""
    return f"articles/{id}.html"


@lru_cache(maxsize=10_000)
def entity_page(id: str, number: int = 1) -> str:
    """A page of an entity, the first of them or a later one, as a path in the report.

    >>> entity_page("country/ML"), entity_page("person/a-keita", 2)
    ('entities/country/ML.html', 'entities/person/a-keita~2.html')
    """
    kind, _, name = id.partition("/")
    # Ids of names are slugs of letters and digits; those of another pipeline may be anything.
    safe = "".join(char if char.isalnum() or char == "-" else "_" for char in name)
    if safe != name or len(safe.encode(errors="replace")) > LONGEST_NAME:
        head = safe.encode(errors="replace")[:LONGEST_NAME].decode(errors="ignore")
        safe = f"{head}~{hashlib.sha256(id.encode(errors='replace')).hexdigest()[:12]}"
    return f"entities/{kind}/{safe}{f'~{number}' if number > 1 else ''}.html"


def up(page: str) -> str:
    """The way from a page to the folder of the report: ``../`` for each folder."""
    return "../" * page.count("/")


@lru_cache(maxsize=10_000)
def quoted(path: str) -> str:
    """A relative path as a URL. A ``%`` in a file name is a sign like any other."""
    return quote(path, safe="/.~-_", errors="replace")
