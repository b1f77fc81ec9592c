"""What can become of an article in a run: done now, done by an earlier run, or set aside."""

from __future__ import annotations

import msgspec

from brief_extract.batch.worker import Done
from brief_extract.errors import Failure


class Skipped(msgspec.Struct, frozen=True):
    """An article that an earlier run has done already, and what its document holds."""

    sha256: str
    counts: dict[str, int]
    issues: dict[str, int]
    corrections: tuple[str, ...] = ()


Outcome = Done | Skipped | Failure
