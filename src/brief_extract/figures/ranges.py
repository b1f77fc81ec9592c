"""Ranges: two amounts as one: ``10 to 15``, ``between 3 and 5 million``, ``from three jobs to 140``, ``$1.1-1.3bn``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.tokens import Tokens

DASHES = frozenset("-–—‑")
_LARGE = 100
"""A first end so many times the second, magnitude aside, does not share it: ``from 900 to 1.2 million``."""

_LONGEST_NOUN = 3


def joined(tokens: Tokens, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """The amounts of a sentence, those that are the ends of one range as one."""
    place = 0
    while place < len(amounts):
        pair = amounts[place : place + 2]
        both = _range(tokens, *pair) if len(pair) == 2 else None
        yield both or amounts[place]
        place += 2 if both else 1


def is_step(tokens: Tokens, amount: Amount) -> bool:
    """Whether an amount is the size of a change, by the word before it: ``rose 3 %``, ``by 3 %``."""
    low = tokens.low(amount.first - 1)
    return low == "by" or low in vocabulary.words("up") or low in vocabulary.words("down")


def _range(tokens: Tokens, first: Amount, second: Amount) -> Amount | None:
    if first.high is not None or second.high is not None or first.ratio != second.ratio:
        return None
    words = [token.low for token in tokens[first.stop : second.first]]
    origin = _origin(tokens, first)
    if words[-1:] == ["to"] and (len(words) == 1 or (origin == "from" and _is_noun(words[:-1]))):
        is_two = origin != "from" and _is_by_and_to(tokens, first, second)
        return None if is_two else _both(first, second, "from" if origin == "from" else "to")
    if words == ["and"] and origin == "between":
        return _both(first, second, "between")
    is_either = words == ["or"] and not first.digits and second.value == first.value + 1 and first.unit is None
    is_dash = len(words) == 1 and words[0] in DASHES and first.value < second.value
    return _both(first, second, "to") if is_either or is_dash else None


def _origin(tokens: Tokens, amount: Amount) -> str:
    """``from`` or ``between``, if it is before an amount, perhaps with "about" after it."""
    return tokens.low(tokens.back(amount.first - 1, vocabulary.words("approximately")))


def _is_noun(words: Sequence[str]) -> bool:
    return len(words) <= _LONGEST_NOUN and all(
        word.isalpha() and word not in vocabulary.words("verbs") for word in words
    )


def _is_by_and_to(tokens: Tokens, first: Amount, second: Amount) -> bool:
    """Whether ``rose 3 % to 12 %`` tells by how much and to where, and no range."""
    moves = vocabulary.words("up") | vocabulary.words("down") | {"by"}
    before = {tokens.low(first.first - 1), tokens.low(first.first - 2)}
    return not before.isdisjoint(moves) and (first.symbol is not None or second.symbol is None)


def _both(first: Amount, second: Amount, form: Literal["from", "between", "to"]) -> Amount | None:
    """One range of two amounts that share what is printed once, or None if their units differ."""
    if first.unit and second.unit and first.unit != second.unit:
        return None
    if first.unit and not second.unit and not first.money and (first.rate or first.unit in ("%", "times")):
        return None
    if first.rate and second.rate and second.rate != first.rate:
        return None
    low = first.value
    if first.scale == 1 < second.scale and low < _LARGE * max(second.value / second.scale, Decimal(1)):
        low *= second.scale
    return replace(
        first,
        stop=second.stop,
        value=low,
        high=second.value,
        unit=first.unit or second.unit,
        rate=first.rate or second.rate,
        scale=second.scale,
        money=first.money or second.money,
        form=form,
    )
