"""Ages without a unit: ``aged 34``, ``children under six``, ``The twins, three, were``."""

from __future__ import annotations

from dataclasses import replace

from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.tokens import Tokens

OLDEST = 120
_ADULT = 18


def with_age(tokens: Tokens, amount: Amount) -> Amount:
    """The amount, in years if it is an age."""
    if amount.symbol or amount.ratio or amount.scale != 1 or max(amount.value, amount.high or 0) > OLDEST:
        return amount
    return replace(amount, unit="year") if _is_age(tokens, amount) else amount


def _is_age(tokens: Tokens, amount: Amount) -> bool:
    place = tokens.back(amount.first - 1, ("between", "about", "around", "over", "under", "just"))
    if tokens.low(place) in ("and", "or") and tokens.at(place - 1).kind == "number":
        place -= 2  # aged 34 and 19
    if tokens.low(place) in vocabulary.words("age_before") or (
        tokens.low(place) == "of" and tokens.low(place - 1) == "age"
    ):
        return True
    if tokens.low(amount.stop) == "-" and tokens.low(amount.stop + 1) in ("year", "years"):
        return False
    before, after = tokens.low(amount.first - 1), tokens.at(amount.stop)
    if (
        before in ("was", "is", "turned")
        and tokens.low(amount.first - 2) in ("who", "he", "she")
        and after.kind == "mark"
    ):
        return True
    ends = after.kind == "mark" or after.low in (
        "and",
        "or",
        "who",
        "in",
        "to",
        "were",
        "are",
        "from",
        "should",
        "must",
    )
    if before in ("under", "over", "below", "above", "than") and ends:
        place = amount.first - (3 if before == "than" else 2)
        is_young = tokens.low(amount.first - 2) in ("younger", "older")
        return is_young or tokens.low(place) in vocabulary.words("age_nouns")
    if before == "of" and tokens.low(amount.first - 2) in vocabulary.words("of_age") and ends:
        return True
    return before == "," and after.text in ",." and after.text != "." and _names_person(tokens, amount.first - 2)


def _names_person(tokens: Tokens, place: int) -> bool:
    """Whether a name or a person ends there: ``Amina Diallo, 34,``, ``The twins, three,``."""
    token = tokens.at(place)
    if token.is_capital:
        before = tokens.at(place - 1)
        return before.kind == "word" and not token.text.isupper() and before.low not in vocabulary.words("function")
    return (
        token.kind == "word"
        and token.low in vocabulary.words("persons")
        and tokens.low(place - 1) in ("the", "her", "his", "their", "a")
    )
