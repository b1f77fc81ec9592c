"""A web page -> the article on it, as Markdown, and what the page says of it. Needs ``brief-extract[html]``.

trafilatura tells article from navigation and keeps headings, lists and tables. Offsets refer to the text that it gives,
which is kept in the document; the digest is of the page.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

import msgspec

from brief_extract.decode import decode
from brief_extract.errors import ReadError
from brief_extract.read import Source, check_text, fits, read_text, sha256, too_large

LEAST_WORDS = 10
"""With fewer words it is what is left of a menu or a notice. The shortest news in brief have about thirty."""

LONGEST_TITLE = 100
"""Characters of the longest bold paragraph that is a title, as in ``blocks.headings``."""

FIELDS = {"title": "title", "author": "author", "date": "date", "url": "url", "sitename": "site"}
"""What trafilatura calls the facts about a page, and what they are called in ``source.extra``."""


@cache
def can_read_pages() -> bool:
    """Whether trafilatura is installed."""
    return find_spec("trafilatura") is not None


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
    if not fits(page, max_bytes):
        raise too_large(name, max_bytes)
    html = decode(page, place=name).text if isinstance(page, bytes) else page
    check_text(html, name, size=len(page))
    page_tree = _prepared(trafilatura.load_html(html))
    text = trafilatura.extract(page_tree, output_format="markdown", include_formatting=True, include_tables=True)
    if not text or len(text.split()) < LEAST_WORDS:
        what = "no article found on the page"
        raise ReadError("no-article", place=name, what=what, fix="leave it out, or give the article as text")
    source = read_text(text, name=name)
    data = page if isinstance(page, bytes) else page.encode(errors="replace")
    return msgspec.structs.replace(source, sha256=sha256(data), extra=_facts(trafilatura.extract_metadata(html)))


def _prepared(tree: Any) -> Any:
    """The page with what trafilatura would lose in a form that it keeps: layout tables, links in cells, bold titles."""
    if tree is None:
        return None
    for table in [*tree.iter("table")]:
        cells = [*table.iter("td", "th")]
        if len(cells) == 1:
            cells[0].tag = "div"
            table.getparent().replace(table, cells[0])
            continue
        for part in [*table.iter("p", "a")]:
            part.drop_tag()
    for paragraph in tree.iter("p"):
        if _is_title(paragraph):
            paragraph.tag = "h2"
            paragraph[0].drop_tag()
    return tree


def _is_title(paragraph: Any) -> bool:
    """Is the whole paragraph bold, short and no sentence, above another paragraph?"""
    if len(paragraph) != 1 or paragraph[0].tag not in ("b", "strong"):
        return False
    around = f"{paragraph.text or ''}{paragraph[0].tail or ''}".strip()
    title, below = paragraph.text_content().strip(), paragraph.getnext()
    whole = not around and 0 < len(title) <= LONGEST_TITLE and title[-1] not in ".:;,"
    return whole and below is not None and below.tag == "p"


def _facts(found: Any) -> dict[str, str]:
    if found is None:
        return {}
    facts = {ours: getattr(found, theirs, None) for theirs, ours in FIELDS.items()}
    return {name: str(fact) for name, fact in facts.items() if fact}
