"""Dates that count from the day of writing: ``yesterday``, ``three years ago``, ``last Tuesday``, ``on the 27th``."""

from __future__ import annotations

import datetime as dt
import re

from brief_extract.dates import periods
from brief_extract.dates.clues import STEPS, Clue, Match, number_of, unit_of
from brief_extract.dates.patterns import PIECE
from brief_extract.dates.periods import DAY, Period
from brief_extract.dates.words import FUTURE, MONTHS, PAST, UNTIL, WEEKDAYS

_WORD = re.compile(r"[a-z]+")
_LOOK_BACK = 60
"""Characters before a day of the week in which words are looked for that say that it is to come."""

_NEAR = 8
"""Words, likewise."""


def word(match: Match, clue: Clue) -> Period | None:
    """``yesterday``, ``the day after tomorrow``."""
    days = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
    words = match["word"].lower().split()
    far = {"before": -1, "after": 1}.get(words[2], 0) if len(words) > 1 else 0
    return periods.day(clue.reference + (days[words[-1]] + far) * DAY) if clue.reference else None


def ago(match: Match, clue: Clue) -> Period | None:
    """``three years ago``, ``two weeks and a day later``: later and earlier than the day before it in the text."""
    number = {"a couple of": 2}.get(match["ag_number"].lower()) or number_of(match["ag_number"])
    way = match["ag_way"].lower()
    back = way in ("ago", "earlier")
    day = clue.base if way in ("earlier", "later") else clue.reference
    for piece in PIECE.finditer(match["ag_more"] or ""):
        if day and (count := number_of(piece["number"])):
            day = periods.moved(day, unit_of(piece["unit"]), -count if back else count)
    return _after(day, match["ag_unit"], number, back=back)


def _after(day: dt.date | None, unit: str, number: int | None, *, back: bool) -> Period | None:
    if day is None or number is None:
        return None
    return periods.day(periods.moved(day, unit_of(unit), -number if back else number))


def in_time(match: Match, clue: Clue) -> Period | None:
    """``in two weeks' time``."""
    return _after(clue.reference, match["it_unit"], number_of(match["it_number"]), back=False)


def in_future(match: Match, clue: Clue) -> Period | None:
    """``will open in three years``."""
    return _after(clue.reference, match["if_unit"], number_of(match["if_number"]), back=False)


def to_date(match: Match, clue: Clue) -> Period | None:
    """``the year to date``."""
    if clue.reference is None:
        return None
    return periods.span(periods.containing(clue.reference, match["td_unit"].lower()).first, clue.reference)


def rel_number(match: Match, clue: Clue) -> Period | None:
    """``the last ten days``, ``the next two quarters``."""
    word = match["rn_number"].lower()
    number = {"couple of": 2, "few": 3}.get(word) or number_of(word)
    if clue.reference is None or number is None:
        return None
    unit, back = unit_of(match["rn_unit"]), STEPS[match["rn_rel"].lower()] < 0
    here = periods.containing(clue.reference, unit)
    if unit in ("quarter", "decade", "century"):
        if back:
            return periods.span(periods.moved(here.first, unit, -number), here.first - DAY)
        return periods.span(here.last + DAY, periods.moved(here.last + DAY, unit, number) - DAY)
    other = periods.moved(clue.reference, unit, -number if back else number)
    return periods.span(other, clue.reference) if back else periods.span(clue.reference + DAY, other)


def rel_unit(match: Match, clue: Clue) -> Period | None:
    """``last month``, ``next Tuesday``, ``this week``."""
    if clue.reference is None:
        return None
    step, unit = STEPS[match["ru_rel"].lower()], match["ru_unit"].lower()
    if unit in WEEKDAYS:
        return _weekday_of_step(clue.reference, WEEKDAYS[unit], step)
    if unit in MONTHS:
        return _month_of_step(clue.reference, MONTHS[unit], step)
    if unit == "fortnight":
        other = periods.moved(clue.reference, unit, step or 1)
        return periods.span(min(other, clue.reference), max(other, clue.reference))
    move = "week" if unit == "weekend" else unit
    return periods.containing(periods.moved(clue.reference, move, step), unit)


def _weekday_of_step(today: dt.date, number: int, step: int) -> Period:
    """``last Tuesday`` is that of last week, ``next Tuesday`` that of next week, ``this Tuesday`` that of this."""
    monday = today - dt.timedelta(today.weekday())
    return periods.day(monday + step * periods.WEEK + dt.timedelta(number))


def _month_of_step(today: dt.date, number: int, step: int) -> Period:
    if step < 0:
        return periods.month(today.year - (number >= today.month), number)
    return periods.month(today.year + (number <= today.month and step > 0), number)


def week_day(match: Match, clue: Clue) -> Period | None:
    """``Sunday of next week``, ``last week Monday``."""
    if clue.reference is None:
        return None
    step = STEPS[(match["wd_rel"] or match["wr_rel"]).lower()]
    monday = periods.week(clue.reference).first + step * periods.WEEK
    return periods.day(monday + dt.timedelta(WEEKDAYS[(match["wd_day"] or match["wr_day"]).lower()]))


def rest(match: Match, clue: Clue) -> Period | None:
    """``the week after next``."""
    if clue.reference is None:
        return None
    unit, step = match["re_which"].lower(), 2 if match["re_way"].lower() == "after" else -2
    return periods.containing(periods.moved(clue.reference, unit, step), unit)


def looks_ahead(text: str, place: int) -> bool:
    """Whether words before a place, in its sentence, speak of what is to come: ``will``, ``due``, ``until``."""
    words = _WORD.findall(text[max(0, place - _LOOK_BACK) : place].rpartition(". ")[2].lower())[-_NEAR:]
    last = next((word for word in reversed(words) if word not in ("on", "the")), "")
    is_past = last in PAST or (last.endswith("ed") and "be" not in words[-3:])
    if is_past:
        return last in FUTURE
    return last in UNTIL or not FUTURE.isdisjoint(words)


def day_alone(match: Match, clue: Clue, name: str) -> Period | None:
    """``on the 27th``: of this month, or of the one before where that is to come."""
    if clue.reference is None:
        return None
    number, today = int(match[f"{name}_number"]), clue.reference
    months = (periods.containing(periods.moved(today, "month", -back), "month") for back in range(12))
    days = [whole.first.replace(day=number) for whole in months if number <= whole.last.day]
    if name == "wo":
        days = [day for day in days if day.weekday() == WEEKDAYS[match["wo_day"].lower()]]
    ahead = name == "da" and looks_ahead(match.string, match.start())
    return next((periods.day(day) for day in days if ahead or day <= today or name == "wo"), None)


def weekday(match: Match, clue: Clue) -> Period | None:
    """A day of the week alone: the last one, or the next one behind words such as "will" and "due"."""
    if clue.reference is None:
        return None
    number, today = WEEKDAYS[match["wk_day"].lower()], clue.reference
    if looks_ahead(match.string, match.start()):
        return periods.day(today + dt.timedelta((number - today.weekday()) % 7))
    return periods.day(today - dt.timedelta((today.weekday() - number) % 7))
