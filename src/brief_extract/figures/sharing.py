"""Units shared: ``dropped to 1.3 million barrels, from 1.8 million``, ``by 7 and 11 percent``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.ranges import is_step
from brief_extract.figures.tokens import Tokens

_BACK = 6
"""Amounts before one among which the one is looked for whose unit it shares."""

_JOINTS = (["and"], ["or"], [","])
_MORE = frozenset("more less fewer".split())


def with_shared_units(tokens: Tokens, amounts: Sequence[Amount]) -> list[Amount]:
    """The amounts of a sentence, with units for those that share them with another."""
    result: list[Amount] = []
    for number, amount in enumerate(amounts):
        after = amounts[number + 1] if number + 1 < len(amounts) else None
        result.append(_from_next(tokens, amount, after) or _from_before(tokens, amount, result[-_BACK:]) or amount)
    return result


def _from_next(tokens: Tokens, amount: Amount, after: Amount | None) -> Amount | None:
    """The first of ``7 and 11 percent``."""
    if amount.symbol or amount.ratio or after is None or after.unit not in ("%", "pp", "bp") or after.high is not None:
        return None
    between = [token.low for token in tokens[amount.stop : after.first]]
    return replace(amount, unit=after.unit) if between in _JOINTS else None


def _from_before(tokens: Tokens, amount: Amount, before: Sequence[Amount]) -> Amount | None:
    """The unit of the last level before, where the words say that the two are compared."""
    if amount.ratio or amount.unit == "times" or amount.rate or amount.form == "from":
        return None
    level = next((it for it in reversed(before) if not is_step(tokens, it) and not it.lasts), None)
    if level is None or level.ratio or level.unit == "times" or level.symbol is None:
        return None
    if amount.unit:
        joints = vocabulary.words("contrast") | {"to", "or", "and"}
        same = amount.money and level.unit == amount.unit and tokens.low(amount.first - 1) in joints
        return replace(amount, rate=level.rate) if same else None
    if _has_noun(tokens, amount) or not _is_compared(tokens, amount):
        return None
    return replace(amount, unit=level.unit, rate=level.rate, money=level.money)


def _is_compared(tokens: Tokens, amount: Amount) -> bool:
    """Whether the words around say that it is measured as the figure before: ``down from 70``, ``300 billion more``."""
    place = tokens.back(amount.first - 1, vocabulary.words("before_compared"))
    return tokens.low(place) in vocabulary.words("contrast") or tokens.low(amount.stop) in _MORE


def _has_noun(tokens: Tokens, amount: Amount) -> bool:
    """Whether a thing counted follows, "more" aside."""
    after = tokens.at(amount.stop + (tokens.low(amount.stop) in _MORE))
    return after.kind == "word" and after.low not in vocabulary.words("function") | vocabulary.words("verbs")
