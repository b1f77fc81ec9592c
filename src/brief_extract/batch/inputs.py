"""Paths -> inputs: every article below the given folders, in a fixed order, each with its id."""

from __future__ import annotations

import functools
import glob
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from brief_extract.batch.collections import is_collection, members
from brief_extract.batch.ids import SUFFIXES, assign_ids, without_suffix
from brief_extract.errors import InputError
from brief_extract.read import printable

OUTSIDE = "a link that leads out of the folder"
"""Why a link is not followed."""


class Input(NamedTuple):
    """One article to do.

    Attributes:
        id: What it is called in the outputs.
        name: What a reader knows it by.
        location: The path of the file.
        part: Which part of the file it is: the line of a JSONL file, from 1; the place in a zip's index, from 0.
        fault: Why it is not to be read, if that is known already.
    """

    id: str
    name: str
    location: str
    part: int | None = None
    fault: str | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.location)


class _Found(NamedTuple):
    name: str
    location: str
    part: int | None = None
    fault: str | None = None
    collection: str | None = None

    @property
    def order(self) -> tuple[str, str, int]:
        # The articles of a collection stand together, in its own order, so that it is read once from end to end.
        # Folder by folder: "a/b" is before "a b". A list of the parts sorts alike, but is three times as large.
        return (self.collection or self.name).replace("/", "\0"), self.location, self.part or 0


def discover(paths: Sequence[str | os.PathLike[str]], *, besides: Path | None = None) -> list[Input]:
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
    articles = _all(list(_expanded(map(Path, [paths] if isinstance(paths, str) else paths))), besides)
    if not articles:
        places = ", ".join(map(printable, map(Path, paths)))
        raise InputError(f"{places}: no article there; fix: name a folder that holds .txt or .md files")
    return _named(articles)


def _all(given: Sequence[Path], besides: Path | None) -> list[_Found]:
    """What lies at all of the paths, each file once, in order."""
    found: list[_Found] = []
    for path in given:
        if not os.path.lexists(path):
            raise InputError(f"{printable(path)}: no such file or folder; fix: check the path")
        if _same(path, besides):
            raise InputError(f"{printable(path)}: both input and output; fix: name another output folder")
        found += _articles(path, besides, prefixed=len(given) > 1)
    is_link = functools.lru_cache(maxsize=1)(os.path.islink)  # once for all articles of a collection
    if len(given) > 1 or any(is_link(article.location) for article in found):
        found = _once(found)
    found.sort(key=lambda article: article.order)
    return found


def _once(found: Iterable[_Found]) -> list[_Found]:
    """The first of those that are one file, by whichever path."""
    real = functools.lru_cache(maxsize=1)(os.path.realpath)
    first: dict[tuple[str, int | None], _Found] = {}
    for article in found:
        first.setdefault((real(article.location), article.part), article)
    return list(first.values())


def passed_over(paths: Sequence[str | os.PathLike[str]], *, besides: Path | None = None) -> Counter[str]:
    """How many files of each suffix lie in the folders among ``paths`` and are no articles: PDFs, pages, archives."""
    found: Counter[str] = Counter()
    for given in map(Path, paths):
        for _, files in _walk(given, besides):
            others = (name for name in files if not name.lower().endswith(SUFFIXES))
            found.update(Path(name).suffix.lower() or "no suffix" for name in others)
    return found


def _named(articles: Sequence[_Found]) -> list[Input]:
    names = apart = [article.name for article in articles]
    if len(set(names)) < len(names):
        uses = Counter(names)
        # A name that stands alone tells its input apart on any machine; where it was found is the last resort.
        apart = [it.name if uses[it.name] == 1 else f"{it.location}\n{it.part}" for it in articles]
    ids = assign_ids(names, apart=apart)
    return [
        Input(id, printable(article.name), article.location, article.part, article.fault)
        for id, article in zip(ids, articles, strict=True)
    ]


def _expanded(paths: Iterable[Path]) -> Iterator[Path]:
    """Patterns that the shell has not expanded become what they match, in the order of names."""
    for path in paths:
        pattern = os.fspath(path)
        if glob.has_magic(pattern) and not os.path.lexists(path):
            matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - may be absolute
            # A pattern with ** matches folders beside the files in them.
            yield from [match for match in matches if match.is_file() or "**" not in pattern] or [path]
        else:
            yield path


def _articles(given: Path, besides: Path | None, *, prefixed: bool) -> Iterator[_Found]:
    """Each article of a file, a collection or a folder, named relative to what was given, with ``/``."""
    if is_collection(given):
        prefix = f"{without_suffix(given.name)}/" if prefixed else ""
        for name, part in members(given):
            yield _Found(prefix + name, os.fspath(given), part, collection=given.name)
    elif given.is_dir():
        prefix = f"{given.resolve().name}/" if prefixed else ""
        for name, location, fault in _files(given, besides):
            yield _Found(prefix + name, location, fault=fault)
    else:
        yield _Found(given.name, os.fspath(given))


def _files(given: Path, besides: Path | None) -> Iterator[tuple[str, str, str | None]]:
    """Relative name, location and fault of each article's file below a folder."""
    top = os.path.realpath(given)
    unlistable: list[OSError] = []
    for folder, files in _walk(given, besides, onerror=unlistable.append):
        for name in files:
            if name.lower().endswith(SUFFIXES):
                path = os.path.join(folder, name)  # noqa: PTH118 - ten times quicker than Path, for each file
                yield _relative(path, given), path, OUTSIDE if _leads_out(path, top) else None
    # A folder that cannot be listed goes the way of a file that cannot be read: set aside, with the reason.
    for error in unlistable:
        yield _relative(error.filename, given), error.filename, None


def _walk(
    top: Path, besides: Path | None, *, onerror: Callable[[OSError], None] | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Each folder below ``top`` that is not hidden, with its files that are not."""
    for folder, subfolders, files in os.walk(top, onerror=onerror):
        # Sorted, so that of two links to one file the same one counts wherever this runs.
        subfolders[:] = [name for name in _visible(subfolders) if not _same(Path(folder, name), besides)]
        yield folder, _visible(files)


def _relative(path: str, given: Path) -> str:
    return os.path.relpath(path, given).replace(os.sep, "/")


def _leads_out(path: str, top: str) -> bool:
    return os.path.islink(path) and not os.path.realpath(path).startswith(os.path.join(top, ""))  # noqa: PTH114, PTH118


def _visible(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith("."))


def _same(path: Path, other: Path | None) -> bool:
    return other is not None and other.exists() and path.samefile(other)
