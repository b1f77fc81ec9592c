"""What a cell can be read as."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from brief_extract.table import Kind, Range

Scalar = str | int | float | bool | None


class Reading(NamedTuple):
    """The kind of a cell, its value and the value's unit. ``odd`` tells why it does not fit its column."""

    kind: Kind
    value: Scalar | Range = None
    unit: str | None = None
    odd: str | None = None


MISSING = Reading("missing")

FAMILIES: dict[Kind, str] = {
    "integer": "number",
    "decimal": "number",
    "percent": "number",
    "money": "number",
    "quantity": "number",
    "duration": "number",
    "range": "number",
    "approximate": "number",
    "ratio": "number",
    "date": "date",
    "year": "date",
    "quarter": "date",
    "time": "time",
    "boolean": "boolean",
    "identifier": "identifier",
    "text": "text",
    "missing": "missing",
}
"""Kinds that stand in one column without one of them being odd."""


def family(reading: Reading) -> str:
    """The family of a reading; a range belongs where its ends do."""
    if reading.kind == "range" and isinstance(reading.value, Range):
        end = reading.value.high
        if isinstance(end, str):
            return "time" if ":" in end else "date"
    return FAMILIES[reading.kind]


EXACT = 2**53
"""Integers below this size are the same in every reader of JSON."""


def number(value: Decimal) -> int | float:
    """A JSON number: an integer if it was printed without decimals.

    >>> number(Decimal("4.0")), number(Decimal("48"))
    (4.0, 48)
    """
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and exponent >= 0 and abs(value) < EXACT else float(value)


def scaled(value: Decimal, exponent: int) -> int | float:
    """The value times a power of ten, without binary rounding.

    >>> scaled(Decimal("3.2"), 9)
    3200000000
    """
    if not exponent:
        return number(value)
    result = value.scaleb(exponent)
    return int(result) if abs(result) < EXACT and result == result.to_integral_value() else float(result)
