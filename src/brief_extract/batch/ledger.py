"""What became of each input, in order: on disk while a run goes, for there may be millions, then in ``run.json``."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import msgspec

from brief_extract.batch.inputs import Input
from brief_extract.batch.outcome import Outcome, Skipped
from brief_extract.errors import Failure
from brief_extract.write import PART, open_whole, unwritable

_INDENT = "    "


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One input and what became of it.

    ``sha256`` is None where it could not be read. ``stale``: it failed, and the document of an earlier run remains.
    """

    id: str
    name: str
    sha256: str | None
    status: Literal["done", "skipped", "set-aside"]
    code: str | None = None
    stale: bool = False


class Ledger:
    """The entries of one run. To be closed by ``with``.

    Raises:
        OutputError: the folder cannot be written; so do its methods.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder, suffix=PART)  # noqa: SIM115 - closed in __exit__
        except OSError as error:
            raise unwritable(folder, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with contextlib.suppress(OSError):  # a full disk cannot take what nobody asks for any more
            self._file.close()

    def add(self, item: Input, result: Outcome, *, stale: bool = False) -> None:
        """Note one input."""
        if isinstance(result, Failure):
            entry = Entry(id=item.id, name=item.name, sha256=None, status="set-aside", code=result.code, stale=stale)
        else:
            status: Literal["done", "skipped"] = "skipped" if isinstance(result, Skipped) else "done"
            entry = Entry(id=item.id, name=item.name, sha256=result.sha256, status=status)
        try:
            self._file.write(msgspec.json.encode(entry).decode() + "\n")
        except OSError as error:
            raise unwritable(self._folder, error) from error

    def write(self, path: Path, record: dict[str, Any]) -> None:
        """Write ``record`` as indented JSON, with the entries, one at a time, as its last field ``inputs``."""
        head = msgspec.json.format(msgspec.json.encode(record), indent=2).decode()
        with open_whole(path) as file:
            file.write(head.removesuffix("\n}") + ',\n  "inputs": [')
            self._file.seek(0)
            before = "\n"
            for line in self._file:
                entry = msgspec.json.format(line, indent=2).strip().replace("\n", f"\n{_INDENT}")
                file.write(f"{before}{_INDENT}{entry}")
                before = ",\n"
            file.write("\n  ]\n}\n")
