"""A filter: lines of JSON on stdin, lines of JSON on stdout."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from brief_extract.cli.messages import DONE, SET_ASIDE, stdout
from brief_extract.config import Config
from brief_extract.jsonl import run
from brief_extract.stage import Stage
from brief_extract.write import unwritable


def stream(config: Config, errors: Path | None, batch_size: int, *, fail_fast: bool) -> int:
    """Lines of JSON from stdin to stdout."""
    # Not sys.stdin, which Python closes at its end: it would wait there for a reading thread that waits for lines.
    stdin = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115
    failed = 0
    stage = Stage(config, guarded=config.timeout > 0)
    with _created(errors) as aside, stdout() as out, contextlib.closing(stage):
        failed = run(stage, stdin, out, aside, batch_size=batch_size, fail_fast=fail_fast)
    return SET_ASIDE if failed else DONE


@contextlib.contextmanager
def _created(path: Path | None) -> Iterator[IO[bytes] | None]:
    """A new file. What is written to it must be flushed: errors of closing it are dropped."""
    if path is None:
        yield None
        return
    try:
        file = path.open("wb")
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield file
    finally:
        # After a failed write, closing tries it once more and fails again; the first error is the one to report.
        with contextlib.suppress(OSError):
            file.close()
