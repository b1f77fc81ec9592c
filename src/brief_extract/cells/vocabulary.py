"""The words of the grammar: currencies, units, magnitudes, months, signs for missing and for yes and no."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit by its symbol. ``sort`` is percent, quantity, duration or money."""

    symbol: str
    sort: str


def _rows(name: str) -> list[list[str]]:
    text = files(__package__).joinpath("data", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


def _forms(field: str) -> list[str]:
    """Forms stand apart by blanks; a blank inside a form is written as a low line."""
    return [form.replace("_", " ") for form in field.split()]


@cache
def currency_signs() -> dict[str, str]:
    """Sign, abbreviation or code in lower case -> ISO 4217 code. A bare ``$`` is the US dollar, ``£`` sterling."""
    codes = files(__package__).joinpath("data", "codes.txt").read_text("utf-8").split()
    signs = {code.lower(): code for code in codes}
    for code, symbols, _ in _rows("currencies.tsv"):
        signs |= dict.fromkeys(_forms(symbols), code)
    return signs | {"¥": "JPY"}


@cache
def glued_currencies() -> frozenset[str]:
    """Abbreviations and codes of currencies that may touch their digits: ``EUR5``. Other codes are names: ``AMD64``."""
    return frozenset(form for _, symbols, _ in _rows("currencies.tsv") for form in _forms(symbols))


@cache
def currency_words() -> dict[str, str]:
    """Name of a currency in lower case -> ISO 4217 code."""
    return {word: code for code, _, words in _rows("currencies.tsv") for word in _forms(words)}


@cache
def units() -> dict[str, Unit]:
    """Form of a unit -> unit. Symbols are told apart by case; names stand here in lower case."""
    return {form: Unit(symbol, sort) for symbol, sort, forms in _rows("units.tsv") for form in _forms(forms)}


@cache
def magnitudes() -> dict[str, int]:
    """Word or letter in lower case -> power of ten."""
    return {form: int(exponent) for exponent, forms in _rows("magnitudes.tsv") for form in _forms(forms)}


@cache
def words(sort: str) -> tuple[str, ...]:
    """The words of one sort of ``words.tsv``, in lower case."""
    return next(tuple(_forms(forms)) for name, forms in _rows("words.tsv") if name == sort)


@cache
def missing() -> frozenset[str]:
    """What is printed where there is no value."""
    return frozenset({"", *words("missing")})


@cache
def booleans() -> dict[str, bool]:
    """Yes and no, as words and as signs."""
    return dict.fromkeys(words("true"), True) | dict.fromkeys(words("false"), False)


@cache
def number_words() -> dict[str, int]:
    """Number in words -> number, up to twenty."""
    return {word: value for value, word in enumerate(words("number"))}


@cache
def months() -> dict[str, int]:
    """English name or abbreviation of a month in lower case -> its number."""
    return {form: int(month) for month, forms in _rows("months.tsv") for form in _forms(forms)}


@cache
def foreign_months() -> dict[str, int]:
    """Month names of other languages, from CLDR. Babel is loaded only when a date has a word that is not English."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for language in ("de", "fr", "es", "it", "pt", "nl"):
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=language).items():
                names.setdefault(name.lower().rstrip("."), month)
    return names


def unit(form: str) -> Unit | None:
    """The unit of this form, if it is one: a symbol as it stands, a name in any case.

    >>> unit("Tonnes"), unit("MW"), unit("mw")
    (Unit(symbol='t', sort='quantity'), Unit(symbol='MW', sort='quantity'), None)
    """
    found = units().get(form)
    if found is None and len(form) > 3:
        found = units().get(form.lower())
    return found


def currency(form: str) -> str | None:
    """The ISO 4217 code of a sign, code or name, if it is one.

    >>> currency("US$"), currency("euros"), currency("m")
    ('USD', 'EUR', None)
    """
    form = form.lower()
    return currency_signs().get(form) or currency_words().get(form)


def per(form: str) -> str | None:
    """The symbol of ``/kWh`` or ``per tonne``, with its stroke, if that is a unit."""
    for mark in ("/", "per ", "a "):
        if form.startswith(mark):
            found = unit(form.removeprefix(mark).strip())
            return f"/{found.symbol}" if found else None
    return None
