"""The forms in which dates are written, as one pattern of named alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterable

from brief_extract.dates.words import ABBREVIATED, DAYS, DECADES, MONTHS, NUMBERS, ORDINALS, SEASONS, WEEKDAYS


def _any(words: object) -> str:
    return "|".join(sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


_MONTH = rf"(?:{_any(MONTHS.keys() - ABBREVIATED)}|(?:{_any(ABBREVIATED)})(?![^\W\d])\.?)(?![^\W\d])"
_WEEKDAY = rf"(?:{_any(WEEKDAYS)})"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ST = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|2[01])\d\d(?![\d,]\d|\d|[.:]\d)"
_NUMBER = rf"(?:\d{{1,3}}|{_any(NUMBERS)})"
_UNIT = r"(?:day|week|fortnight|month|quarter|year|decade|centur)(?:y|ies|s)?"
_REL = r"(?:last|previous|past|this|current|next|coming|following)"
_TO = r"(?: ?[-–—] ?| (?:to|until|till|through|and) )"
_NTH = rf"(?:{_any(ORDINALS)}|last|final|[1-3]?\d(?:st|nd|rd|th))"
_KIND = r"(?:(?:financial|fiscal|calendar) )?"


def _of_year(name: str) -> str:
    """A year behind a date: ``, 2024``, ``of last year``; its groups begin with a name."""
    return rf"(?: ?,? (?:of |in )?(?:(?P<{name}_year>{_YEAR})|(?:the )?(?P<{name}_rel>{_REL}) {_KIND}year))"


FORMS = {
    "iso": r"(?P<iso_year>(?:1[5-9]|2[01])\d\d)[-/](?P<iso_month>0[1-9]|1[0-2])[-/](?P<iso_day>3[01]|[12]\d|0[1-9])",
    "numeric": rf"(?P<n_first>{_DAY})(?P<n_mark>[/.])(?P<n_second>{_DAY})(?P=n_mark)(?P<n_year>\d{{4}}|\d\d)"
    r"(?![\d.]\d)",
    "ordinal": rf"(?:the )?(?P<od_day>{_any(DAYS)})(?: day)? of (?P<od_month>{_MONTH}){_of_year('od')}?",
    "month_ordinal": rf"(?P<mr_month>{_MONTH}) (?:the )?(?P<mr_day>{_any(DAYS)}){_of_year('mr')}?\b",
    "days": rf"(?P<ds_low>{_DAY}){_ST}{_TO}(?P<ds_high>{_DAY}){_ST} (?:of )?(?P<ds_month>{_MONTH})"
    rf"{_of_year('ds')}?",
    "month_days": rf"(?P<md_month>{_MONTH}) (?P<md_low>{_DAY}){_ST} ?(?:[-–—]|to|and) ?(?P<md_high>{_DAY}){_ST}"
    rf"(?![\d:.]\d)\b{_of_year('md')}?",
    "day_month": rf"(?:{_WEEKDAY}\b\.?,? )?(?:the )?(?P<dm_day>{_DAY}){_ST}(?: of)? (?P<dm_month>{_MONTH})"
    rf"{_of_year('dm')}?",
    "month_day": rf"(?:{_WEEKDAY}\b\.?,? )?(?P<mo_month>{_MONTH})[ -](?:the )?(?P<mo_day>{_DAY}){_ST}"
    rf"(?![\d:]|[.,]\d)\b{_of_year('mo')}?",
    "month_year": rf"(?P<my_month>{_MONTH})(?:{_of_year('my')}|-(?P<my_dash>{_YEAR}))",
    "year_month": rf"(?P<ym_year>{_YEAR})(?: ?, ?| ?- ?| )(?P<ym_month>{_MONTH})(?:-(?P<ym_day>{_DAY})\b)?",
    "nth_unit": rf"(?P<nu_nth>{_NTH}) (?P<nu_unit>quarter|half|week|month|day|decade|{_WEEKDAY})"
    rf"(?:{_of_year('nu')}| (?:of|in) (?:(?P<nu_month>{_MONTH})(?:,? (?P<nu_my>{_YEAR}))?"
    r"|(?P<nu_this>the|this|last|next) month)| of the year)",
    "nth_quarter": r"(?P<nq_nth>first|second|third|fourth|[1-4](?:st|nd|rd|th)) quarter\b(?! of)",
    "to_date": r"(?P<td_unit>year|month|quarter|week)[ -]to[ -]date\b",
    "quarter": rf"(?:(?P<q_before>{_YEAR})[- /]?)?(?P<q_kind>[QH])(?P<q_number>[1-4])(?:[ -/]?(?:of )?"
    rf"(?:(?P<q_year>{_YEAR})|'(?P<q_short>\d\d)|(?P<q_rel>{_REL}) year))?(?![\w])",
    "fiscal": rf"(?:(?:the )?(?:fiscal|financial)(?: year)? |FY ?)(?P<f_year>{_YEAR}|\d\d)"
    r"(?:[/–-](?P<f_end>\d\d(?:\d\d)?))?\b",
    "years": rf"(?P<ys_low>{_YEAR})(?:[/–-](?P<ys_high>\d\d)|(?:{_TO}|/)(?P<ys_last>{_YEAR}))(?!\d|[-/]\d)",
    "decade": r"(?P<de_year>(?:1[5-9]|2[01])\d0)['’]?s\b|(?<![\d$€£])['’‘]?(?P<de_short>[1-9]0)['’]?s\b"
    rf"|(?P<de_word>{_any(DECADES)})\b",
    "century": r"(?P<ce_number>1\d|2[01])(?:st|th) century",
    "season": rf"(?:(?P<se_rel>{_REL}) )?(?P<se_name>{_any(SEASONS)})(?: of)?(?: (?P<se_year>{_YEAR}))?\b",
    "holiday": r"(?P<ho_name>Christmas(?: Day| Eve)?|New Year['’]s (?:Day|Eve)|Easter(?: Sunday)?)"
    rf"(?:,? (?P<ho_year>{_YEAR}))?\b",
    "word": r"(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tonight|tomorrow)\b",
    "ago": rf"(?P<ag_more>(?:{_NUMBER} {_UNIT},?(?: and)? ){{1,2}})?(?P<ag_number>{_NUMBER}|a couple of|a few)"
    rf"[ -](?P<ag_unit>{_UNIT}) (?P<ag_way>ago|earlier|later|from now|from today|hence)\b",
    "in_time": rf"in (?P<it_number>{_NUMBER}) (?P<it_unit>{_UNIT})(?:['’]s?)? time\b",
    "in_future": rf"in (?P<if_number>{_NUMBER}) (?P<if_unit>{_UNIT})\b",
    "rel_number": rf"(?P<rn_rel>{_REL}) (?P<rn_number>{_NUMBER}|few|couple of|several) (?P<rn_unit>{_UNIT})\b",
    "week_day": rf"(?:(?P<wd_rel>{_REL}) week(?: on)? (?P<wd_day>{_WEEKDAY})"
    rf"|(?P<wr_day>{_WEEKDAY}) (?:of (?:the )?)?(?P<wr_rel>{_REL}) week)\b",
    "rel_unit": rf"(?P<ru_rel>{_REL}) {_KIND}"
    rf"(?P<ru_unit>day|weekend|week|fortnight|month|quarter|year|decade|century|{_WEEKDAY}|{_MONTH})",
    "rest": r"the (?P<re_which>week|month|year|decade) (?P<re_way>before|after) (?P<re_rel>last|next)\b",
    "weekday_of": rf"(?P<wo_day>{_WEEKDAY})\b,? the (?P<wo_number>{_DAY})(?:st|nd|rd|th)\b",
    "day_alone": rf"the (?P<da_number>{_DAY})(?:st|nd|rd|th)\b(?! (?!(?:and|or|to|at|in|but|for|by|after)\b)[a-z])",
    "weekday": rf"(?P<wk_day>{_WEEKDAY})\b",
    "month": rf"(?P<mn_month>{_MONTH})",
    "year": rf"(?P<yr_year>{_YEAR})\b",
}
"""Each form by its name, the more special before the more general. Groups begin with the initials of their form."""

_PART = r"(?:early|late|mid|(?:the )?(?:end|start|beginning|middle) of(?: the)?|end|earlier|later)"

DATE = re.compile(
    rf"(?<![\w$€£¥#./:])(?:(?P<part>{_PART})[ -])?"
    rf"(?:{'|'.join(f'(?P<form_{name}>{form})' for name, form in FORMS.items())})(?![\w%€$])",
    re.I,
)
"""A date in any form, perhaps with the part of it that is meant."""

_FIRST = {
    *MONTHS, *WEEKDAYS, *NUMBERS, *ORDINALS, *DAYS, *SEASONS, *DECADES, *_REL[3:-1].split("|"),
    *"early late mid end earlier later final today tonight tomorrow yesterday fiscal financial christmas".split(),
    *"new easter fy q h year month quarter week".split(),
}  # fmt: skip
_AFTER_ARTICLE = _FIRST | set("day decade beginning start middle couple few fortnight century".split())


def _grouped(words: Iterable[str]) -> str:
    """The words, grouped by their first letter in either case, which is quicker than a list of them."""
    ends: dict[str, set[str]] = {}
    for word in words:
        ends.setdefault(word[0], set()).add(word[1:])
    return "|".join(f"[{first}{first.upper()}](?i:{_any(rest)})" for first, rest in sorted(ends.items()))


START = re.compile(
    rf"(?<![\w$€£¥#./:])(?:['’‘]?\d|(?:{_grouped(_FIRST - {'a', 'an'})})(?![^\W\d])"
    rf"|(?:[Tt]he|[Aa]n?|[Ii]n) (?:\d|(?:{_grouped(_AFTER_ARTICLE)})\b))"
)
"""Where a date may begin: a quick look before the slow one, which takes six times as long."""

PIECE = re.compile(rf"(?P<number>{_NUMBER}) (?P<unit>{_UNIT})\b", re.I)
JOINT = re.compile(r" ?[-–—] ?| (?:to|until|till|through|and|or) (?:the )?")
BEFORE = re.compile(r"\b(?P<word>from|between)(?: the)? $", re.I)
OFFSET = re.compile(rf"(?P<number>{_NUMBER}) (?P<unit>{_UNIT}) (?P<way>before|after|from) (?:the )?$", re.I)
