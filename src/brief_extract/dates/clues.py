"""What every reader needs: clues to what is not printed, and numbers, units and years of a match."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from brief_extract.dates import periods
from brief_extract.dates.periods import Period
from brief_extract.dates.words import MONTHS, NUMBERS

Match = re.Match[str]

STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
"""A word before a unit -> how many units away it is."""


class Clue(NamedTuple):
    """What incomplete dates are read by: the day of writing, the year and the day of the date before."""

    reference: dt.date | None
    year: int | None
    day_first: bool = True
    before: dt.date | None = None

    @property
    def base(self) -> dt.date | None:
        """What "two days later" counts from: the day before it in the text, or the day of writing."""
        return self.before or self.reference

    def year_of(self, month: int, day: int = 15) -> int | None:
        """The year that brings a day of the year nearest to the day of writing; else that of the date before."""
        if self.reference is None:
            return self.year
        near = range(self.reference.year - 1, self.reference.year + 2)
        if (month, day) == (2, 29):
            near = range(self.reference.year // 4 * 4, self.reference.year // 4 * 4 + 5, 4)
        return min(near, key=lambda year: abs((_date(year, month, day) - self.reference).days))  # type: ignore[operator]


def _date(year: int, month: int, day: int) -> dt.date:
    """A day; the last of its month where the month is shorter."""
    return periods.month(year, month).first.replace(day=min(day, periods.month(year, month).last.day))


def month_of(text: str) -> int:
    """The number of a month by its name."""
    return MONTHS[text.lower().rstrip(".")]


def number_of(text: str) -> int | None:
    """A number in digits or words, None if it is neither."""
    return int(text) if text.isdecimal() else NUMBERS.get(text.lower())


def unit_of(text: str) -> str:
    """A unit of time in the singular."""
    low = text.lower()
    if low.startswith("centur"):
        return "century"
    return low.removesuffix("s")


def year_of(match: Match, name: str, clue: Clue) -> int | None:
    """The year of a form, printed or told as ``last year``."""
    if printed := match[f"{name}_year"]:
        return int(printed)
    relative = match[f"{name}_rel"]
    if relative and clue.reference:
        return clue.reference.year + STEPS[relative.lower()]
    return None


def has_year(match: Match, name: str) -> bool:
    """Whether a form tells its year."""
    return bool(match[f"{name}_year"] or match[f"{name}_rel"])


def day_of(match: Match, clue: Clue, name: str, month: str, day: str) -> Period | None:
    """A day of a month; the year is that of the form or the nearest to the day of writing."""
    number, number_of_day = month_of(month), int(day)
    printed = has_year(match, name)
    year = year_of(match, name, clue) if printed else clue.year_of(number, number_of_day)
    if year is None or number_of_day > periods.month(year, number).last.day:
        return None
    return periods.day(dt.date(year, number, number_of_day), year=printed)
