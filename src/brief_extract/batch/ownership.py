"""What a run may write over and remove in an output folder: what a run wrote there, and nobody changed since.

The manifest tells. A file that it does not know, but that is recognisably the work of a run, counts as ours: an earlier
version wrote it, or it came from another output folder. An empty file holds nothing to lose.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from brief_extract.batch.folder import OutputFolder, looks_like_a_document, remove_file
from brief_extract.batch.manifest import Manifest, digest, file_digest
from brief_extract.batch.recognise import is_recognised
from brief_extract.batch.worker import Done, Work
from brief_extract.errors import Failure, OutputError
from brief_extract.model import Document
from brief_extract.read import printable
from brief_extract.write import unwritable

_AT_ONCE = 1000


class Owner:
    """Decides for one run. Every method raises ``OutputError`` if a file cannot be read, written or removed.

    Args:
        force: Replace documents and tables that a run wrote, even if they were edited since.
        overwrite: Replace any file that is in the way.
    """

    def __init__(
        self, folder: OutputFolder, manifest: Manifest, *, force: bool = False, overwrite: bool = False
    ) -> None:
        self._folder = folder
        self._manifest = manifest
        self._force = force
        self._overwrite = overwrite
        self._replaced: dict[str, list[str]] = {}

    # --- files at the top of the folder ---

    def check(self, names: Iterable[str], is_input: Callable[[str], bool]) -> None:
        """See that the run can write these files, and the documents and failures of its inputs.

        Raises:
            OutputError: a file is in the way; the message names it and the fix.
        """
        if not self._overwrite:
            for name in names:
                if self._top(name) is False:
                    raise in_the_way(self._folder.root / name, edited=self._manifest.digests(f"/{name}") is not None)
        self._check_articles(is_input)

    def publish(self, staged: Path, names: Sequence[str]) -> None:
        """Move finished files from a folder on the same disk to the top of the output folder."""
        root = self._folder.root
        claims: list[tuple[str, set[bytes]]] = []
        try:
            for name in names:
                known = {file_digest(name, path) for path in (staged / name, root / name) if path.is_file()}
                claims.append((f"/{name}", known))
            self._manifest.claim(claims)
            for name in names:
                (staged / name).replace(root / name)
        except OSError as error:
            raise unwritable(root, error) from error

    def remove(self, names: Iterable[str]) -> None:
        """Remove those of these files that a run wrote, or that are empty. Others stay."""
        for name in names:
            if self._top(name) is not False:
                remove_file(os.fspath(self._folder.root / name), up_to=self._folder.root)
                self._manifest.drop([f"/{name}"])

    def _top(self, name: str) -> bool | None:
        """Whether a file at the top is ours; None if it is not there, or empty."""
        path = self._folder.root / name
        try:
            if path.is_symlink():
                return False
            if not path.exists() or (path.is_file() and not path.stat().st_size):
                return None
            known = self._manifest.digests(f"/{name}")
            return is_recognised(path) if known is None else file_digest(name, path) in known
        except OSError as error:
            raise unwritable(path, error) from error

    # --- documents, tables and failures ---

    def _check_articles(self, is_input: Callable[[str], bool]) -> None:
        """Refuse files in the place of documents and failures; record the documents of an earlier version."""
        adopted: list[tuple[str, list[bytes]]] = []
        for id in self._folder.document_ids():
            if not is_input(id) or self._manifest.digests(id) is not None:
                continue
            document, data = self._folder.load(id), _read(self._folder.document_path(id))
            if document and data:
                adopted.append((id, [digest(f"documents/{id}.json", data), *self._tables_of(document)]))
            elif data and not self._overwrite and not looks_like_a_document(data):
                raise in_the_way(Path(self._folder.document_path(id)), edited=False)
            if len(adopted) == _AT_ONCE:
                self._manifest.claim(adopted)
                adopted.clear()
        self._manifest.claim(adopted)
        if not self._overwrite:
            for id in self._folder.foreign_failure_ids():
                if is_input(id):
                    raise in_the_way(Path(self._folder.failure_path(id)), edited=False)

    def claim(self, work: Work[Done]) -> list[Done | Failure]:
        """Record what is to be written of some articles; what cannot be written without a loss becomes a failure."""
        claims: list[tuple[str, set[bytes]]] = []
        outcomes = [self._claim(it, claims) if isinstance(it, Done) else it for it in work.results]
        if claims:
            self._manifest.claim(claims)
        return outcomes

    def _claim(self, done: Done, claims: list[tuple[str, set[bytes]]]) -> Done | Failure:
        new = {self._folder.document_path(done.id): done.document}
        new |= {self._folder.table_path(done.id, number): table for number, table in enumerate(done.tables, 1)}
        known = self._manifest.digests(done.id)
        ours = self._ours(done.id, known)
        replaced: list[str] = []
        digests = {digest(self._name(path), data) for path, data in new.items()}
        for path, (data, is_ours) in ours.items():
            if is_ours or self._yields(done.id, path, data, new, written=known is not None):
                replaced.append(path)
                digests.add(digest(self._name(path), data))
            elif path in new:
                message = str(in_the_way(Path(path), edited=known is not None))
                return Failure(id=done.id, stage="write", code="foreign", message=message)
        claims.append((done.id, digests))
        self._replaced[done.id] = replaced
        return done

    def _yields(self, id: str, path: str, data: bytes, new: dict[str, bytes], *, written: bool) -> bool:
        """Whether a file that is not as a run wrote it is replaced: nothing would be lost, or the user asked for it."""
        if path not in new:
            return False
        if self._overwrite or (self._force and written) or new[path].startswith(data):
            return True
        # A document that cannot be read as one, cut by a crash or edited badly, is no record that an article is done.
        is_document = path == self._folder.document_path(id) and (written or looks_like_a_document(data))
        return is_document and self._folder.load(id) is None

    def _ours(self, id: str, known: frozenset[bytes] | None) -> dict[str, tuple[bytes, bool]]:
        """The document and the tables of an article that are there, each with its bytes and whether it is ours."""
        found = {path: data for path in self._paths(id) if (data := _read(path)) is not None}
        if known is None and found:
            document = self._folder.load(id)
            name = f"documents/{id}.json"
            known = frozenset(
                [digest(name, found[self._folder.document_path(id)]), *self._tables_of(document)] if document else []
            )
        return {path: (data, digest(self._name(path), data) in (known or ())) for path, data in found.items()}

    def _paths(self, id: str) -> list[str]:
        return [self._folder.document_path(id), *self._folder.table_paths(id)]

    def _name(self, path: str) -> str:
        return self._folder.name_of(path)

    @staticmethod
    def _tables_of(document: Document) -> list[bytes]:
        """The digests of a document's tables, guarded or not."""
        return [
            digest(f"tables/{document.id}/table-{number}.csv", table.to_csv(excel=safe).encode())
            for number, table in enumerate(document.tables, 1)
            for safe in (False, True)
        ]

    def save(self, done: Done) -> None:
        """Write an article that was claimed. Its earlier document goes first, then its tables."""
        for path in self._replaced.pop(done.id, ()):
            remove_file(path, up_to=self._folder.root)
        self._folder.save(done.id, done.document, done.tables)

    def remove_article(self, id: str) -> bool:
        """Remove the document and the tables of an article, unless the document was edited or is not ours."""
        files = self._ours(id, self._manifest.digests(id))
        document = self._folder.document_path(id)
        if document in files and not files[document][1]:
            return False
        for path, (_, is_ours) in files.items():
            if is_ours:
                remove_file(path, up_to=self._folder.root)
        self._manifest.drop([id])
        return True


def in_the_way(path: Path, *, edited: bool) -> OutputError:
    """The error for a file that a run would write over, and must not."""
    what = "was edited since a run wrote it" if edited else "was not written by a run, and would be overwritten"
    return OutputError(f"{printable(path)} {what}; fix: move it away, name another output folder, or use --overwrite")


def _read(path: str) -> bytes | None:
    """What a file holds, None if it is not there."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise unwritable(path, error) from error
