"""A filter for streams: a line of JSON in, a line of JSON out, in the same order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import IO

import msgspec

from brief_extract.errors import Failure
from brief_extract.stage import Stage

LATENCY = 0.1
"""Seconds that a line waits for others to make a batch. Longer batches are quicker, and a stream may stand still."""

MAX_LINE = 100_000_000
"""Bytes of one line. JSON may need more bytes than the text in it; the cap for articles is looked at later."""

_END = None


def run(
    stage: Stage,
    lines: IO[bytes],
    output: IO[bytes],
    errors: IO[bytes] | None = None,
    *,
    batch_size: int,
    fail_fast: bool = False,
) -> int:
    """Write the result of every line that is not blank, as soon as its batch is done.

    Args:
        errors: Where the records that cannot be done go; without it, into ``output``, in their place.
        batch_size: Lines done together, if they come quicker than they are done.
        fail_fast: End after the first record that cannot be done.

    Returns:
        How many records could not be done.

    Raises:
        ModelError: no such spaCy pipeline, or one without entities.
        OSError: the output cannot be written; ``BrokenPipeError`` if its reader has gone.
    """
    failed = 0
    for batch in _batches(_queued(lines, 2 * batch_size), batch_size):
        for result in stage.batch([_record(number, line) for number, line in batch]):
            bad = isinstance(result.outcome, Failure)
            failed += bad
            (errors if bad and errors else output).write(result.to_json() + b"\n")
            if bad and fail_fast:
                break
        output.flush()
        if errors:
            errors.flush()
        if failed and fail_fast:
            break
    return failed


_Line = tuple[int, bytes]


def _queued(lines: IO[bytes], size: int) -> queue.Queue[_Line | None]:
    """The lines that are not blank with their numbers, read by a thread of its own, then ``_END``."""
    waiting: queue.Queue[_Line | None] = queue.Queue(size)

    def read() -> None:
        number = 0
        try:
            while line := lines.readline(MAX_LINE):
                number += 1
                while not line.endswith(b"\n") and (rest := lines.readline(MAX_LINE)):
                    line = b"[" if not rest.isspace() else line + rest  # no JSON, and no memory for it either
                if not line.isspace():
                    waiting.put((number, line.removeprefix(b"\xef\xbb\xbf")))
        finally:
            waiting.put(_END)

    threading.Thread(target=read, daemon=True).start()
    return waiting


def _batches(waiting: queue.Queue[_Line | None], size: int) -> Iterator[list[_Line]]:
    """At least one line each, and as many more as are there or come within ``LATENCY``."""
    while (line := waiting.get()) is not _END:
        batch = [line]
        while len(batch) < size:
            try:
                line = waiting.get(timeout=LATENCY)
            except queue.Empty:
                break
            if line is _END:
                yield batch
                return
            batch.append(line)
        yield batch


def _record(number: int, line: bytes) -> object:
    """What a line holds, or a ``Failure`` that tells the line."""
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = f'line {number}: no JSON: {error}; fix: write {{"id": ..., "text": ...}} on a line of its own'
        return Failure(id=f"line-{number}", stage="read", code="damaged", message=message)
    if isinstance(record, dict) and record.get("id") is None:
        record["id"] = f"line-{number}"
    return record
