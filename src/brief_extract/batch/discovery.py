"""Paths -> inputs: every article that they name, or that lies below them, in the order of names."""

from __future__ import annotations

import functools
import glob
import heapq
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from brief_extract.batch.collections import is_collection, members
from brief_extract.batch.ids import SUFFIXES, without_suffix
from brief_extract.batch.inputs import Found, Inputs, Root
from brief_extract.errors import InputError
from brief_extract.read import printable

OUTSIDE = "a link that leads out of the folder"
CLOSED = "a folder that cannot be listed"
FAULTS = {OUTSIDE: "name the file that is meant", CLOSED: "allow it to be listed, and run again"}
"""Why an input is not to be read, each with the way out."""


def discover(paths: Sequence[str | os.PathLike[str]], *, besides: Path | None = None) -> Inputs:
    """The articles that ``paths`` name.

    That is each file as given; every ``.txt`` and ``.md`` below each folder; every line of a ``.jsonl``; every
    ``.txt`` and ``.md`` in a ``.zip``; each match of a pattern such as ``2025/**/*.txt``. Files may be compressed
    (``.gz``, ``.zst``). Compressed files and collections are read when named, not when found in a folder.

    Hidden files and folders are passed over, as is ``besides`` (the output folder). Links to folders are not
    followed. With several paths, the names of what lies in a folder or collection begin with its own. A file that
    is named twice counts once. The order depends on the names alone.

    Raises:
        InputError: a path does not exist or is ``besides``, or there is no article at all.
    """
    given = list(_expanded(map(Path, [paths] if isinstance(paths, str) else paths)))
    for path in given:
        if not os.path.lexists(path):
            raise InputError(f"{printable(path)}: no such file or folder; fix: check the path")
        if _same(path, besides):
            raise InputError(f"{printable(path)}: both input and output; fix: name another output folder")
    inputs = Inputs(_all(given, besides))
    if not inputs:
        places = ", ".join(map(printable, map(Path, paths)))
        raise InputError(f"{places}: no article there; fix: name a folder that holds .txt or .md files")
    return inputs


def passed_over(paths: Sequence[str | os.PathLike[str]], *, besides: Path | None = None) -> Counter[str]:
    """How many files of each suffix lie in the folders among ``paths`` and are no articles: PDFs, pages, archives."""
    return Counter(
        Path(entry.path).suffix.lower() or "no suffix"
        for given in map(Path, paths)
        if given.is_dir()
        for entry in _walk(given, besides)
        if entry.listed and not _is_article(entry.path)
    )


def _all(given: Sequence[Path], besides: Path | None) -> Iterator[Found]:
    """What lies at all of the paths, each file once, in order."""
    if len(given) == 1:
        found = _articles(given[0], besides, prefixed=False)
    else:
        found = heapq.merge(*(_articles(path, besides, prefixed=True) for path in given), key=lambda it: it.order)
    return _once(found) if len(given) > 1 or _has_link(given[0], besides) else found


def _once(found: Iterable[Found]) -> Iterator[Found]:
    """The first of those that are one file, by whichever path."""
    real = functools.lru_cache(maxsize=1)(os.path.realpath)  # once for all articles of a collection
    seen: set[tuple[str, int | None]] = set()
    for article in found:
        place = real(article.location), article.part
        if place not in seen:
            seen.add(place)
            yield article


def _has_link(given: Path, besides: Path | None) -> bool:
    return given.is_dir() and any(os.path.islink(os.path.join(given, path)) for path, _ in _walk(given, besides))


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """Patterns that the shell has not expanded become what they match, in the order of names."""
    for path in paths:
        pattern = os.fspath(path)
        if glob.has_magic(pattern) and not os.path.lexists(path):
            matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]
            # A pattern with ** matches folders beside the files in them.
            yield from [match for match in matches if match.is_file() or "**" not in pattern] or [path]
        else:
            yield path


def _articles(given: Path, besides: Path | None, *, prefixed: bool) -> Iterator[Found]:
    """Each article of a file, a collection or a folder, in order."""
    if is_collection(given):
        root = Root(os.fspath(given), "collection", f"{without_suffix(given.name)}/" if prefixed else "")
        for name, part in members(given):
            yield Found(root, name, part)
    elif given.is_dir():
        root = Root(os.fspath(given), "folder", f"{given.resolve().name}/" if prefixed else "")
        top = os.path.realpath(given)
        for path, listed in _walk(given, besides):
            # A folder that cannot be listed goes the way of a file that cannot be read: set aside, with the reason.
            if not listed:
                yield Found(root, path, fault=CLOSED)
            elif _is_article(path):
                found = Found(root, path)
                yield found._replace(fault=OUTSIDE) if _leads_out(found.location, top) else found
    else:
        yield Found(Root(os.fspath(given), "file"), given.name)


class _Entry(NamedTuple):
    """A path from the top of a folder: of a file, or of a folder that could not be listed."""

    path: str
    listed: bool = True


def _walk(top: Path, besides: Path | None) -> Iterator[_Entry]:
    """Every file below a folder that is not hidden, in the order of ``Found``; links to folders are not followed."""
    ahead = ["\0"]
    while ahead:
        path = ahead.pop()
        if not path.endswith("\0"):
            yield _Entry(path)
            continue
        folder = path[:-1]
        try:
            # Sorted from the last to the first, for the next one is taken from the end.
            ahead += sorted(_entries(top, folder, besides), reverse=True)
        except OSError:
            yield _Entry(folder or ".", listed=False)


def _entries(top: Path, folder: str, besides: Path | None) -> Iterator[str]:
    """The paths from the top of what lies in a folder; those of folders end in NUL, which sorts before any name."""
    with os.scandir(top / folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = f"{folder}/{entry.name}" if folder else entry.name
            if not _is_folder(entry):
                yield path
            elif not entry.is_symlink() and not _same(Path(entry.path), besides):
                yield f"{path}\0"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _is_article(path: str) -> bool:
    return path.lower().endswith(SUFFIXES)


def _leads_out(path: str, top: str) -> bool:
    return os.path.islink(path) and not os.path.realpath(path).startswith(os.path.join(top, ""))


def _same(path: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and path.samefile(other)
