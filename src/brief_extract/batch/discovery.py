"""Paths -> inputs: every article that they name, or that lies below them, in the order of names."""

from __future__ import annotations

import fnmatch
import functools
import glob
import heapq
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from brief_extract.batch.collections import members
from brief_extract.batch.ids import MAIL, OFFICE, PAGES, SUFFIXES
from brief_extract.batch.inputs import Found, Inputs, Root, Unseen
from brief_extract.batch.places import Places, places
from brief_extract.batch.walk import same, walk
from brief_extract.config import Config
from brief_extract.errors import InputError
from brief_extract.html import can_read_pages
from brief_extract.office import can_read_office
from brief_extract.paths import text_of
from brief_extract.read import printable

OUTSIDE = "a link that leads out of the folder"
CLOSED = "a folder that cannot be listed"
FAULTS = {OUTSIDE: "name the file that is meant", CLOSED: "allow it to be listed, and run again"}
"""Why an input is not to be read, each with the way out."""


class Selection(NamedTuple):
    """Which articles of a folder are read: those that match one of ``include``, if there are any, and no ``exclude``.

    A pattern, such as ``2025/*`` or ``*-draft.txt``, is matched with the path below the folder and with its last part;
    ``*`` matches any characters, ``/`` too.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, path: str) -> bool:
        """Whether an article with this path is read.

        >>> Selection(exclude=("*-draft.txt",)).takes("2025/mali-draft.txt")
        False
        """
        return (not self.include or _matches(path, self.include)) and not _matches(path, self.exclude)


EVERYTHING = Selection()


def _matches(path: str, patterns: Iterable[str]) -> bool:
    names = (path, path.rpartition("/")[2])
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns for name in names)


def discover(
    paths: Sequence[str | os.PathLike[str]],
    *,
    besides: Path | None = None,
    max_bytes: int = Config().max_bytes,
    selection: Selection = EVERYTHING,
    text_column: str | None = None,
) -> Inputs:
    """The articles that ``paths`` name.

    That is each file as given; every ``.txt``, ``.md`` and ``.eml`` below each folder, every web page where
    ``brief-extract[html]`` is installed, and every ``.docx``, ``.odt`` and ``.rtf`` where ``brief-extract[office]`` is;
    every line of a ``.jsonl``, every message of an ``.mbox``, every ``.txt`` and ``.md`` in a ``.zip``; each match of a
    pattern such as ``2025/**/*.txt``. Files may be compressed (``.gz``, ``.zst``). Compressed files and collections are
    read when named, not when found in a folder.

    Hidden files and folders are passed over, as is ``besides`` (the output folder). Links to folders are not
    followed. With several paths, the names of what lies in a folder or collection begin with its own. A file that
    is named twice, or beside its folder, counts once. Names, ids and order depend on where the files are among those
    named (see ``places``), not on how the paths are spelled, their order, or the working directory.

    Args:
        besides: The output folder.
        max_bytes: Of an article, see ``Config``; it limits how much of a line of JSON is held in memory.
        selection: Which articles of folders are read. Files that are named are read in any case.
        text_column: The column that holds the texts of tables (``.csv``, ``.tsv``, ``.parquet``), whose rows are then
            articles; without it, tables are none.

    Raises:
        InputError: a path does not exist or is ``besides``, or there is no article at all.
    """
    named = _paths(paths)
    inside = _inside(besides)
    given = list(_expanded(named, inside))
    for path in given:
        if _is_url(path):
            raise InputError(f"{_url(path)}: a URL, not a file; fix: download it first, as in: curl -O {_url(path)}")
        if not os.path.lexists(path):
            raise InputError(f"{printable(path)}: no such file or folder; fix: check the path")
        if same(path, besides):
            raise InputError(f"{printable(path)}: both input and output; fix: name another output folder")
        if inside(path):
            raise InputError(
                f"{printable(path)}: lies inside the output folder {printable(besides or '')}; "
                "fix: name another output folder, or move the input out of it"
            )
    unseen = _unlistable(named)
    named_places = places(given, text_column)
    found = _all(named_places, given, besides, unseen, max_bytes=max_bytes, selection=selection)
    inputs = Inputs(found, unseen)
    if not inputs:
        where = ", ".join(map(printable, named))
        raise InputError(f"{where}: no article there; fix: name a folder that holds .txt, .md or .eml files")
    return inputs


def passed_over(
    paths: Sequence[str | os.PathLike[str]], *, besides: Path | None = None, selection: Selection = EVERYTHING
) -> Counter[str]:
    """How many files of each suffix lie in the folders among ``paths`` and are no articles: PDFs, pages, archives."""
    return Counter(
        Path(entry.path).suffix.lower() or "no suffix"
        for given in _paths(paths)
        if given.is_dir()
        for entry in walk(given, besides)
        if entry.listed and not _is_article(entry.path) and selection.takes(entry.path)
    )


def _paths(paths: Sequence[str | os.PathLike[str]]) -> list[Path]:
    return [Path(path) for path in ([paths] if isinstance(paths, str) else paths)]


def _all(
    named: Places,
    given: Sequence[Path],
    besides: Path | None,
    unseen: list[Unseen],
    *,
    max_bytes: int,
    selection: Selection,
) -> Iterator[Found]:
    """What is at all of the paths, each file once, in order."""
    order = attrgetter("order")
    folders = [_below(root, besides, unseen, selection) for root in named.folders]
    singles = sorted(named.singles, key=order)
    merged = heapq.merge(singles, *folders, key=order) if named.overlap else chain(singles, *folders)
    found = _opened(merged, max_bytes)
    return _once(found, given) if named.overlap or any(_has_link(path, besides) for path in given) else found


def _opened(found: Iterable[Found], max_bytes: int) -> Iterator[Found]:
    """Each collection becomes its articles only here, when its turn has come, so that one file at a time is open."""
    for it in found:
        if it.root.kind == "collection":
            # A collection that cannot be opened gives its file name; all other names are text from inside it.
            yield from (
                Found(it.root, text_of(name) if part is None else name, part)
                for name, part in members(Path(it.location), max_bytes, it.root.column)
            )
        else:
            yield it


def _once(found: Iterable[Found], given: Sequence[Path]) -> Iterator[Found]:
    """The first of those that are one file, by whichever path. What is not read stands for no other one.

    A link that leads out of a folder is passed over where the file that it leads to is named itself.
    """
    real = functools.lru_cache(maxsize=1)(os.path.realpath)  # once for all articles of a collection
    named = {os.path.realpath(path) for path in given}
    seen: set[tuple[str, int | None]] = set()
    for article in found:
        place = real(article.location), article.part
        if article.fault == OUTSIDE:
            if place[0] not in named:
                yield article
        elif place not in seen:
            seen.add(place)
            yield article


def _has_link(given: Path, besides: Path | None) -> bool:
    return given.is_dir() and any(os.path.islink(os.path.join(given, path)) for path, _ in walk(given, besides))


def _expanded(paths: Iterable[Path], inside: Callable[[Path], bool]) -> Iterator[Path]:
    """Patterns that the shell has not expanded become what they match outside the output folder, in order of names."""
    for path in paths:
        pattern = os.fspath(path)
        if glob.has_magic(pattern) and not os.path.lexists(path):
            matches = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]
            matches = [match for match in matches if not inside(match)]
            # A pattern with ** matches folders beside the files in them.
            yield from [match for match in matches if match.is_file() or "**" not in pattern] or [path]
        else:
            yield path


def _below(root: Root, besides: Path | None, unseen: list[Unseen], selection: Selection) -> Iterator[Found]:
    """Each article of a folder, in order."""
    top = os.path.realpath(root.location)
    empty = True
    for path, listed in walk(Path(root.location), besides):
        # A folder that cannot be listed is handled like a file that cannot be read: set aside, with the reason.
        if not listed:
            found = Found(root, path, fault=CLOSED)
            prefix, place = (root.prefix, root.label) if path == "." else (f"{found.name}/", found.name)
            unseen.append(Unseen(prefix, printable(place)))
            yield found
        elif _is_article(path) and selection.takes(path):
            found = Found(root, path)
            yield found._replace(fault=OUTSIDE) if _leads_out(found.location, top) else found
        else:
            continue
        empty = False
    if empty:  # as is the folder of a disk that is not mounted
        unseen.append(Unseen(root.prefix, f"{printable(root.label)} (no article there)"))


def _unlistable(paths: Iterable[Path]) -> list[Unseen]:
    """Where a pattern looks and the system does not let it: ``glob`` passes over folders that cannot be listed.

    What it would match there has no name yet, so that any article may be one of those.
    """
    closed: list[Unseen] = []
    for path in paths:
        pattern = os.fspath(path)
        if glob.has_magic(pattern) and not os.path.lexists(path):
            top = next(parent for parent in path.parents if not glob.has_magic(os.fspath(parent)))
            deepest = len(path.parts) - len(top.parts) if "**" not in pattern else sys.maxsize
            for folder, below, _ in os.walk(
                top, onerror=lambda error: closed.append(Unseen("", printable(Path(error.filename))))
            ):
                if len(Path(folder).parts) - len(top.parts) >= deepest - 1:
                    below.clear()
    return closed


def _is_article(path: str) -> bool:
    """Whether a file in a folder is an article: a text, a message, and a page or document where these can be read."""
    name = path.lower()
    if name.rpartition("/")[2].startswith("~$"):  # what Word leaves beside a document that is open
        return False
    known = SUFFIXES + MAIL + (PAGES if can_read_pages() else ()) + (OFFICE if can_read_office() else ())
    return name.endswith(known)


def _leads_out(path: str, top: str) -> bool:
    return os.path.islink(path) and not os.path.realpath(path).startswith(os.path.join(top, ""))


def _is_url(path: Path) -> bool:
    return path.parts[:1] in (("http:",), ("https:",)) and not os.path.lexists(path)


def _url(path: Path) -> str:
    """A URL as it was typed: a path has lost the second slash."""
    scheme, *rest = path.parts
    return printable(f"{scheme}//{'/'.join(rest)}")


def _inside(besides: Path | None) -> Callable[[Path], bool]:
    """The question whether a file or folder lies in the output folder, by whichever path."""

    @functools.lru_cache(maxsize=1000)
    def is_inside(folder: str) -> bool:
        return any(same(parent, besides) for parent in (Path(folder), *Path(folder).parents))

    def lies_inside(path: Path) -> bool:
        if besides is None or not besides.exists():
            return False
        target = os.path.realpath(path)
        if path.is_dir():
            return is_inside(target)
        return is_inside(os.path.dirname(target)) or is_inside(os.path.realpath(path.parent))

    return lies_inside
