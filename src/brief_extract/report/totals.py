"""What all articles come to: counted document by document, for the overview."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from brief_extract.model import Document
from brief_extract.report.links import kind_of


class Tally(msgspec.Struct, gc=False):
    """How often something comes, and in how many articles."""

    times: int = 0
    articles: int = 0

    def add(self, more: Tally) -> None:
        """Count what ``more`` counts, in other articles."""
        self.times += more.times
        self.articles += more.articles


class Known(Tally, gc=False, kw_only=True):
    """An entity: as the first article calls it."""

    name: str
    label: str


class Totals(msgspec.Struct):
    """The counts of a report.

    Attributes:
        counts: Articles, and elements by what they are.
        issues: Repairs and oddities by code.
        entities: The entities that have pages, by id.
        models: The entity models that were used.
    """

    counts: Counter[str] = msgspec.field(default_factory=Counter)
    issues: dict[str, Tally] = msgspec.field(default_factory=dict)
    entities: dict[str, Known] = msgspec.field(default_factory=dict)
    models: set[str] = msgspec.field(default_factory=set)

    def add(self, document: Document) -> None:
        """Count one article."""
        counts = self.counts
        counts["articles"] += 1
        counts["characters"] += len(document.text)
        counts["names"] += len(document.mentions)
        counts.update(block.id.rpartition("-")[0] for block in document.blocks)
        for code, times in Counter(issue.code for issue in document.issues).items():
            tally = self.issues.setdefault(code, Tally())
            tally.times += times
            tally.articles += 1
        for entity in document.entities:
            if kind_of(entity.id):
                known = self.entities.get(entity.id)
                if known is None:
                    known = self.entities[entity.id] = Known(name=entity.name, label=entity.label)
                known.times += len(entity.mentions)
                known.articles += 1
        if document.generator.model:
            self.models.add(document.generator.model)

    def merge(self, later: Totals) -> None:
        """Add the counts of articles that come after these."""
        self.counts.update(later.counts)
        self.models |= later.models
        for code, tally in later.issues.items():
            self.issues.setdefault(code, Tally()).add(tally)
        for id, known in later.entities.items():
            if id in self.entities:
                self.entities[id].add(known)
            else:
                self.entities[id] = known

    def save(self, path: Path) -> None:
        """Write the entities to a file, for ``load_entities`` in another process."""
        path.write_bytes(msgspec.msgpack.encode(self.entities))

    def most_named(self, *kinds: str, limit: int) -> list[str]:
        """The ids of the entities of these kinds that are named most, by mentions, then by articles."""
        of_kind = [id for id in self.entities if id.partition("/")[0] in kinds]
        return sorted(of_kind, key=lambda it: (-self.entities[it].times, -self.entities[it].articles, it))[:limit]


def load_entities(path: Path) -> dict[str, Known]:
    """What ``Totals.save`` wrote."""
    return msgspec.msgpack.decode(path.read_bytes(), type=dict[str, Known])
