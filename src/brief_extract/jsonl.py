"""A filter for streams: a line of JSON in, a line of JSON out, in the same order."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from typing import IO, NamedTuple

import msgspec

from brief_extract.batch.collections import numbered
from brief_extract.errors import Failure, InputError
from brief_extract.stage import Stage

LATENCY = 0.1
"""Seconds that a line waits for others to make a batch. Longer batches are quicker, and a stream may stand still."""


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
        InputError: the input cannot be read on.
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


class _End(NamedTuple):
    """No more lines, and why, if it was an error."""

    error: OSError | None = None


_Line = tuple[int, bytes]
_Waiting = queue.Queue[_Line | _End]


def _queued(lines: IO[bytes], size: int) -> _Waiting:
    """The lines that are not blank with their numbers, read by a thread of its own, then an ``_End``."""
    waiting: _Waiting = queue.Queue(size)

    def read() -> None:
        end = _End()
        try:
            for line in numbered(lines):
                waiting.put(line)
        except OSError as error:
            end = _End(error)
        waiting.put(end)

    threading.Thread(target=read, daemon=True).start()
    return waiting


def _batches(waiting: _Waiting, size: int) -> Iterator[list[_Line]]:
    """At least one line each, and as many more as are there or come within ``LATENCY``."""
    while not isinstance(line := waiting.get(), _End):
        batch = [line]
        latest = time.monotonic() + LATENCY
        while len(batch) < size and not isinstance(line, _End):
            try:
                line = waiting.get(timeout=max(0.0, latest - time.monotonic()))
            except queue.Empty:
                break
            if not isinstance(line, _End):
                batch.append(line)
        yield batch
        if isinstance(line, _End):
            break
    if line.error:
        raise InputError(f"the input breaks off: {line.error}; fix: give it again from there") from line.error


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
