"""What earlier runs left: which documents have an input now, which are stale, and which may be removed.

Not seen is not gone. A document whose input lies where this run could not look is kept, and so is one whose input fails
now; both are stale.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.ids import hashes, id_prefix
from brief_extract.batch.inputs import Input, Inputs
from brief_extract.batch.ownership import Owner
from brief_extract.batch.run_report import RunReport
from brief_extract.errors import Failure
from brief_extract.read import printable

_UNSEEN = ("damaged", "unreadable")
"""Failures of an article in a collection after which its id is not sure, or those of the articles behind it."""


class Earlier:
    """The documents in an output folder, seen from the inputs of one run."""

    def __init__(self, folder: OutputFolder, inputs: Sequence[Input]) -> None:
        self._folder = folder
        self._inputs = inputs
        self._hashes = hashes(
            item.id for item in inputs
        )  # two alike by chance, once in 2**64 pairs, keep what could go
        self._unseen = {it.prefix: it.place for it in inputs.unseen} if isinstance(inputs, Inputs) else {}

    def is_input(self, id: str) -> bool:
        """Whether an article of this run has the id."""
        at = bisect_left(self._hashes, hash(id))
        return at < len(self._hashes) and self._hashes[at] == hash(id)

    def is_stale(self, id: str) -> bool:
        """Whether a document is that of an earlier run because its input could not be read or done in this one."""
        return self._folder.has_failure(id) or (not self.is_input(id) and self._is_unseen(id))

    def note(self, item: Input, failure: Failure) -> bool:
        """Take note of a failure. Returns whether the document of an earlier run remains."""
        if failure.code in _UNSEEN and isinstance(self._inputs, Inputs):
            prefix = self._inputs.collection_prefix(item.location)
            if prefix is not None:
                self._unseen[prefix] = printable(item.path.name)
        return self._folder.load(item.id) is not None

    def settle(self, owner: Owner, report: RunReport, *, prune: bool) -> None:
        """Count what earlier runs left, or remove what has no input any more."""
        report.unseen = sorted(self._unseen.values())
        for id in self._folder.document_ids():
            if self.is_input(id) or not self._folder.load(id):
                continue
            if self._is_unseen(id):
                report.stale += 1
            elif not prune:
                report.kept += 1
            elif owner.remove_article(id):
                report.removed += 1
            else:
                report.edited += 1
        if prune:
            for id in [id for id in self._folder.failure_ids() if self._is_gone(id)]:
                self._folder.remove_failure(id)
                report.removed += 1
            for id in list(self._folder.ids_of_lone_tables()):
                if not self._is_unseen(id):
                    owner.remove_article(id)

    def _is_gone(self, id: str) -> bool:
        return not self.is_input(id) and not self._is_unseen(id)

    def _is_unseen(self, id: str) -> bool:
        return any(id.startswith(id_prefix(prefix)) for prefix in self._unseen)
