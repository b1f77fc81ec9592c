"""A column's header -> what it says about the cells: ``Budget ($ million)``, ``Share, %``, ``Year``, ``Phone``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from brief_extract.cells import vocabulary
from brief_extract.cells.vocabulary import Unit

_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_MARKS = ",:;–—"
LONGEST_PHRASE = 100
"""Characters of a magnitude and a unit together. The longest of the tables take 60; each space of a phrase is tried."""
_DASH_OR_IN = re.compile(r" - |\bin\b", re.I)
_IDENTIFIER = re.compile(
    r"""\b(?:ids?|codes?|phones?|tel|telephone|fax|mobile|hotline|zip|post ?codes?|postal|isbn|issn|iban|bic|swift|sku
    |ref|reference|serial|barcode|vin|uuid|fips|naics|sic|hs|icd|doi|versions?|revision|build|commit|plate|flight
    |(?:account|case|docket|ticket|passport|registration|licen[cs]e|invoice|order|room|route|line|lot|wagon|train|bus|tax
    |contract|file|resolution|article)\s+(?:no|nr|nos|number|numbers|\#))(?!\w)""",
    re.I | re.X,
)
_YEAR = re.compile(
    r"\b(?:years?|season|since|founded|established|due|date|expires|expiry|until|vintage|completion|took office)\b"
    r"|^(?:launched|opened|built|signed|ends?|from|election|elected|born|died|joined|ratified|commissioned|online|start)\b"
    r"|\bends$",
    re.I,
)
_MEASURE = re.compile(
    r"\b(?:numbers?|cases|deaths|people|population|total|count|units|staff|sales|output|production|capacity|volume|price"
    r"|cost|voters|votes|seats|doses|before|after|change|average|rank|points|score|goals|homes|jobs|killed|injured)\b",
    re.I,
)
_DATE = re.compile(r"\b(?:dates?|day|when|deadline|signed|due|updated|published)\b", re.I)
_LENGTH = re.compile(r"\b(?:depth|height|length|width|distance|altitude|elevation|draught|draft|tall|range)\b", re.I)
_RATIO = re.compile(r"\b(?:ratio|odds|scale|per)\b", re.I)
_LASTING = re.compile(r"\b(?:duration|length|runtime|lap|split|finish|elapsed|time taken|pace)\b", re.I)
_DAY_FIRST = re.compile(r"\bdd?\W?mm", re.I)
_MONTH_FIRST = re.compile(r"\bmm\W?dd", re.I)


_BARE_M = re.compile(r"[(\[]m[)\]]$|, m$")


class Hints(NamedTuple):
    """What a header says. ``exponent`` is a power of ten; ``unit`` covers percent and currency as well."""

    exponent: int = 0
    unit: Unit | None = None
    identifier: bool = False
    year: bool = False
    measure: bool = False
    date: bool = False
    length: bool = False
    ratio: bool = False
    lasting: bool = False
    day_first: bool | None = None


@lru_cache(2048)
def hints(header: str) -> Hints:
    """Read a header.

    >>> hints("Budget ($ million)")[:2]
    (6, Unit(symbol='USD', sort='money'))
    >>> hints("Landings 2024 (t)").unit.symbol, hints("Share, %").unit.symbol, hints("Rest").unit
    ('t', '%', None)
    """
    exponent, unit = _scale(header)
    if unit is None and _BARE_M.search(header):
        exponent, unit = (0, Unit("m", "quantity")) if _LENGTH.search(header) else (6, None)
    return Hints(
        exponent,
        unit,
        identifier=bool(_IDENTIFIER.search(header)),
        year=bool(_YEAR.search(header)),
        measure=bool(_MEASURE.search(header)),
        date=bool(_DATE.search(header)),
        length=bool(_LENGTH.search(header)),
        ratio=bool(_RATIO.search(header)),
        lasting=bool(_LASTING.search(header)),
        day_first=True if _DAY_FIRST.search(header) else False if _MONTH_FIRST.search(header) else None,
    )


def _scale(header: str) -> tuple[int, Unit | None]:
    """The magnitude and the unit of a header: in brackets, behind a comma or "in", at either end."""
    places = [match.group(1) for match in _IN_BRACKETS.finditer(header)]
    bare = _IN_BRACKETS.sub("", header).strip()
    if end := _at_the_end(bare):
        places.append(end)
    for place in places:
        found = _phrase(place)
        if found:
            return found
    if bare.startswith("%") or bare.endswith("%") or bare.lower() in ("percent", "per cent", "percentage"):
        return 0, Unit("%", "percent")
    return _last_words(bare)


def _at_the_end(header: str) -> str:
    """What follows the last comma, colon, semicolon or dash, or else, after the last bracket, the first "in"."""
    last = max(map(header.rfind, _MARKS + "()[]"))
    if last >= 0 and header[last] in _MARKS:
        return header[last + 1 :].lstrip()
    mark = _DASH_OR_IN.search(header, last + 1)
    return header[mark.end() :].lstrip() if mark else ""


def _last_words(header: str) -> tuple[int, Unit | None]:
    """``Revenue EUR``, ``Debt $bn``, ``USD m``: signs and codes only, for words mean too many things."""
    parts = header.split()
    for count in (2, 1):
        tail = parts[-count:]
        code = vocabulary.currency_signs().get(tail[0].lower()) if len(tail) == count else None
        if code and (not tail[0].isalpha() or tail[0].isupper()):
            found = _phrase(" ".join(tail))
            if found:
                return found
    found = _phrase(parts[-1]) if parts and not parts[-1].isalpha() else None
    return found if found and found[1] and found[1].sort == "money" else (0, None)


@lru_cache(2048)
def _phrase(phrase: str) -> tuple[int, Unit | None] | None:
    """``$ million``, ``thousand tonnes``, ``US$m``, ``'000 t``, ``%``: magnitude and unit in either order, no more."""
    phrase = re.sub(r"^(?:in|as|of)\s+(?:an? )?|^(?:current|constant)\s+", "", phrase.strip(), flags=re.I)
    phrase = re.sub(r"^(?:%|percent|per cent)\s+(?:of|change|y/y|yoy)\b.*", "%", phrase, flags=re.I)
    phrase = re.sub(r"\bof\s+|['\u2019](?=[a-z])", "", phrase)
    found = _unit(phrase)
    if found:
        return 0, found
    low = phrase.lower()
    if low in vocabulary.magnitudes() and low not in ("m", "b", "mm", "k"):
        return vocabulary.magnitudes()[low], None
    return _joined(phrase)


def _joined(phrase: str) -> tuple[int, Unit | None] | None:
    """A magnitude joined to a unit, with a blank between them or none."""
    if len(phrase) > LONGEST_PHRASE:
        return None
    cuts = [match.start() for match in re.finditer(r" ", phrase)] or range(1, min(len(phrase), 5))
    for cut in cuts:
        first, second = phrase[:cut].strip(), phrase[cut:].strip()
        for word, rest in ((first, second), (second, first)):
            exponent = vocabulary.magnitudes().get(word.lower())
            unit = _unit(rest) if exponent else None
            if exponent and unit and (" " in phrase or unit.sort == "money"):
                return exponent, unit
    return None


def _unit(form: str) -> Unit | None:
    code = vocabulary.currency(form)
    if code and (not form.isalpha() or form.isupper() or form.lower() in vocabulary.currency_words()):
        return Unit(code, "money")
    stem, stroke, rest = form.partition("/")
    money = vocabulary.currency(stem) if stroke else None
    rate = vocabulary.per(stroke + rest) if money else None
    return Unit(f"{money}{rate}", "money") if rate else vocabulary.unit(form)
