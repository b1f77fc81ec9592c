"""Apache Spark, batch and Structured Streaming alike. Needs ``pip install 'brief-extract[spark]'`` on all machines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from brief_extract.adapters.arrow import transform
from brief_extract.config import Config

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

SCHEMA = "id string, document string, error struct<stage: string, code: string, message: string>, extra string"
"""``adapters.arrow.SCHEMA`` in Spark's words."""


def extract(df: DataFrame, *, text_col: str = "text", id_col: str = "id", config: Config | None = None) -> DataFrame:
    """A row of ``SCHEMA`` for each row of a DataFrame; what cannot be done is a row with an error.

    Articles are large rows: set ``spark.sql.execution.arrow.maxRecordsPerBatch`` to about 64, which bounds the memory
    of a worker, and have at least as many partitions as cores.

    Each Python worker has a child process that reads the texts, so that one that kills it or takes longer than
    ``Config.timeout`` costs its own row, not the job.
    """
    settings = config or Config()

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return transform(batches, settings, text=text_col, id=id_col)

    return df.mapInArrow(run, SCHEMA)
