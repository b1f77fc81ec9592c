"""The words of the calendar in English: months, days of the week, numbers, parts of a year."""

from __future__ import annotations

from brief_extract.cells import vocabulary

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
NUMBERS = {word: number for number, word in enumerate(_ONES, 1)} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30}
"""Numbers in words as they stand before units of time."""

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}

_TEENS = (
    "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
)
DAYS = {word: number for number, word in enumerate([*_ORDINALS, *_TEENS], 1)} | {"thirtieth": 30, "thirty-first": 31}
DAYS |= {f"twenty{mark}{word}": 20 + number for mark in "- " for number, word in enumerate(_ORDINALS[:9], 1)}
"""Ordinals in words that number the days of a month."""

MONTHS = {form.rstrip("."): number for form, number in vocabulary.months().items()} | {"sept": 9}
"""Name or abbreviation of a month in lower case -> its number."""

ABBREVIATED = MONTHS.keys() - set(
    "january february march april may june july august september october november december".split()
)
"""The abbreviations among them, which may have a point behind."""

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name: number for number, name in enumerate(_DAYS)} | {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
"""Name or abbreviation of a day of the week in lower case -> its number from Monday, 0."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""A season -> its first month, in the north."""

DECADES = {
    f"{word}ies": 10 * number for number, word in enumerate("twent thirt fort fift sixt sevent eight ninet".split(), 2)
}

NAMES = frozenset("may march april june august".split())
"""Months that are names and verbs as well: alone they need a preposition before them."""

BEFORE_MONTH = frozenset(
    "in since until till by from to of last next this between and early late mid during before after past".split()
)
FUTURE = frozenset("will would shall due scheduled expected planned plans set".split())
"""Words some way before a day of the week that say that it is the coming one."""

UNTIL = frozenset("until by next".split())
"""Words right before it that say so."""

PAST = frozenset("said told was were had died began came went met".split())
"""Words right before it that say that it is over, beside those that end in -ed."""
