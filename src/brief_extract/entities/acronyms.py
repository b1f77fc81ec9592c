"""Acronyms that a document defines: *Rapid Support Forces (RSF)*. Letters decide what capitals in brackets stand for.

Capitals in brackets follow other names too: *growth in Kenya (GDP)*, *Jens Voigt (GER)*, *Paris (AFP)*. They stand for
a name only if their letters are the initials of its words; where they are those of a longer stretch, *UN Integrated
Office in Haiti (UNIOH)*, that stretch is the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from brief_extract.entities.findings import Finding, in_order, overlapping
from brief_extract.entities.forms import MEASURES

_BRACKETED = re.compile(r" ?\(([A-Z][A-Za-z0-9&.-]*[A-Z0-9])\)")
_WORD = re.compile(r"[^\W\d_][\w'\u2019]*")
_BOUND = re.compile(r"[.!?;:,\"\u201c\u201d()\[\]] |^")

_OFFICE = re.compile(
    r"\b((?:(?:Deputy|Assistant|Additional|Senior|Joint|Acting) )?"
    r"(?:Chief (?:[A-Z][a-z]+ )?(?:Officer|Minister|Justice|Secretary|Executive)"
    r"|(?:Inspector|Director|Attorney|Solicitor|Secretary|Auditor|Advocate|Major|Brigadier|Lieutenant)[ -]General"
    r"(?: of Police)?|(?:Superintendent|Commissioner|Director|Head) of [A-Z][a-z]+"
    r"|(?:Prime|Foreign|Home|Finance|Defen[cs]e) Minister|Managing Director|Vice President)) \(([A-Z]{2,5})\)"
)
"""An office with its acronym in brackets: *Superintendent of Police (SP)*."""
_BODY_BEFORE = re.compile(r"\b(?:of|for) (?:the )?$")

LONGEST_NAME = 90
"""Characters of the longest name that is looked for before an acronym."""

LEAST_LETTERS = 3
"""Letters of the shortest acronym that makes a name of words which nothing else takes for one."""


class Acronym(NamedTuple):
    """Capitals in brackets: where what they may stand for ends, and where they stand themselves."""

    text: str
    before: int
    start: int
    end: int


def acronyms(text: str) -> Iterator[Acronym]:
    """The acronyms in brackets, in order."""
    for match in _BRACKETED.finditer(text):
        if match.start() and text[match.start() - 1].isalnum():
            yield Acronym(match[1], match.start(), match.start(1), match.end(1))


def fits(acronym: str, name: str) -> bool:
    """Are the capitals of the acronym the initials of the name's words, in order, from the first word on?

    >>> fits("RSF", "Rapid Support Forces"), fits("ECOWAS", "Economic Community of West African States")
    (True, True)
    >>> fits("GDP", "Kenya"), fits("AFP", "Paris"), fits("IMF", "World Bank")
    (False, False, False)
    """
    letters = [letter.lower() for letter in acronym if letter.isalpha() and letter.isupper()]
    initials = [letter for word in _WORD.findall(name) for letter in _initials(word)]
    if initials[:1] != letters[:1] or len(letters) < 2:
        return False
    rest = iter(initials)
    return all(letter in rest for letter in letters)


def _initials(word: str) -> str:
    """The letters that a word gives an acronym: its first one, of an acronym all: *UN Mission*."""
    return word.lower() if word.isupper() else word[0].lower()


def stretch(text: str, acronym: Acronym) -> int | None:
    """Where the shortest stretch of words before an acronym begins that it is the initials of, if there is one."""
    first = max(0, acronym.before - LONGEST_NAME)
    bounds = [match.end() for match in _BOUND.finditer(text, first, acronym.before)]
    first = max(bounds, default=first)
    words = [match for match in _WORD.finditer(text, first, acronym.before) if text[match.start() - 1] not in "'\u2019"]
    if len(acronym.text) < LEAST_LETTERS:
        return None
    for word in reversed(words[:-1]):
        if word[0][0].isupper() and fits(acronym.text, text[word.start() : acronym.before]):
            return word.start()
    return None


def with_defined(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """The findings with the names that an acronym in brackets shows to be longer: *UN Integrated Office in Haiti*."""
    longer: list[Finding] = []
    for acronym in acronyms(text):
        named = next((finding for finding in found if finding.end == acronym.before), None)
        if named and fits(acronym.text, text[named.start : named.end]):
            continue
        start = stretch(text, acronym)
        if start is not None:
            longer.append(Finding(start, acronym.before, "ORG", "document"))
    kept = (finding for finding in found if not overlapping(longer, finding.start, finding.end)) if longer else found
    return iter(in_order([*kept, *longer]))


def definitions(texts: Sequence[str], findings: Sequence[Sequence[Finding]]) -> dict[str, Finding | None]:
    """The acronyms in brackets and the name before each that it stands for, ``None`` where it stands for none."""
    defined: dict[str, Finding | None] = {}
    for text, found in zip(texts, findings, strict=True):
        for acronym in acronyms(text):
            named = next((finding for finding in found if finding.end == acronym.before), None)
            if named is None or named.label in MEASURES:
                continue
            name = text[named.start : named.end]
            own = named.label == "ORG" and name[0] == acronym.text[0]  # in another language: *Workers' Party (WPT)*
            stands = fits(acronym.text, name) or own
            if stands or acronym.text not in defined:
                defined[acronym.text] = named._replace(full=name) if stands else None
    return defined


def offices(texts: Sequence[str]) -> set[str]:
    """The offices that stand with their acronym in brackets, and the acronyms: a *CFO* is no organisation."""
    found = (match for text in texts if "(" in text for match in _OFFICE.finditer(text))
    return {
        form
        for match in found
        if fits(match[2], match[1]) and not _BODY_BEFORE.search(match.string, max(0, match.start() - 8), match.start())
        for form in match.groups()
    }


def is_redefined(text: str, finding: Finding, defined: Mapping[str, Finding | None]) -> bool:
    """Does the document say that an acronym of the lexicon stands for another name here?"""
    named = defined.get(text[finding.start : finding.end])
    return named is not None and named.label == "ORG" and finding.sense is not None and named.sense != finding.sense
