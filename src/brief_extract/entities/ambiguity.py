"""What an ambiguous name means here: Georgia the country or the state, Jordan the country or the man.

A name in doubt is neither left out nor forced. What stands next to it speaks first, then the model, then the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache

import msgspec

from brief_extract.entities.lexicon import Entry, Match, Sense, rows
from brief_extract.entities.trimming import titles

_PLACE_BEFORE = re.compile(r"\b(?:in|In|to|from|From|across|near|inside|outside|throughout|within|into|over|at|At) $")
_STATE_BEFORE = re.compile(r"\b[Ss]tate of $")
_ARTICLE_BEFORE = re.compile(r"\b[Tt]he $")
_ONE_BEFORE = re.compile(r"\b[Aa]n? $")
_CAPITAL_AFTER = re.compile(r" [A-Z]")
_ATTRIBUTE_BEFORE = re.compile(r"[a-z,] $")
_NOUN_AFTER = re.compile(r"[ -][a-z]")
_THING_AFTER = re.compile(r", which\b")
_STATE_AFTER = re.compile(
    r" (?:said|says|told|tells|warned|warns|wants|wanted|agreed|denied|denies|insists|insisted)\b"
)
"""What states do as well as persons; a person would be named in full somewhere."""
_AS_PERSON_AFTER = re.compile(
    r",? (?:said|says|told|added|scored|explained|argued|wrote|joked|smiled|laughed|retired|resigned|married|starred"
    r"|sang)\b|, (?:who|whose)\b|, \d\d,"
    r"|, (?:an?|the|his|her) (?!(?:[\w'-]+ ){0,3}(?:country|kingdom|nation|state|republic|capital|city|town|member"
    r"|power|neighbou?r|home|region|island|place|site|scene|birthplace|ally|port|host|world)\b)"
)
"""What persons do, and what is said of persons; of places too, but not where a person has the name in full."""
_AS_STATE_AFTER = re.compile(
    r" (?:said|says|told|warned|announced|agreed|wants?)(?: that)? it (?:will|would|has|had|is|was|could|can|plans)\b"
)
_NATIONS = ("country/", "gpe/england", "gpe/scotland", "gpe/wales")
"""What is better known than a person of that name: countries, and the nations that play as such."""
_SPEECH_AFTER = re.compile(r" (?:said|says|told|added|scored|explained|argued)\b|, \d\d,")


class Context(msgspec.Struct, frozen=True):
    """What the rest of the document tells about its ambiguous names.

    Attributes:
        entities: The entities that names without doubt have named, and those they refer to.
        words: The words of the document that begin with a capital.
        persons: The first and last words in the full names of persons.
        alone: The names of the lexicon behind which no further capital stands in a sentence.
        namesakes: The names of places that are the surname of a person here, and nowhere a place.
    """

    entities: Set[str] = frozenset()
    words: Set[str] = frozenset()
    persons: Set[str] = frozenset()
    namesakes: Set[str] = frozenset()
    alone: Set[str] = frozenset()


def is_doubtful(entry: Entry, surnames: Set[str] = frozenset()) -> bool:
    """Whether the context has to decide what the name means; ``surnames`` are those of persons in the document."""
    return entry.doubt is not None or len(entry.senses) > 1 or entry.name in surnames


def has_capital_after(text: str, end: int) -> bool:
    """Whether the next word begins with a capital."""
    return _CAPITAL_AFTER.match(text, end) is not None


def namesakes(
    texts: Sequence[str], matches: Sequence[Sequence[Match]], surnames: Set[str], given_names: Set[str]
) -> Set[str]:
    """The places among the surnames that stand for the person: *Jim Jordan ... Jordan, the chairman, ... Jordan*.

    A person is named in full, something that persons do stands behind one mention of the surname, and no mention stands
    as a place does: *in Jordan*.
    """
    persons: set[str] = set()
    places: set[str] = set()
    for text, found in zip(texts, matches, strict=True):
        for match in (match for match in found if match.entry.name in surnames and match.entry.label == "GPE"):
            before = text[max(0, match.start - 30) : match.start].split()
            if before and before[-1] in given_names:
                continue  # the full name
            if _stands_as_place(text, match):
                places.add(match.entry.name)
            elif _AS_PERSON_AFTER.match(text, match.end):
                persons.add(match.entry.name)
    return persons - places


def _stands_as_place(text: str, match: Match) -> bool:
    before = _PLACE_BEFORE.search(text, max(0, match.start - 12), match.start)
    after = _THING_AFTER.match(text, match.end) or _AS_STATE_AFTER.match(text, match.end)
    return before is not None or after is not None


def decide(
    text: str, match: Match, model_label: str | None, context: Context, *, in_title: bool = False
) -> Sense | None:
    """The entity that the name means at this place, or ``None`` if it is none of the lexicon's.

    ``model_label`` is what the model calls exactly this span, ``None`` if it says nothing. Where all words of a title
    have capitals, a first name with a capital behind it, *Chad Wolfram Resigns*, is a place if the text names it too.
    """
    entry = match.entry
    if entry.name in context.namesakes:
        return None
    if in_title and entry.doubt == "person" and has_capital_after(text, match.end) and entry.name not in context.alone:
        return None
    if entry.doubt == "person" and _is_person(text, match, model_label, context):
        return None
    if entry.doubt == "word" and not _is_meant(text, match, model_label, context):
        return None
    if len(entry.senses) > 1:
        state = _STATE_BEFORE.search(text, max(0, match.start - 12), match.start)
        return _state_of(entry) if state and _state_of(entry) else _likeliest(entry, context)
    return entry.senses[0]


def _state_of(entry: Entry) -> Sense | None:
    """The sense that is part of a country: *the state of Georgia*."""
    return next((sense for sense in entry.senses if sense.entity.startswith("gpe/")), None)


def _is_person(text: str, match: Match, model_label: str | None, context: Context) -> bool:
    """Whether a name of a place is that of a person: titles and full names say yes, prepositions and countries no."""
    before, after = text[max(0, match.start - 40) : match.start], text[match.end : match.end + 12]
    if _ends_in_title(before):
        return True
    if match.entry.label == "NORP" and _ONE_BEFORE.search(before):
        return False
    if _stands_as_place(text, match):
        return False
    if match.entry.name in context.persons and (model_label != "GPE" or _SPEECH_AFTER.match(after)):
        return True
    sense = match.entry.senses[0]
    if sense.entity.startswith("country/") and _STATE_AFTER.match(after):
        return False
    supported = not context.entities.isdisjoint((sense.entity, *sense.refers_to))
    if model_label == "PERSON" or _SPEECH_AFTER.match(after):
        return not supported
    return model_label is None and not supported and not sense.entity.startswith(_NATIONS)


def _ends_in_title(before: str) -> bool:
    return any(match.end() == len(before) for match in titles().finditer(before))


def _is_meant(text: str, match: Match, model_label: str | None, context: Context) -> bool:
    """Whether a word or acronym with other meanings is the name: the model, the document or its place says so."""
    entry = match.entry
    sense = entry.senses[0]
    if model_label in (entry.label, sense.label) or sense.entity in context.entities:
        return True
    if entry.label == "LOC":
        return bool(
            _ARTICLE_BEFORE.search(text, max(0, match.start - 5), match.start)
            and not has_capital_after(text, match.end)
        )
    return entry.label == "NORP" and bool(
        _ATTRIBUTE_BEFORE.search(text, max(0, match.start - 2), match.start) and _NOUN_AFTER.match(text, match.end)
    )


def _likeliest(entry: Entry, context: Context) -> Sense:
    """The sense with the most cues in the document; without any, the one that the tables list first."""
    readings = _readings().get(entry.name, {})
    place = {entity: number for number, entity in enumerate(readings)}
    senses = sorted(entry.senses, key=lambda sense: place.get(sense.entity, len(place)))
    return max(senses, key=lambda sense: _support(sense, readings.get(sense.entity, frozenset()), context))


def _support(sense: Sense, cues: Set[str], context: Context) -> int:
    named = sense.entity in context.entities or (
        sense.refers_to != (sense.entity,) and bool(context.entities & set(sense.refers_to))
    )
    return len(cues & context.words) + 2 * named


@cache
def _readings() -> Mapping[str, Mapping[str, Set[str]]]:
    """For each name with several senses its entities, the likeliest first, each with the words that speak for it."""
    readings: dict[str, dict[str, Set[str]]] = {}
    for name, entity, cues in rows("readings"):
        for spelling in (name, name.upper()):
            readings.setdefault(spelling, {})[entity] = frozenset(cues.split(", "))
    return readings
