"""Printed forms of cells -> plainer ones that mean the same: notes taken off, odd signs, dates and powers rewritten."""

from __future__ import annotations

import re

from brief_extract.cells import vocabulary

_NOTE = re.compile(r"\s?(?:\u3010[^\u3010\u3011]{0,40}\u3011|\[\^\w{1,4}\])$")
_POWER = re.compile(r"(\d+(?:\.\d+)?)\s?[\u00d7x*\u00b7]\s?10\s?\^?\s?([+-]?\d\d?)", re.A)
_EXPONENT = re.compile(r"([+-]?\d+\.\d+)[eE](\d\d?)", re.A)
_MINUS_BEHIND = re.compile(r"(\d[\d., ]*[.,]\d+)[-\u2212]", re.A)
_SHARE_BEHIND = re.compile(r"(\d[\d., ]*+)\(\d[\d.,]*+\s?%\)", re.A)
_RAND = re.compile(r"R(\d[\d ,]*\.\d\d)", re.A)
_DAY = re.compile(r"(\d\d?)-([^\W\d_]{3,9})-(\d\d)", re.A)
_YEAR = r"(?:\d\d|(?:19|20)\d\d)"
_PERIOD = re.compile(rf"(?:(?:1[5-9]|20)\d0|\d0)['\u2019]?s|[12]H ?{_YEAR}|H[12] ?['\u2019]?{_YEAR}", re.A)
_NOTE_LETTER = re.compile(r"(?<=\d) [a-f]$", re.A)
_CENTURY = 50
"""Years of two digits below this one are of the 21st century."""


def plain(text: str) -> str:
    """The cell in its plainer form.

    >>> plain("7.4%[^3]"), plain("1,200.50-"), plain("5.6 x 10^4"), plain("12,410 (51.2%)"), plain("12-Mar-24")
    ('7.4%', '-1,200.50', '5.6e+4', '12,410', '12 Mar 2024')
    """
    text = _NOTE.sub("", text)
    if match := _POWER.fullmatch(text):
        return f"{match[1]}e{int(match[2]):+d}"
    if match := _EXPONENT.fullmatch(text):
        return f"{match[1]}e+{match[2]}"
    if match := _MINUS_BEHIND.fullmatch(text):
        return f"-{match[1]}"
    if match := _SHARE_BEHIND.fullmatch(text):
        return match[1].rstrip()
    if match := _RAND.fullmatch(text):
        return f"ZAR {match[1]}"
    if match := _DAY.fullmatch(text):
        year = int(match[3])
        return f"{match[1]} {match[2]} {year + (2000 if year < _CENTURY else 1900)}"
    return text


def is_period(text: str) -> bool:
    """Is it a decade or half of a year, which no kind of value stands for?"""
    return _PERIOD.fullmatch(text) is not None


def is_no_money(text: str) -> bool:
    """Is it a currency's sign with a dash in place of an amount (``$-``)?"""
    sign, dash = text[:-1].strip().lower(), text[-1:]
    return len(text) < 6 and dash in "-\u2013\u2014\u2212" and sign in vocabulary.currency_signs()


def has_note_letter(text: str) -> bool:
    """Does a letter from a to f stand behind a number and a blank, as notes are marked?"""
    return _NOTE_LETTER.search(text) is not None


def without_note_letter(text: str) -> str:
    """The cell without that letter."""
    return _NOTE_LETTER.sub("", text)
