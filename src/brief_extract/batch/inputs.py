"""The articles to do, each with its id: a list that stays small, for there may be millions."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple, overload

import msgspec

from brief_extract.batch.ids import assign_ids, may_clash, plain_id
from brief_extract.paths import path_of
from brief_extract.read import printable


class Input(NamedTuple):
    """One article to do.

    Attributes:
        id: What it is called in the outputs.
        name: What a reader knows it by.
        location: The path of the file.
        part: Which part of the file it is: the line of a JSONL file, from 1; the row of a table,
            from 1; the place in a zip's index, from 0.
        fault: Why it is not to be read, if that is known already.
        column: Of a table, the one that holds the texts.
    """

    id: str
    name: str
    location: str
    part: int | None = None
    fault: str | None = None
    column: str | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.location)


class Root(NamedTuple):
    """Where articles lie: a folder with articles below it, or a collection with articles in it.

    ``prefix`` stands before the names of all that lies there. ``label`` is what the place itself is called, and
    ``column`` which column of a table holds the texts.
    """

    location: str
    kind: Literal["folder", "collection"]
    prefix: str = ""
    label: str = ""
    column: str | None = None


class Found(NamedTuple):
    """One article where it was found: ``path`` is its way from a folder, or its name in a collection."""

    root: Root
    path: str
    part: int | None = None
    fault: str | None = None

    @property
    def name(self) -> str:
        """What its id is made from."""
        if self.path == "." and self.root.prefix:  # the folder itself, which cannot be listed
            return self.root.prefix.rstrip("/")
        return self.root.prefix + self.path

    @property
    def location(self) -> str:
        """The path of the file."""
        if self.root.kind == "collection":
            return self.root.location
        return os.path.join(self.root.location, path_of(self.path))

    @property
    def order(self) -> tuple[str, str, str, int]:
        """What inputs are sorted by, however their paths are spelled: folder by folder, so that "a/b" is before "a b".

        The articles of a collection stand together, in its own order, so that it is read once from end to end.
        """
        name = self.root.label if self.root.kind == "collection" else self.name
        return name.replace("/", "\0"), self.root.kind, self.root.label, self.part or 0


class Unseen(NamedTuple):
    """A place where a run could not look: ``prefix`` is what the names of all articles there begin with."""

    prefix: str
    place: str


class Inputs(Sequence[Input]):
    """Inputs in a fixed order, packed: 40 to 80 bytes each, where an ``Input`` and its strings take 400.

    Args:
        found: The articles, in order. Ids are made from their names; those that would be alike are told apart.
        unseen: Filled while ``found`` is gone through: where there may be articles that were not found.
    """

    def __init__(self, found: Iterable[Found], unseen: Sequence[Unseen] = ()) -> None:
        self.unseen = unseen
        self.repeated: list[str] = []
        """Names that several articles of one collection have, in order: their ids got a digest."""

        self._roots: list[Root] = []
        self._packed = bytearray()
        self._starts = array("Q", [0])
        self._unpack = msgspec.msgpack.Decoder(tuple[int, bytes, int | None, str | None]).decode
        self._pack_all(found)
        names = (self._found(at).name for at in range(len(self)))
        self._apart = self._told_apart() if may_clash(names) else {}

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> Input: ...
    @overload
    def __getitem__(self, at: slice) -> list[Input]: ...
    def __getitem__(self, at: int | slice) -> Input | list[Input]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(len(self)))]
        place = range(len(self))[at]
        found = self._found(place)
        id = self._apart.get(place) or plain_id(found.name)
        return Input(id, printable(found.name), found.location, found.part, found.fault, found.root.column)

    def collection_prefix(self, location: str) -> str | None:
        """What the names of all articles of a collection begin with, None if the file is not one."""
        return next((it.prefix for it in self._roots if it.kind == "collection" and it.location == location), None)

    def _pack_all(self, found: Iterable[Found]) -> None:
        encode = msgspec.msgpack.Encoder().encode
        numbers: dict[Root, int] = {}
        for root, path, part, fault in found:
            number = numbers.setdefault(root, len(numbers))
            self._packed += encode((number, path.encode("utf-8", "surrogatepass"), part, fault))
            self._starts.append(len(self._packed))
        self._roots = list(numbers)

    def _found(self, at: int) -> Found:
        number, path, part, fault = self._unpack(self._packed[self._starts[at] : self._starts[at + 1]])
        return Found(self._roots[number], path.decode("utf-8", "surrogatepass"), part, fault)

    def _told_apart(self) -> dict[int, str]:
        """The ids, by place, that are not what the name alone would give."""
        names = [self._found(at).name for at in range(len(self))]
        uses = Counter(names)
        so_far: Counter[str] = Counter()
        self.repeated = [printable(name) for name, count in uses.items() if count > 1]
        apart = []
        # Equal names, such as lines of one id, are counted in the order of the inputs, which is the same anywhere.
        for name in names:
            so_far[name] += 1
            apart.append(name if uses[name] == 1 else f"{name}\n{so_far[name]}")
        ids = assign_ids(names, apart=apart)
        return {at: id for at, (name, id) in enumerate(zip(names, ids, strict=True)) if id != plain_id(name)}
