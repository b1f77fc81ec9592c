"""A worker as a user writes it; the tests start it and kill it."""

from __future__ import annotations

import asyncio
import json
import sys

from faststream import FastStream
from faststream.redis import RedisBroker, StreamSub

from brief_extract import Config
from brief_extract.adapters.faststream import subscribe


def main(url: str, name: str, options: str) -> None:
    """Options as JSON: the model, the time limit in seconds, ``min_idle_time`` and how often a message may come."""
    given = {"model": "", "limit": 300, "idle": 5_000, "deliveries": 3, **json.loads(options)}
    names = Config(model=given["model"], timeout=given["limit"])
    broker = RedisBroker(url)
    subscribe(
        broker,
        {"stream": StreamSub("articles", group="brief", consumer=name)},
        {"stream": StreamSub("articles", group="brief", consumer=name, min_idle_time=given["idle"])},
        results={"stream": "documents"},
        dead_letters={"stream": "errors"},
        config=names if given["model"] else Config(entities=False, max_bytes=10_000),
        deliveries=given["deliveries"],
    )
    asyncio.run(FastStream(broker).run())


if __name__ == "__main__":
    main(*sys.argv[1:])
