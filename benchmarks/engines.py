"""The stage inside an engine beside the stage alone: ``python benchmarks/engines.py [engine ...] [--articles N]``.

Start-up is taken off: of the time for all articles goes the time for 64. What counts is the processor time of the whole
machine (Linux, ``/proc/stat``), for an engine's work is spread over processes that come and go; so nothing else may run
beside. Every engine gives each article's document as JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import articles

from brief_extract.stage import Stage

WARM_UP = 64
LATENCIES = 200


def processor_seconds() -> float:
    """What all cores have worked since the machine began."""
    user, nice, system, _, _, irq, soft_irq, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + irq + soft_irq) / os.sysconf("SC_CLK_TCK")


def records(count: int) -> list[dict[str, str]]:
    """Articles as records."""
    return [{"id": str(number), "text": articles.article(number)} for number in range(count)]


def measured(run: Callable[[list[dict[str, str]]], int], given: list[dict[str, str]]) -> float:
    """The processor seconds of a run over an article, after a warm-up and without what a run of few takes."""
    run(given[:WARM_UP])
    costs = []
    for some in (given[:WARM_UP], given):
        began = processor_seconds()
        assert run(some) == len(some)
        costs.append(processor_seconds() - began)
    return (costs[1] - costs[0]) / (len(given) - WARM_UP)


@contextmanager
def plain() -> Iterator[Callable[[list[dict[str, str]]], int]]:
    """The stage in this process."""
    stage = Stage()
    yield lambda given: sum(
        1 for at in range(0, len(given), 64) for it in stage.batch(given[at : at + 64]) if it.to_json()
    )


@contextmanager
def arrow() -> Iterator[Callable[[list[dict[str, str]]], int]]:
    """The Arrow function in this process."""
    import pyarrow as pa

    from brief_extract.adapters.arrow import transform

    yield lambda given: sum(
        batch.num_rows for batch in transform(pa.Table.from_pylist(given).to_batches(max_chunksize=64))
    )


@contextmanager
def spark() -> Iterator[Callable[[list[dict[str, str]]], int]]:
    """Two executors of one core, each a JVM with a Python worker."""
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as F  # noqa: N812 - as everybody calls it

    from brief_extract.adapters.spark import extract

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        SparkSession.builder.master("local-cluster[2,1,2048]")
        .config("spark.ui.enabled", "false")
        .config("spark.executor.memory", "1g")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")

    def run(given: list[dict[str, str]]) -> int:
        frame = session.createDataFrame(given, "id string, text string").repartition(8)
        length = F.sum(F.length("document")).alias("length")
        return int(extract(frame).agg(F.count("id").alias("count"), length).collect()[0]["count"])

    yield run
    session.stop()


@contextmanager
def ray() -> Iterator[Callable[[list[dict[str, str]]], int]]:
    """Two nodes of one core."""
    import ray as engine
    from ray.cluster_utils import Cluster

    from brief_extract.adapters.ray import extract

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    engine.init(address=cluster.address, log_to_driver=False)
    yield lambda given: extract(engine.data.from_items(given, override_num_blocks=8)).materialize().count()
    engine.shutdown()
    cluster.shutdown()


def faststream() -> None:
    """The time from a message in to its result out, one after the other, through a real redis-server."""
    import redis.asyncio
    from faststream.redis import RedisBroker, StreamSub

    from brief_extract.adapters.faststream import subscribe

    given = records(LATENCIES + 20)
    stage = Stage()
    alone = []
    for record in given:
        began = time.perf_counter()
        json.dumps(next(stage([dict(record)])))
        alone.append(time.perf_counter() - began)

    async def through(url: str) -> list[float]:
        broker = RedisBroker(url, logger=None)
        source = {"stream": StreamSub("articles", group="brief", consumer="one", polling_interval=10)}
        subscribe(broker, source, results={"stream": "documents"}, dead_letters={"stream": "dead"})
        taken, last = [], "0"
        async with broker, redis.asyncio.Redis.from_url(url) as client:
            await client.xgroup_create("articles", "brief", id="0", mkstream=True)
            await broker.start()
            for record in given:
                began = time.perf_counter()
                await broker.publish(record, stream="articles")
                ((_, ((last, _),)),) = await client.xread({"documents": last}, block=10_000, count=1)
                taken.append(time.perf_counter() - began)
        return taken

    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        with subprocess.Popen(
            ["redis-server", "--port", str(port), "--dir", folder, "--save", ""], stdout=subprocess.DEVNULL
        ) as server:
            time.sleep(1)
            taken = asyncio.run(through(f"redis://127.0.0.1:{port}"))
            server.terminate()
    one, both = (1000 * statistics.median(times[20:]) for times in (alone, taken))
    print(f"faststream: {both:.1f} ms from message to message, {one:.1f} ms the stage alone: {both / one:.2f} times")


def main() -> None:
    """Read the arguments, do the engines."""
    engines: dict[str, Any] = {"arrow": arrow, "spark": spark, "ray": ray}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engines", nargs="*", default=[*engines, "faststream"], metavar="engine")
    parser.add_argument("--articles", type=int, default=5000)
    given = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    some = records(given.articles)
    wanted = [name for name in given.engines if name in engines]
    if wanted:
        with plain() as run:
            base = measured(run, some)
        print(f"{given.articles} articles\nplain stage: {1000 * base:.1f} ms of CPU an article", flush=True)
    for name in wanted:
        with engines[name]() as run:
            cost = measured(run, some)
        print(f"{name}: {1000 * cost:.1f} ms, {cost / base:.2f} times the plain stage", flush=True)
    if "faststream" in given.engines:
        if shutil.which("redis-server"):
            faststream()
        else:
            print("faststream: no redis-server here")


if __name__ == "__main__":
    main()
