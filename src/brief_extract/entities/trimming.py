"""The bounds of a name: what stands around it and is no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from brief_extract.entities.lexicon import rows

_BEFORE = re.compile(r"(?:[\s\"'“”‘’`,;:.*_–—()\[\]-]|(?:[Tt]he|THE|[Aa]n?)\s)+")
_AFTER = re.compile(
    r"(?:[\s\"'“”‘’`,;:*_–—()\[\]-]"
    r"|(?<=\w)['’][sS]"  # Mali's
    r"|-(?:led|based|backed|born|owned|funded|style)"  # Saudi Arabia-led
    r"|\s(?:and|of|&))$"
)
_LONGEST_AFTER = len("-backed")
_OPENED_BY = {")": "(", "]": "["}


def trim(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The span without leading article and marks, trailing possessive and marks, and a person's titles.

    The result is empty (``start == end``) when nothing else is left, as for *the President*.
    """
    before = _BEFORE.match(text, start, end)
    start = before.end() if before else start
    if label == "PERSON":
        title = titles().match(text, start, end)
        start = title.end() if title else start
    while after := _AFTER.search(text, max(start, end - _LONGEST_AFTER), end):
        end = after.start()
    while (opening := _OPENED_BY.get(text[end : end + 1])) and (
        text.count(opening, start, end) > text.count(text[end], start, end)
    ):
        end += 1  # Congo (Kinshasa)
    return start, max(start, end)


def starts_with_firm_title(text: str, start: int, end: int) -> int:
    """Where the name starts after a title that only persons have, or 0: *Mr Biden* is no company."""
    title = _firm_titles().match(text, start, end)
    return title.end() if title and title.end() < end and text[title.end()].isupper() else 0


@cache
def titles() -> re.Pattern[str]:
    """One or more titles with the blank after them; a title alone matches with nothing after it."""
    return re.compile(_any_of([title for title, _ in rows("honorifics")]))


@cache
def _firm_titles() -> re.Pattern[str]:
    return re.compile(_any_of([title for title, use in rows("honorifics") if use == "person"]))


def _any_of(titles: Sequence[str]) -> str:
    """The longest title first, an abbreviation with or without its full stop."""
    title = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True))
    return rf"(?:(?:[Ff]ormer |[Ee]x-|[Tt]hen |[Ll]ate )?(?:{title})(?:\.|\b)(?:\s+|$))+"
