"""Arrow batches in, Arrow batches out, with one fixed schema: what an engine needs to carry the stage.

Needs ``pip install 'brief-extract[arrow]'``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec
import pyarrow as pa

from brief_extract.config import Config
from brief_extract.errors import Failure
from brief_extract.stage import Result, Stage, record_id

SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("document", pa.string()),
        ("error", pa.struct([("stage", pa.string()), ("code", pa.string()), ("message", pa.string())])),
        ("extra", pa.string()),
    ]
)
"""One row for each record: its id, its document as JSON or why there is none, and its other fields as JSON."""


def transform(
    batches: Iterable[pa.RecordBatch], config: Config | None = None, *, text: str = "text", id: str = "id"
) -> Iterator[pa.RecordBatch]:
    """A batch of results, in ``SCHEMA``, for each batch of records.

    Texts are read in a child process, which is started once in a process and loads the model. A text that kills it or
    takes longer than ``Config.timeout`` is a row with the error ``crash`` or ``timeout``, and costs no other row.

    Args:
        text: The column with the articles, strings or binary.
        id: The column with the ids. A record without one has none in the results: rows of many processes meet there.

    Raises:
        ModelError: no such spaCy pipeline, or one without entities.
        WorkerError: the child process cannot be started.
    """
    stage = _stage(os.getpid(), config or Config(), text, id)
    for batch in batches:
        records = batch.to_pylist()
        results = stage.batch(records)
        named = [record_id(record.get(id)) is not None for record in records]
        rows = [_row(result, named=has_id) for result, has_id in zip(results, named, strict=True)]
        yield pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


@cache
def _stage(_process: int, config: Config, text: str, id: str) -> Stage:
    """The stage of this process: one that was forked must not talk to the child of another."""
    return Stage(config, text=text, id=id, guarded=True)


def _row(result: Result, *, named: bool) -> dict[str, object]:
    outcome = result.outcome
    document = error = None
    if isinstance(outcome, Failure):
        error = {"stage": outcome.stage, "code": outcome.code, "message": outcome.message}
    else:
        document = msgspec.json.encode(outcome).decode()
    extra = msgspec.json.encode(result.extra).decode()
    return {"id": result.id if named else None, "document": document, "error": error, "extra": extra}
