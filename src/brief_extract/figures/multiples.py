"""Multiples: ``doubled``, ``halved``, ``sixfold``, ``10-fold``, ``twice as many``; ``three times`` is an amount."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from brief_extract.cells.numerals import numeral
from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.tokens import Tokens


@cache
def _verbs() -> dict[str, Decimal]:
    """``doubled``, ``tripling``, ``halved`` -> by how much."""
    names = vocabulary.in_order("multiples")
    found = {name: Decimal(place) for place, name in enumerate(names) if name != "-"}
    for name, value in list(found.items()):
        if name in ("doubled", "tripled", "quadrupled"):
            found |= dict.fromkeys(vocabulary.in_order(name), value)
    return found | dict.fromkeys(vocabulary.in_order("halved"), Decimal("0.5"))


@cache
def _folds() -> dict[str, Decimal]:
    return {f"{word}fold": Decimal(value) for word, value in vocabulary.ones().items() if value > 1}


def multiple_at(tokens: Tokens, place: int) -> Amount | None:
    """The multiple whose word stands at a place, if one does; its unit is ``times``."""
    token = tokens[place]
    if token.kind == "number":
        joined = tokens.low(place + 1) == "-"
        if tokens.low(place + (2 if joined else 1)) != "fold":
            return None
        value = numeral(token.text)
        return None if value is None else _times(place, place + (3 if joined else 2), value, digits=True)
    if token.low in _folds():
        return _times(place, place + 1, _folds()[token.low])
    if token.low in vocabulary.ones() and tokens.low(place + 1) == "-" and tokens.low(place + 2) == "fold":
        return _times(place, place + 3, Decimal(vocabulary.ones()[token.low]))
    if token.low == "twice" and tokens.low(place + 1) in vocabulary.words("after_twice"):
        return _times(place, place + 1, Decimal(2))
    value = _verbs().get(token.low)
    if value is None or not _is_verb(tokens, place):
        return None
    return _times(place, place + 1, value)


def _is_verb(tokens: Tokens, place: int) -> bool:
    """Whether ``double`` is the verb, or ``double the number``, and no room or figure of that kind."""
    low, after, before = tokens.low(place), tokens.low(place + 1), tokens.low(place - 1)
    if after == "-" or tokens[place].touches or (after == "up" and low.startswith("doubl")):
        return False
    if low not in vocabulary.words("adjectives_of_double"):
        return True
    ends = not after or after in vocabulary.words("after_double")
    return ends and (before not in ("a", "the") or after in ("the", "that"))


def _times(first: int, stop: int, value: Decimal, *, digits: bool = False) -> Amount:
    return Amount(first, stop, value, unit="times", digits=digits)
