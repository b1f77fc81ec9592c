"""Periods of the calendar: a day, a week, a month, a quarter, a year, or from one day to another."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

WEEK = dt.timedelta(7)
DAY = dt.timedelta(1)


class Period(NamedTuple):
    """From one day to another, both in it; ``value`` is it as ISO 8601. ``year`` tells whether its year was printed."""

    first: dt.date
    last: dt.date
    value: str
    year: bool = True


def day(date: dt.date, *, year: bool = True) -> Period:
    """One day."""
    return Period(date, date, date.isoformat(), year)


def span(first: dt.date, last: dt.date, *, year: bool = True) -> Period:
    """From one day to another."""
    return Period(first, last, f"{first}/{last}", year)


def week(date: dt.date) -> Period:
    """The week of a day, from Monday."""
    monday = date - dt.timedelta(date.weekday())
    number = monday.isocalendar()
    return Period(monday, monday + WEEK - DAY, f"{number.year}-W{number.week:02}")


def weekend(date: dt.date) -> Period:
    """The Saturday and Sunday of the week of a day."""
    saturday = date - dt.timedelta(date.weekday()) + dt.timedelta(5)
    return span(saturday, saturday + DAY)


def month(year: int, number: int, *, printed: bool = True) -> Period:
    """A month; a number above 12 or below 1 is in another year."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = calendar.monthrange(year, number)[1]
    return Period(dt.date(year, number, 1), dt.date(year, number, last), f"{year:04}-{number:02}", printed)


def quarter(year: int, number: int, *, printed: bool = True) -> Period:
    """A quarter of a year; a number above 4 or below 1 is in another year."""
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return Period(first.first, last.last, f"{year:04}-Q{number}", printed)


def half(year: int, number: int, *, printed: bool = True) -> Period:
    """A half of a year."""
    first, last = month(year, 6 * number - 5), month(year, 6 * number)
    return Period(first.first, last.last, f"{year:04}-H{number}", printed)


def year(number: int) -> Period:
    """A year."""
    return Period(dt.date(number, 1, 1), dt.date(number, 12, 31), f"{number:04}")


def decade(number: int) -> Period:
    """The ten years from one that ends in 0."""
    return Period(dt.date(number, 1, 1), dt.date(number + 9, 12, 31), f"{number:04}s")


def century(number: int) -> Period:
    """A century by its number: the 19th is from 1801 to 1900."""
    return Period(
        dt.date(100 * number - 99, 1, 1), dt.date(100 * number, 12, 31), f"{100 * number - 99:04}/{100 * number:04}"
    )


def joined(low: Period, high: Period) -> Period | None:
    """From the begin of one to the end of another, each as precise as it was; None if the first is the later one."""
    if high.last < low.first:
        return None
    start = low.first.isoformat() if "/" in low.value else low.value
    end = high.last.isoformat() if "/" in high.value else high.value
    return Period(low.first, high.last, f"{start}/{end}", low.year or high.year)


def moved(date: dt.date, unit: str, number: int) -> dt.date:
    """A day so many days, weeks, months or years later; the last of its month where that has no such day."""
    if unit in ("day", "week", "fortnight"):
        return date + number * dt.timedelta({"day": 1, "week": 7, "fortnight": 14}[unit])
    months = number * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    target = month(date.year, date.month + months)
    return target.first.replace(day=min(date.day, target.last.day))


def containing(date: dt.date, unit: str) -> Period:
    """The period of a kind that a day is in."""
    if unit == "day":
        return day(date)
    if unit == "month":
        return month(date.year, date.month)
    if unit == "quarter":
        return quarter(date.year, (date.month + 2) // 3)
    if unit == "half":
        return half(date.year, 1 if date.month < 7 else 2)
    if unit == "year":
        return year(date.year)
    if unit == "decade":
        return decade(date.year // 10 * 10)
    if unit == "century":
        return century((date.year + 99) // 100)
    return weekend(date) if unit == "weekend" else week(date)


def part(period: Period, which: str) -> Period:
    """The early, middle or late part of a period, or its end."""
    first, last, printed = period.first, period.last, period.year
    if first.year == last.year and (first.month, last.month) == (1, 12):
        if which == "end":
            return month(first.year, 12, printed=printed)
        if which == "start":
            return month(first.year, 1, printed=printed)
        months = {"early": (1, 6), "mid": (4, 9), "late": (7, 12)}[which]
        return span(month(first.year, months[0]).first, month(first.year, months[1]).last, year=printed)
    if (first.year, first.month) == (last.year, last.month) and first.day == 1:
        days = {"early": (1, 15), "start": (1, 15), "mid": (10, 20), "late": (16, last.day), "end": (16, last.day)}
        low, high = days[which]
        return span(first.replace(day=low), first.replace(day=high), year=printed)
    return period
