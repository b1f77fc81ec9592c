"""Text for spreadsheets: formulas that would run are made harmless, characters that XML cannot hold are escaped."""

from __future__ import annotations

import re
from typing import TypeVar

BYTE_ORDER_MARK = "\ufeff"
"""What a CSV file begins with for Excel, which else reads UTF-8 as the code page of the system."""

_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?[\d.,]+\s?%?", re.A)

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""What XML 1.0 has no place for; a carriage return, which its parsers turn into a line feed; and an underscore that
would be read as the start of an escape."""

_ESCAPE = re.compile("_x[0-9A-F]{4}_")

_V = TypeVar("_V")


def escape_formula(value: _V) -> _V | str:
    """The value, with an apostrophe before it if a spreadsheet would run it. Numbers as ``-11%`` stay as they are.

    >>> escape_formula("=1+1"), escape_formula("-11%"), escape_formula("-cmd|' /C calc'!A0")
    ("'=1+1", '-11%', "'-cmd|' /C calc'!A0")
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _HARMLESS.fullmatch(value):
        return f"'{value}"
    return value


def escape_xml(text: str) -> str:
    r"""The text as Office Open XML holds it: a character that XML cannot hold becomes ``_xHHHH_``, its code in hex.

    >>> escape_xml("a\uffffb\x1b_x0041_")
    'a_xFFFF_b_x001B__x005F_x0041_'
    """
    return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def cut_escaped(text: str, length: int) -> str:
    """The first characters of an escaped text, at most ``length``; an escape is kept whole or left out.

    >>> cut_escaped("ab_xFFFF_", 6), cut_escaped("ab_xFFFF_c", 9)
    ('ab', 'ab_xFFFF_')
    """
    if len(text) <= length:
        return text
    half = text.rfind("_x", max(0, length - 6), length + 1)
    return text[: half if half >= 0 and _ESCAPE.match(text, half) and half + 7 > length else length]
