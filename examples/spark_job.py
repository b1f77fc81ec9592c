"""A folder of Parquet or JSON Lines with columns ``id`` and ``text`` -> a folder of Parquet with documents and errors.

    spark-submit examples/spark_job.py articles/ documents/ [--no-entities]

Without ``spark-submit``, plain Python runs it on the cores of one machine, or where SPARK_MASTER says.
"""

# ruff: noqa: T201 - a job that tells what it did

from __future__ import annotations

import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession

from brief_extract import Config
from brief_extract.adapters.spark import extract


def main(source: str, target: str, *, entities: bool) -> None:
    """Read, extract, write, and count."""
    spark = (
        SparkSession.builder.appName("brief-extract")
        .master(os.environ.get("SPARK_MASTER", "local[*]"))
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
        .getOrCreate()
    )
    parquet = any(Path(source).glob("*.parquet"))
    articles = spark.read.parquet(source) if parquet else spark.read.json(source)
    extract(articles, config=Config(entities=entities)).write.mode("overwrite").parquet(target)
    results = spark.read.parquet(target)
    print(f"{results.count()} articles, {results.filter('error is not null').count()} set aside")
    spark.stop()


if __name__ == "__main__":
    paths = [argument for argument in sys.argv[1:] if argument != "--no-entities"]
    if len(paths) != 2:
        sys.exit(__doc__)
    main(*paths, entities="--no-entities" not in sys.argv)
