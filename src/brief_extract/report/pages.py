"""Templates -> files of the report. One that is there already with the same content stays as it is."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from brief_extract.about import __version__
from brief_extract.batch.ownership import in_the_way
from brief_extract.model import Document
from brief_extract.paths import path_of, text_of
from brief_extract.report.correct import correction_rows
from brief_extract.report.links import article_page, entity_page, quoted, up
from brief_extract.report.marks import group, link, plain
from brief_extract.report.reading import place
from brief_extract.report.seal import is_ours, is_sealed, sealed
from brief_extract.write import unwritable, write_file

FOLDER = "report"
"""In the output folder."""

ASSETS = ("report.css", "report.js")
TOP = ("index.html", "articles.html", "names.html", *ASSETS)
"""The files of every report."""

FOLDERS = ("articles", "entities", "data")
"""Where the files stand that come and go with the articles."""

_HEAD = 600
"""Bytes of a page in which the digest of what it was made from stands."""


class Pages:
    """The files of one report. Those of an earlier one that this one does not have are removed at the end.

    A file that no report wrote, or that was edited since, is not removed, and not written over unless ``overwrite``.
    """

    def __init__(self, root: Path, *, overwrite: bool = False) -> None:
        self._root = root
        self._overwrite = overwrite
        self._written: set[str] = set()

    def write(self, name: str, data: bytes) -> None:
        """Write a file, unless it is there with these bytes.

        Raises:
            OutputError: it cannot be written, or another file is in its place.
        """
        self._written.add(name)
        data = sealed(name, data)
        path = self._root / path_of(name)
        with contextlib.suppress(OSError):  # not there, or not readable: writing raises the error
            if path.read_bytes() == data:
                return
        self.check(name)
        write_file(path, data, sync=False)

    def check(self, name: str) -> None:
        """See that no file of another origin is in the place of one of ours.

        Raises:
            OutputError: there is one, and it is not to be overwritten.
        """
        path = self._root / path_of(name)
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if not self._overwrite and not is_ours(name, data):
                raise in_the_way(path, edited=is_sealed(data))

    def page(self, template: str, name: str, values: dict[str, Any], digest: str = "") -> None:
        """Write a page. ``root`` in its template leads to the folder of the report."""
        text = _environment().get_template(template).render(root=up(name), digest=digest, **values)
        self.write(name, text.encode(errors="replace"))

    def has(self, name: str, digest: str) -> bool:
        """Whether a page is there that was made from the same; if so it is kept."""
        with contextlib.suppress(OSError), (self._root / path_of(name)).open("rb") as file:
            if f'content="{digest}"'.encode() in file.read(_HEAD):
                self._written.add(name)
                return True
        return False

    def keep(self, names: Iterable[str]) -> None:
        """Keep pages that another process has written, or found."""
        self._written.update(names)

    def assets(self) -> None:
        """Write the style sheet and the script."""
        for name in ASSETS:
            self.write(name, _own("assets", name).read_bytes())

    def remove_others(self) -> None:
        """Remove what an earlier report had and this one has not.

        Raises:
            OutputError: it cannot be removed.
        """
        try:
            for name in FOLDERS:
                for folder, _, names in os.walk(self._root / name, topdown=False):
                    self._remove_others(Path(folder), names)
        except OSError as error:
            raise unwritable(self._root, error) from error

    def _remove_others(self, folder: Path, names: list[str]) -> None:
        for name in names:
            path = folder / name
            page = text_of(path.relative_to(self._root).as_posix())
            if path.suffix in (".html", ".js") and page not in self._written and is_ours(page, path.read_bytes()):
                path.unlink()
        with contextlib.suppress(OSError):  # not empty
            folder.rmdir()


def digest_of(document: Document) -> str:
    """What an article's page is made from, in short: its source, what read it, and our templates."""
    made_from = msgspec.json.encode((document.id, document.source, document.generator))
    return hashlib.blake2b(made_from + _templates(), digest_size=12).hexdigest()


def _own(*path: str) -> Traversable:
    return files("brief_extract.report").joinpath(*path)


@cache
def _templates() -> bytes:
    texts = [path.read_bytes() for path in sorted(_own("templates").iterdir(), key=lambda path: path.name)]
    return hashlib.blake2b(b"".join(texts) + __version__.encode(), digest_size=12).digest()


@cache
def _environment() -> Environment:
    """The templates, which escape all that they are given."""
    found = Environment(
        loader=PackageLoader("brief_extract.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.filters |= {
        "url": quoted,
        "group": group,
        "plain": plain,
        "place": place,
        "count": lambda number: f"{number:,}",
    }
    found.globals |= {
        "correction_rows": correction_rows,
        "entity_page": entity_page,
        "article_page": article_page,
        "link": link,
        "version": __version__,
    }
    return found
