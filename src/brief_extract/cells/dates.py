"""Cells that hold a day, a month, a quarter or a year, strictly: ``7 May 2024``, ``2024-05-07``, ``Q1 2024``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from brief_extract.cells import vocabulary
from brief_extract.cells.readings import Reading
from brief_extract.table import Range

_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er|º)?"
_YEAR = r"(?P<year>\d{4}|['’]\d{2})"
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_NAMED = [
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}(?:\s+of|\s+de)?[\s-]+{_WORD}(?:(?:,|\s+de)?[\s-]+{_YEAR})?",
        rf"{_WEEKDAY}{_WORD}\s+{_DAY}(?:,?\s+{_YEAR})?",
        rf"{_WORD},?[\s-]+{_YEAR}",
        r"(?P<month>[^\W\d_]{3})[\s-](?P<year>\d{2})",
    )
]
_ISO = re.compile(
    r"(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2})(?:[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?)?", re.A
)
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2}))?", re.A)
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})", re.A)
_QUARTER = [
    re.compile(pattern, re.I)
    for pattern in (
        r"q(?P<quarter>[1-4])(?:[\s/-]*(?P<year>\d{4}|['’]?\d{2}))?",
        r"(?P<year>\d{4})[\s/-]*q(?P<quarter>[1-4])",
        r"(?P<quarter>[1-4])q[\s/-]*(?P<year>\d{4}|\d{2})",
        r"(?P<word>first|second|third|fourth)\s+quarter\s+(?:of\s+)?(?P<year>\d{4})",
    )
]
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_FISCAL = re.compile(r"(?:fy|cy)\s?[-–]?\s?(?P<year>\d{4}|['’]?\d{2})", re.I)
_SPLIT_YEAR = re.compile(r"(?:fy\s?)?(?P<first>(?:19|20)\d\d)/(?P<second>\d{4}|\d{2})", re.I)
_TO = re.compile(r"(?<!\s)\s++(?:[-–—]|to)\s++|[–—]", re.I)
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2}\s+[^\W\d_].*)")
PIVOT = 70
"""Two-digit years below are of this century, from here on of the last."""


def calendar(text: str, *, day_first: bool | None) -> Reading | None:
    """Read a cell as a date, quarter or span of years. ``value`` is ISO 8601; a date without a year begins with ``--``.

    Args:
        text: The cell.
        day_first: The order of ``03/04/2024`` in this column, ``None`` if unknown: its value is then ``None``.

    >>> calendar("7 May 2024", day_first=None).value, calendar("May 7", day_first=None).value
    ('2024-05-07', '--05-07')
    >>> calendar("03/04/2024", day_first=True).value, calendar("Q1 2024", day_first=None).value
    ('2024-04-03', '2024-Q1')
    """
    return (
        _iso(text) or _named(text) or _numeric(text, day_first=day_first) or _quarter(text) or _years(text)
    ) or _span(text, day_first=day_first)


def day_first(texts: Iterable[str]) -> bool | None:
    """The order of day and month in these cells, from numbers above 12; ``None`` if no cell tells or they disagree.

    >>> day_first(["03/04/2024", "17/04/2024"]), day_first(["04/17/2024"]), day_first(["03/04/2024"])
    (True, False, None)
    """
    orders = set()
    for text in texts:
        match = _NUMERIC.fullmatch(text)
        if match:
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second:
                orders.add(True)
            elif second > 12 >= first:
                orders.add(False)
            elif match[2] == ".":
                orders.add(True)  # points are used between day and month where the day comes first
    return orders.pop() if len(orders) == 1 else None


def is_slashed(text: str) -> bool:
    """Whether a cell is ``04/12``: a day, or a fraction."""
    match = _NUMERIC.fullmatch(text)
    return bool(match and match[2] == "/" and not match[4] and 0 < int(match[1]) <= 31 and 0 < int(match[3]) <= 31)


def _day(year: int | None, month: int, day: int) -> Reading | None:
    try:
        valid = date(year or 2000, month, day)
    except ValueError:
        return None
    return Reading("date", valid.isoformat() if year else f"--{valid:%m-%d}")


def _century(text: str) -> int:
    digits = text.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < PIVOT else 1900)


def _iso(text: str) -> Reading | None:
    match = _ISO.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    if match[3] is None:
        return Reading("date", f"{match[1]}-{int(match[2]):02}") if len(match[2]) == 2 and text[4] == "-" else None
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    if day is None or match[4] is None:
        return day
    zone = (match[5] or "").replace("UTC", "Z")
    return Reading("date", f"{day.value}T{match[4]}{zone}")


def _month(word: str) -> int | None:
    word = word.lower()
    return vocabulary.months().get(word) or vocabulary.foreign_months().get(word)


def _named(text: str) -> Reading | None:
    for pattern in _NAMED:
        match = pattern.fullmatch(text)
        month = _month(match["month"]) if match else None
        if match and month:
            parts = match.groupdict()
            year = _century(parts["year"]) if parts["year"] else None
            if parts.get("day"):
                return _day(year, month, int(parts["day"]))
            return Reading("date", f"{year}-{month:02}")
    return None


def _numeric(text: str, *, day_first: bool | None) -> Reading | None:
    match = _MONTH_YEAR.fullmatch(text)
    if match:
        return Reading("date", f"{match[2]}-{int(match[1]):02}") if 1 <= int(match[1]) <= 12 else None
    match = _NUMERIC.fullmatch(text)
    if match is None or match[4] is None:
        return None
    return numeric_day(text, day_first=day_first)


def numeric_day(text: str, *, day_first: bool | None) -> Reading | None:
    """``03/04`` or ``03/04/2024`` as a date; its value is ``None`` where the order cannot be told."""
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[3])
    if day_first is None and first > 12:
        day_first = True
    elif day_first is None and second > 12:
        day_first = False
    day, month = (second, first) if day_first is False else (first, second)
    reading = _day(_century(match[4]) if match[4] else None, month, day)
    if reading and day_first is None and first != second:
        return Reading("date", None, None, "day and month cannot be told apart")
    return reading


def _quarter(text: str) -> Reading | None:
    for pattern in _QUARTER:
        match = pattern.fullmatch(text)
        if match:
            parts = match.groupdict()
            quarter = f"Q{parts.get('quarter') or _ORDINALS[parts['word'].lower()]}"
            return Reading("quarter", f"{_century(parts['year'])}-{quarter}" if parts["year"] else quarter)
    return None


def _years(text: str) -> Reading | None:
    match = _FISCAL.fullmatch(text)
    if match:
        return Reading("year", _century(match["year"]))
    match = _SPLIT_YEAR.fullmatch(text)
    if match is None:
        return None
    low = int(match["first"])
    high = int(match["second"])
    if len(match["second"]) == 2:
        high += low // 100 * 100
        high += 100 * (high < low)  # 1999/00
    return Reading("range", Range(low=low, high=high)) if low < high <= low + 10 else None


def _span(text: str, *, day_first: bool | None) -> Reading | None:
    """``12–14 May 2024``, ``1 March 2024 to 5 April 2024``, ``January–March 2024``."""
    match = _DAYS_OF_MONTH.fullmatch(text)
    if match:
        first, second = f"{match[1]} {match[2].split(maxsplit=1)[1]}", match[2]
    else:
        match = _TO.search(text, 1)
        if match is None or match.end() == len(text):
            return None
        first, second = text[: match.start()], text[match.end() :]
        if first.isalpha() and second[-4:].isdecimal():
            first = f"{first} {second[-4:]}"
    low, high = _end(first, day_first=day_first), _end(second, day_first=day_first)
    if low is None or high is None or low > high:
        return None
    return Reading("range", Range(low=low, high=high))


def _end(text: str, *, day_first: bool | None) -> str | None:
    reading = _iso(text) or _named(text) or _quarter(text) or _numeric(text, day_first=day_first)
    return reading.value if reading and isinstance(reading.value, str) else None
