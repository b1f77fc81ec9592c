"""What the form of a name tells: which spans of the model name nothing, where a name ends, what its head word says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache, lru_cache

from brief_extract.entities.companies import company
from brief_extract.entities.lexicon import Known, lines, rows
from brief_extract.entities.model import Span
from brief_extract.entities.trimming import starts_with_firm_title, trim
from brief_extract.entities.vessels import vessel

MEASURES = frozenset({"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"})
"""The labels of dates and numbers, which name nothing."""

_HEADED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_BRACKETED_ACRONYM = re.compile(r"(?P<long>.+?) ?\((?P<acronym>[A-Z][A-Za-z0-9&.-]*[A-Z0-9])\)?$")
_FIGURE = re.compile(r" \d+(?:[.,:-]\d|\s?%| percent).*$", re.DOTALL)
_NO_NAME = re.compile(r"https?:|www\.|\d[:.]\d\d|\$\d|^[QH][1-4](?: (?:19|20)\d\d)?$")  # Q3 is a quarter
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATELINE = re.compile(rf"{_MONTH} \d{{1,2}}(?:, \d{{4}})?(?: [-–—]++ ?+|—)(?![-–— ]*+\d)")
_PARTY = re.compile(r"[RDI]-(?=[A-Z])")
"""The party before the state of a legislator: *R-Ky.*, *D-Calif.*."""
_DOLLAR = "(?:US|AU|CA|HK|NZ|NT|MX|AR|TT|[ACRS])"
_DOLLAR_BEFORE = re.compile(rf"\b{_DOLLAR} ?\$? ?$")
_SIGN_BEFORE = re.compile(r"(?<!\w)[€£¥₹₦$] ?$")
_SIGN = re.compile(r"[€£¥₹₦$]")
_SCALE_AFTER = re.compile(r" ?(?:bn|tn|mn|m|k|trillion|billion|million)\b")
_HASHTAG = re.compile(r"#[^\W\d_]")
_DOLLAR_AFTER = re.compile(r" ?\$ ?\d")
_WHOSE_DOLLAR = re.compile(_DOLLAR)
_SYLLABLE = re.compile(
    r"-(?:ah|beom|bin|bok|bum|chan|cheol|chul|dong|eun|geun|gi|gu|gyu|ha|hae|han|hee|ho|hoon|hwan|hye|hyuk|hyun|il|in|ja"
    r"|jae|jeong|jeou|jin|jong|joo|joon|ju|jun|jung|kai|ki|kun|kwon|kyu|kyung|lim|man|mi|min|moon|myung|nam|pil|pyo|rae"
    r"|ran|rok|ryong|seok|seop|sen|seon|seung|shek|shik|sik|song|soo|sook|su|suk|sun|sung|tae|taek|te|un|wen|woo|wook|yeol"
    r"|yeon|yeong|yong|yoo|young|yun)\b"
)
"""The second syllable of a given name as Korean and Chinese names are written: *Moon Jae-in*, *Tsai Ing-wen*."""
_THINGS = frozenset({"china", "turkey", "turkeys", "jersey", "java", "guinea", "chile", "cologne", "bologna", "polish"})
"""What is no country or town where it is written small, unless all the text is."""
_WRITTEN_SMALL = re.compile(r"^[a-z]|[.!?] [a-z]|\bi\b")
_TIME_WORD = re.compile(
    r"\d|\b(?:day|week|month|quarter|season|year|decade|centur|daily|monthly|annual|today|tonight|tomorrow|yesterday|morning|"
    r"evening|night|spring|summer|autumn|fall|winter|christmas|easter|ramadan|eid|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec|mon|tue|wed|thu|fri|sat|sun|now|recent|term|era|period|moment|age)",
    re.I,
)
_HYPHENED = re.compile(r"(?:-(?:[a-z]{1,3}-)?[A-Z]\w*){1,8}")  # the limit keeps a chain of 10,000 names linear
_NEXT_WORDS = re.compile(r"(?: [^\W\d_a-z][\w-]*){1,3}")


def names(text: str, spans: Iterable[Span], lexicon: Known) -> Iterator[Span]:
    """The spans as names: trimmed, taken apart, completed, without those that name nothing; in order and disjoint."""
    free_from = 0
    for part in (part for span in spans if span.end > free_from for part in _parts(text, span)):
        name = _with_currency(text, _trimmed(text, part))
        if name.label == "DATE" and not _TIME_WORD.search(text, name.start, name.end):
            continue  # a model that says so of "particularly after" is wrong
        if name.label in MEASURES and _HASHTAG.search(text, name.start, name.end):
            continue  # #PrayForNepal is no amount
        if name.label in _HEADED:
            name = _whole_word(text, name, lexicon)
        if name.label not in MEASURES:
            name = _headed(text, name, lexicon) if is_name(text, name, lexicon) else name._replace(end=name.start)
        if free_from <= name.start < name.end:
            yield name
            free_from = name.end


def is_name(text: str, span: Span, lexicon: Known) -> bool:
    """Whether a span can be a name: it is capitalised where the text is, and no address, figure or general word."""
    string = text[span.start : span.end]
    if not string or string in generic_words() or _NO_NAME.search(string):
        return False
    if _DOLLAR_AFTER.match(text, span.end) and _WHOSE_DOLLAR.fullmatch(string):
        return False
    if string != string.lower() or string == string.upper():
        return True
    if string not in _THINGS and lexicon.get(string.title()):
        return True
    return span.label in ("PERSON", "GPE") and string.isalpha() and _is_written_small(text)


@lru_cache(maxsize=16)  # the names of a text are asked about one after the other
def _is_written_small(text: str) -> bool:
    return _WRITTEN_SMALL.search(text) is not None


def _parts(text: str, span: Span) -> Iterator[Span]:
    """*World Health Organization (WHO)* is two names; a figure after a name is none, nor is a dateline before it."""
    if span.label in MEASURES:
        yield span
        return
    start, end, label = span
    dateline = _DATELINE.match(text, start, end)
    start = dateline.end() if dateline else start
    party = _PARTY.match(text, start, end)
    start = party.end() if party else start
    figure = _FIGURE.search(text, start, end)
    end = figure.start() if figure else end
    both = _BRACKETED_ACRONYM.match(text, start, end)
    if both:
        yield Span(start, both.end("long"), label)
        yield Span(both.start("acronym"), both.end("acronym"), label)
    else:
        yield Span(start, end, label)


def _trimmed(text: str, span: Span) -> Span:
    start, end = trim(text, span.start, span.end, span.label)
    return Span(start, end, span.label)


def _with_currency(text: str, span: Span) -> Span:
    """Whose dollars they are belongs to the amount, and an amount of dollars is money: *US $5 million*, *NZ$3*.

    So does the sign, and the scale behind the figure: *€4m*.
    """
    if span.label not in ("MONEY", "CARDINAL"):
        return span
    sign = _SIGN_BEFORE.search(text, max(0, span.start - 2), span.start)
    start = sign.start() if sign else span.start
    before = _DOLLAR_BEFORE.search(text, max(0, start - 5), start)
    start = before.start() if before else start
    if not _SIGN.search(text, start, span.end):
        return span
    scale = _SCALE_AFTER.match(text, span.end) if text[span.end - 1].isdigit() else None
    return Span(start, scale.end() if scale else span.end, "MONEY")


def _whole_word(text: str, span: Span, lexicon: Known) -> Span:
    """The name with what hyphens tie to it, *Stoke-on-Trent*, unless both parts are names: *Paris-Dakar*."""
    syllable = _SYLLABLE.match(text, span.end) if span.label == "PERSON" else None
    if syllable:
        return span._replace(end=syllable.end())
    tail = _HYPHENED.match(text, span.end)
    if not tail or lexicon.get(text[span.start : span.end]) or lexicon.find(tail[0]):
        return span
    return span._replace(end=tail.end())


def _headed(text: str, span: Span, lexicon: Known) -> Span:
    """The name up to its head word, and with the label that its first or last words give: *Laja* in *Laja River*."""
    start, end, label = span
    if label not in _HEADED:
        return span
    told = vessel(text, span, lexicon) or company(text, span)
    if told:
        return told
    if label != "PERSON" and (after_title := starts_with_firm_title(text, start, end)):
        return Span(after_title, end, "PERSON")
    if text[start:end] in surnames():
        return Span(start, end, "PERSON")
    heads = head_words()
    following = _NEXT_WORDS.match(text, end)
    if following:
        words = following[0].split(" ")[1:]
        for count in range(len(words), 0, -1):
            if words[count - 1] in heads:
                return Span(start, end + sum(len(word) + 1 for word in words[:count]), heads[words[count - 1]])
    last = text[start:end].rpartition(" ")[2]
    closing = heads.get(last) if end - start > len(last) else None
    opening = _opening().match(text, start, end)
    if opening and not (closing == "ORG" and openings()[opening[1]] == "GPE"):  # Republic of Korea Army
        return Span(start, end, openings()[opening[1]])
    return Span(start, end, closing) if closing else span


@cache
def head_words() -> Mapping[str, str]:
    """The words that close a name and tell what it names, each with its label."""
    return dict(rows("heads"))


@cache
def openings() -> Mapping[str, str]:
    """The words that open a name and tell what it names, each with its label: *Ministry of*, *Lake*."""
    return dict(rows("openings"))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(sorted(openings(), key=len, reverse=True))}) (?=\S)")


def generic_words() -> Set[str]:
    """The words that name nothing when they stand alone."""
    return lines("generic")


def surnames() -> Set[str]:
    """The surnames of well-known persons that name nothing else: what a model takes for a place is a person."""
    return lines("surnames")
