"""How a sentence has a figure: as the size of a rise or fall, as a bound, or as about right."""

from __future__ import annotations

from collections.abc import Sequence

from brief_extract.figure import Change
from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.tokens import Tokens

FARTHEST = 14
"""Tokens between "by" and the verb that it belongs to: ``cut their forecast for the Polish economy by``."""

_SHARES = frozenset({"%", "pp", "bp", "point"})
_SMALL_MONEY = frozenset({"cent", "penny"})
_LENGTHS = frozenset({"km", "m", "mi", "cm", "ft", "yd"})
_NOUNS_OF_LEVEL = frozenset("growth loss losing gain growing".split())
_LONGEST_BOUND = 4
_MOST_BOUNDS = 3
"""Bounds before one figure: ``by at least about``."""

_NAMES: dict[str, Change] = {"about": "about", "more": "more than", "less": "less than"}
_UP: Change = "up"
_DOWN: Change = "down"


def changes_of(tokens: Tokens, amounts: Sequence[Amount]) -> list[Change | None]:
    """The change of each figure of a sentence; a direction counts before a bound, None says that it is stated as it is.

    The second of two that "and" joins shares that of the first: ``fell by 7 and 11 percent``.
    """
    changes: list[Change | None] = []
    for number, amount in enumerate(amounts):
        found = _change(tokens, amount)
        before = amounts[number - 1] if number else None
        if found is None and before and _is_listed(tokens, before, amount):
            found = changes[-1]
        changes.append(found)
    return changes


def _is_listed(tokens: Tokens, before: Amount, amount: Amount) -> bool:
    joins = tokens.low(before.stop) in ("and", "or") and before.stop + 1 == amount.first
    return joins and before.unit == amount.unit


def _change(tokens: Tokens, amount: Amount) -> Change | None:
    bound, place = _bound_before(tokens, amount)
    return _direction(tokens, amount, place) or bound or _bound_after(tokens, amount)


# --- bounds ------------------------------------------------------------------------------------------------------


def _bound_before(tokens: Tokens, amount: Amount) -> tuple[Change | None, int]:
    """The bound whose words stand before the amount, and the place before them."""
    place = amount.first - 1
    if amount.form in ("from", "between") and tokens.low(place) in ("from", "between"):
        place -= 1
    found: Change | None = None
    for _ in range(_MOST_BOUNDS):
        read = _bound_at(tokens, place)
        if read is None:
            break
        bound, place = read
        if not _is_preposition(tokens, amount, bound, place):
            found = found or bound
    return found, place


def _bound_at(tokens: Tokens, place: int) -> tuple[Change, int] | None:
    for length in range(_LONGEST_BOUND, 0, -1):
        if place - length + 1 >= 0:
            found = vocabulary.bounds().get(tuple(token.low for token in tokens[place - length + 1 : place + 1]))
            if found:
                return _NAMES[found], place - length
    return None


def _is_preposition(tokens: Tokens, amount: Amount, bound: Change, place: int) -> bool:
    """``over seven years``, ``within three years``: a time or a way, and no bound."""
    word = tokens.low(place + 1)
    is_printed = tokens[amount.stop - 1].kind == "word"
    if word == "within":
        return amount.lasts and is_printed
    if word == "over" and is_printed and bound == "more than" and (amount.lasts or amount.unit in _LENGTHS):
        before = tokens.low(place)
        return before not in vocabulary.words("verbs") | {"for", "of", "just", "well", "", "is", "by", "after"}
    return False


def _bound_after(tokens: Tokens, amount: Amount) -> Change | None:
    if tokens.low(amount.stop) == "or":
        return {"more": "more than", "less": "less than", "fewer": "less than", "so": "about"}.get(  # type: ignore[return-value]
            tokens.low(amount.stop + 1)
        )
    return "more than" if tokens.low(amount.stop) == "+" and tokens.at(amount.stop).touches else None


# --- directions --------------------------------------------------------------------------------------------------


def _direction(tokens: Tokens, amount: Amount, place: int) -> Change | None:
    if amount.sign == "+":
        return _UP
    if amount.sign == "-" and amount.unit in _SHARES and tokens.low(place) != "to":
        return _DOWN
    if amount.form == "from":
        return _path(tokens, amount, place)
    if amount.unit == "times":
        return _of_multiple(tokens, amount, place)
    return _before(tokens, amount, place) or _after(tokens, amount)


def _path(tokens: Tokens, amount: Amount, place: int) -> Change | None:
    """The way of a range: ``rose from 52 to 61 years``; ``took from three to five days`` has none."""
    low = tokens.low(place)
    if amount.high is None or amount.high == amount.value or low in vocabulary.words("spans"):
        return None
    if amount.lasts and _word(low) is None and _word(tokens.low(place - 1)) is None:
        return None
    return _UP if amount.high > amount.value else _DOWN


def _of_multiple(tokens: Tokens, amount: Amount, place: int) -> Change | None:
    low = tokens[amount.first].low
    if low in vocabulary.words("halved"):
        return _DOWN
    if amount.stop == amount.first + 1 and low in vocabulary.beginnings() - {"twice"} and not low.endswith("fold"):
        return _UP
    return _before(tokens, amount, place) if low.endswith("fold") or tokens.low(place) == "by" else None


def _word(low: str) -> Change | None:
    if low in vocabulary.words("up"):
        return _UP
    return _DOWN if low in vocabulary.words("down") else None


def _before(tokens: Tokens, amount: Amount, place: int) -> Change | None:
    """By the word before: ``rose 12 %``, ``narrowed by``, ``an increase of``."""
    low = tokens.low(place)
    if low == "by":
        return _verb_of(tokens, place)
    if low == "of":
        noun = tokens.low(place - 1).removesuffix("s")
        return None if noun in _NOUNS_OF_LEVEL else _noun(noun)
    if low.endswith("ly") or low in ("a", "another", "further", "only", "just", "an"):
        low = tokens.low(place - 1)
    if low in ("up", "down", "off") and tokens.low(place - 1) in vocabulary.words("particle_verbs"):
        return None
    if low in ("lost", "lose", "loses", "losing", "gained", "off") and not _is_small(amount):
        return None
    if low.startswith(("rais", "add", "cut", "extra", "improv", "lift", "grow", "boost")) and not amount.symbol:
        return _word(low) if low.startswith("add") else None
    if low.startswith("rais") and amount.money:
        return None
    return _word(low)


def _is_small(amount: Amount) -> bool:
    """Whether it is an amount that prices and shares move by."""
    return amount.unit in _SHARES | _SMALL_MONEY or amount.ratio or (amount.money and amount.scale == 1)


def _noun(noun: str) -> Change | None:
    if noun in vocabulary.words("up_after") or noun in ("increase", "rise"):
        return _UP
    return _DOWN if noun in vocabulary.words("down_after") else None


def _verb_of(tokens: Tokens, place: int) -> Change | None:
    """The direction of the verb that a "by" belongs to: the nearest before it in its clause."""
    for back in range(place - 1, max(-1, place - FARTHEST), -1):
        if tokens[back].text in ";:":
            return None
        found = _word(tokens[back].low)
        if found:
            return found
    return None


def _after(tokens: Tokens, amount: Amount) -> Change | None:
    """By the word behind: ``8 % lower``, ``300 billion more than``, ``a 4 % drop``."""
    is_share = amount.unit in _SHARES or amount.ratio
    low, next = tokens.low(amount.stop), tokens.at(amount.stop + 1)
    if low in ("more", "less", "fewer"):
        ends = is_share or next.kind == "mark" or next.low in ("than", "in", "this", "last", "a", "over", "on", "at")
        return (_UP if low == "more" else _DOWN) if ends else None
    if low in ("above", "below", "over", "under"):
        return (_UP if low in ("above", "over") else _DOWN) if is_share else None
    if low in ("up", "down"):
        return _noun(low) if is_share or _is_small(amount) else None
    if low in ("increase", "rise") or low.endswith("er"):
        return _noun(low)
    return _noun_after(tokens, amount) if amount.unit == "%" else None


def _noun_after(tokens: Tokens, amount: Amount) -> Change | None:
    """The direction of ``a 6.8 percent drop``, adjectives between: ``a 4 % year-on-year rise``."""
    for place in range(amount.stop, amount.stop + 4):
        token = tokens.at(place)
        if (token.kind != "word" and token.text != "-") or token.low in vocabulary.words("verbs"):
            return None
        if token.low not in ("more", "higher", "above", "up", "lower", "less", "below", "down") and (
            found := _noun(token.low)
        ):
            return found
        if token.low in vocabulary.words("function") - {"year"} and token.low not in ("on", "year", "month", "a"):
            return None
    return None
