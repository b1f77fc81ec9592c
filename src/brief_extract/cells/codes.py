"""Cells that look like numbers and are none: telephone numbers, versions, article numbers, addresses of machines."""

from __future__ import annotations

import re
from fractions import Fraction

from brief_extract.cells.numerals import MAX_DIGITS
from brief_extract.cells.readings import Reading

_DIGITS = re.compile(rf"0\d+|\d{{{MAX_DIGITS + 1},}}", re.A)
_PHONE = re.compile(
    r"\+\d[\d ()./-]{6,}\d|\(\d{2,5}\)\s?\d[\d -]{4,}\d|\d{3}-\d{3}-\d{4}|0\d{1,4}[ -]\d[\d -]{4,}\d", re.A
)
_PLAIN = re.compile(r"\d+", re.A)
_DOTTED = re.compile(r"v?\d++\.\d++\.\d++\w*+(?:[-+.]\w++)*+|v\d++(?:\.\w++)*+", re.I | re.A)
_CODE = re.compile(r"(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._/#:+-]*", re.A)
_DASHED = re.compile(r"\d+(?:[-/]\d+)+", re.A)
_COLON = re.compile(r"(\d{1,6}(?:\.\d+)?)\s*:\s*(\d{1,6}(?:\.\d+)?)", re.A)
_STROKE = re.compile(r"(\d{1,6})\s*[/⁄]\s*(\d{1,6})", re.A)
_OF = re.compile(
    r"(\d{1,6}|one|two|three)\s+(?:in|out of)\s+(?:every\s+)?(\d{1,6}|two|three|four|five|six|ten)", re.I | re.A
)
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def certain_identifier(text: str) -> Reading | None:
    """What is an identifier in any column: leading zeros, too many digits, a telephone number.

    >>> certain_identifier("007"), certain_identifier("120")
    (Reading(kind='identifier', value='007', unit=None, odd=None), None)
    """
    found = _DIGITS.fullmatch(text) or _PHONE.fullmatch(text)
    return Reading("identifier", text) if found else None


def dotted(text: str) -> Reading | None:
    """Versions and addresses of machines: ``3.0.15``, ``v2.1``, ``192.168.0.1``."""
    return Reading("identifier", text) if _DOTTED.fullmatch(text) else None


def code(text: str) -> Reading | None:
    """Letters and digits in one word, or digits with dashes: an identifier, if the column is made of such."""
    return Reading("identifier", text) if _CODE.fullmatch(text) or _DASHED.fullmatch(text) else None


def is_plain(text: str) -> bool:
    """Whether a cell is digits and nothing else."""
    return bool(_PLAIN.fullmatch(text))


def ratio(text: str) -> Reading | None:
    """``3:1``, ``2/3``, ``1 in 5`` as the quotient.

    >>> ratio("3:1").value, ratio("1 in 5").value
    (3, 0.2)
    """
    match = _COLON.fullmatch(text) or _STROKE.fullmatch(text) or _OF.fullmatch(text)
    if match is None:
        return None
    above, below = (Fraction(_WORDS.get(part.lower(), part)) for part in match.groups())
    if not below:
        return None
    quotient = above / below
    return Reading("ratio", int(quotient) if quotient.denominator == 1 else float(quotient))
