"""Paths -> inputs: every article below the given folders, in a fixed order, each with its id."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from brief_extract.batch.ids import SUFFIXES, assign_ids
from brief_extract.errors import InputError
from brief_extract.read import printable


class Input(NamedTuple):
    """One article to do: its id in the outputs, the name a reader knows it by, and where it is."""

    id: str
    name: str
    path: Path


def discover(paths: Sequence[Path], *, besides: Path | None = None) -> list[Input]:
    """The articles that ``paths`` name: each file as given, and every ``.txt`` and ``.md`` below each folder.

    Hidden files and folders are passed over, as is ``besides`` (the output folder). Links to folders are not
    followed. With several paths, the names of what lies in a folder begin with the folder's own. A file that is
    named twice counts once. The order depends on the names alone.

    Raises:
        InputError: a path does not exist or is ``besides``, or there is no article at all.
    """
    found: dict[str, tuple[str, Path]] = {}
    for given in paths:
        if not os.path.lexists(given):
            raise InputError(f"{printable(given)}: no such file or folder; fix: check the path")
        if _same(given, besides):
            raise InputError(f"{printable(given)}: both input and output; fix: name another output folder")
        prefix = f"{given.resolve().name}/" if len(paths) > 1 and given.is_dir() else ""
        for relative, path in _articles(given, besides):
            found.setdefault(os.path.realpath(path), (prefix + relative, path))
    if not found:
        places = ", ".join(map(printable, paths))
        raise InputError(f"{places}: no article there; fix: name a folder that holds .txt or .md files")
    entries = sorted(found.values(), key=lambda entry: (entry[0].split("/"), os.fspath(entry[1])))
    names = [name for name, _ in entries]
    uses = Counter(names)
    # A name that stands alone tells its input apart on any machine; where it was found is the last resort.
    ids = assign_ids(names, apart=[name if uses[name] == 1 else os.fspath(path) for name, path in entries])
    return [Input(id, printable(name), path) for id, (name, path) in zip(ids, entries, strict=True)]


def _articles(given: Path, besides: Path | None) -> Iterator[tuple[str, Path]]:
    """The name relative to what was given, with ``/``, and the path of each article."""
    if not given.is_dir():
        yield given.name, given
        return
    unlistable: list[OSError] = []
    for folder, subfolders, files in os.walk(given, onerror=unlistable.append):
        # Sorted, so that of two links to one file the same one counts wherever this runs.
        subfolders[:] = [name for name in _visible(subfolders) if not _same(Path(folder, name), besides)]
        for name in _visible(files):
            if name.lower().endswith(SUFFIXES):
                path = Path(folder, name)
                yield path.relative_to(given).as_posix(), path
    # A folder that cannot be listed goes the way of a file that cannot be read: set aside, with the reason.
    for error in unlistable:
        path = Path(error.filename)
        yield path.relative_to(given).as_posix(), path


def _visible(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith("."))


def _same(path: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and path.samefile(other)
