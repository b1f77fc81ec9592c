"""Messages in, messages out, on any broker of FastStream: Redis, Kafka, RabbitMQ, NATS.

Needs ``pip install 'brief-extract[faststream]'`` and the broker's own package (``faststream[redis]``).
"""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from faststream import AckPolicy

from brief_extract.config import Config
from brief_extract.errors import Failure
from brief_extract.stage import Result, Stage, record_id

DELIVERIES = 3
"""How often a message may be delivered. The text cannot kill the worker, so twice is chance: a restart, say."""

SHOWN = 10_000
"""Characters of a message that is no JSON that go to the dead letters."""

_Original = Callable[[Any], Awaitable[Any]]


def subscribe(
    broker: Any,
    *sources: Any,
    results: Mapping[str, Any],
    dead_letters: Mapping[str, Any],
    config: Config | None = None,
    deliveries: int = DELIVERIES,
) -> None:
    """Make a document of every message ``{"id": ..., "text": ...}`` that comes from the sources.

    A message is acknowledged after its result has been published: at least once; duplicates have one id. A message that
    cannot be done goes to the dead letters, with the reason as ``error`` and the message itself as ``record``: also one
    that is no JSON, one that kills the child process in which texts are read (``crash``), one that takes longer than
    ``Config.timeout`` (``timeout``), and one that was delivered more than ``deliveries`` times (``redelivered``). One
    message is worked on at a time, off the event loop; the others wait in the broker.

    Args:
        sources: What ``broker.subscriber`` takes: ``"topic"``, or in a dict ``{"stream": StreamSub(...)}``. Redis hands
            out what a dead worker held only when it is asked: name the stream twice, once with ``min_idle_time``, in
            milliseconds, which must be more than the slowest article takes.
        results: What ``broker.publish`` takes beside the message: ``{"stream": "documents"}``, ``{"topic": ...}``.
        dead_letters: The same for what cannot be done.
        deliveries: A message that comes more often is not tried again. Redis counts deliveries; for other brokers set
            the limit in the broker.
    """
    stage = Stage(config, guarded=True)
    one_at_a_time = asyncio.Lock()

    async def decode(message: Any, original: _Original) -> _Delivery:
        try:
            record = await original(message)
        except Exception as error:  # noqa: BLE001 - of any decoder; a message that fails here would come for ever
            return _Delivery(_text(message.body), _undecodable(message.message_id, error))
        count = await _deliveries(message)
        return _Delivery(record, _redelivered(message.message_id, record, count - 1) if count > deliveries else None)

    async def handle(delivery: Any) -> None:
        if not isinstance(delivery, _Delivery):  # a middleware of the user has changed it
            delivery = _Delivery(delivery)
        async with one_at_a_time:
            result = await asyncio.to_thread(_only, stage, delivery.failure or delivery.record)
        if isinstance(result.outcome, Failure):
            await broker.publish({**result.to_dict(), "record": _plain(delivery.record)}, **dead_letters)
        else:
            await broker.publish(result.to_dict(), **results)

    for source in sources:
        where = _bounded(source) if isinstance(source, Mapping) else {}
        subscriber = broker.subscriber(
            *(() if where else (source,)),
            **where,
            ack_policy=AckPolicy.NACK_ON_ERROR,
            parser=_parse,
            decoder=decode,
        )
        subscriber(handle)


@dataclass(slots=True)
class _Delivery:
    """What a message holds, or, if it is not to be tried, why not."""

    record: Any
    failure: Failure | None = None


async def _parse(message: Any, original: _Original) -> Any:
    """The message. An entry of a Redis stream whose fields are no text is passed on as one text, which is no record."""
    try:
        return await original(message)
    except Exception:
        if not isinstance(message, Mapping) or "data" not in message:
            raise
        return await original({**message, "data": {b"__data__": repr(message["data"])[:SHOWN].encode()}})


async def _deliveries(message: Any) -> int:
    """How often the broker has delivered the message; 1 where it does not count."""
    count = getattr(message, "get_delivery_count", None)
    return int(await count()) if count else 1


def _undecodable(id: str, error: Exception) -> Failure:
    what = f"the message cannot be decoded: {type(error).__name__}: {error}"
    return Failure(
        id=id, stage="read", code="damaged", message=f'{id}: {what}; fix: send JSON {{"id": ..., "text": ...}}'
    )


def _redelivered(id: str, record: object, tries: int) -> Failure:
    if isinstance(record, Mapping):
        id = record_id(record.get("id")) or id
    what = f"delivered {tries} times, and never acknowledged: its worker died, or could not publish the result"
    return Failure(id=id, stage="extract", code="redelivered", message=f"{id}: {what}; fix: see the log of the workers")


def _plain(record: Any) -> Any:
    """The record as JSON has it, or as text: a dead letter that cannot be published would be tried for ever."""
    if isinstance(record, bytes):
        return _text(record)
    try:
        return msgspec.json.decode(msgspec.json.encode(record, enc_hook=str))
    except Exception:  # noqa: BLE001 - a record is an object of others, and may raise anything
        return _text(record)


def _text(body: Any) -> str:
    data = body if isinstance(body, bytes) else str(body)[:SHOWN].encode(errors="replace")
    return data[:SHOWN].decode(errors="replace")


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
