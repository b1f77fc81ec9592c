"""A worker as a user writes it; the tests start it and kill it."""

from __future__ import annotations

import asyncio
import sys

from faststream import FastStream
from faststream.redis import RedisBroker, StreamSub

from brief_extract import Config
from brief_extract.adapters.faststream import subscribe


def main(url: str, name: str) -> None:
    broker = RedisBroker(url)
    subscribe(
        broker,
        {"stream": StreamSub("articles", group="brief", consumer=name)},
        {"stream": StreamSub("articles", group="brief", consumer=name, min_idle_time=500)},
        results={"stream": "documents"},
        dead_letters={"stream": "errors"},
        config=Config(entities=False, max_bytes=10_000),
    )
    asyncio.run(FastStream(broker).run())


if __name__ == "__main__":
    main(*sys.argv[1:])
