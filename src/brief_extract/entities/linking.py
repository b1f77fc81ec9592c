"""Findings to records: which mentions name the same entity, what it is called, and what it points to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from brief_extract.entities.document_sense import Finding
from brief_extract.entities.forms import MEASURES
from brief_extract.entities.lexicon import Lexicon, Sense, slug
from brief_extract.entities.units import Unit
from brief_extract.model import Entity, Mention

_LISTED = re.compile(r",? (?:and|or) [A-Z]|, [A-Z]")


def link(
    units: Sequence[Unit], findings: Sequence[Sequence[Finding]], lexicon: Lexicon
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions of a document in order of place, and the entities in order of their first mention."""
    senses: dict[str, Sense] = {}
    members: dict[str, list[str]] = {}
    mentions: list[Mention] = []
    located = _located([unit.text for unit in units], findings, lexicon)
    placed = [
        (*unit.place(finding.start, finding.end), unit, finding)
        for unit, found in zip(units, findings, strict=True)
        for finding in found
    ]
    for number, (start, end, unit, finding) in enumerate(sorted(placed, key=lambda place: place[:2]), start=1):
        text = unit.text[finding.start : finding.end]
        sense = located.get(text) if finding.label == "GPE" else None
        sense = sense or _sense(text, finding, lexicon)
        mention = Mention(
            id=f"mention-{number}",
            start=start,
            end=end,
            text=text,
            label=finding.label,
            entity=sense.entity if sense else None,
            block=unit.block,
            item=unit.item,
            cell=unit.cell,
            source=finding.source,
        )
        mentions.append(mention)
        if sense:
            senses.setdefault(sense.entity, sense)
            members.setdefault(sense.entity, []).append(mention.id)
    entities = (
        Entity(id=id, name=sense.name, label=sense.label, refers_to=sense.refers_to, mentions=tuple(members[id]))
        for id, sense in senses.items()
    )
    return tuple(mentions), tuple(entities)


def _located(texts: Sequence[str], findings: Sequence[Sequence[Finding]], lexicon: Lexicon) -> dict[str, Sense]:
    """The places of a document that are told by the region or country after them: *Birmingham, Alabama*.

    A region overrules the lexicon, which knows the larger Birmingham; a country only tells where an unknown place is,
    for *London, Kenya and Chad* may be a list.
    """
    located: dict[str, Sense] = {}
    for text, found in zip(texts, findings, strict=True):
        for place, area in pairwise(found):
            if text[place.end : area.start] != ", " or place.label != "GPE" or area.label != "GPE" or not area.sense:
                continue
            known = place.sense.refers_to if place.sense else ()
            whose = area.sense.refers_to
            name = text[place.start : place.end]
            key = f"gpe/{slug(name)}"
            if not known and len(whose) == 1 and not _LISTED.match(text, area.end):
                located.setdefault(name, Sense(key, name, "GPE", whose))
            elif known != whose and area.sense.entity in lexicon.states and _is_town(place, lexicon):
                code = whose[0].rpartition("/")[2].lower()
                located.setdefault(name, Sense(f"{key}-{code}", name, "GPE", whose))
    return located


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


def _places_in(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The countries and regions that a name contains: *Bank of China* points to China."""
    found = (match for match in lexicon.find(name) if name[match.start - 1 : match.start] != "-")  # not Inter-American
    senses = (match.entry.senses for match in found)
    return tuple(dict.fromkeys(entity for known in senses if len(known) == 1 for entity in known[0].refers_to))
