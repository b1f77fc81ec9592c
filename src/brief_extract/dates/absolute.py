"""Dates that say themselves which day or period they are: ``7 May 2024``, ``Q3 2025``, ``the 1990s``."""

from __future__ import annotations

import datetime as dt

from dateutil.easter import easter

from brief_extract.dates import periods
from brief_extract.dates.clues import STEPS, Clue, Match, day_of, month_of, year_of
from brief_extract.dates.periods import Period
from brief_extract.dates.words import DECADES, SEASONS

LONGEST_SPAN = 15
"""Years of ``2019-21``. A longer one is a number of another sort."""


def iso(match: Match, _: Clue) -> Period | None:
    """``2024-05-07``."""
    year, month, day = (int(match[f"iso_{part}"]) for part in ("year", "month", "day"))
    return periods.day(dt.date(year, month, day)) if day <= periods.month(year, month).last.day else None


def numeric(match: Match, clue: Clue) -> Period | None:
    """``7/5/2024``, ``7.5.2024``; day or month first as the clue says, unless a number is above 12."""
    first, second, year = int(match["n_first"]), int(match["n_second"]), int(match["n_year"])
    if match["n_mark"] == "." and len(match["n_year"]) == 2:
        return None
    year += 0 if year > 99 else (2000 if year < 70 else 1900)
    day, month = (first, second) if (clue.day_first or first > 12) and second <= 12 else (second, first)
    if month > 12 or not 1500 <= year <= 2199 or day > periods.month(year, month).last.day:
        return None
    return periods.day(dt.date(year, month, day))


def days(match: Match, clue: Clue, name: str) -> Period | None:
    """``22-24 August``, ``August 22-24``."""
    low = day_of(match, clue, name, match[f"{name}_month"], match[f"{name}_low"])
    high = day_of(match, clue, name, match[f"{name}_month"], match[f"{name}_high"])
    return periods.span(low.first, high.last, year=low.year) if low and high and low.first < high.first else None


def month_year(match: Match, clue: Clue) -> Period | None:
    """``May 2024``, ``June last year``."""
    year = int(match["my_dash"]) if match["my_dash"] else year_of(match, "my", clue)
    return None if year is None else periods.month(year, month_of(match["my_month"]))


def year_month(match: Match, _: Clue) -> Period | None:
    """``2024 May``, ``2024-May-7``."""
    whole = periods.month(int(match["ym_year"]), month_of(match["ym_month"]))
    if not match["ym_day"]:
        return whole
    number = int(match["ym_day"])
    return periods.day(whole.first.replace(day=number)) if number <= whole.last.day else None


def month_alone(match: Match, clue: Clue) -> Period | None:
    """``in May``: the nearest to the day of writing."""
    number = month_of(match["mn_month"])
    year = clue.year_of(number)
    return None if year is None else periods.month(year, number, printed=False)


def years(match: Match, _: Clue) -> Period | None:
    """``1987-2014``, ``2019-21``, ``2023/24``; ``2015-12`` is a month."""
    low = int(match["ys_low"])
    high = int(match["ys_last"]) if match["ys_last"] else low // 100 * 100 + int(match["ys_high"])
    if match["ys_high"] and high <= low and match[0][4] == "-" and 1 <= high % 100 <= 12:
        return periods.month(low, high % 100)
    if high <= low or (match["ys_high"] and high > low + LONGEST_SPAN):
        return None
    return periods.joined(periods.year(low), periods.year(high))


def quarter(match: Match, clue: Clue) -> Period | None:
    """``Q3 2025``, ``H1``, ``2024-Q2``."""
    make = periods.quarter if match["q_kind"].upper() == "Q" else periods.half
    number = int(match["q_number"])
    if make is periods.half and number > 2:
        return None
    printed = match["q_year"] or match["q_before"] or (match["q_short"] and f"20{match['q_short']}")
    if printed:
        return make(int(printed), number)
    if match["q_rel"]:
        return make(clue.reference.year + STEPS[match["q_rel"].lower()], number) if clue.reference else None
    year = clue.year_of(3 * number - 1 if make is periods.quarter else 6 * number - 3)
    return None if year is None else make(year, number, printed=False)


def fiscal(match: Match, _: Clue) -> Period:
    """``fiscal 2023``, ``FY 2023/24``."""
    year = int(match["f_year"])
    year += 2000 if year < 100 else 0
    if not match["f_end"]:
        return periods.year(year)
    end = int(match["f_end"][-2:]) + year // 100 * 100
    return periods.joined(periods.year(year), periods.year(max(year, end))) or periods.year(year)


def decade(match: Match, _: Clue) -> Period:
    """``the 1990s``, ``the '80s``, ``the nineties``."""
    if match["de_year"]:
        return periods.decade(int(match["de_year"]))
    short = DECADES[match["de_word"].lower()] if match["de_word"] else int(match["de_short"])
    return periods.decade((2000 if short < 30 else 1900) + short)


def season(match: Match, clue: Clue) -> Period | None:
    """``summer of 2022``, ``last winter``: three months of the north."""
    first = SEASONS[match["se_name"].lower()]
    if match["se_year"]:
        return _months(int(match["se_year"]), first)
    if not match["se_rel"] or clue.reference is None:
        return None
    step, today = STEPS[match["se_rel"].lower()], clue.reference
    near = [_months(year, first) for year in range(today.year - 2, today.year + 3)]
    if step < 0:
        return next(season for season in reversed(near) if season.last < today)
    return next(season for season in near if (season.first if step else season.last) > today)


def _months(year: int, first: int) -> Period:
    """Three months from one of a year on."""
    low, high = periods.month(year, first), periods.month(year, first + 2)
    return Period(low.first, high.last, f"{low.value}/{high.value}")


def holiday(match: Match, clue: Clue) -> Period | None:
    """``Christmas``, ``Easter 2024``."""
    name = match["ho_name"].lower().replace("’", "'")
    month, day = {"n": (1, 1), "e": (4, 10), "c": (12, 25)}[name[0]]
    if name.endswith("eve"):
        month, day = (12, 31) if name[0] == "n" else (12, 24)
    year = int(match["ho_year"]) if match["ho_year"] else clue.year_of(month, day)
    if year is None:
        return None
    return periods.day(easter(year) if name[0] == "e" else dt.date(year, month, day), year=bool(match["ho_year"]))
