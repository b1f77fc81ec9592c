"""A filter for streams: a line of JSON in, a line of JSON out, in the same order."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from brief_extract.batch.lines import Line, numbered
from brief_extract.errors import Failure, InputError, ReadError
from brief_extract.faults import failure, read_error
from brief_extract.read import too_large
from brief_extract.stage import Stage
from brief_extract.write import unwritable

LATENCY = 0.1
"""Seconds that a line waits for others to make a batch. Longer batches are quicker, and a stream may stand still."""


BATCH_BYTES = 2_000_000
"""A batch ends here even if it has fewer lines, so that the documents of large ones do not gather in memory."""


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
        InputError: the input breaks off; the lines before are done.
        OutputError: ``errors`` cannot be written; the message names it.
        OSError: the output cannot be written; ``BrokenPipeError`` if its reader has gone.
    """
    failed = 0
    waiting = _queued(lines, 2 * batch_size, stage.config.max_bytes)
    for batch in _batches(waiting, batch_size):
        for result in stage.batch([_record(number, line, stage.config.max_bytes) for number, line in batch]):
            bad = isinstance(result.outcome, Failure)
            failed += bad
            if bad and errors:
                with _blamed(errors):
                    errors.write(result.to_json() + b"\n")
            else:
                output.write(result.to_json() + b"\n")
            if bad and fail_fast:
                break
        output.flush()
        if errors:
            with _blamed(errors):
                errors.flush()
        if failed and fail_fast:
            break
    return failed


@contextlib.contextmanager
def _blamed(file: IO[bytes]) -> Iterator[None]:
    """An error over this file names it; any other ``OSError`` is about the output."""
    try:
        yield
    except OSError as error:
        raise unwritable(Path(getattr(file, "name", "the file for errors")), error) from error


class _End(NamedTuple):
    """No more lines, and why, if it was an error."""

    error: Exception | None = None


_Waiting = queue.Queue[Line | _End]


def _queued(lines: IO[bytes], size: int, max_bytes: int) -> _Waiting:
    """The lines that are not blank with their numbers, read by a thread of its own, then an ``_End``."""
    waiting: _Waiting = queue.Queue(size)

    def read() -> None:
        end = _End()
        try:
            for line in numbered(lines, max_bytes):
                waiting.put(line)
        except Exception as error:  # noqa: BLE001 - whatever the stream raises, the other thread waits for an end
            end = _End(error)
        waiting.put(end)

    threading.Thread(target=read, daemon=True).start()
    return waiting


def _batches(waiting: _Waiting, size: int) -> Iterator[list[Line]]:
    """At least one line each, and as many more as are there or come within ``LATENCY``."""
    while not isinstance(line := waiting.get(), _End):
        batch, length = [line], len(line[1] or b"")
        latest = time.monotonic() + LATENCY
        while len(batch) < size and length < BATCH_BYTES and not isinstance(line, _End):
            try:
                line = waiting.get(timeout=max(0.0, latest - time.monotonic()))
            except queue.Empty:
                break
            if not isinstance(line, _End):
                batch.append(line)
                length += len(line[1] or b"")
        yield batch
        if isinstance(line, _End):
            break
    if line.error:
        reason = str(line.error) or type(line.error).__name__
        raise InputError(f"the input breaks off: {reason}; fix: give it again from there") from line.error


def _record(number: int, line: bytes | None, max_bytes: int) -> object:
    """What a line holds, or a ``Failure`` that names the line."""
    if line is None:
        return _failure(number, too_large(f"line {number}", max_bytes))
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fix = 'write {"id": ..., "text": ...} on a line of its own'
        return _failure(number, ReadError("damaged", place=f"line {number}", what=f"no JSON: {error}", fix=fix))
    except RecursionError as error:
        return _failure(number, read_error(f"line {number}", error))
    if isinstance(record, dict) and record.get("id") is None:
        record["id"] = f"line-{number}"
    return record


def _failure(number: int, error: ReadError) -> Failure:
    return failure(f"line-{number}", f"line {number}", "read", error)
