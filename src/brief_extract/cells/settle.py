"""Readings of one column -> readings that agree: years or counts, identifiers or numbers, times or ratios."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from brief_extract.cells import codes, dates
from brief_extract.cells.amounts import counted
from brief_extract.cells.headers import Hints
from brief_extract.cells.readings import Reading, family
from brief_extract.cells.times import taken

YEARS = range(1900, 2051)
"""Whole columns of such numbers are years, unless the header counts something."""

_PAIR = re.compile(r"(\d{1,3})\s*[-–—:]\s*(\d{1,3})", re.A)
_FOUR_DIGITS = re.compile(r"\d{4}(?!\d)", re.A)
_TWO_CAPITALS = re.compile(r"[A-Z]{2}")


def settle(
    texts: Sequence[str],
    readings: list[Reading],
    said: Sequence[Hints],
    *,
    order: bool | None,
    comma: bool,
    by_row: bool,
) -> None:
    """Change the readings that their neighbours or the header prove wrong.

    Args:
        texts: The cells of the column.
        readings: Their readings, changed in place.
        said: What header and row label say of each cell.
        order: The order of day and month.
        comma: Whether the comma is the decimal mark.
        by_row: Whether each row is about another thing, so that cells say nothing of each other.
    """
    _two_letter_codes(texts, readings)
    _identifiers(texts, readings, said, by_row=by_row)
    _scores(texts, readings)
    _slashes(texts, readings, said, order=order)
    _colons(texts, readings, said)
    _years(texts, readings, said, by_row=by_row)
    _counted(texts, readings, comma=comma)
    if not by_row:
        _decimals(readings)


def _two_letter_codes(texts: Sequence[str], readings: list[Reading]) -> None:
    """Among codes of two capitals NA is Namibia and NO is Norway."""
    capitals = sum(bool(_TWO_CAPITALS.fullmatch(text)) for text in texts)
    others = sum(
        reading.kind == "text" and bool(_TWO_CAPITALS.fullmatch(text)) for text, reading in _pairs(texts, readings)
    )
    if others >= 2 and 2 * capitals > len(texts):
        for place, text in enumerate(texts):
            if _TWO_CAPITALS.fullmatch(text):
                readings[place] = Reading("text", text)


def _identifiers(texts: Sequence[str], readings: list[Reading], said: Sequence[Hints], *, by_row: bool) -> None:
    """One leading zero, or the header, makes digits identifiers."""
    zeros = any(reading.kind == "identifier" and text.isdecimal() for text, reading in _pairs(texts, readings))
    for place, (text, reading) in enumerate(_pairs(texts, readings)):
        named = said[place].identifier and reading.kind in (
            "integer",
            "decimal",
            "range",
            "ratio",
            "date",
            "identifier",
        )
        if (named and not text.isalpha()) or (zeros and not by_row and codes.is_plain(text)):
            readings[place] = Reading("identifier", text)


def _scores(texts: Sequence[str], readings: list[Reading]) -> None:
    """``1-3`` beside ``2-1`` is no range, for ranges do not fall."""
    pairs = {place: match for place, text in enumerate(texts) if (match := _PAIR.fullmatch(text)) and ":" not in text}
    if any(int(match[1]) > int(match[2]) for match in pairs.values()):
        for place in pairs:
            if readings[place].kind == "range" or texts[place].count("-") <= 1:
                readings[place] = Reading("text", texts[place])


def _slashes(texts: Sequence[str], readings: list[Reading], said: Sequence[Hints], *, order: bool | None) -> None:
    """``04/12`` under "Date", or among dates, is a day."""
    days = any(reading.kind == "date" for reading in readings)
    for place, text in enumerate(texts):
        if readings[place].kind == "ratio" and (days or said[place].date) and dates.is_slashed(text):
            readings[place] = dates.numeric_day(text, day_first=order) or readings[place]


def _colons(texts: Sequence[str], readings: list[Reading], said: Sequence[Hints]) -> None:
    """``1:10`` is a ratio beside ``2:1`` and a time taken beside ``43:02``."""
    ratios = any(reading.kind == "ratio" and ":" in text for text, reading in _pairs(texts, readings))
    lasting = any(reading.kind == "duration" and ":" in text for text, reading in _pairs(texts, readings))
    for place, text in enumerate(texts):
        if readings[place].kind == "time" and ":" in text:
            if ratios or said[place].ratio:
                readings[place] = codes.ratio(text) or readings[place]
            elif lasting or said[place].lasting:
                readings[place] = taken(text) or readings[place]


def _years(texts: Sequence[str], readings: list[Reading], said: Sequence[Hints], *, by_row: bool) -> None:
    """Four digits are a year if header, neighbours or the whole column say so."""
    places = [
        place
        for place, (text, reading) in enumerate(_pairs(texts, readings))
        if reading.kind == "integer" and _FOUR_DIGITS.match(text) and text.startswith(str(reading.value))
    ]
    if not places:
        return
    dated = any(family(reading) == "date" for reading in readings)
    numbers = [place for place, reading in enumerate(readings) if family(reading) == "number"]
    alike = len(places) == len([place for place in numbers if readings[place].kind != "range"]) > 1
    for place in places:
        value = readings[place].value
        assert isinstance(value, int)
        told = said[place].year and 1400 <= value <= 2150
        shown = (dated or alike) and value in YEARS and not said[place].measure and not by_row
        whole = alike and all(readings[other].value in YEARS for other in places)
        if told or (shown and (dated or whole)):
            readings[place] = Reading("year", value)


def _counted(texts: Sequence[str], readings: list[Reading], *, comma: bool) -> None:
    """``120 officers`` beside ``45 officers``: the word that comes again is the unit."""
    found = {
        place: count
        for place, (text, reading) in enumerate(_pairs(texts, readings))
        if reading.kind == "text" and text[:1].isdecimal() and (count := counted(text, comma=comma))
    }
    words = Counter(word for _, word in found.values())
    for place, (value, word) in found.items():
        if words[word] >= 2:
            readings[place] = Reading("quantity", value, word)


def _decimals(readings: list[Reading]) -> None:
    """In a column of decimals a whole number is a decimal as well."""
    if any(reading.kind == "decimal" for reading in readings):
        for place, reading in enumerate(readings):
            if reading.kind == "integer" and isinstance(reading.value, int):
                readings[place] = Reading("decimal", float(reading.value))


def _pairs(texts: Sequence[str], readings: Sequence[Reading]) -> Iterator[tuple[str, Reading]]:
    return zip(texts, readings, strict=True)
