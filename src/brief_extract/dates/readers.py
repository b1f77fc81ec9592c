"""The readers of all forms: a match -> its period, or None where nothing tells which one it is."""

from __future__ import annotations

from collections.abc import Callable

from brief_extract.dates import absolute, ordinals, periods, relative
from brief_extract.dates.clues import Clue, Match, day_of
from brief_extract.dates.periods import Period
from brief_extract.dates.words import DAYS

READERS: dict[str, Callable[[Match, Clue], Period | None]] = {
    "iso": absolute.iso,
    "numeric": absolute.numeric,
    "days": lambda match, clue: absolute.days(match, clue, "ds"),
    "month_days": lambda match, clue: absolute.days(match, clue, "md"),
    "day_month": lambda match, clue: day_of(match, clue, "dm", match["dm_month"], match["dm_day"]),
    "month_day": lambda match, clue: day_of(match, clue, "mo", match["mo_month"], match["mo_day"]),
    "month_year": absolute.month_year,
    "year_month": absolute.year_month,
    "ordinal": lambda match, clue: day_of(match, clue, "od", match["od_month"], str(DAYS[match["od_day"].lower()])),
    "month_ordinal": lambda match, clue: day_of(
        match, clue, "mr", match["mr_month"], str(DAYS[match["mr_day"].lower()])
    ),
    "nth_unit": ordinals.nth_unit,
    "nth_quarter": ordinals.nth_quarter,
    "to_date": relative.to_date,
    "quarter": absolute.quarter,
    "fiscal": absolute.fiscal,
    "years": absolute.years,
    "decade": absolute.decade,
    "century": lambda match, _: periods.century(int(match["ce_number"])),
    "season": absolute.season,
    "holiday": absolute.holiday,
    "word": relative.word,
    "ago": relative.ago,
    "in_time": relative.in_time,
    "in_future": relative.in_future,
    "rel_number": relative.rel_number,
    "week_day": relative.week_day,
    "rel_unit": relative.rel_unit,
    "rest": relative.rest,
    "weekday_of": lambda match, clue: relative.day_alone(match, clue, "wo"),
    "day_alone": lambda match, clue: relative.day_alone(match, clue, "da"),
    "weekday": relative.weekday,
    "month": absolute.month_alone,
    "year": lambda match, _: periods.year(int(match["yr_year"])),
}
"""The reader of each form."""

RELATIVE = frozenset(
    "to_date word ago in_time in_future rel_number week_day rel_unit rest weekday_of day_alone weekday".split()
)
"""Forms that say a day only together with the day of writing."""
