"""Cells that hold an amount: ``$3.2bn``, ``(45)``, ``-12.5%``, ``about 70``, ``10–15 km``, ``Six years``."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from brief_extract.cells import vocabulary
from brief_extract.cells.headers import Hints
from brief_extract.cells.numerals import FRACTIONS, SPACES, numeral
from brief_extract.cells.readings import Reading, Scalar, number, scaled
from brief_extract.cells.vocabulary import Unit
from brief_extract.table import Kind, Range

_AMOUNT = re.compile(
    rf"(?P<head>[^\d.{''.join(FRACTIONS)}]*(?:\.(?!\d)[^\d{''.join(FRACTIONS)}]*)?)"
    rf"(?P<number>\.?\d(?:[\d.,'’{SPACES}]*\d)?(?:[eE][+-]\d\d?(?!\w))?)?"
    rf"(?P<fraction>[{SPACES}]?[{''.join(FRACTIONS)}])?(?P<tail>.*)",
    re.S | re.A,
)
_BETWEEN = re.compile(
    r"(?:from\s++|between\s++)?(?P<low>.*?\d(?:[^\d–—-]*?[^\d\s–—-])??)\s*+(?:-|–|—|−|‑|\bto\b|\band\b)\s*(?P<high>[^\d\s]{0,5}\s?[.\d].*)",
    re.I | re.S,
)
_FOOTNOTE = re.compile(r"(?:[*†‡§¶¹²³⁴⁵]|\[\w{1,3}\]|\((?:[a-eg-z]|\d|est\.?)\))$")
_LONGEST_FOOTNOTE = len("(est.)")
_SIGNS = {"+": 1, "▲": 1, "↑": 1, "-": -1, "−": -1, "–": -1, "‑": -1, "▼": -1, "↓": -1}
_LONGEST_TAIL = 32
_METRE_OR_MILLION = {"m": Unit("m", "quantity"), "mm": Unit("mm", "quantity")}
_COMPOUND = re.compile(
    r"(\d+)\s*(?:h|hrs?|hours?)\s*(?:and\s+)?(\d+)\s*"
    r"(?:(?:m|min|mins|minutes?)(?:\s*(\d+)\s*(?:s|sec|secs|seconds?))?)?",
    re.I | re.A,
)

Bound = Literal["", "about", "at_least", "at_most"]


class Head(NamedTuple):
    """What stands before the digits."""

    sign: int
    currency: str | None
    bound: Bound
    open: bool


class Tail(NamedTuple):
    """What stands behind the digits. ``other`` is the unit that an ambiguous magnitude could be as well."""

    exponent: int = 0
    unit: Unit | None = None
    bound: Bound = ""
    close: bool = False
    other: Unit | None = None


def amount(text: str, hints: Hints, *, comma: bool) -> Reading | None:
    """Read a cell as one amount, if it is one and nothing else.

    >>> amount("$3.2bn", Hints(), comma=False)
    Reading(kind='money', value=3200000000, unit='USD', odd=None)
    >>> amount("€1,2 Mrd", Hints(), comma=True).value, amount("(45)", Hints(), comma=False).value
    (1200000000, -45)
    """
    match = _AMOUNT.fullmatch(text)
    if match is None or not (match["number"] or match["fraction"]) or len(match["tail"]) > _LONGEST_TAIL:
        return None
    head, tail = _head(match["head"]), _tail(match["tail"])
    if head is None or tail is None or (head.open != tail.close):
        return None
    value = numeral(match["number"], comma=comma) if match["number"] else Decimal(0)
    if value is None:
        return None
    fraction = match["fraction"]
    if fraction:
        value += Decimal(FRACTIONS[fraction.strip()])
    sign = -head.sign if head.open else head.sign
    return _measured(sign * value, head, tail, hints, ratio=not match["number"])


def _measured(value: Decimal, head: Head, tail: Tail, hints: Hints, *, ratio: bool) -> Reading:
    unit, exponent = tail.unit, tail.exponent
    if head.currency:
        rate = unit.symbol if unit and unit.symbol.startswith("/") else ""
        unit = Unit(_dollar(head.currency, hints) + rate, "money")
    elif tail.other and (hints.length or hints.unit == tail.other or tail.other.symbol == "mm"):
        unit, exponent = tail.other, 0
    if unit is None or unit.sort == "money":
        exponent = exponent or hints.exponent
    unit = unit or hints.unit
    kind: Kind = "ratio" if ratio else "integer"
    if unit:
        kind = unit.sort  # type: ignore[assignment]
    result = scaled(value, exponent)
    if kind == "integer" and isinstance(result, float):
        kind = "decimal"
    symbol = unit.symbol if unit else None
    bound = head.bound or tail.bound
    if bound == "about":
        return Reading("approximate", result, symbol)
    if bound:
        low, high = (result, None) if bound == "at_least" else (None, result)
        return Reading("approximate", Range(low=low, high=high), symbol)
    return Reading(kind, result, symbol)


def _dollar(currency: str, hints: Hints) -> str:
    """A bare ``$`` is the dollar that the header names."""
    named = hints.unit.symbol if hints.unit and hints.unit.sort == "money" else ""
    return named if currency == "USD" and named[2:] == "D" else currency


def in_words(text: str, hints: Hints) -> Reading | None:
    """``Six years``, ``twelve``: a number in words, with or without a unit.

    >>> in_words("Six years", Hints())
    Reading(kind='duration', value=6, unit='year', odd=None)
    """
    word, _, rest = text.partition(" ")
    value = vocabulary.number_words().get(word.lower())
    return None if value is None else amount(f"{value} {rest}".rstrip(), hints, comma=False)


def compound_duration(text: str) -> Reading | None:
    """``3 h 20 min`` in minutes, ``2h 03m 45s`` in seconds."""
    match = _COMPOUND.fullmatch(text)
    if match is None:
        return None
    minutes = int(match[1]) * 60 + int(match[2])
    return Reading("duration", minutes * 60 + int(match[3]), "s") if match[3] else Reading("duration", minutes, "min")


def counted(text: str, *, comma: bool) -> tuple[int | float, str] | None:
    """``120 officers``: a number and a word that is no unit, in the singular."""
    match = _AMOUNT.fullmatch(text)
    if match is None or match["head"] or not match["number"] or match["fraction"]:
        return None
    word = match["tail"].strip().lower()
    value = numeral(match["number"], comma=comma)
    if value is None or not word.isalpha() or len(word) < 3 or not match["tail"][0].isspace():
        return None
    return number(value), word.removesuffix("s")


def amount_range(text: str, hints: Hints, *, comma: bool) -> Reading | None:
    """``10-15%``, ``$3m to $4m``, ``2019–21``: two ends that share what is printed once; never from high to low.

    >>> amount_range("$10–15m", Hints(), comma=False)
    Reading(kind='range', value=Range(low=10000000, high=15000000), unit='USD', odd=None)
    """
    match = _BETWEEN.fullmatch(text)
    if match is None:
        return None
    first, second = match["low"].strip(), match["high"].strip()
    if first.isdecimal() and second.isdecimal():
        return _plain_range(first, second, hints)
    left, right = _AMOUNT.fullmatch(first), _AMOUNT.fullmatch(second)
    if left is None or right is None:
        return None
    if not left["tail"].strip():
        first += right["tail"]
    if not right["head"].strip() and (left_head := _head(left["head"])) and left_head.currency:
        second = left["head"].lstrip("~≈+-−(") + second
    low, high = amount(first, hints, comma=comma), amount(second, hints, comma=comma)
    if low is None or high is None or low.unit != high.unit or not _rising(low.value, high.value):
        return None
    return Reading("range", Range(low=low.value, high=high.value), low.unit)  # type: ignore[arg-type]


def _plain_range(first: str, second: str, hints: Hints) -> Reading | None:
    if (first[0] == "0" and first != "0") or second[0] == "0" or len(second) - len(first) > 2:
        return None
    if len(first) == 4 and len(second) == 2 and first[:2] in ("19", "20"):
        second = first[:2] + second
    years = len(first) == 4 and 1800 <= int(first) <= 2100 and int(second) <= 2150
    unit, exponent = (None, 0) if years else (hints.unit, hints.exponent)
    low, high = scaled(Decimal(first), exponent), scaled(Decimal(second), exponent)
    return Reading("range", Range(low=low, high=high), unit.symbol if unit else None) if low <= high else None


def _rising(low: Scalar | Range, high: Scalar | Range) -> bool:
    return isinstance(low, int | float) and isinstance(high, int | float) and low <= high


# --- before and behind the digits --------------------------------------------------------------------------------


@lru_cache(4096)
def _head(text: str) -> Head | None:
    """Sign, bracket, currency, and words such as "about", in any sensible order."""
    spaced = text[-1:].isspace()
    text = text.strip()
    if not text:
        return Head(1, None, "", False)
    if text[-1].isalpha() and not spaced and text.lower() not in vocabulary.glued_currencies():
        return None  # AMD64 is no money
    bound, text = _bound(text)
    opened = "(" in text
    text = text.replace("(", "", 1).strip()
    sign = 1
    for mark, value in _SIGNS.items():
        if text.startswith(mark):
            sign, text = value, text.removeprefix(mark).strip()
            break
        if text.endswith(mark):
            sign, text = value, text.removesuffix(mark).strip()
            break
    if not text:
        return Head(sign, None, bound, opened)
    code = vocabulary.currency_signs().get(text.lower())
    return Head(sign, code, bound, opened) if code else None


def _bound(text: str) -> tuple[Bound, str]:
    low = text.lower()
    bounds: tuple[Bound, ...] = ("about", "at_least", "at_most")
    for bound in bounds:
        for word in sorted(vocabulary.words(bound), key=len, reverse=True):  # >= before >
            if low.startswith(word) and not (word[-1].isalpha() and low[len(word) : len(word) + 1].strip()):
                return bound, text[len(word) :].strip()
    return "", text


@lru_cache(4096)
def _tail(text: str) -> Tail | None:
    """Magnitude, then unit or currency, brackets, footnote marks, "or more"."""
    if not text:
        return Tail()
    if text in ("+", "‑", "-"):
        return Tail(bound="at_least") if text == "+" else None
    glued = not text[0].isspace()
    known = _unit(text.strip())
    if known is None:
        text = _without_footnotes(text)
    closed = ")" in text
    text = text.replace(")", "", 1).strip()
    bound: Bound = ""
    for end, meaning in (("+", "at_least"), ("or more", "at_least"), ("or less", "at_most"), ("or so", "about")):
        if text.endswith(end):
            text, bound = text.removesuffix(end).strip(), meaning  # type: ignore[assignment]
    if not text:
        return Tail(0, None, bound, closed)
    if text in _METRE_OR_MILLION:
        other = _METRE_OR_MILLION[text]
        return Tail(6, None, bound, closed, other) if glued else Tail(0, other, bound, closed)
    unit = _unit(text)
    if unit:
        return Tail(0, unit, bound, closed)
    word, _, rest = text.partition(" ")
    exponent = vocabulary.magnitudes().get(word.lower())
    if exponent is None:
        return None
    unit = _unit(rest.removeprefix("of ").strip()) if rest else None
    return Tail(exponent, unit, bound, closed) if unit or not rest else None


def _without_footnotes(text: str) -> str:
    """The text without the footnote marks at its end, and without the spaces before them."""
    while mark := _FOOTNOTE.search(text, max(0, len(text) - _LONGEST_FOOTNOTE)):
        text = text[: mark.start()].rstrip()
    return text


def _unit(form: str) -> Unit | None:
    found = vocabulary.unit(form)
    if found:
        return found
    code = vocabulary.currency(form)
    if code:
        return Unit(code, "money")
    rate = vocabulary.per(form)
    return Unit(rate, "money") if rate else None
