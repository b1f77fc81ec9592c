"""Text that a spreadsheet would run: what to look for, and how it is made harmless."""

from __future__ import annotations

import re
from typing import TypeVar

_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?[\d.,]+\s?%?", re.A)

_V = TypeVar("_V")


def escape_formula(value: _V) -> _V | str:
    """The value, with an apostrophe before it if a spreadsheet would run it. Numbers as ``-11%`` stay as they are.

    >>> escape_formula("=1+1"), escape_formula("-11%"), escape_formula("-cmd|' /C calc'!A0")
    ("'=1+1", '-11%', "'-cmd|' /C calc'!A0")
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _HARMLESS.fullmatch(value):
        return f"'{value}"
    return value
