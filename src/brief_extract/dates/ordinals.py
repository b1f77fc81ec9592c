"""Parts of a period by their number: ``the second half of last year``, ``the first Friday of May``."""

from __future__ import annotations

import datetime as dt

from brief_extract.dates import periods
from brief_extract.dates.clues import STEPS, Clue, Match, has_year, month_of, year_of
from brief_extract.dates.periods import DAY, Period
from brief_extract.dates.words import ORDINALS, WEEKDAYS


def nth_unit(match: Match, clue: Clue) -> Period | None:
    """``the last Friday of May``, ``the second half of 2024``, ``the 15th day of next month``."""
    nth, unit = match["nu_nth"].lower(), match["nu_unit"].lower()
    number = -1 if nth in ("last", "final") else ORDINALS.get(nth) or int(nth[:-2])
    if match["nu_month"]:
        month = month_of(match["nu_month"])
        year = int(match["nu_my"]) if match["nu_my"] else clue.year_of(month)
        whole = None if year is None else periods.month(year, month, printed=bool(match["nu_my"]))
        return whole and _nth_of(whole, number, unit)
    if match["nu_this"]:
        step = STEPS.get(match["nu_this"].lower(), 0)
        whole = periods.containing(periods.moved(clue.reference, "month", step), "month") if clue.reference else None
        return whole and _nth_of(whole, number, unit)
    now = clue.reference.year if clue.reference else None
    year = year_of(match, "nu", clue) if has_year(match, "nu") else now
    if year is None:
        return None
    if unit == "quarter" and number <= 4:
        return periods.quarter(year, number if number > 0 else 4)
    if unit == "half" and number <= 2:
        return periods.half(year, number if number > 0 else 2)
    return _nth_of(periods.year(year), number, unit)


def nth_quarter(match: Match, clue: Clue) -> Period | None:
    """``the first quarter``: of the year nearest to the day of writing."""
    nth = match["nq_nth"].lower()
    number = ORDINALS.get(nth) or int(nth[:-2])
    year = clue.year_of(3 * number - 1)
    return None if year is None else periods.quarter(year, number, printed=False)


def _nth_of(whole: Period, number: int, unit: str) -> Period | None:
    """The first week, the last Friday, the third month of a year or month."""
    if unit in WEEKDAYS:
        first = whole.first + dt.timedelta((WEEKDAYS[unit] - whole.first.weekday()) % 7)
        last = whole.last - dt.timedelta((whole.last.weekday() - WEEKDAYS[unit]) % 7)
        found = last if number < 0 else first + (number - 1) * periods.WEEK
        return periods.day(found) if found <= whole.last else None
    if unit == "day":
        return periods.day(whole.last if number < 0 else whole.first + (number - 1) * DAY)
    if unit == "month":
        return periods.month(whole.first.year, 12 if number < 0 else number)
    if unit == "week":
        thursday = whole.first + dt.timedelta((3 - whole.first.weekday()) % 7)
        last = whole.last - dt.timedelta((whole.last.weekday() - 3) % 7)
        return periods.week(last if number < 0 else thursday + (number - 1) * periods.WEEK)
    if unit == "half" and whole.first.month == whole.last.month:
        return periods.part(whole, "early" if number == 1 else "late")
    return None
