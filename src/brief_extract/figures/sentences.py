"""The sentences of a stretch of prose, and only those that have a number in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from brief_extract.cells.numerals import FRACTIONS
from brief_extract.figures import vocabulary

_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-ZÀ-ÞА-Я0-9€$£])|\n{2,}")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Mr|Mrs|Ms|Dr|St|Rs|vs|approx|est|Fig|Art|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Prof|Inc|Co|Corp|Ltd|U\.S|U\.N|U\.K|a\.m|p\.m|[A-Z]))\.$"
)
_LONGEST_ABBREVIATION = 8


def sentences(text: str, taken: Sequence[tuple[int, int]] = ()) -> Iterator[tuple[int, int]]:
    """The places of the sentences of a text that have a number in digits or in words outside of what is taken."""
    numbers = list(_outside([match.start() for match in _numbers().finditer(text)], taken))
    if not numbers:
        return
    start = 0
    for end in [*sentence_ends(text), len(text)]:
        place = bisect_left(numbers, start)
        if place < len(numbers) and numbers[place] < end:
            yield start, end
        start = end


def _outside(places: Iterable[int], spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The places, in order, that are in none of the spans, in order."""
    number = 0
    for place in places:
        while number < len(spans) and spans[number][1] <= place:
            number += 1
        if number == len(spans) or place < spans[number][0]:
            yield place


def sentence_ends(text: str) -> Iterator[int]:
    """Where the sentences of a text end and others begin."""
    for match in _END.finditer(text):
        stop = match.start() + 1
        if not _ABBREVIATION.search(text, max(0, stop - _LONGEST_ABBREVIATION), stop) or "\n\n" in match[0]:
            yield match.end()


@cache
def _numbers() -> re.Pattern[str]:
    """A digit, or a word that a figure has; words are grouped by their first letter, which is quicker."""
    words = vocabulary.beginnings() - {"a", "an", "few", "many", "several", "minus"} | vocabulary.words("parts")
    ends: dict[str, list[str]] = {}
    for word in sorted(words):
        ends.setdefault(word[0], []).append(word[1:])
    groups = (
        rf"[{first}{first.upper()}](?:{'|'.join([*rest, *map(str.upper, rest)])})" for first, rest in ends.items()
    )
    return re.compile(rf"[\d{''.join(FRACTIONS)}]|\b(?:{'|'.join(groups)})\b|-fold\b")
