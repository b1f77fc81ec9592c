"""Whether what looks like a date is one: ``in May`` and ``Theresa May``, ``2019`` and ``2019 people``."""

from __future__ import annotations

import re
from collections.abc import Callable

from brief_extract.cells import vocabulary as cells
from brief_extract.dates.relative import looks_ahead
from brief_extract.dates.words import BEFORE_MONTH, NAMES

Match = re.Match[str]

_LOOK_BACK = 24
_OLDEST = 1800
"""A year before it needs a preposition: it may be any number."""

_PLURAL = re.compile(r"\s?(?!(?:was|is|has|its|this|as)\b)(?:[a-z]+s|people|men|women|children)\b")
_UNIT = re.compile(r"[ -]?([^\W\d]+)")
_CAPITAL = re.compile(r" [A-Z]")

_ALSO_WORDS = frozenset("may march mar august sun sat".split())
"""Names of the calendar that in lower case are words."""

_NUMBERED = frozenset(
    "resolution room flight route bus directive no nos number page article law act hotline line model class unit "
    "figure table section channel some about nearly almost around over than least most only another".split()
)
"""Words before a number that is no year."""

_BEFORE_OLD = frozenset("in since of by from until before after around circa and to".split())
_BEFORE_DAY = frozenset("on by for until since".split())
_BEFORE_DECADE = frozenset("the in early late mid".split())
_SUPERLATIVE = ("est", "first", "last", "time", "only")
"""Ends of words that a duration follows: ``its first in three years``."""

_NO_UNITS = frozenset("in a m s pm am t h b".split())


def is_date(match: Match, form: str) -> bool:
    """Whether a match of a form is a date, by its case and by the words around it."""
    check = _CHECKS.get(form)
    return check is None or check(match)


def _word_before(match: Match) -> str:
    """The word before a match in lower case, empty if something else is there."""
    words = match.string[max(0, match.start() - _LOOK_BACK) : match.start()].lower().rstrip("( ").split(" ")
    word = words[-1].strip(".:")
    return word if word.isalpha() or word.endswith("-") else ""


def _is_year(match: Match) -> bool:
    text = match.string
    before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() : match.end() + _LOOK_BACK]
    if _PLURAL.match(after) or (after[:1] == "-" and after[1:2].isalnum()):
        return False
    unit = _UNIT.match(after)
    if unit and unit[1].lower() not in _NO_UNITS and (cells.unit(unit[1]) or cells.currency(unit[1])):
        return False
    word = _word_before(match)
    if word in _NUMBERED or before.rstrip(" ")[-1:].isdigit():
        return False
    return int(match["yr_year"]) >= _OLDEST or word in _BEFORE_OLD


def _is_month(match: Match) -> bool:
    """A month alone has a capital, and a preposition before it where it is a name or a verb as well."""
    name, low = match["mn_month"], match["mn_month"].lower().rstrip(".")
    if not name[0].isupper() and low in _ALSO_WORDS:
        return False
    if match["part"]:
        return name[0].isupper()
    if len(low) == 3 and low != "may":  # Jan and Dec are names, Mar is a word
        return False
    if low not in NAMES and name[0].isupper():
        return True
    is_name = low in NAMES and _CAPITAL.match(match.string, match.end()) is not None
    return not is_name and _word_before(match) in BEFORE_MONTH


def _is_weekday(match: Match) -> bool:
    name = match["wk_day"]
    is_title = _word_before(match) == "the" and _CAPITAL.match(match.string, match.end()) is not None
    return name[0].isupper() and name not in ("Sat", "Sun", "Wed") and not is_title


def _is_decade(match: Match) -> bool:
    return bool(match["de_year"]) or _word_before(match).rstrip("-") in _BEFORE_DECADE


_CHECKS: dict[str, Callable[[Match], bool]] = {
    "year": _is_year,
    "month": _is_month,
    "weekday": _is_weekday,
    "decade": _is_decade,
    "season": lambda match: bool(match["se_year"] or match["se_rel"]),
    "day_alone": lambda match: _word_before(match) in _BEFORE_DAY,
    "in_future": lambda match: (
        looks_ahead(match.string, match.start()) and not _word_before(match).endswith(_SUPERLATIVE)
    ),
    "rel_unit": lambda match: match["ru_unit"][0].isupper() or match["ru_unit"].lower() not in _ALSO_WORDS,
    "fiscal": lambda match: match["form_fiscal"].startswith("FY") or not match["form_fiscal"].lower().startswith("fy"),
    "quarter": lambda match: bool(match["q_year"] or match["q_before"] or match["q_rel"]) or match["q_kind"] == "Q",
}
"""What each form has to fulfil beside its pattern; forms that are not here need no more."""
