"""Messages in, messages out, on any broker of FastStream: Redis, Kafka, RabbitMQ, NATS.

Needs ``pip install 'brief-extract[faststream]'`` and the broker's own package (``faststream[redis]``).
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Mapping
from typing import Any

from faststream import AckPolicy

from brief_extract.config import Config
from brief_extract.errors import Failure
from brief_extract.stage import Result, Stage


def subscribe(
    broker: Any,
    *sources: Any,
    results: Mapping[str, Any],
    dead_letters: Mapping[str, Any],
    config: Config | None = None,
) -> None:
    """Make a document of every message ``{"id": ..., "text": ...}`` that comes from the sources.

    A message is acknowledged after its result has been published: one whose worker dies comes again, at least once,
    and its doubles have one id. A message that cannot be done goes to the dead letters, with the reason. One message
    is worked on at a time, off the event loop; the others wait in the broker.

    Args:
        sources: What ``broker.subscriber`` takes: ``"topic"``, or in a dict ``{"stream": StreamSub(...)}``. Redis hands
            out what a dead worker held only when it is asked: name the stream twice, once with ``min_idle_time``, in
            milliseconds, which must be more than the slowest article takes.
        results: What ``broker.publish`` takes beside the message: ``{"stream": "documents"}``, ``{"topic": ...}``.
        dead_letters: The same for what cannot be done.
    """
    stage = Stage(config)
    one_at_a_time = asyncio.Lock()

    async def handle(record: Any) -> None:
        async with one_at_a_time:
            result = await asyncio.to_thread(_only, stage, record)
        target = dead_letters if isinstance(result.outcome, Failure) else results
        await broker.publish(result.to_dict(), **target)

    for source in sources:
        where = _bounded(source) if isinstance(source, Mapping) else {}
        broker.subscriber(*(() if where else (source,)), **where, ack_policy=AckPolicy.NACK_ON_ERROR)(handle)


def _bounded(source: Mapping[str, Any]) -> dict[str, Any]:
    """Redis hands a reader of a stream all that waits there, unless it is told how much it wants."""
    bounded = dict(source)
    stream: Any = copy.copy(source.get("stream"))
    if getattr(stream, "max_records", 0) is None:
        stream.max_records = 1
        bounded["stream"] = stream
    return bounded


def _only(stage: Stage, record: object) -> Result:
    (result,) = stage.batch([record])
    return result
