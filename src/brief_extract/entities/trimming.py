"""The bounds of a name: what stands around it and is no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from brief_extract.entities.lexicon import rows

_BEFORE = re.compile(r"(?:[\s\"'“”‘’`,;:.*_–—()\[\]-]|(?:[Tt]he|THE|[Aa]n?)\s)+")
_AFTER = re.compile(
    r"(?:[\s\"'“”‘’`,;:*_–—(\[-]"
    r"|(?<=\w)['’][sS]"  # Mali's
    r"|-(?:led|based|backed|born|owned|funded|style)"  # Saudi Arabia-led
    r"|\s(?:and|of|&))+$"
)
_LONGEST_TAIL = 40  # bounds the search, which otherwise grows with the square of a span of marks alone
_BRACKETS = (("(", ")"), ("[", "]"))


def trim(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """The span without leading article and marks, trailing possessive and marks, and a person's titles.

    The result is empty (``start == end``) when nothing else is left, as for *the President*.
    """
    before = _BEFORE.match(text, start, end)
    start = before.end() if before else start
    if label == "PERSON":
        title = titles().match(text, start, end)
        start = title.end() if title else start
    after = _AFTER.search(text, max(start, end - _LONGEST_TAIL), end)
    end = after.start() if after else end
    for opening, closing in _BRACKETS:
        if text.startswith(closing, end) and text.find(opening, start, end) >= 0:
            end += 1  # Congo (Kinshasa)
    return start, max(start, end)


def starts_with_firm_title(text: str, start: int, end: int) -> int:
    """Where the name starts after a title that only persons have, or 0: *Mr Biden* is no company."""
    title = _firm_titles().match(text, start, end)
    return title.end() if title and title.end() < end and text[title.end()].isupper() else 0


@cache
def titles() -> re.Pattern[str]:
    """One or more titles with the blank after them; a title alone matches with nothing after it."""
    return _title_pattern([title for title, _ in rows("honorifics")])


@cache
def _firm_titles() -> re.Pattern[str]:
    return _title_pattern([title for title, use in rows("honorifics") if use == "person"])


def _title_pattern(titles: Sequence[str]) -> re.Pattern[str]:
    """The longest title first, an abbreviation with or without its full stop."""
    title = "|".join(re.escape(title) for title in sorted(titles, key=len, reverse=True))
    return re.compile(rf"(?:(?:[Ff]ormer |[Ee]x-|[Tt]hen |[Ll]ate )?(?:{title})(?:\.|\b)(?:\s+|$))+")
