"""Short ways to write units, and a model that says what a test wants it to say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_extract.entities import Recogniser, Unit
from brief_extract.entities.model import Span
from brief_extract.entities.units import Kind
from brief_extract.model import Entity, Mention


class FakeModel:
    """Tags every whole-word occurrence of the strings that it knows."""

    name = "fake 1.0"

    def __init__(self, labels: dict[str, str] | None = None) -> None:
        self.labels = labels or {}
        self.asked: list[str] = []

    def predict(self, texts: Sequence[str]) -> list[list[Span]]:
        self.asked.extend(texts)
        return [list(self._spans(text)) for text in texts]

    def _spans(self, text: str) -> list[Span]:
        if not self.labels:
            return []
        longest_first = sorted(self.labels, key=len, reverse=True)
        names = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first))
        return [Span(match.start(), match.end(), self.labels[match[0]]) for match in names.finditer(text)]


def unit(text: str, kind: Kind = "paragraph", offset: int = 0, block: str = "paragraph-1") -> Unit:
    return Unit(block=block, kind=kind, text=text, offsets=offset)


def article(*units: tuple[Kind, str]) -> list[Unit]:
    """Units as if each stood on a line of its own."""
    made: list[Unit] = []
    offset = 0
    for number, (kind, text) in enumerate(units, start=1):
        made.append(unit(text, kind, offset, f"{kind}-{number}"))
        offset += len(text) + 1
    return made


def recognise(
    units: Sequence[Unit], labels: dict[str, str] | None = None
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """The mentions and entities of one article, with a model that tags ``labels``."""
    mentions, entities, _ = next(Recogniser(FakeModel(labels)).pipe([units]))
    return mentions, entities


def shown(text: str, labels: dict[str, str] | None = None) -> list[tuple[str, str, str | None]]:
    """Text, label and entity of each mention in one paragraph."""
    mentions, _ = recognise([unit(text)], labels)
    return [(mention.text, mention.label, mention.entity) for mention in mentions]
