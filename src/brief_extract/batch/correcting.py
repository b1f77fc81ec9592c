"""A document as its corrections want it. They are recorded in it, so that the next run sees which are new to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from brief_extract.batch.corrections import Correction, Corrections, is_id
from brief_extract.entities.lexicon import slug
from brief_extract.entities.name_lists import LABELS
from brief_extract.figure import Figure
from brief_extract.model import Document, Entity, Mention
from brief_extract.parts import Applied

_LABELS_OF = {"country": "GPE", "region": "LOC"}


class _Kind(NamedTuple):
    """Mentions that are corrected alike: of one text, label and entity."""

    text: str
    label: str
    entity: str | None


class _Fate(NamedTuple):
    """What becomes of such mentions: the entity, None if they go, and the rows that say so."""

    entity: Entity | None
    label: str
    rows: tuple[Correction, ...] = ()


def correct(document: Document, corrections: Corrections) -> Document:
    """The document with the corrections that are about it."""
    if not corrections:
        return document
    names, ids = _named(document)
    if not corrections.about(names, ids, document.id):
        return document
    task = _Task(document, corrections)
    corrected = task.corrected()
    more_names, more_ids = _named(corrected)
    before = set().union(*task.before.values())
    rows = corrections.about(names | more_names | before, ids | more_ids | before, document.id)
    applied = (Applied(correction=str(row), before=tuple(sorted(task.before.get(row, ())))) for row in rows)
    return msgspec.structs.replace(corrected, corrections=tuple(sorted(applied, key=lambda it: it.correction)))


def is_corrected(document: Document, corrections: Corrections) -> bool:
    """Whether a document of an earlier run is what these corrections make of it."""
    if not corrections and not document.corrections:
        return True
    recorded = {applied.correction for applied in document.corrections}
    if any(told not in corrections for told in recorded):
        return False
    names, ids = _named(document)
    before = {it for applied in document.corrections for it in applied.before}
    return all(str(row) in recorded for row in corrections.about(names | before, ids | before, document.id))


def effects(document: Document) -> tuple[str, ...]:
    """The corrections that changed the document."""
    return tuple(applied.correction for applied in document.corrections if applied.before)


def _named(document: Document) -> tuple[Set[str], Set[str]]:
    """All names in a document, as they stand there and as entities are called, and the ids of its entities."""
    names = {mention.text for mention in document.mentions} | {entity.name for entity in document.entities}
    return names, {entity.id for entity in document.entities}


def _moved(figure: Figure, moved: Mapping[tuple[str, str], Sequence[str]]) -> Figure:
    """A figure that names the entities that those of its block have become; ``moved`` has them by block and old id."""
    ids = (id for old in figure.entities for id in moved.get((figure.block, old), ()))
    return msgspec.structs.replace(figure, entities=tuple(dict.fromkeys(ids)))


class _Task:
    """One document in the making.

    ``before`` has for each row what it changed: texts, names and ids, those too that only led to others.
    """

    def __init__(self, document: Document, corrections: Corrections) -> None:
        self._document = document
        self._corrections = corrections
        self._entities = {entity.id: entity for entity in document.entities}
        self._by_name = {entity.name: entity for entity in reversed(document.entities)}
        self._made: dict[str, Entity] = {}
        self.before: dict[Correction, set[str]] = {}

    def corrected(self) -> Document:
        fates: dict[_Kind, _Fate] = {}
        mentions: list[Mention] = []
        members: dict[str, list[Mention]] = {}
        moved: dict[tuple[str, str], list[str]] = {}
        for mention in self._document.mentions:
            kind = _Kind(mention.text, mention.label, mention.entity)
            fate = fates.get(kind)
            if fate is None:
                fate = fates[kind] = self._fate(kind)
            if fate.entity is None and fate.rows:
                continue
            id = fate.entity.id if fate.entity else None
            changed = (id, fate.label) != (mention.entity, mention.label)
            if id and mention.entity:
                moved.setdefault((mention.block, mention.entity), []).append(id)
            mention = msgspec.structs.replace(
                mention,
                id=f"mention-{len(mentions) + 1}",
                entity=id,
                label=fate.label,
                source="corrections" if changed else mention.source,
            )
            mentions.append(mention)
            if id:
                members.setdefault(id, []).append(mention)
        entities = tuple(self._linked(id, of_entity) for id, of_entity in members.items())
        figures = tuple(_moved(figure, moved) for figure in self._document.figures)
        return msgspec.structs.replace(self._document, mentions=tuple(mentions), entities=entities, figures=figures)

    def _fate(self, kind: _Kind) -> _Fate:
        entity = self._entities[kind.entity] if kind.entity else None
        names, ids = {kind.text, entity.name if entity else kind.text}, {kind.entity or ""}
        rows = self._about(names, ids)
        if drop := _first(rows, "drop"):
            self._note(kind, drop)
            return _Fate(None, kind.label, (drop,))
        move = _first(rows, "split") or _first(rows, "merge")
        relabel = _first(rows, "relabel")
        fate = _Fate(entity, kind.label)
        if move and entity:
            fate = self._moved(fate, entity, move)
        elif relabel:
            fate = self._relabelled(fate, kind.text, relabel)
        return self._followed(kind, fate)

    def _followed(self, kind: _Kind, fate: _Fate) -> _Fate:
        """The fate, with what the rows about the entity that it leads to say in turn."""
        seen = {kind.entity}
        while (entity := fate.entity) and entity.id not in seen:
            seen.add(entity.id)
            rows = self._about(set(), {entity.id})
            if drop := _first(rows, "drop"):
                fate = _Fate(None, kind.label, (*fate.rows, drop))
            elif merge := _first(rows, "merge"):
                fate = self._moved(fate, entity, merge)
            elif relabel := _first(rows, "relabel"):
                fate = self._relabelled(fate, kind.text, relabel)
        if seen != {kind.entity} or (fate.entity and fate.entity.id, fate.label) != (kind.entity, kind.label):
            for row in fate.rows:
                self._note(kind, row, seen)
        return fate

    def _about(self, names: Set[str], ids: Set[str]) -> list[Correction]:
        return self._corrections.about(names, ids, self._document.id)

    def _note(self, kind: _Kind, row: Correction, by_way_of: Iterable[str | None] = ()) -> None:
        was = {kind.text, *filter(None, by_way_of)}
        if kind.entity:
            was |= {kind.entity, self._entities[kind.entity].name}
        self.before.setdefault(row, set()).update(was)

    def _moved(self, fate: _Fate, entity: Entity, row: Correction) -> _Fate:
        target = self._target(entity, row)
        label = target.label if fate.label == entity.label else fate.label  # a Malian stays one
        return _Fate(target, label, (*fate.rows, row))

    def _target(self, entity: Entity, row: Correction) -> Entity:
        """The entity that a row leads to: one of the document, or one that it does not name itself."""
        into = row.into or row.name
        known = self._entities.get(into)
        if known is None and not is_id(into):
            known = self._by_name.get(into) if row.into else None
        if known:
            return known
        id = into if is_id(into) else f"{entity.label.lower()}/{slug(into)}"
        if row.action == "split" and id == entity.id:
            id = f"{id}-2"
        if id in self._entities or id in self._made:
            return self._entities.get(id) or self._made[id]
        return self._make(
            Entity(
                id=id,
                name=entity.name if is_id(into) else into,
                label=_label_of(id, entity.label),
                refers_to=_pointing(id) or entity.refers_to,
                mentions=(),
                same_as=() if row.action == "split" else entity.same_as,
            )
        )

    def _make(self, entity: Entity) -> Entity:
        return self._made.setdefault(entity.id, entity)

    def _relabelled(self, fate: _Fate, text: str, row: Correction) -> _Fate:
        """The same thing under another label. An id that begins with the label changes with it."""
        entity, label = fate.entity, row.label
        if entity is None:
            id = f"{label.lower()}/{slug(text)}"
            made = Entity(id=id, name=text, label=label, refers_to=(), mentions=())
        else:
            kind, _, rest = entity.id.partition("/")
            id = f"{label.lower()}/{rest}" if kind == entity.label.lower() and rest else entity.id
            made = msgspec.structs.replace(entity, id=id, label=label)
        known = self._entities.get(id) if id != (entity and entity.id) else None
        return _Fate(known or self._make(made), label, (*fate.rows, row))

    def _linked(self, id: str, mentions: list[Mention]) -> Entity:
        """An entity of the result, with its ids elsewhere."""
        entity = self._made.get(id) or self._entities[id]
        texts = {mention.text for mention in mentions}
        same_as = list(entity.same_as)
        for row in self._about({entity.name, *texts}, {id}):
            if row.action == "link" and row.id not in same_as:
                same_as.append(row.id)
                self.before.setdefault(row, set()).update((id, entity.name))
        return msgspec.structs.replace(
            entity, mentions=tuple(mention.id for mention in mentions), same_as=tuple(same_as)
        )


def _first(rows: Iterable[Correction], action: str) -> Correction | None:
    return next(_of(rows, action), None)


def _of(rows: Iterable[Correction], action: str) -> Iterator[Correction]:
    return (row for row in rows if row.action == action)


def _label_of(id: str, label: str) -> str:
    """The label that an id tells of, as ``person/``, or else the one given."""
    kind = id.partition("/")[0]
    told = _LABELS_OF.get(kind, kind.upper())
    return told if told in LABELS else label


def _pointing(id: str) -> tuple[str, ...]:
    return (id,) if id.startswith(("country/", "region/")) else ()
