"""Passages gathered by entity: on disk, for there may be millions; where each stands is kept in memory."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from brief_extract.report.passages import Passage
from brief_extract.write import PART

encode = msgspec.msgpack.Encoder().encode
"""A passage as it is kept."""

decode = msgspec.msgpack.Decoder(Passage).decode
"""The passage again."""


class Spool:
    """Takes encoded passages in the order of the articles, and gives back those of one entity in that order."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder, suffix=PART)  # noqa: SIM115 - closed in __exit__
        self._at = 0
        self._places: dict[str, array[int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if "_all" in self.__dict__:
            self._all.close()
        self._file.close()

    def add(self, entities: Sequence[str], passage: bytes) -> None:
        """Keep a passage under each of the entities in it."""
        self._file.write(passage)
        place = (self._at, len(passage))
        self._at += place[1]
        for entity in entities:
            known = self._places.get(entity)
            if known is None:
                known = self._places[entity] = array("q")
            known.extend(place)

    def entities(self) -> list[str]:
        """The ids of all entities named, sorted."""
        return sorted(self._places)

    def of(self, entity: str) -> Iterator[bytes]:
        """The passages that name an entity, of those added before the first of these questions."""
        places = iter(self._places[entity])
        for at, length in zip(places, places, strict=True):
            yield self._all[at : at + length]

    @cached_property
    def _all(self) -> mmap:
        self._file.flush()
        return mmap(self._file.fileno(), 0, access=ACCESS_READ)
