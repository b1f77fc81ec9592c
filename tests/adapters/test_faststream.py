"""FastStream with a real redis-server: nothing is lost, whoever is killed."""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters.records import bad_ids, records

pytest.importorskip("faststream", reason="pip install 'brief-extract[faststream]'")
redis = pytest.importorskip("redis", reason="pip install 'brief-extract[faststream]'")
pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs a redis-server")

WORKER = Path(__file__).with_name("faststream_worker.py")
PATIENCE = 120.0


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path), "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        address = f"redis://127.0.0.1:{port}"
        with redis.Redis.from_url(address) as client:
            until(lambda: _answers(client))
            client.xgroup_create("articles", "brief", id="0", mkstream=True)
        yield address
        server.terminate()


def _answers(client: Any) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def until(done: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


def worker(url: str, name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, WORKER, url, name], stderr=subprocess.DEVNULL)


def publish(url: str, messages: list[Any]) -> None:
    from faststream.redis import RedisBroker

    async def send() -> None:
        async with RedisBroker(url) as broker:
            for message in messages:
                await broker.publish(message, stream="articles")

    asyncio.run(send())


def results(client: Any, stream: str) -> list[dict[str, Any]]:
    """The messages of a stream, as any reader finds them."""
    return [json.loads(entry[b"__data__"][entry[b"__data__"].index(b'{"') :]) for _, entry in client.xrange(stream)]


def test_killed_workers_lose_nothing_and_poison_goes_to_the_dead_letters(url: str) -> None:
    given = records(5000)
    publish(url, given)
    chance = random.Random(7)
    with redis.Redis.from_url(url) as client:
        for number in range(10):
            with worker(url, f"worker-{number}") as killed:
                before = client.xlen("documents")
                until(lambda before=before: client.xlen("documents") > before)
                time.sleep(chance.uniform(0, 0.3))
                killed.send_signal(signal.SIGKILL)
        with worker(url, "last") as last:
            until(lambda: all_done(client))
            last.terminate()
            assert last.wait(30) == 0
        done = [document["id"] for document in results(client, "documents")]
        dead = {letter["id"]: letter["error"]["code"] for letter in results(client, "errors")}
    assert set(done) | dead.keys() == {record["id"] for record in given}
    assert dead.keys() == bad_ids(given)
    assert len(done) - len(set(done)) <= 20  # a killed worker had one message of each source in its hands


def all_done(client: Any) -> bool:
    (group,) = client.xinfo_groups("articles")
    return bool(group["lag"] == 0 and group["pending"] == 0)


def test_a_stop_ends_what_is_in_hand_and_leaves_the_rest(url: str) -> None:
    publish(url, records(300))
    with redis.Redis.from_url(url) as client, worker(url, "one") as stopped:
        until(lambda: client.xlen("documents") > 20)
        stopped.terminate()
        assert stopped.wait(30) == 0
        finished = client.xlen("documents") + client.xlen("errors")
        acknowledged = (
            client.xinfo_groups("articles")[0]["entries-read"] - client.xpending("articles", "brief")["pending"]
        )
        assert finished == acknowledged < 300


def test_a_worker_takes_no_more_than_it_can_do(url: str) -> None:
    """One message of each source is in its hands; the others wait in the broker, however many there are."""
    publish(url, records(500))
    held = []
    with redis.Redis.from_url(url) as client, worker(url, "one") as busy:
        until(lambda: client.xlen("documents") > 20)
        while client.xlen("documents") < 300:
            held.append(client.xpending("articles", "brief")["pending"])
        busy.terminate()
    assert len(held) > 20
    assert max(held) <= 2


def test_what_is_no_record_goes_to_the_dead_letters(url: str) -> None:
    publish(url, ["no record", [1, 2], {"id": "a"}])
    with redis.Redis.from_url(url) as client, worker(url, "one") as last:
        until(lambda: client.xlen("errors") == 3)
        assert {letter["error"]["code"] for letter in results(client, "errors")} == {"damaged"}
        last.terminate()
