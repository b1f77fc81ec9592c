"""FastStream with a real redis-server: nothing is lost, whoever is killed."""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters import killers
from adapters.killers import PYTHONPATH
from adapters.records import bad_ids, records
from limits import PATIENCE

pytest.importorskip("faststream", reason="pip install 'brief-extract[faststream]'")
redis = pytest.importorskip("redis", reason="pip install 'brief-extract[faststream]'")
pytestmark = pytest.mark.skipif(not shutil.which("redis-server"), reason="needs a redis-server")

WORKER = Path(__file__).with_name("faststream_worker.py")
LONG = 600_000
"""Milliseconds after which nothing is claimed from a worker that is alive."""


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path), "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        address = f"redis://127.0.0.1:{port}"
        try:
            with redis.Redis.from_url(address) as client:
                until(lambda: _answers(client))
                client.xgroup_create("articles", "brief", id="0", mkstream=True)
            yield address
        finally:
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


@contextmanager
def worker(url: str, name: str, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A worker, which a test that fails does not leave behind."""
    environment = {**os.environ, "PYTHONPATH": PYTHONPATH}
    command = [sys.executable, str(WORKER), url, name, json.dumps(options)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


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
            with worker(url, f"worker-{number}", deliveries=100) as killed:
                before = client.xlen("documents")
                until(lambda before=before: client.xlen("documents") > before)
                time.sleep(chance.uniform(0, 0.3))
                killed.send_signal(signal.SIGKILL)
        with worker(url, "last", deliveries=100) as last:
            until(lambda: all_done(client))
            last.terminate()
            assert last.wait(PATIENCE) == 0
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
        assert stopped.wait(PATIENCE) == 0
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


def test_a_text_that_kills_or_hangs_goes_to_the_dead_letters_and_the_worker_goes_on(url: str, tmp_path: Path) -> None:
    given = killers.records(12, "SEGFAULT", "HANG")
    config = killers.deadly(tmp_path)
    publish(url, given)
    with (
        redis.Redis.from_url(url) as client,
        worker(url, "one", model=config.model, limit=killers.LIMIT, idle=LONG) as only,
    ):
        until(lambda: all_done(client))
        assert only.poll() is None
        only.terminate()
        letters = results(client, "errors")
        done = [document["id"] for document in results(client, "documents")]
    assert {letter["id"]: letter["error"]["code"] for letter in letters} == {"SEGFAULT": "crash", "HANG": "timeout"}
    assert [letter["record"] for letter in letters] == [record for record in given if record["id"] in killers.CODES]
    assert done == [record["id"] for record in given if record["id"] not in killers.CODES]


def test_what_cannot_be_decoded_goes_to_the_dead_letters(url: str) -> None:
    from faststream.redis import RedisBroker

    async def send() -> None:
        async with RedisBroker(url) as broker:
            await broker.publish(b'{"id": "cut", "te', stream="articles", headers={"content-type": "application/json"})
            await broker.publish(b"\xff\xfe", stream="articles", headers={"content-type": "text/plain"})
            await broker.publish(b"\xff\xfe", stream="articles")

    asyncio.run(send())
    with redis.Redis.from_url(url) as client:
        client.xadd("articles", {b"field": b"of others"})
        client.xadd("articles", {b"\xff\xfe": b"\x00\xff"})
        client.xadd("articles", {b"__data__": b"[[[["})
        publish(url, [{"id": "last", "text": "Mali waits."}])
        with worker(url, "one", idle=LONG) as only:
            until(lambda: client.xlen("documents") == 1 and all_done(client))
            assert only.poll() is None
            only.terminate()
        letters = results(client, "errors")
    assert [letter["error"]["code"] for letter in letters] == ["damaged"] * 6
    assert letters[0]["record"] == '{"id": "cut", "te'
    assert "cannot be decoded: JSONDecodeError" in letters[0]["error"]["message"]


def test_what_is_delivered_too_often_goes_to_the_dead_letters(url: str) -> None:
    publish(url, [{"id": "often", "text": "Mali waits."}, {"id": "once more", "text": "Mali waits."}])
    with redis.Redis.from_url(url) as client:
        ((_, ((often, _), (_, _))),) = client.xreadgroup("brief", "dead", {"articles": ">"})
        for _ in range(2):
            client.xclaim("articles", "brief", "dead", 0, [often])
        with worker(url, "one") as only:
            until(lambda: all_done(client))
            only.terminate()
        letter, *_ = results(client, "errors")
        assert {document["id"] for document in results(client, "documents")} == {"once more"}
    assert (letter["id"], letter["error"]["code"]) == ("often", "redelivered")
    assert letter["record"] == {"id": "often", "text": "Mali waits."}
    assert "delivered 3 times, and never acknowledged" in letter["error"]["message"]


@pytest.mark.parametrize(
    ("record", "plain"),
    [
        ({"id": 1, "text": None}, {"id": 1, "text": None}),
        (b"\xffa", "\ufffda"),
        ({"at": {1, 2} - {2}}, {"at": [1]}),
        ("a\ud800", "a?"),
        ({"a": "\ud800"}, "{'a': '\\ud800'}"),
    ],
)
def test_a_dead_letter_can_always_be_published(record: Any, plain: Any) -> None:
    from brief_extract.adapters.faststream import _plain

    assert _plain(record) == plain
    json.dumps(_plain(record)).encode()
