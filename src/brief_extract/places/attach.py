"""Places for the entities of a document, from its text, mentions and entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from brief_extract.entities import lexicon
from brief_extract.model import Entity, Mention, Place
from brief_extract.places.home import area_of
from brief_extract.places.institutions import areas_of
from brief_extract.places.resolve import Choice, Name, resolve

LABELS = frozenset({"GPE", "LOC", "FAC"})
SURE, GUESS = 0.35, 0.2
"""Below the first confidence a place is told as its country alone, below the second not at all."""

DEMONYM, BODY = 0.4, 0.25
"""What a demonym and the name of an organisation count as evidence for a country, a place that is named being 1."""


def locate(
    text: str, mentions: Sequence[Mention], entities: Sequence[Entity], home: str = ""
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions and entities of a document, the entities that are places with their ``place``.

    Where one name stands for places that the text itself tells apart, *Springfield, Ill.* and *Springfield, Mo.*, each
    place but the first becomes an entity of its own.
    """
    by_id = {entity.id: entity for entity in entities}
    spoken = [it for it in mentions if it.label in LABELS and it.entity]
    if not spoken:
        return tuple(mentions), tuple(entities)
    names = [name_of(mention, by_id[mention.entity or ""]) for mention in spoken]
    choices = resolve(text, names, named=pointed_to(mentions, by_id), home=area_of(home))
    chosen = {mention.id: choice for mention, choice in zip(spoken, choices, strict=True)}
    return _with_places(mentions, entities, chosen)


def name_of(mention: Mention, entity: Entity) -> Name:
    """What the resolver asks of a mention."""
    known = lexicon.load()
    return Name(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        label=mention.label,
        entity=entity.id,
        known_as=entity.name,
        within=entity.refers_to,
        is_state=entity.id in known.states,
        is_town=entity.id not in known.states and entity.id.startswith("gpe/") and bool(entity.refers_to),
    )


def pointed_to(mentions: Sequence[Mention], entities: dict[str, Entity]) -> list[tuple[str, float]]:
    """The areas that demonyms and organisations point to, each with its weight."""
    counts = Counter(mention.entity for mention in mentions if mention.label in ("NORP", "ORG"))
    found = []
    for id, count in counts.items():
        entity = entities.get(id or "")
        codes = [it.removeprefix("country/") for it in entity.refers_to if it.startswith("country/")] if entity else []
        weight = DEMONYM if entity and entity.label == "NORP" else BODY
        found += [(code, weight * min(count, 3) / len(codes)) for code in codes]
    bodies = "\n".join(mention.text for mention in mentions if mention.label in ("ORG", "FAC"))
    return [*found, *areas_of(bodies)]


def _with_places(
    mentions: Sequence[Mention], entities: Sequence[Entity], chosen: dict[str, Choice | None]
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    moved: dict[str, str] = {}
    located: dict[str, Entity] = {}
    for entity in entities:
        of_entity = [(id, chosen.get(id)) for id in entity.mentions]
        first = _first(entity, [choice for _, choice in of_entity if choice])
        if first is None:
            located[entity.id] = entity
            continue
        apart: dict[str, list[str]] = {}
        for id, choice in of_entity:
            other = choice is not None and choice.place != first.place
            apart.setdefault(_id_of(entity, choice) if choice and other else entity.id, []).append(id)
        for id, members in apart.items():
            choice = next((chosen[it] for it in members if chosen.get(it)), None)
            own = msgspec.structs.replace(entity, id=id, mentions=tuple(members), place=choice and place_of(choice))
            if id != entity.id and choice and choice.place.country:
                own = msgspec.structs.replace(own, refers_to=(f"country/{choice.place.country}",))
            located[id] = _merged(located.get(id), own)
            moved |= dict.fromkeys(members, id) if id != entity.id else {}
    order = {mention.id: number for number, mention in enumerate(mentions)}
    return (
        tuple(msgspec.structs.replace(it, entity=moved[it.id]) if it.id in moved else it for it in mentions),
        tuple(sorted(located.values(), key=lambda entity: order[entity.mentions[0]])),
    )


def _first(entity: Entity, choices: Sequence[Choice]) -> Choice | None:
    """The choice that keeps the id: the first one, and of a country the first that is this country."""
    kind, _, code = entity.id.partition("/")
    if kind != "country" or not choices:
        return next(iter(choices), None)
    own = (it for it in choices if it.place.kind == "country" and it.place.country == code)
    return next(own, Choice(choices[0].place._replace(kind="none"), 0.0))


def _merged(one: Entity | None, other: Entity) -> Entity:
    if one is None:
        return other
    return msgspec.structs.replace(one, mentions=one.mentions + other.mentions, place=one.place or other.place)


def _id_of(entity: Entity, choice: Choice) -> str:
    """The id of an entity with the area behind it: ``gpe/springfield-us-il``."""
    area = choice.place.admin1 or choice.place.country or str(choice.place.geonames)
    name = f"gpe/{lexicon.slug(entity.name)}" if entity.id.startswith("country/") else entity.id
    return f"{name}-{area.replace('.', '-').lower()}"


def place_of(choice: Choice) -> Place | None:
    """The choice as a record; of an unsure one the country alone."""
    place = choice.place
    sure = round(choice.confidence, 2)
    if choice.confidence < SURE and place.kind != "country":
        if place.country is None or choice.confidence < GUESS:
            return None
        return Place(name="", kind="unsure", country=place.country, confidence=sure)
    return Place(
        name=place.name,
        kind=place.kind,  # type: ignore[arg-type]
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        admin1=place.admin1,
        geonames=place.geonames,
        confidence=sure,
    )
