"""The amounts of a sentence, in order: read one by one, ranges joined, things counted per day told, units shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from brief_extract.figures import vocabulary
from brief_extract.figures.ages import with_age
from brief_extract.figures.amount import DURATIONS, Amount
from brief_extract.figures.amounts import amount_at
from brief_extract.figures.measures import denominator
from brief_extract.figures.multiples import multiple_at
from brief_extract.figures.ranges import DASHES, joined
from brief_extract.figures.sharing import with_shared_units
from brief_extract.figures.tokens import Tokens

_MARKS = frozenset("+-−–€$£¥₹₦₵₽₩₺₴₪₫฿₱৳₸₾")
"""What an amount may begin with, beside digits and words."""

_LONGEST_NOUN = 3
"""Words between a number and its rate: ``9,000 live sheep a week``."""


def amounts_of(tokens: Tokens, taken: Sequence[bool], *, comma: bool) -> list[Amount]:
    """The amounts of a sentence. ``taken`` says of each token whether it belongs to something else, such as a date."""
    amounts = joined(tokens, list(_single(tokens, taken, comma=comma)))
    return with_shared_units(tokens, [with_age(tokens, _with_rate(tokens, amount)) for amount in amounts])


def _single(tokens: Tokens, taken: Sequence[bool], *, comma: bool) -> Iterator[Amount]:
    place, end = 0, -1
    while place < len(tokens):
        found = None
        if not taken[place] and _may_begin(tokens, place):
            follows = end == place - 1 >= 0 and tokens[end].text in DASHES
            found = multiple_at(tokens, place) or amount_at(tokens, place, comma=comma, joined=follows)
        if found:
            yield found
            end = found.stop
        place = found.stop if found else place + 1


def _may_begin(tokens: Tokens, place: int) -> bool:
    token = tokens[place]
    if token.kind == "word":
        if token.low in ("a", "an"):
            return tokens.low(place + 1) in vocabulary.after_article() or tokens.low(place + 1) == "$"
        return token.low in vocabulary.beginnings() or token.low in vocabulary.first_of_currencies()
    return token.kind != "mark" or token.text in _MARKS


def _with_rate(tokens: Tokens, amount: Amount) -> Amount:
    """``24 ships a day``: a rate of things counted, the noun included."""
    if amount.symbol or amount.ratio:
        return amount
    if tokens.at(amount.stop).kind != "word" or tokens.low(amount.stop) in vocabulary.words("function"):
        return amount
    no_nouns = vocabulary.words("function") | vocabulary.words("verbs")
    place = amount.stop + 1
    while place < amount.stop + _LONGEST_NOUN and tokens.at(place).kind == "word" and tokens.low(place) not in no_nouns:
        place += 1
    if tokens.low(place) not in vocabulary.words("per_word"):
        return amount
    name, stop = denominator(tokens, place + 1, named=False)
    return replace(amount, rate=name, stop=stop) if name in DURATIONS else amount
