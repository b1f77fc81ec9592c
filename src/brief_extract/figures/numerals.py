"""Numbers in digits and in words: ``1,240``, ``2½``, ``twenty-five thousand``, ``half a million``, ``two-thirds``.

Each reader takes the tokens and a place, and gives the number that begins there, or None.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from brief_extract.cells.numerals import FRACTIONS, numeral
from brief_extract.figures import vocabulary
from brief_extract.figures.tokens import Tokens

_HUNDRED, _THOUSAND = Decimal(100), Decimal(1000)
_DOZEN = Decimal(12)
_HALF, _QUARTER = Decimal("0.5"), Decimal("0.25")

_SCALES = {
    "hundred": _HUNDRED,
    "dozen": _DOZEN,
    "thousand": _THOUSAND,
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
}
MOST_SCALES = 3
"""Magnitudes behind one number: ``2 lakh crore``."""

LONGEST = 12
"""Parts of a number in words."""

_VAGUE = {"dozens": _DOZEN} | {f"{word}s": scale for word, scale in _SCALES.items() if word != "dozen"}
_SOME = {"several", "few", "many"}
"""What follows a fraction, and not an ordinal: ``a third of``, but ``a third round``."""


class Numeral(NamedTuple):
    """A number in a sentence. ``stop`` is the place after its last token; a vague one is from ``value`` to ``high``.

    ``scale`` is the magnitude that the value has been multiplied by, which a number before it may share.
    """

    value: Decimal
    stop: int
    high: Decimal | None = None
    scale: Decimal = Decimal(1)
    digits: bool = False
    ratio: bool = False

    def times(self, scale: Decimal, stop: int) -> Numeral:
        """The number times a scale that stands behind it."""
        high = None if self.high is None else self.high * scale
        return self._replace(value=self.value * scale, high=high, scale=self.scale * scale, stop=stop)


def numeral_at(tokens: Tokens, place: int, *, comma: bool = False) -> Numeral | None:
    """The number that begins at a token, with its magnitude in words. ``comma``: the text has decimal commas."""
    token = tokens.at(place)
    if token.kind == "mark":
        return None
    if token.kind == "word":
        return (
            _half_a(tokens, place)
            or _part_of(tokens, place)
            or _fraction(tokens, place)
            or _vague(tokens, place)
            or _words(tokens, place)
        )
    return _digits(tokens, place, comma=comma)


def _digits(tokens: Tokens, place: int, *, comma: bool) -> Numeral | None:
    token = tokens[place]
    if token.kind == "fraction":
        return Numeral(Decimal(FRACTIONS[token.text]), place + 1, digits=True, ratio=True)
    value = numeral(token.text, comma=comma)
    if value is None:
        value = numeral(token.text, comma=not comma)
    if value is None:
        return None
    found = Numeral(value, place + 1, digits=True)
    if tokens.at(place + 1).kind == "fraction":
        found = Numeral(value + Decimal(FRACTIONS[tokens[place + 1].text]), place + 2, digits=True)
    share = _out_of(tokens, found)
    return share or _scaled(tokens, found)


def _scaled(tokens: Tokens, found: Numeral) -> Numeral:
    """The number with the magnitudes in whole words that follow: ``2 lakh crore``, ``18-million``."""
    place = found.stop
    if tokens.low(place) == "-" and tokens.low(place + 1) in _SCALES:
        place += 1
    for stop in range(place + 1, place + MOST_SCALES + 1):
        scale = _SCALES.get(tokens.low(stop - 1))
        if scale is None:
            break
        found = found.times(scale, stop)
    return found


# --- in words ----------------------------------------------------------------------------------------------------


def _half_a(tokens: Tokens, place: int) -> Numeral | None:
    """``half a million``, ``a half million``, ``half an hour``, ``a quarter point``: a part of what is counted by."""
    if tokens.low(place - 1) in vocabulary.words("before_half"):
        return None
    start = place + 1 if tokens.low(place) in ("a", "an") else place
    part = {"half": _HALF, "quarter": _QUARTER}.get(tokens.low(start))
    if part is None or (start == place and part == _QUARTER):
        return None
    stop = start + 2 if tokens.low(start + 1) in ("a", "an", "-") else start + 1
    if tokens.low(stop) in _SCALES:
        return _scaled(tokens, Numeral(part, stop))
    named = tokens.low(stop), tokens.low(stop + 1)
    is_unit = named in vocabulary.units() or (len(named[0]) > 2 and named[:1] in vocabulary.units())
    return Numeral(part, stop) if is_unit else None


def _words(tokens: Tokens, place: int) -> Numeral | None:
    """``twenty-five thousand``, ``a hundred and twenty``, ``two and a half``."""
    start = place
    if tokens.low(place) in ("a", "an"):
        if tokens.low(place + 1) not in _SCALES:
            return None
        total, below, place = Decimal(0), Decimal(1), place + 1
    else:
        total = below = Decimal(0)
    for _ in range(LONGEST):
        read = _below_hundred(tokens, place)
        if read:
            below, place = below + read[0], read[1]
        elif (scale := _SCALES.get(tokens.low(place))) and place > start:
            total, below = (total, below * scale) if scale == _HUNDRED else (total + below * scale, Decimal(0))
            place += 1
        elif tokens.low(place) == "and" and tokens.low(place - 1) in _SCALES and _below_hundred(tokens, place + 1):
            place += 1
        else:
            break
        if read and not (
            tokens.low(place) in _SCALES or (tokens.low(place) == "-" and tokens.low(place + 1) in _SCALES)
        ):
            break
        if tokens.low(place) == "-":
            place += 1
    if place == start:
        return None
    last = _SCALES.get(tokens.low(place - 1), Decimal(1))
    found = Numeral(total + below, place, scale=last if last > _HUNDRED else Decimal(1))
    if tokens.match(place, ("and", "a", "half")):
        found = _scaled(tokens, Numeral(found.value + _HALF, place + 3))
    return _out_of(tokens, found) or found


def _below_hundred(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """A number below a hundred, and the place after it."""
    ones = vocabulary.ones()
    value = ones.get(tokens.low(place))
    if value is None:
        return None
    unit = place + 2 if tokens.low(place + 1) == "-" else place + 1
    if value >= 20 and 0 < (one := ones.get(tokens.low(unit), 0)) < 10:
        return value + one, unit + 1
    return value, place + 1


def _vague(tokens: Tokens, place: int) -> Numeral | None:
    """``dozens``, ``tens of thousands``, ``several hundred``: from one power to the next."""
    low = tokens.low(place)
    if low in _SOME and (scale := _SCALES.get(tokens.low(place + 1))):
        return _scaled(tokens, Numeral(scale, place + 2, high=scale * 10))
    scale = Decimal(10) if low == "tens" and tokens.low(place + 1) == "of" else _VAGUE.get(low)
    if scale is None:
        return None
    stop = place + 1
    if tokens.low(stop) == "of" and (more := _VAGUE.get(tokens.low(stop + 1))):
        scale, stop = scale * more, stop + 2
    return None if scale < _DOZEN else Numeral(scale, stop, high=scale * 10)


# --- parts of a whole --------------------------------------------------------------------------------------------


def _part_of(tokens: Tokens, place: int) -> Numeral | None:
    """``two-thirds``, ``three quarters of``, ``one sixth``: a number over the plural of an ordinal."""
    above = vocabulary.ones().get(tokens.low(place))
    joined = tokens.low(place + 1) == "-"
    name = tokens.low(place + 2 if joined else place + 1)
    below = vocabulary.ordinals().get(name.removesuffix("s"))
    stop = place + (3 if joined else 2)
    if not above or below is None or above >= below or (above > 1) != name.endswith("s"):
        return None
    if name in ("quarters", "quarter") and not joined and tokens.low(stop) != "of":
        return None  # three quarters of a year long
    if above == 1 and not joined and tokens.low(stop) not in vocabulary.words("after_fraction"):
        return None
    return Numeral(Decimal(above) / below, stop, ratio=True)


def _fraction(tokens: Tokens, place: int) -> Numeral | None:
    """``half of``, ``a third of``, ``a sixteenth``."""
    low = tokens.low(place)
    if low == "half":
        return Numeral(_HALF, place + 1, ratio=True) if _is_half(tokens, place) else None
    below = vocabulary.ordinals().get(tokens.low(place + 1))
    if low not in ("a", "an") or below is None:
        return None
    after = tokens.at(place + 2)
    if tokens.low(place + 1) == "quarter" and (
        tokens.low(place - 1) in ("in", "per", "for") or after.low in ("past", "to")
    ):
        return None
    if after.kind == "word" and after.low not in vocabulary.words("after_fraction"):
        return None
    if tokens.low(place + 1) == "half":
        return None  # "and a half" belongs to the number before it
    return Numeral(Decimal(1) / below, place + 2, ratio=True)


def _is_half(tokens: Tokens, place: int) -> bool:
    after = tokens.at(place + 1)
    if tokens.low(place - 1) in vocabulary.words("before_half") or after.low in ("-", "past", "time"):
        return False
    return after.kind != "word" or after.low in vocabulary.words("after_fraction")


def _out_of(tokens: Tokens, found: Numeral) -> Numeral | None:
    """``one in five``, ``three out of four``: a share."""
    place = found.stop
    if tokens.match(place, ("out", "of")):
        place += 1
    elif tokens.low(place) != "in" or not 0 < found.value < 10 or found.value != int(found.value):
        return None
    whole = tokens.at(place + 1)
    value = numeral(whole.text) if whole.kind == "number" else Decimal(vocabulary.ones().get(whole.low, 0))
    if tokens.low(place + 1) in ("a", "an") and tokens.low(place + 2) in _SCALES:
        place, value = place + 1, _SCALES[tokens.low(place + 2)]
    if (
        not value
        or value <= found.value
        or value > 10**6
        or tokens.at(place + 2).low in vocabulary.words("after_share")
    ):
        return None
    if tokens.low(found.stop) == "in" and not (value <= 12 or value % 10 == 0):
        return None
    return Numeral(found.value / value, place + 2, digits=found.digits, ratio=True)
