"""What stands behind a number: magnitude, unit and rate: ``bn``, ``million tonnes``, ``-inch``, ``a barrel``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.nouns import counts
from brief_extract.figures.tokens import Tokens
from brief_extract.figures.vocabulary import LONGEST_UNIT, Words

_SPACED_UNITS = frozenset("CF")
"""Single capitals that are a unit behind a space as well: ``34 to 37 C``."""

_STARTS_OF_RATE = frozenset("a an per / every".split())
_NO_DENOMINATOR = frozenset("cent se".split())


def measured(tokens: Tokens, amount: Amount) -> Amount:
    """The amount with the magnitude, unit and rate that follow it."""
    amount = _with_magnitude(tokens, amount)
    return _with_rate(tokens, amount if amount.money else _with_unit(tokens, amount))


# --- magnitudes --------------------------------------------------------------------------------------------------


def _with_magnitude(tokens: Tokens, amount: Amount) -> Amount:
    """``3.2bn``, ``64m``, ``1,4 Mrd``; a magnitude in words is in the number already."""
    token, stop = tokens.at(amount.stop), amount.stop + 1
    exponent = vocabulary.magnitudes().get(token.low)
    if exponent is None or not amount.digits or tokens[amount.stop - 1].kind == "word":
        return amount
    if not amount.money and (len(token.low) == 1 or token.low == "mm") and not _is_million(tokens, amount.stop):
        return amount
    if token.low in vocabulary.words("dotted") and tokens.low(stop) == "." and tokens.at(stop + 1).kind == "word":
        stop += 1
    scale = Decimal(10) ** exponent
    return replace(amount, value=amount.value * scale, scale=amount.scale * scale, stop=stop)


def _is_million(tokens: Tokens, place: int) -> bool:
    """Whether a letter is a magnitude and no unit: a unit or a thing counted follows, as in ``5.6m tonnes``."""
    after = tokens.at(place + 1)
    if tokens.low(place) == "mm" or not tokens[place].touches or after.low in vocabulary.words("after_metres"):
        return False
    return _longest(tokens, place + 1, vocabulary.units())[0] is not None or counts(tokens, place + 1)


# --- units -------------------------------------------------------------------------------------------------------


def _with_unit(tokens: Tokens, amount: Amount) -> Amount:
    """``km``, ``6.1-inch``, ``CFA francs``, ``hundreds of tonnes``."""
    place = amount.stop
    if is_hyphen(tokens, place) or (tokens.low(place) == "of" and amount.high is not None):
        place += 1
    code, stop = _longest(tokens, place, vocabulary.currency_names())
    if code:
        is_word = stop == place + 1 and not _is_currency(tokens.low(place), amount)
        return amount if is_word else replace(amount, unit=code, stop=stop, money=True)
    symbol, stop = _unit(tokens, place)
    if symbol is None:
        return _with_code(tokens, amount, place)
    if not _is_unit(tokens, amount, place, symbol):
        return amount
    if symbol == "year" and tokens.low(stop) == "-" and tokens.low(stop + 1) in ("old", "olds"):
        stop += 2
    unit, _, rate = symbol.partition("/")
    return replace(amount, unit=unit, rate=rate or None, stop=stop)


def is_hyphen(tokens: Tokens, place: int) -> bool:
    """Whether a hyphen with no space around it stands at a place."""
    return tokens.low(place) == "-" and tokens[place].touches and tokens.at(place + 1).touches


def _with_code(tokens: Tokens, amount: Amount, place: int) -> Amount:
    """``9,410 $``, ``50 EUR``."""
    code, stop = _longest(tokens, place, vocabulary.currency_signs())
    token = tokens.at(place)
    is_code = token.kind == "mark" or (token.text.isupper() and len(token.text) == 3)
    return replace(amount, unit=code, stop=stop, money=True) if code and is_code else amount


def _unit(tokens: Tokens, place: int) -> tuple[str | None, int]:
    """The unit at a place, and the place after it: a symbol as it stands, a name in any case."""
    for length in range(min(LONGEST_UNIT, len(tokens) - place), 0, -1):
        some = tokens[place : place + length]
        found = vocabulary.units().get(tuple(token.text for token in some))
        if found is None and any(len(token.text) > 2 for token in some):
            found = vocabulary.units().get(tuple(token.low for token in some))
        if found:
            return found, place + length
    return None, place


def _longest(tokens: Tokens, place: int, forms: Mapping[Words, str]) -> tuple[str | None, int]:
    """The longest of the forms, which are in lower case, at a place, and the place after it."""
    for length in range(min(LONGEST_UNIT, len(tokens) - place), 0, -1):
        found = forms.get(tuple(token.low for token in tokens[place : place + length]))
        if found:
            return found, place + length
    return None, place


def _is_unit(tokens: Tokens, amount: Amount, place: int, symbol: str) -> bool:
    """Whether a form of a unit is one here: single letters touch their number, some names are words as well."""
    token, after = tokens[place], tokens.at(place + 1)
    if len(token.text) == 1 and token.kind == "word":
        if token.text == "a" or not amount.digits or (symbol == "penny" and not token.touches):
            return False
        if token.text == "s":
            return "." in tokens[place - 1].text  # 9.8s; 747s are aeroplanes
        if token.text.isupper() and not token.touches:
            ends = after.kind == "mark" or after.low in vocabulary.words("after_unit")
            return token.text in _SPACED_UNITS and ends
    if token.low in vocabulary.words("units_and_words"):
        return amount.digits and token.low not in vocabulary.words("rather_words")
    return not (token.low == "times" and amount.ratio)


def _is_currency(word: str, amount: Amount) -> bool:
    """Whether a name of a currency that is a word as well is one here: ``1,200 won``, but no ``two real fears``."""
    return word not in vocabulary.words("currencies_and_words") or amount.digits


# --- rates -------------------------------------------------------------------------------------------------------


def _with_rate(tokens: Tokens, amount: Amount) -> Amount:
    """``a tonne``, ``per megawatt-hour``, ``/t``, ``per 100 km``."""
    word = tokens.low(amount.stop)
    if amount.rate or word not in _STARTS_OF_RATE or (amount.unit is None and word not in ("per", "/")):
        return amount
    name, stop = denominator(tokens, amount.stop + 1, named=word == "per")
    is_share = amount.unit in ("%", "pp", "bp") and word != "per"
    is_past = tokens.low(stop) in ("ago", "earlier", "later", "before")  # 870 million yen a year ago
    return amount if name is None or is_share or is_past else replace(amount, rate=name, stop=stop)


def denominator(tokens: Tokens, place: int, *, named: bool) -> tuple[str | None, int]:
    """The unit below a stroke and the place after it. ``named``: any noun will do, since "per" stands before it."""
    token = tokens.at(place)
    if token.kind == "number":
        symbol, stop = _unit(tokens, place + 1)
        return (f"{token.text} {symbol}", stop) if symbol else (None, place)
    symbol, stop = _unit(tokens, place)
    if symbol and not (len(token.text) == 1 and token.text.isupper()):
        return symbol, stop
    if token.low == "annum":
        return "year", place + 1
    if token.low == "pound":
        return "lb", place + 1
    if token.low in vocabulary.words("person"):
        return "person", place + 1
    is_counted = token.low in vocabulary.words("denominators") or (named and token.low not in _NO_DENOMINATOR)
    return (token.low, place + 1) if token.kind == "word" and is_counted else (None, place)
