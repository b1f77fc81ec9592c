"""A web page -> the article on it, as Markdown, and what the page says of it. Needs ``brief-extract[html]``.

trafilatura tells article from navigation and keeps headings, lists and tables. Offsets refer to the text that it gives,
which is kept in the document; the digest is of the page.
"""

from __future__ import annotations

from typing import Any

import msgspec

from brief_extract.decode import decode
from brief_extract.errors import ReadError
from brief_extract.read import Source, check_text, read_text, sha256, too_large

LEAST_WORDS = 10
"""With fewer words it is what is left of a menu or a notice. The shortest news in brief have about thirty."""

FIELDS = {"title": "title", "author": "author", "date": "date", "url": "url", "sitename": "site"}
"""What trafilatura calls the facts about a page, and what they are called in ``source.extra``."""


def read_html(page: str | bytes, *, name: str, max_bytes: int) -> Source:
    """The article of a page; ``extra`` holds its title, author, date (ISO 8601), URL and site, where it says so.

    Raises:
        ReadError: ``no-article`` if the page holds none, ``unreadable`` if trafilatura is not installed; and
            ``too-large``, ``binary``, ``undecodable`` or ``empty``.
    """
    try:
        import trafilatura
    except ImportError:
        what, fix = "a web page, for which trafilatura is needed", "pip install 'brief-extract[html]'"
        raise ReadError("unreadable", place=name, what=what, fix=fix) from None
    if len(page) > max_bytes:
        raise too_large(name, max_bytes)
    html = decode(page, place=name).text if isinstance(page, bytes) else page
    check_text(html, name, size=len(page))
    text = trafilatura.extract(html, output_format="markdown", include_formatting=True, include_tables=True)
    if not text or len(text.split()) < LEAST_WORDS:
        what = "no article found on the page"
        raise ReadError("no-article", place=name, what=what, fix="leave it out, or give the article as text")
    source = read_text(text, name=name)
    data = page if isinstance(page, bytes) else page.encode(errors="replace")
    return msgspec.structs.replace(source, sha256=sha256(data), extra=_facts(trafilatura.extract_metadata(html)))


def _facts(found: Any) -> dict[str, str]:
    if found is None:
        return {}
    facts = {ours: getattr(found, theirs, None) for theirs, ours in FIELDS.items()}
    return {name: str(fact) for name, fact in facts.items() if fact}
