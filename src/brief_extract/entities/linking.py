"""Findings to records: which mentions name the same entity, what it is called, and what it points to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

import msgspec

from brief_extract.entities.findings import Finding
from brief_extract.entities.forms import MEASURES
from brief_extract.entities.lexicon import Lexicon, Match, Sense, slug
from brief_extract.entities.units import Unit
from brief_extract.model import Entity, Mention

_ENDS = re.compile(r"$|[;.)]|, (?![A-Z])")
_STATE_BODY = re.compile(
    r"(?:Parliament|Government|Embassy|Consulate|Republic|President|Armed Forces|Ministry of \w+"
    r"|(?:Central |National |Reserve )?Bank|(?:Constitutional |Supreme )?Court) of (?:the )?"
)
_LISTED = re.compile(r",? (?:and|or) [A-Z]|, [A-Z]")


def link(
    units: Sequence[Unit], findings: Sequence[Sequence[Finding]], lexicon: Lexicon
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions of a document in order of place, and the entities in order of their first mention."""
    senses: dict[str, Sense] = {}
    members: dict[str, list[str]] = {}
    mentions: list[Mention] = []
    located: dict[str, Sense] = {}
    placed = [
        (*unit.place(finding.start, finding.end), unit, finding, following)
        for unit, found in zip(units, findings, strict=True)
        for finding, following in zip_longest(found, found[1:])
    ]
    for number, (start, end, unit, finding, following) in enumerate(
        sorted(placed, key=lambda place: place[:2]), start=1
    ):
        text = unit.text[finding.start : finding.end]
        is_own = finding.source == "names"
        told = _located(unit.text, finding, following, lexicon) if following and not is_own else None
        if told:
            located[text] = told
        sense = located.get(text) if finding.label == "GPE" and not is_own else None
        sense = sense or _sense(text, finding, lexicon)
        mention = Mention(
            id=f"mention-{number}",
            start=start,
            end=end,
            text=unit.slice(finding.start, finding.end),
            label=finding.label,
            entity=sense.entity if sense else None,
            block=unit.block,
            item=unit.item,
            cell=unit.cell,
            source=finding.source,
        )
        mentions.append(mention)
        if sense:
            if sense.entity not in senses or is_own:
                senses[sense.entity] = sense
            members.setdefault(sense.entity, []).append(mention.id)
    entities = (
        Entity(
            id=id,
            name=sense.name,
            label=sense.label,
            refers_to=sense.refers_to,
            mentions=tuple(members[id]),
            same_as=sense.same_as,
        )
        for id, sense in senses.items()
    )
    return tuple(mentions), tuple(entities)


def _located(text: str, place: Finding, area: Finding, lexicon: Lexicon) -> Sense | None:
    """The place that is told by the region or country right after it, from here on: *Birmingham, Alabama*.

    A region overrules the lexicon, which knows the larger Birmingham. So does a country, but not in what may be a list:
    *London, Kenya and Chad*.
    """
    if text[place.end : area.start] != ", " or place.label != "GPE" or area.label != "GPE" or not area.sense:
        return None
    known = place.sense.refers_to if place.sense else ()
    whose = area.sense.refers_to
    name = text[place.start : place.end]
    key = f"gpe/{slug(name)}"
    if not known:
        told = len(whose) == 1 and not _LISTED.match(text, area.end)
        return Sense(key, name, "GPE", whose) if told else None
    if known == whose or not _is_town(place, lexicon):
        return None
    ends = _ENDS.match(text, area.end) and not _LISTED.match(text, area.end)
    alone = ends and text[max(0, place.start - 2) : place.start] != ", "
    if area.sense.entity in lexicon.states or (alone and len(whose) == 1):
        return Sense(f"{key}-{whose[0].rpartition('/')[2].lower()}", name, "GPE", whose)
    return None


def _is_town(place: Finding, lexicon: Lexicon) -> bool:
    entity = place.sense.entity if place.sense else ""
    return entity.startswith("gpe/") and entity not in lexicon.states


def _sense(text: str, finding: Finding, lexicon: Lexicon) -> Sense | None:
    """The entity of a finding; dates, numbers and names without a letter have none."""
    if finding.sense and finding.sense.label == "ORG" and not finding.sense.refers_to:
        return _with_places(finding.sense, lexicon)
    if finding.sense or finding.label in MEASURES:
        return finding.sense
    name = finding.full or text
    known = lexicon.get(name.title()) if name.islower() else None
    if known and len(known.senses) == 1 and known.label == finding.label:
        return known.senses[0]  # in a text written small: *france*
    region = lexicon.abbreviated(name) if finding.label == "GPE" else None
    if region:
        return region  # of Mass.
    key = slug(name)
    if not key:
        return None
    places = () if finding.label == "PERSON" else _places_in(name, lexicon)  # Denzel Washington is no place
    return Sense(f"{finding.label.lower()}/{key}", name, finding.label, places)


@lru_cache(maxsize=2048)
def _with_places(sense: Sense, lexicon: Lexicon) -> Sense:
    """An organisation of the lexicon with the places that parts of its name are: *Kenya Airways* points to Kenya."""
    first, _, tail = sense.name.partition(" ")
    head, _, last = sense.name.rpartition(" ")
    places = _places_in(head or first, lexicon) + _places_in(tail or last, lexicon)
    return msgspec.structs.replace(sense, refers_to=tuple(dict.fromkeys(places)))


@lru_cache(maxsize=2048)
def _places_in(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The countries and regions that a name contains: *Bank of China* points to China."""
    found = (match for match in lexicon.find(name) if name[match.start - 1 : match.start] != "-")  # not Inter-American
    senses = (_sense_in(name, match) for match in found)
    return tuple(dict.fromkeys(entity for sense in senses if sense for entity in sense.refers_to))


def _sense_in(name: str, match: Match) -> Sense | None:
    """What a name in a longer one means; of several the country in a body of a state: *Parliament of Georgia*."""
    if len(match.entry.senses) > 1 and _STATE_BODY.fullmatch(name, 0, match.start):
        return next((sense for sense in match.entry.senses if sense.entity.startswith("country/")), None)
    return match.entry.senses[0] if len(match.entry.senses) == 1 else None
