"""A number with all that belongs to it: ``$9,410 a tonne``, ``-9 °C``, ``Rs 14.6 crore``, ``64m``."""

from __future__ import annotations

from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.measures import measured
from brief_extract.figures.numerals import Numeral, numeral_at
from brief_extract.figures.tokens import Tokens
from brief_extract.figures.vocabulary import LONGEST_UNIT

_MINUS = frozenset("-−–")
_SIGNS = _MINUS | {"+"}
_MIXED_CASE = frozenset("Rs Tk Rp Ksh KSh Sfr".split())
"""Abbreviations of currencies that are no capitals; others in lower case are words."""

_GLUE = frozenset("-/.:,_&+#@")
_LARGE_RAND = 100


def amount_at(tokens: Tokens, place: int, *, comma: bool = False, joined: bool = False) -> Amount | None:
    """The amount whose first token stands at a place, if one does.

    Args:
        tokens: The sentence.
        place: Where to look.
        comma: The text has decimal commas.
        joined: A dash and another amount stand before it, so that it may touch them.
    """
    sign, after = _sign(tokens, place)
    code, after = _currency(tokens, after)
    if code and not sign:
        sign, after = _sign(tokens, after)
    found = numeral_at(tokens, after, comma=comma)
    if found is None or (sign in _SIGNS and not tokens[after].touches):
        return None
    if code == "ZAR" and tokens.low(after - 1) == "r" and not _is_rand(tokens, found):
        return None
    if (not joined and _is_glued(tokens, place)) or not _ends(tokens, found.stop):
        return None
    sign = "-" if sign in _MINUS or sign == "minus" else sign
    amount = Amount(
        first=place,
        stop=found.stop,
        value=-found.value if sign == "-" else found.value,
        high=found.high,
        unit=code,
        scale=found.scale,
        sign=sign,
        digits=found.digits,
        ratio=found.ratio,
        money=code is not None,
    )
    amount = measured(tokens, amount)
    return None if _is_part(tokens, amount.stop) else amount


def _sign(tokens: Tokens, place: int) -> tuple[str, int]:
    """The sign at a place, if one is there, and the place after it."""
    low = tokens.low(place)
    follows = low in _SIGNS and tokens[place].touches and tokens.at(place - 1).kind != "mark"
    return (low, place + 1) if low == "minus" or (low in _SIGNS and not follows) else ("", place)


def _currency(tokens: Tokens, place: int) -> tuple[str | None, int]:
    """The currency that stands before a number: ``US$``, ``SEK``, ``Rs``, and the place after it."""
    token = tokens.at(place)
    if token.kind == "word" and not token.text.isupper() and token.text not in _MIXED_CASE:
        return None, place
    for length in range(min(LONGEST_UNIT, len(tokens) - place - 1), 0, -1):
        code = vocabulary.currency_signs().get(tuple(other.low for other in tokens[place : place + length]))
        if code:
            dotted = token.text == "Rs" and tokens.low(place + length) == "."
            return code, place + length + dotted
    return None, place


def _is_rand(tokens: Tokens, found: Numeral) -> bool:
    """``R21.4 billion``, ``R1.40``, ``R18,000``; ``R2`` may be anything."""
    last = tokens[found.stop - 1]
    return found.value >= _LARGE_RAND or "." in last.text or last.kind == "word"


def _is_glued(tokens: Tokens, first: int) -> bool:
    """Whether a letter, digit or stroke touches the number: ``A320``, ``F-16``, ``9/11``."""
    token, before = tokens[first], tokens.at(first - 1)
    if not token.touches:
        return False
    if before.kind != "mark":
        return token.kind != "mark"
    return before.text in _GLUE and before.touches and tokens.at(first - 2).kind != "mark"


def _ends(tokens: Tokens, stop: int) -> bool:
    """Whether the number ends where it seems to: not in ``3:42``, ``12/05`` or ``4th``."""
    after, next = tokens.at(stop), tokens.at(stop + 1)
    if not after.touches:
        return True
    if after.kind == "word":
        return after.low not in vocabulary.words("ordinal_ends")
    is_joined = after.text in ":/" and next.touches and next.kind == "number"
    return not is_joined and after.text not in "#_@"


def _is_part(tokens: Tokens, stop: int) -> bool:
    """Whether letters or digits that are no unit touch what was read: ``5G``, ``1990s``, ``747s``."""
    after = tokens.at(stop)
    return after.touches and after.kind != "mark"
