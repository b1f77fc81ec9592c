"""One reading for one document: lexicon, model and the document itself, brought to agreement.

``merge`` makes one list of findings of what lexicon and model say of a unit; ``consistency`` gives each name of the
document one label and tags it wherever else it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from brief_extract.entities.acronyms import definitions, is_redefined, offices, with_defined
from brief_extract.entities.ambiguity import Context, decide, has_capital_after, is_doubtful, namesakes
from brief_extract.entities.columns import is_person
from brief_extract.entities.companies import is_company
from brief_extract.entities.consistency import agree, follow, is_in_phrase, repeatable
from brief_extract.entities.findings import Finding, Reading, in_order, overlapping
from brief_extract.entities.forms import MEASURES, head_words, is_name, names, surnames
from brief_extract.entities.languages import is_language, language
from brief_extract.entities.lexicon import Entry, Known, Match, Sense
from brief_extract.entities.model import Span
from brief_extract.entities.names import WORD, NameIndex
from brief_extract.entities.units import Unit

_PLACES = frozenset({"GPE", "LOC", "NORP"})
_POSSESSIVE = re.compile(r"['’]s?\s+(?=\S)")
_PERSON_AFTER = re.compile(r" ([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)")
_OPENS_WITH_PLACE = re.compile(r"(?:^|[.!?;] |\n)(?:In|At|From|For|To|Outside|Near) $")
_OF = re.compile(r" (?:of|for)(?: the)? ")


def read(units: Sequence[Unit], predictions: Sequence[Sequence[Span]], lexicon: Known) -> list[list[Finding]]:
    """The findings of each unit of one document, in order and disjoint.

    ``predictions`` are the model's spans for each unit, empty where the model was not asked.
    """
    found_in = [lexicon.find(unit.text) for unit in units]
    matches = [[match for match in found if match.entry.senses] for found in found_in]
    phrases = [[match for match in found if not match.entry.senses] for found in found_in]
    texts = [unit.text for unit in units]
    words = {word for text in texts for word in WORD.findall(text)}
    small = {word for word in words if word[0].islower()}
    spans = [
        [
            span
            for span in names(unit.text, spans, lexicon)
            if not _is_word_in_capitals(unit.text, span, small)
            and (span.label in MEASURES or not is_in_phrase(span.start, silent))
        ]
        for unit, spans, silent in zip(units, predictions, phrases, strict=True)
    ]
    context = _context(units, matches, spans, words)
    findings = [
        [Finding(0, len(unit.text), "PERSON", "document")]
        if is_person(unit, m)
        else merge(unit.text, list(_decided(unit, m, s, context)), s, lexicon)
        for unit, m, s in zip(units, matches, spans, strict=True)
    ]
    findings = [[*with_defined(text, found)] for text, found in zip(texts, findings, strict=True)]
    named_offices = offices(texts)
    if named_offices:
        findings = [
            [finding for finding in found if finding.sense or text[finding.start : finding.end] not in named_offices]
            for text, found in zip(texts, findings, strict=True)
        ]
    defined = definitions(texts, findings)
    findings = [[*_redefined(text, found, defined)] for text, found in zip(texts, findings, strict=True)]
    readings = agree(texts, findings, defined)
    for surname in surnames() & words:
        readings.setdefault(surname, Reading("PERSON", None, surname))
    repeats = NameIndex(repeatable(readings, small))
    return [
        follow(unit, found, readings, repeats, silent)
        for unit, found, silent in zip(units, findings, phrases, strict=True)
    ]


def _redefined(text: str, found: Iterable[Finding], defined: Mapping[str, Finding | None]) -> Iterator[Finding]:
    """The findings; an acronym that the document defines is what it says, whatever the lexicon knows."""
    for finding in found:
        own = is_redefined(text, finding, defined)
        yield finding._replace(sense=None, source="document") if own else finding


def _is_word_in_capitals(text: str, span: Span, small: Set[str]) -> bool:
    """Whether a word has its capital from opening a sentence: *Coal was dear*, where the document has *coal* too."""
    word = text[span.start : span.end]
    opens = span.start == 0 or text[max(0, span.start - 2) : span.start].rstrip()[-1:] in (".", "!", "?", ":")
    return opens and word[0].isupper() and word.lower() in small and span.label not in MEASURES


def _context(
    units: Sequence[Unit], matches: Sequence[Sequence[Match]], spans: Sequence[Sequence[Span]], words: Set[str]
) -> Context:
    """What the document tells about names in doubt; nothing is gathered where there are none."""
    persons = _full_names(units, spans)
    surnames = {name[-1] for name in persons}
    entries = [match.entry for found in matches for match in found]
    if not any(is_doubtful(entry, surnames) for entry in entries):
        return Context()
    senses = {sense for entry in entries if not is_doubtful(entry, surnames) for sense in entry.senses}
    entities = {sense.entity for sense in senses} | {entity for sense in senses for entity in sense.refers_to}
    given_names = {word for name in persons for word in name[:-1]}
    shared = namesakes([unit.text for unit in units], matches, surnames, given_names)
    return Context(
        entities=entities,
        words={word for word in words if word[0].isupper()},
        persons={part for name in persons for part in (name[0], name[-1])},
        alone={
            match.entry.name
            for unit, found in zip(units, matches, strict=True)
            if unit.is_prose
            for match in found
            if not has_capital_after(unit.text, match.end)
        },
        namesakes={name for name in shared if not _is_supported(name, entries, entities)},
    )


def _full_names(units: Sequence[Unit], spans: Sequence[Sequence[Span]]) -> list[list[str]]:
    """The words of the names of persons that have several."""
    names = (
        unit.text[span.start : span.end].split()
        for unit, found in zip(units, spans, strict=True)
        for span in found
        if span.label == "PERSON"
    )
    return [name for name in names if len(name) > 1]


def _is_supported(name: str, entries: Iterable[Entry], entities: Set[str]) -> bool:
    """Whether other names of the document speak for the place: *Amman* and *Jordanian* for *Jordan*."""
    senses = (sense for entry in entries if entry.name == name for sense in entry.senses)
    return any(not entities.isdisjoint((sense.entity, *sense.refers_to)) for sense in senses)


def _decided(unit: Unit, matches: Iterable[Match], spans: Iterable[Span], context: Context) -> Iterator[Finding]:
    text = unit.text
    said = {(span.start, span.end): span.label for span in spans}
    for match in matches:
        entry = match.entry
        label = said.get((match.start, match.end))
        if entry.label == "NORP" and is_language(text, match, label):
            yield Finding(match.start, match.end, "LANGUAGE", "lexicon", language(entry.name))
            continue
        sense: Sense | None = entry.senses[0]
        if is_doubtful(entry, context.namesakes):
            sense = decide(text, match, label, context, in_title=unit.is_title_case)
        if sense:
            yield Finding(match.start, match.end, entry.label, "lexicon", sense)


def merge(text: str, known: Sequence[Finding], spans: Sequence[Span], lexicon: Known) -> list[Finding]:
    """Lexicon and model, where they overlap: the longer name wins, and at equal length the lexicon."""
    merged: list[Finding] = []
    dropped: set[Finding] = set()
    for span in spans:
        over = overlapping(known, span.start, span.end)
        if over and not _is_larger_name(text, span, over):
            continue
        name = _without_owner(text, span, over)
        if is_name(text, name, lexicon) or name.label in MEASURES:
            dropped.update(finding for finding in over if finding.end > name.start)
            merged.append(Finding(name.start, name.end, name.label, "model"))
    return _with_countries(text, in_order(merged + [finding for finding in known if finding not in dropped]))


def _with_countries(text: str, found: Sequence[Finding]) -> list[Finding]:
    """A body and its country are one name: *High Court of Kenya*, *Special Court for Sierra Leone*."""
    joined: list[Finding] = []
    for finding in found:
        body = joined[-1] if joined else None
        if body and body.label == "ORG" and finding.label == "GPE" and _is_body_of(text, body, finding):
            joined[-1] = Finding(body.start, finding.end, "ORG", "model")
        else:
            joined.append(finding)
    return joined


def _is_body_of(text: str, body: Finding, country: Finding) -> bool:
    name = text[body.start : body.end]
    head = name.rpartition(" ")[2]
    return (
        not is_company(name)
        and head_words().get(head) == "ORG"
        and _OF.fullmatch(text, body.end, country.start) is not None
    )


def _without_owner(text: str, span: Span, known: Sequence[Finding]) -> Span:
    """The name after a known owner, *Kenya's Ministry of Health*, or a place, *In Nairobi Ruto said*: two names."""
    if known and known[0].start == span.start and span.label != "WORK_OF_ART":
        person = _PERSON_AFTER.fullmatch(text, known[0].end, span.end)
        is_person = person and (span.label == "PERSON" or person[1] in surnames())
        if person and is_person and _OPENS_WITH_PLACE.search(text, max(0, span.start - 8), span.start):
            return Span(person.start(1), span.end, "PERSON")
        owner = _POSSESSIVE.match(text, known[0].end, span.end)
        return span._replace(start=owner.end()) if owner and text[owner.end()].isupper() else span
    return span


def _is_larger_name(text: str, span: Span, known: Sequence[Finding]) -> bool:
    """Whether the model's span is a name that only contains those of the lexicon: *Bank of China*, *Air France*."""
    if any(finding.start < span.start or span.end < finding.end for finding in known):
        return False
    if (known[0].start, known[-1].end) == (span.start, span.end) and len(known) == 1:
        return False
    if span.label in _PLACES:
        rest = text[span.start : known[0].start] + " " + text[known[-1].end : span.end]
        return len(known) == 1 and any(word[0].isupper() for word in rest.split())
    return True
