"""Paths as a user spells them -> places: where each is, and what the articles there are called.

A name depends on where the file is among the named places, never on how its path was spelled: ``a.txt``, ``./a.txt``
and ``/news/a.txt`` are one place. A path inside a named folder is called by its way from that folder, so that an
article has one name, whether it is named by itself or found in the folder.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from brief_extract.batch.ids import without_suffix
from brief_extract.batch.inputs import Found, Root
from brief_extract.batch.kinds import is_collection
from brief_extract.paths import text_of


class Places(NamedTuple):
    """The named folders; files and collections, each in the form in which it is found; whether any overlap."""

    folders: list[Root]
    singles: list[Found]
    overlap: bool


class _Place(NamedTuple):
    given: Path
    real: str
    """The resolved path; of a file that is a link, the resolved folder and the name of the link."""
    kind: str
    """``file``, ``folder`` or ``collection``."""


def places(given: Sequence[Path], column: str | None = None) -> Places:
    """The places that the paths, which must exist, name.

    Args:
        column: The one that holds the texts of tables; without it, these are no collections.
    """
    named = _distinct(given, with_tables=column is not None)
    tops = {place.real: place for place in named if place.kind == "folder"}
    inside = {place.real: top for place in named if (top := _top(place.real, tops))}
    outer = [place for place in named if place.real not in inside]
    alone = len(outer) == 1
    names = dict(zip((place.real for place in outer), _labels(outer), strict=True))
    folders: list[Root] = []
    singles: list[Found] = []
    for place in named:
        top = inside.get(place.real)
        name = names.get(place.real, "")
        if top:
            way = text_of(PurePath(place.real).relative_to(top).as_posix())
            name = way if alone else f"{names[top]}/{way}"
            name = without_suffix(name) if place.kind == "collection" else name
        location = os.fspath(place.given)
        if place.kind == "file":
            folder, own = os.path.split(name)
            singles.append(Found(Root(os.path.dirname(location), "folder", f"{folder}/" if folder else ""), own))
            continue
        prefix = "" if alone and not top else f"{name}/"
        if place.kind == "folder":
            folders.append(Root(location, "folder", prefix, name))
        else:
            singles.append(Found(Root(location, "collection", prefix, name, column), ""))
    return Places(folders, singles, overlap=len(named) > 1)


def _distinct(given: Iterable[Path], *, with_tables: bool) -> list[_Place]:
    """One place for each file or folder. Of a file and links to it, that is the file itself, else the first link."""
    found: dict[str, _Place] = {}
    for path in given:
        target = os.path.realpath(path)
        if path.is_dir():
            place = _Place(path, target, "folder")
        else:
            real = os.path.join(os.path.realpath(path.parent), path.name)
            place = _Place(path, real, "collection" if is_collection(path, with_tables=with_tables) else "file")
        known = found.get(target)
        if known is None or (place.real != target, place.real) < (known.real != target, known.real):
            found[target] = place
    return sorted(found.values(), key=lambda place: place.real)


def _top(real: str, tops: dict[str, _Place]) -> str | None:
    """The outermost named folder that a path is in."""
    parents = [os.fspath(parent) for parent in PurePath(real).parents]
    return next((parent for parent in reversed(parents) if parent in tops), None)


def _labels(named: Sequence[_Place]) -> list[str]:
    """What each of several places is called: its own name, with as many folders before it as tell it from the others.

    Of a collection the suffix is left out, as in the ids, unless another one in that folder differs only in that.
    """
    bare = Counter(without_suffix(place.real) for place in named if place.kind == "collection")
    ways = [
        PurePath(
            text_of(
                without_suffix(place.real)
                if place.kind == "collection" and bare[without_suffix(place.real)] == 1
                else place.real
            )
        ).parts
        for place in named
    ]
    depths = [1] * len(ways)
    while True:
        labels = ["/".join(way[-depth:]) for way, depth in zip(ways, depths, strict=True)]
        uses = Counter(zip((place.kind for place in named), labels, strict=True))
        alike = [
            at
            for at, (place, label) in enumerate(zip(named, labels, strict=True))
            if uses[place.kind, label] > 1 and depths[at] < len(ways[at])
        ]
        if not alike:
            return labels
        for at in alike:
            depths[at] += 1
