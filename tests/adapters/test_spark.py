"""Apache Spark on a real cluster of two workers on this machine: each executor is a JVM with Python workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from adapters import killers
from adapters.records import CONFIG, NAMES, bad_ids, names_in, records
from limits import PATIENCE

pytest.importorskip("pyspark", reason="pip install 'brief-extract[spark]'")
pytestmark = [
    pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java 17"),
    pytest.mark.filterwarnings("default"),
]

from brief_extract.adapters.spark import extract  # noqa: E402

EXAMPLE = Path(__file__).parents[2] / "examples" / "spark_job.py"


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = (
            SparkSession.builder.master("local-cluster[2,1,2048]")
            .config("spark.ui.enabled", "false")
            .config("spark.executor.memory", "1g")
            .config("spark.executorEnv.PYTHONPATH", killers.PYTHONPATH)
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate()
        )
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


SCHEMA = "id string, text string, desk string"


def test_every_row_is_a_document_or_an_error(spark: Any) -> None:
    given = records(200)
    rows = extract(spark.createDataFrame(given, SCHEMA).repartition(4), config=CONFIG).collect()
    assert sorted(row["id"] for row in rows) == sorted(record["id"] for record in given)
    assert {row["id"] for row in rows if row["error"]} == bad_ids(given)
    assert all((row["document"] is None) == (row["error"] is not None) for row in rows)


def test_the_executors_find_names(spark: Any) -> None:
    given = records(40)
    rows = extract(spark.createDataFrame(given, SCHEMA).repartition(2), config=NAMES).collect()
    assert {row["id"] for row in rows if row["error"]} == bad_ids(given)
    assert all(names_in(row["document"]) == {"France", "Emmanuel Macron"} for row in rows if row["document"])


def test_a_text_that_kills_or_hangs_costs_its_own_row(spark: Any, tmp_path: Path) -> None:
    given = killers.records(20, "SEGFAULT", "HANG")
    config = killers.deadly(tmp_path)
    rows = extract(spark.createDataFrame(given, "id string, text string").repartition(2), config=config).collect()
    assert sorted(row["id"] for row in rows) == sorted(record["id"] for record in given)
    assert {row["id"]: row["error"]["code"] for row in rows if row["error"]} == {"SEGFAULT": "crash", "HANG": "timeout"}


def test_articles_may_be_bytes_and_bytes_may_be_damaged(spark: Any) -> None:
    given = [("1", b"Mali waits."), ("2", b"\x00\xff\x00\xfe" * 50), ("3", bytearray("Zürich waits.".encode("cp1252")))]
    rows = extract(spark.createDataFrame(given, "id string, text binary"), config=CONFIG).collect()
    assert {row["id"]: row["error"] and row["error"]["code"] for row in rows} == {"1": None, "2": "binary", "3": None}


def test_a_stream_of_files_is_read_as_it_comes(spark: Any, tmp_path: Path) -> None:
    spark.createDataFrame(records(40), SCHEMA).write.json(str(tmp_path / "in"))
    stream = extract(spark.readStream.schema(SCHEMA).json(str(tmp_path / "in")), config=CONFIG)
    query = (
        stream.writeStream.format("parquet")
        .option("checkpointLocation", str(tmp_path / "checkpoint"))
        .trigger(availableNow=True)
        .start(str(tmp_path / "out"))
    )
    assert query.awaitTermination(int(PATIENCE))
    assert spark.read.parquet(str(tmp_path / "out")).count() == 40


def test_the_example_reads_jsonl_and_writes_parquet(spark: Any, tmp_path: Path) -> None:
    spark.createDataFrame(records(20), SCHEMA).write.json(str(tmp_path / "in"))
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_MASTER": "local[1]"}
    command: list[str | Path] = [sys.executable, EXAMPLE, tmp_path / "in", tmp_path / "out", "--no-entities"]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    assert spark.read.parquet(str(tmp_path / "out")).count() == 20
