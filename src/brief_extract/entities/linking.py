"""Findings to records: which mentions name the same entity, what it is called, and what it points to."""

from __future__ import annotations

from collections.abc import Sequence

from brief_extract.entities.document_sense import Finding
from brief_extract.entities.forms import MEASURES
from brief_extract.entities.lexicon import Lexicon, Sense, slug
from brief_extract.entities.units import Unit
from brief_extract.model import Entity, Mention


def link(
    units: Sequence[Unit], findings: Sequence[Sequence[Finding]], lexicon: Lexicon
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions of a document in order of place, and the entities in order of their first mention."""
    senses: dict[str, Sense] = {}
    members: dict[str, list[str]] = {}
    mentions: list[Mention] = []
    placed = [
        (*unit.place(finding.start, finding.end), unit, finding)
        for unit, found in zip(units, findings, strict=True)
        for finding in found
    ]
    for number, (start, end, unit, finding) in enumerate(sorted(placed, key=lambda place: place[:2]), start=1):
        text = unit.text[finding.start : finding.end]
        sense = _sense(text, finding, lexicon)
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


def _sense(text: str, finding: Finding, lexicon: Lexicon) -> Sense | None:
    """The entity of a finding; dates, numbers and names without a letter have none."""
    if finding.sense or finding.label in MEASURES:
        return finding.sense
    name = finding.full or text
    key = slug(name)
    if not key:
        return None
    return Sense(f"{finding.label.lower()}/{key}", name, finding.label, _places_in(name, lexicon))


def _places_in(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The countries and regions that a name contains: *Bank of China* points to China."""
    senses = (match.entry.senses for match in lexicon.find(name))
    return tuple(dict.fromkeys(entity for known in senses if len(known) == 1 for entity in known[0].refers_to))
