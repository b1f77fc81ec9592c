"""One label for each name of a document, in all its mentions.

``agree`` gives each name one label, and to a surname or acronym that of the full name. ``follow`` applies this, and
tags the same names wherever else the document has them, headings and cells included.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType

from brief_extract.entities.ambiguity import has_capital_after
from brief_extract.entities.cues import told
from brief_extract.entities.findings import Finding, Reading, in_order, overlapping
from brief_extract.entities.forms import MEASURES
from brief_extract.entities.lexicon import Match
from brief_extract.entities.names import WORD, NameIndex
from brief_extract.entities.persons import extend_to_parts
from brief_extract.entities.units import Unit

_CAPITAL_BEFORE = re.compile(r"(?<![.!?:;] )\b[A-Z][\w-]+ $")
_PLACES = frozenset({"GPE", "LOC"})
"""The labels that a model gives wrongly where it is in doubt: of its places, 22 to 41 % of the repeats were right."""
_IN_BEFORE = re.compile(r"\b(?:[Ii]n|[Ii]nside|[Oo]utside|[Nn]ear|across) $")


def agree(
    texts: Sequence[str],
    findings: Sequence[Sequence[Finding]],
    defined: Mapping[str, Finding | None] = MappingProxyType({}),
) -> dict[str, Reading]:
    """For each name of the document what it is: the lexicon's word, else what a cue beside a mention says, else the
    label that it has most often.

    ``defined`` are the acronyms that stand in brackets behind a name.
    """
    votes: dict[str, Counter[str]] = {}
    cues: dict[str, Counter[str]] = {}
    readings: dict[str, Reading] = {}
    placed: set[str] = set()
    for text, found in zip(texts, findings, strict=True):
        for finding in found:
            name = text[finding.start : finding.end]
            if finding.sense:
                readings[name] = Reading(finding.label, finding.sense, finding.sense.name)
            elif finding.label not in MEASURES:
                if _IN_BEFORE.search(text, max(0, finding.start - 8), finding.start):
                    placed.add(name)
                votes.setdefault(name, Counter())[finding.label] += 1
                said = told(text, finding.start, finding.end, finding.label)
                if said:
                    cues.setdefault(name, Counter())[said] += 1
    for name, labels in votes.items():
        if name not in readings:
            readings[name] = Reading(cues.get(name, labels).most_common(1)[0][0], None, name)
    extend_to_parts(readings, placed)
    _extend_to_acronyms(defined, readings)
    return readings


def _extend_to_acronyms(defined: Mapping[str, Finding | None], readings: dict[str, Reading]) -> None:
    """*IMF* is what the name before *(IMF)* is; what stands for no name there is a body and no place or person."""
    for acronym, named in defined.items():
        known = readings.get(acronym)
        if known and known.sense:
            continue
        if named and named.full in readings:
            readings[acronym] = readings[named.full]
        elif known:
            readings[acronym] = Reading("ORG", None, acronym)


def repeatable(readings: Mapping[str, Reading], small: Set[str]) -> Iterator[str]:
    """The names that are names wherever they stand: not those that the document also writes small.

    Of places only those of the lexicon, acronyms, and names of several words, *Milne Bay*; the model has had its say.
    Peoples are none: where the lexicon was in doubt of *Dane*, it may be a first name.
    """
    return (
        name
        for name, reading in readings.items()
        if len(name) > 2
        and (reading.sense or reading.label not in _PLACES or reading.full != name or " " in name)
        and not (reading.sense and reading.label == "NORP")
        and (name[0].isupper() or (" " in name and reading.label == "PERSON"))  # van den Berg
        and name.lower() not in small
    )


def follow(
    unit: Unit,
    found: Sequence[Finding],
    readings: Mapping[str, Reading],
    repeats: NameIndex,
    phrases: Sequence[Match] = (),
) -> list[Finding]:
    """The findings with the labels agreed on, and the names that were passed over here but found elsewhere.

    ``phrases`` are those in which names stand that name nothing.
    """
    text = unit.text
    followed = [_agreed(text, finding, readings) for finding in found]
    free_from = 0
    added: list[Finding] = []
    dropped: set[Finding] = set()
    for word in WORD.finditer(text):
        start = word.start()
        if start < free_from or word[0] not in repeats:
            continue
        for name in repeats.at(text, start, word[0]):
            end = start + len(name)
            part = is_in_phrase(start, phrases) or (unit.is_prose and _is_part_of_name(text, start, end))
            over = overlapping(followed, start, end)
            if over and not unit.is_prose and _holds(start, end, over):
                dropped.update(over)  # *Ghana* in *Bank of Ghana*
                over = []
            if not part and not over:
                added.append(_agreed(text, Finding(start, end, "", "document"), readings))
                free_from = end
                break
    return in_order([finding for finding in followed if finding not in dropped] + added) if added else followed


def is_in_phrase(start: int, phrases: Sequence[Match]) -> bool:
    """Whether a name is part of a phrase that names nothing: *Guinea* in *Guinea pig*."""
    return any(phrase.start <= start < phrase.end for phrase in phrases)


def _holds(start: int, end: int, shorter: Sequence[Finding]) -> bool:
    """Whether all the findings stand inside a longer name."""
    return start <= shorter[0].start and shorter[-1].end <= end and shorter[0][:2] != (start, end)


def _is_part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised word stands beside, so that the words together may name something else in a sentence."""
    return bool(has_capital_after(text, end) or _CAPITAL_BEFORE.search(text, max(0, start - 30), start))


def _agreed(text: str, finding: Finding, readings: Mapping[str, Reading]) -> Finding:
    if finding.sense or finding.label in MEASURES:
        return finding
    label, sense, full = readings[text[finding.start : finding.end]]
    if sense and label == "NORP" and finding.label == "PERSON":
        return finding  # Dane, who is no Dane
    source = finding.source if label == finding.label else "document"
    return Finding(finding.start, finding.end, label, source, sense, full)
