"""Lines that title nothing, whatever stands around them: figures, results, credits, turns of speech, addresses.

They are short and end open, as headings do. Unlike most page furniture, no reader would take one for a title.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = r"[A-Z\u00c0-\u00de][\w.'\u2019-]*+"
_TEAM = rf"{_NAME}(?: (?:{_NAME}|[a-z]{{1,3}})){{0,3}}"
_AGENCY = r"(?:[A-Z]{2,5}|(?:Reuters|Getty|Alamy|Shutterstock|Bloomberg|Xinhua|Anadolu|Handout|Pool)\b.*)"
_STREET = r"(?:street|road|avenue|lane|boulevard|drive|square|parade|terrace|st\.|rd\.|ave\.|blvd\.)"
_UNIT = r"(?:[ap]\.?m\.?|gmt|utc|[ecmp][sd]t|bn|mn|m|k|kg|km|t)"

KINDS: dict[str, re.Pattern[str]] = {
    "a figure or a time (a year alone may title a part of a chronicle)": re.compile(
        r"(?!(?:1[5-9]|20|21)\d\d$)[^\w\s]{0,3} ?\d{1,3}(?:[.,\u2019 ]?\d{3})*(?:[.,:]\d+)? ?"
        rf"(?:{_UNIT}|[^\w\s]{{1,3}})?$",
        re.I,
    ),
    "all in brackets: (2 rows), [END OF TAPE 1]": re.compile(r"[(\[][^()\[\]]++[)\]]$"),
    "columns: Yes      401,220": re.compile(r"\S(?:\S| {1,2}(?=\S))*+ {3,}\S"),
    "nothing but tags: </rant>": re.compile(r"(?:</?[^<>]++>\s*+)++$"),
    "nothing but hashtags: #roads #kerin": re.compile(r"(?:#\w++\s*+)++$"),
    "a result: Arden 2 Bellmore 1 (aet)": re.compile(rf"{_TEAM} \d{{1,2}},? {_TEAM} \d{{1,2}}(?: \([^()]*\))?$"),
    "a fixture: Ilford v Jarrow (16:30)": re.compile(
        rf"{_TEAM} (?:vs?\.?|[-\u2013]) {_TEAM},? (?:\(?\d{{1,2}}[:.]\d\d|\d+[-\u2013]\d+)\W*$"
    ),
    "a credit: Maria Delgado/AP": re.compile(rf"{_NAME}(?: {_NAME}){{1,3}} ?/ ?{_AGENCY}$"),
    "a turn of speech: PRIME MINISTER: No.": re.compile(
        r"[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de .'\u2019-]{1,40}: .*[.!][\"\u201d\u2019]?$"
    ),
    "an address": re.compile(
        rf".*\b(?:p\.? ?o\.? box \d|\d+[a-z]? [\w.'\u2019-]+(?: [\w.'\u2019-]+)? {_STREET}(?:$|[ ,]))"
        r"|[^.:]{2,40},? (?-i:[A-Z]{2} \d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})$",
        re.I,
    ),
    "a telephone number or the like": re.compile(
        r"(?:tel|phone|fax|mobile|telephone|e-?mail)\b\.?:? ?\S*[\d@]|\+?\(?\d[\d ()/.-]{6,}\d$", re.I
    ),
    "the end of a dispatch: -30-, - ends -, (more)": re.compile(
        r"[-\u2013\u2014*# ]*(?:ends?|endit|more|\d{2})[-\u2013\u2014*# ]*[-\u2013\u2014*#]$|(?-i:ENDS)$"
        r"|[-\u2013\u2014* ]*(?:continued|contd?)\b[-\u2013\u2014*. ]*$",
        re.I,
    ),
    "what is said of a term on the line above": re.compile(r": \S"),
    "a page number": re.compile(r"page \d+\b\W*(?:of \d+)?$|[-\u2013\u2014] ?\d{1,4} ?[-\u2013\u2014]$", re.I),
}


_APART = [KINDS[kind] for kind in KINDS if kind.startswith(("a page number", "the end of", "nothing but"))]


@lru_cache(maxsize=1024)
def stands_apart(line: str) -> bool:
    """Is the line no part of any paragraph, even between two halves of a sentence?"""
    return any(pattern.match(line) for pattern in _APART)


@lru_cache(maxsize=1024)
def is_nontitle(line: str) -> bool:
    """Is the line of a kind that titles nothing?"""
    return any(pattern.match(line) for pattern in KINDS.values())
