"""The dates of a text, in order: forms found, those that are no dates left out, ranges and offsets joined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from brief_extract.dates import periods
from brief_extract.dates.checks import is_date
from brief_extract.dates.clues import Clue
from brief_extract.dates.patterns import BEFORE, DATE, JOINT, OFFSET, START
from brief_extract.dates.periods import Period
from brief_extract.dates.readers import READERS, RELATIVE
from brief_extract.dates.words import NUMBERS

_PARTS = {"early": "early", "earlier": "early", "late": "late", "later": "late", "mid": "mid", "middle": "mid"}
_WHOLE = frozenset("numeric iso years".split())
"""Forms that say all of a date."""

_OF_MONTH = frozenset("days month_days day_month month_day ordinal month_ordinal".split())
"""Forms that say all of a date but its year."""

_LOOK_BACK = 24


class FoundDate(NamedTuple):
    """A date or period in a text.

    ``value`` is ISO 8601: ``2024-05-07``, ``2024-05``, ``2024-Q2``, ``2024-W19``, ``1990s``, or an interval
    ``2024-05-05/2024-05-09``; None where nothing says which one it is. ``relative``: the day of writing decides.
    """

    start: int
    end: int
    value: str | None
    relative: bool


class _Read(NamedTuple):
    start: int
    end: int
    period: Period | None
    relative: bool


def find_dates(text: str, reference: dt.date | None = None, *, day_first: bool = True) -> Iterator[FoundDate]:
    """The dates of a text, in order and disjoint.

    Args:
        text: Prose in English.
        reference: The day of writing, for "last Tuesday" and for dates without a year.
        day_first: Whether ``5/7/2024`` is of July, where the numbers do not tell.
    """
    for read in _joined(text, list(_single(text, Clue(reference, None, day_first)))):
        yield FoundDate(read.start, read.end, read.period.value if read.period else None, read.relative)


def _single(text: str, clue: Clue) -> Iterator[_Read]:
    place, end = 0, -1
    while start := START.search(text, place):
        place = start.start() + 1
        if text[place - 2 : place - 1] == "-" and end != place - 2:  # part of a code, and no second end of a range
            continue
        match = DATE.match(text, start.start())
        form = next((name for name in READERS if match[f"form_{name}"] is not None), "") if match else ""
        if match is None or not is_date(match, form):
            continue
        place = end = match.end()
        period = READERS[form](match, clue)
        if period and match["part"]:
            period = periods.part(period, _PARTS.get(match["part"].split()[0].lower(), _end(match["part"])))
        if period and period.year and form not in RELATIVE:
            clue = clue._replace(year=period.last.year)
        if period and period.first == period.last:
            clue = clue._replace(before=period.first)
        if period is None and (form in _WHOLE or (clue.reference and form in _OF_MONTH)):  # no such day
            place = match.start() + 1
            continue
        yield _with_offset(text, _Read(match.start(), match.end(), period, form in RELATIVE))


def _end(part: str) -> str:
    low = part.lower()
    return "mid" if "middle" in low else "start" if "start" in low or "beginning" in low else "end"


def _with_offset(text: str, read: _Read) -> _Read:
    """``three days after 7 May``."""
    match = OFFSET.search(text, max(0, read.start - _LOOK_BACK), read.start)
    number = match and (int(match["number"]) if match["number"].isdecimal() else NUMBERS.get(match["number"].lower()))
    if not match or not number or not read.period:
        return read
    way = -number if match["way"].lower() == "before" else number
    unit = match["unit"].lower().removesuffix("s")
    moved = periods.moved(read.period.first, "century" if unit.startswith("centur") else unit, way)
    return _Read(match.start(), read.end, periods.day(moved), read.relative)


# --- ranges -------------------------------------------------------------------------------------------------------


def _joined(text: str, reads: list[_Read]) -> Iterator[_Read]:
    place = 0
    while place < len(reads):
        both = _range(text, reads[place], reads[place + 1]) if place + 1 < len(reads) else None
        yield both or reads[place]
        place += 2 if both else 1


def _range(text: str, low: _Read, high: _Read) -> _Read | None:
    """``from May to July 2023``: one period, the first end in the year of the second where it has none."""
    joint = JOINT.fullmatch(text, low.end, high.start)
    before = BEFORE.search(text, max(0, low.start - _LOOK_BACK), low.start)
    word = joint[0].strip().lower().split(" ")[0] if joint else ""
    if not joint or word == "or" or (word == "and" and not (before and before["word"].lower() == "between")):
        return None
    if low.period is None or high.period is None:
        return _Read(low.start, high.end, None, low.relative or high.relative) if before else None
    first = low.period
    if high.period.year and not first.year:
        first = _in_year(first, high.period)
    both = periods.joined(first, _not_before(first, high))
    return both and _Read(low.start, high.end, both, low.relative or high.relative)


def _not_before(low: Period, high: _Read) -> Period:
    """The second end in the week or year after the first one where it has no year of its own: ``May to March``."""
    period = high.period
    assert period is not None
    if period.last >= low.first or (period.year and not high.relative):
        return period
    if high.relative:
        return periods.day(period.first + periods.WEEK) if period.first == period.last else period
    later = period.first.replace(year=period.first.year + 1)
    return periods.day(later) if period.first == period.last else periods.containing(later, "month")


def _in_year(low: Period, high: Period) -> Period:
    """A month or day in the year of a later one, or in the year before."""
    year = high.first.year - ((low.first.month, low.first.day) > (high.last.month, high.last.day))
    if low.value.count("-") == 1:
        return periods.month(year, low.first.month)
    return periods.day(low.first.replace(year=year)) if low.first == low.last else low
