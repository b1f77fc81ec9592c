"""Numbers that are no figures: names, addresses, telephone numbers, scores, times, versions, and numbers of a list."""

from __future__ import annotations

import re

from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.nouns import counts
from brief_extract.figures.tokens import Tokens

_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_LARGEST_SCORE = 20
_LONGEST_LIST = 4
_TIME = re.compile(r"(?:1?\d|2[0-3])\.[0-5]\d")
_BEFORE_A_DAY = frozenset("in for of than least just only within after every".split())
"""What is before "one day" as a duration; elsewhere it is some day."""

_STREETS = ("strasse", "straße", "gasse", "allee", "straat", "weg", "gatan")


def is_figure(tokens: Tokens, amount: Amount) -> bool:
    """Whether an amount measures or counts something."""
    if amount.money or amount.unit in ("%", "pp", "bp", "times"):
        return True
    if _is_angle(tokens, amount) or _has_leading_zero(tokens, amount) or _is_label(tokens, amount):
        return False
    if amount.unit == "day" and tokens[amount.first].low == "one" and amount.stop == amount.first + 2:
        return tokens.low(amount.first - 1) in _BEFORE_A_DAY
    if amount.unit or amount.rate or amount.ratio:
        return True
    if amount.digits:
        return not (
            _is_beside_number(tokens, amount)
            or _is_year(tokens, amount)
            or _is_clock(tokens, amount)
            or _is_score(tokens, amount)
            or _is_address(tokens, amount)
            or _is_list_number(tokens, amount)
        )
    return not (_is_word_one(tokens, amount) or _is_name_in_words(tokens, amount) or _is_clock(tokens, amount))


def _is_label(tokens: Tokens, amount: Amount) -> bool:
    """A name with a number: ``Flight 714``, ``Windows 11``, ``page 212``, ``No. 10``, ``Group of 77``."""
    place = amount.first - 1
    if amount.form in ("from", "between") and tokens.low(place) in ("from", "between"):
        place -= 1
    for _ in range(_LONGEST_LIST):  # junctions 4, 7 and 9
        if tokens.low(place) in ("and", "or", ",", "to", "-") and tokens.at(place - 1).kind == "number":
            place -= 2
    before = tokens.at(place)
    if before.low == "#" or (before.low == "." and _is_abbreviation(tokens, place - 1, amount)):
        return True
    if tokens.low(place) == "of" and tokens.low(place - 1) == "group":
        return True
    if before.kind != "word" or amount.unit or amount.rate or amount.ratio or amount.scale > 1:
        return False
    if before.low in ("number", "numbers", "no", "nos"):
        return before.low in ("number", "numbers", "nos") or before.is_capital
    is_class = before.low in vocabulary.words("classes")
    if before.text == before.low:
        return is_class and not counts(tokens, amount.stop)
    if is_class and amount.digits:
        return True
    is_first = place == 0 or tokens.at(place - 1).text in "\"“‘'("
    return not is_first and amount.digits and not counts(tokens, amount.stop)


def _is_abbreviation(tokens: Tokens, place: int, amount: Amount) -> bool:
    """``No. 10``, ``p. 12``, ``H.R. 3684``: a point that ends no sentence, before a number that counts nothing."""
    token = tokens.at(place)
    if token.low in ("no", "nos", "p", "pp", "art"):
        return True
    return "." in token.text and token.text.isupper() and not counts(tokens, amount.stop) and not amount.unit


def _is_angle(tokens: Tokens, amount: Amount) -> bool:
    after = tokens.at(amount.stop)
    return after.text in ("′", "″") or (amount.unit == "°" and (after.kind == "number" or after.text in "NSEW"))


def _has_leading_zero(tokens: Tokens, amount: Amount) -> bool:
    printed = tokens[amount.first].text
    return len(printed) > 1 and printed.isdecimal() and printed.startswith("0")


def _is_beside_number(tokens: Tokens, amount: Amount) -> bool:
    """A part of a telephone or serial number: digits on either side, with a space or dash between."""
    before, after = tokens.at(amount.first - 1), tokens.at(amount.stop)
    if before.text == "+" and amount.high is None:
        return True
    joined = after.text == "-" and after.touches and tokens.at(amount.stop + 1).touches
    return before.kind == "number" or after.kind == "number" or (joined and tokens.at(amount.stop + 1).kind == "number")


def _is_year(tokens: Tokens, amount: Amount) -> bool:
    """Four digits as a year is printed, unless things are counted."""
    printed = tokens[amount.stop - 1].text
    if len(printed) != 4 or not printed.isdecimal() or not _FIRST_YEAR <= int(printed) <= _LAST_YEAR:
        return False
    return not counts(tokens, amount.stop)


def _is_clock(tokens: Tokens, amount: Amount) -> bool:
    before = tokens.low(amount.first - 1)
    if tokens.low(amount.stop) in vocabulary.words("clock") or before == "past":
        return True
    is_time = before in ("at", "by", "until", "till", "around") and _TIME.fullmatch(tokens[amount.first].text)
    return bool(is_time) and not counts(tokens, amount.stop)


def _is_score(tokens: Tokens, amount: Amount) -> bool:
    """``2-0``, ``3-4-3``: small numbers with a dash that count nothing."""
    printed = [token.text for token in tokens[amount.first : amount.stop]]
    dashes = {"-", "–"}
    if dashes.isdisjoint(printed):
        touching = tokens[amount.first].touches and tokens.low(amount.first - 1) in dashes
        after = tokens.at(amount.stop)
        return touching or (after.text in dashes and after.touches and tokens.at(amount.stop + 1).kind != "word")
    if amount.high is None or max(abs(amount.value), abs(amount.high)) > _LARGEST_SCORE:
        return False
    near = {token.low for token in tokens[max(0, amount.first - 4) : amount.stop + 3]}
    return not counts(tokens, amount.stop) or bool(near & vocabulary.words("score_words"))


def _is_address(tokens: Tokens, amount: Amount) -> bool:
    """``221 Long Street``, ``22 Talstrasse``."""
    place = amount.stop
    while place < amount.stop + 4 and tokens.at(place).is_capital:
        if tokens.low(place) in vocabulary.words("places_after") and place > amount.stop:
            return True
        if tokens.low(place).endswith(_STREETS):
            return True
        place += 1
    return False


def _is_list_number(tokens: Tokens, amount: Amount) -> bool:
    """``1.`` or ``2)`` at the start of a line."""
    return amount.first == 0 and tokens.low(amount.stop) in (".", ")") and amount.stop == 1


def _is_word_one(tokens: Tokens, amount: Amount) -> bool:
    """``one of the``, ``no one``, ``one day``: no number."""
    if tokens[amount.first].low != "one" or amount.stop != amount.first + 1:
        return False
    after, before = tokens.at(amount.stop), tokens.low(amount.first - 1)
    if before == "only":
        return after.kind != "word" or after.low not in vocabulary.words("after_pronoun_one") - {"of"}
    if after.kind != "word" or after.text != after.low or before in vocabulary.words("before_pronoun_one"):
        return True
    return after.low in vocabulary.words("after_pronoun_one")


def _is_name_in_words(tokens: Tokens, amount: Amount) -> bool:
    """``the Big Four``: a capital within a sentence."""
    return amount.first > 0 and tokens[amount.first].is_capital and tokens.at(amount.first - 1).kind == "word"
