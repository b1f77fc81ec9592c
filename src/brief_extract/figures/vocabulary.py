"""The words of figures in prose, on top of the words of cells: one grammar of units and currencies serves both."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from brief_extract.cells import vocabulary as cells
from brief_extract.figures.tokens import tokens_of

LONGEST_UNIT = 4
"""Words of the longest name of a unit or a currency."""

Words = tuple[str, ...]


@cache
def _rows(name: str) -> list[list[str]]:
    text = files(__package__).joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


def _forms(field: str) -> list[str]:
    return [form.replace("_", " ") for form in field.split()]


def _parts(form: str) -> Words:
    """A form as the tokens that it is read as."""
    return tuple(token.text for token in tokens_of(form, 0, len(form)))


@cache
def words(sort: str) -> frozenset[str]:
    """The words of one sort, in lower case."""
    return frozenset(in_order(sort))


@cache
def in_order(sort: str) -> tuple[str, ...]:
    """The words of one sort, as they stand in the table."""
    return next(tuple(_forms(forms)) for name, forms in _rows("words.tsv") if name == sort)


@cache
def bounds() -> dict[Words, str]:
    """Words before a figure that make it a bound, ``no more than`` -> ``less``."""
    return {_parts(form): sort for sort in ("about", "more", "less") for form in in_order(sort)}


@cache
def units() -> dict[Words, str]:
    """Tokens of a unit -> its symbol. Symbols keep their case, names are in lower case."""
    found = {_parts(form): unit.symbol for form, unit in cells.units().items()}
    found |= {_parts(form): symbol for symbol, forms in _rows("units.tsv") for form in _forms(forms)}
    return found | {("°", "C"): "°C", ("°", "F"): "°F", ("%",): "%"}


@cache
def currency_names() -> dict[Words, str]:
    """Tokens of the name of a currency in lower case -> its ISO 4217 code."""
    found = {_parts(form): code for form, code in cells.currency_words().items()}
    return found | {_parts(form): code for code, forms in _rows("currencies.tsv") for form in _forms(forms)}


@cache
def currency_signs() -> dict[Words, str]:
    """Tokens of a sign, abbreviation or code that stands before a number, in lower case -> its ISO 4217 code."""
    return {_parts(form): code for form, code in cells.currency_signs().items()} | {("r",): "ZAR"}


@cache
def magnitudes() -> dict[str, int]:
    """Word or letter in lower case -> power of ten."""
    return {form: exponent for form, exponent in cells.magnitudes().items() if form.isalpha()}


@cache
def ones() -> dict[str, int]:
    """Numbers in words up to nineteen, and the tens."""
    tens = {word: 10 * place for place, word in enumerate(in_order("tens")) if word != "-"}
    return {word: value for value, word in enumerate(in_order("ones"))} | tens


@cache
def ordinals() -> dict[str, int]:
    """``third`` -> 3, as the lower number of a fraction; ``quarter`` is 4."""
    named = {word: place for place, word in enumerate(in_order("ordinals")) if word != "-"}
    return named | {"half": 2, "hundredth": 100, "thousandth": 1000, "millionth": 1_000_000}


@cache
def beginnings() -> frozenset[str]:
    """The words that a figure may begin with, in lower case: ``two``, ``half``, ``dozens``, ``minus``, ``doubled``."""
    folds = {f"{word}fold" for word in ones()}
    vague = {
        f"{word}s"
        for word in ("hundred", "thousand", "million", "billion", "trillion", "dozen", "ten", "crore", "lakh")
    }
    multiples = {*in_order("multiples"), *in_order("doubled"), *in_order("tripled"), *in_order("quadrupled")}
    return frozenset(
        {
            *ones(),
            *folds,
            *vague,
            *multiples,
            *in_order("halved"),
            "half",
            "a",
            "an",
            "twice",
            "minus",
            "several",
            "few",
            "many",
        }
    )


@cache
def after_article() -> frozenset[str]:
    """What follows "a" at the beginning of a figure: ``a hundred``, ``a third``, ``a few``, ``a half million``."""
    scales = "hundred thousand million billion trillion dozen lakh crore few".split()
    return frozenset({*scales, *ordinals()})


@cache
def first_of_currencies() -> frozenset[str]:
    """The first words of what stands before an amount for its currency: ``SEK``, ``Rs``."""
    return frozenset(words[0] for words in currency_signs() if words[0].isalpha())
