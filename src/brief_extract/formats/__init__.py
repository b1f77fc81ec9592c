"""Rows -> files: CSV, JSON Lines, Parquet, a workbook, databases. One object for each format, in ``WRITERS``."""

from __future__ import annotations

from typing import Literal, get_args

from brief_extract.formats.base import Encode, Encoded, Rows, Sink, Writer
from brief_extract.formats.duckdb import DuckDb
from brief_extract.formats.lines import Csv, JsonLines
from brief_extract.formats.parquet import Parquet
from brief_extract.formats.sqlite import Sqlite
from brief_extract.formats.xlsx import Xlsx

__all__ = ["FORMATS", "WRITERS", "Encode", "Encoded", "Format", "Rows", "Sink", "Writer"]

Format = Literal["csv", "jsonl", "parquet", "xlsx", "sqlite", "duckdb"]
FORMATS: tuple[Format, ...] = get_args(Format)

WRITERS: dict[Format, Writer] = {
    "csv": Csv("csv"),
    "jsonl": JsonLines("jsonl"),
    "parquet": Parquet("parquet"),
    "xlsx": Xlsx("xlsx"),
    "sqlite": Sqlite("sqlite"),
    "duckdb": DuckDb("duckdb"),
}
"""Every format by its name."""
