"""Digits -> numbers: what comma, point and space mean is decided outside, from all cells of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

MAX_DIGITS = 15
"""More digits than a double holds exactly are a number of an account, not an amount."""

SPACES = " \u00a0\u2009\u202f"
FRACTIONS = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅓": "0.3333333333",
    "⅔": "0.6666666667",
    "⅕": "0.2",
    "⅖": "0.4",
    "⅗": "0.6",
    "⅘": "0.8",
    "⅙": "0.1666666667",
    "⅛": "0.125",
    "⅜": "0.375",
    "⅝": "0.625",
    "⅞": "0.875",
}

_GROUPED = rf"""
    \d+ | \d{{1,3}}(?:,\d{{3}})+ | \d{{1,2}}(?:,\d{{2}})+,\d{{3}}      # 1234  1,234,567  12,34,567
    | \d{{1,3}}(?:[{SPACES}'’]\d{{3}})+                               # 1 234 567  1'234'567
"""
_NUMERAL = re.compile(rf"(?:{_GROUPED})(?:\.\d+)?(?:[eE][+-]\d\d?)?|\.\d+", re.X | re.A)
_SEPARATORS = str.maketrans("", "", f",{SPACES}'’")
_SWAP = str.maketrans(",.", ".,")

_PRINTED = re.compile(r"(?<![\w.,:/])(?:\d[\d.,]++(?<=\d)(?![A-Za-z_:/-]*+\d)|\d[\d.,]*\d(?=[.,]))", re.A)
_COMMA_SAYS = re.compile(r"\d+,(?:\d\d?|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{4,},\d+", re.A)
_POINT_SAYS = re.compile(
    r"\d+\.(?:\d\d?|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|\d{4,}\.\d+", re.A
)


def numeral(text: str, *, comma: bool = False) -> Decimal | None:
    """The number that digits with separators stand for. ``comma`` says that the comma is the decimal mark.

    >>> numeral("1,234.5"), numeral("1.234,5", comma=True), numeral("1,2345"), numeral("3.0.15")
    (Decimal('1234.5'), Decimal('1234.5'), None, None)
    """
    if comma:
        text = text.translate(_SWAP)
    if not _NUMERAL.fullmatch(text):
        return None
    value = Decimal(text.translate(_SEPARATORS))
    return value if len(value.as_tuple().digits) <= MAX_DIGITS else None


def decimal_comma(texts: Iterable[str]) -> bool | None:
    """Whether the comma is the decimal mark in these cells; ``None`` if no cell tells.

    >>> decimal_comma(["12,5", "1.234"]), decimal_comma(["1,234", "12.5"]), decimal_comma(["1,234"])
    (True, False, None)
    """
    balance = votes = 0
    for text in texts:
        if "," in text or "." in text:
            for printed in _PRINTED.findall(text):
                if _COMMA_SAYS.fullmatch(printed):
                    balance, votes = balance + 1, votes + 1
                elif _POINT_SAYS.fullmatch(printed):
                    balance, votes = balance - 1, votes + 1
    return balance > 0 if votes else None
