"""Tables and documents -> pandas: nullable types where a column is of one kind, else the strings as printed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from brief_extract.model import Engine
from brief_extract.table import Cell, Value, unique_names
from brief_extract.views.columns import PROJECTIONS

if TYPE_CHECKING:
    import polars as pl

    from brief_extract.model import Document
    from brief_extract.table import Table
    from brief_extract.views.projection import Projection

_WHOLE = {"integer", "year"}
_NUMBERS = {*_WHOLE, "decimal", "percent", "money", "quantity", "duration", "ratio", "approximate"}
_INT64 = range(-(2**63), 2**63)
_DAY = len("2024-05-07")


def to_pandas(table: Table, *, raw: bool, unique: bool) -> pd.DataFrame:
    """See ``Table.to_pandas``."""
    names = unique_names(table.columns) if unique else list(table.columns)
    texts = pd.DataFrame(list(table.rows), columns=range(len(names)), dtype="string")
    if raw:
        texts.columns = pd.Index(names)
        return texts
    cells: list[list[Cell]] = [[] for _ in names]
    for cell in table.cells:
        cells[cell.column].append(cell)
    series = [_series(column, texts[place]) for place, column in enumerate(cells)]
    frame = pd.concat(series, axis=1) if series else texts
    frame.columns = pd.Index(names)
    frame.attrs["units"] = {place: unit for place, column in enumerate(cells) if (unit := _unit(column))}
    return frame


def _unit(column: Sequence[Cell]) -> str | None:
    """The unit of all cells that have a value, if it is one."""
    units = {cell.unit for cell in column if cell.kind != "missing"}
    return units.pop() if len(units) == 1 else None


def _series(column: Sequence[Cell], texts: pd.Series[str]) -> pd.Series[Any]:
    """One column in its type. Cells without a value are NA; so is what a short row does not have."""
    kinds = {cell.kind for cell in column} - {"missing"}
    values: list[object] = [None] * len(texts)
    for cell in column:
        values[cell.row] = cell.value
    present = [value for value in values if value is not None]
    dtype = _dtype(kinds, present) if len({cell.unit for cell in column if cell.kind != "missing"}) <= 1 else None
    if dtype is None:
        return texts
    if dtype == "datetime64[s]":
        return pd.Series([pd.NaT if value is None else date.fromisoformat(str(value)) for value in values], dtype=dtype)
    return pd.Series(values, dtype=dtype)


def _dtype(kinds: Collection[str], present: Sequence[object]) -> str | None:
    """The type that holds all values without loss; ``None`` for text and for columns of several sorts."""
    if not present:
        return None
    kinds = frozenset(kinds)
    if kinds <= _NUMBERS and all(isinstance(value, int | float) for value in present):
        whole = all(isinstance(value, int) and value in _INT64 for value in present)
        return "Int64" if whole else "Float64"
    if kinds == {"boolean"}:
        return "boolean"
    if kinds == {"date"} and all(isinstance(value, str) and _is_day(value) for value in present):
        return "datetime64[s]"
    if kinds <= {"date", "quarter", "time"} and all(isinstance(value, str) for value in present):
        return "string"
    return None


def _is_day(value: str) -> bool:
    return len(value) == _DAY and value[0] != "-"


_DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "any": "object"}
"""Types of the columns of a projection, in pandas."""


def frames(document: Document, engine: Engine) -> dict[str, Any]:
    """See ``Document.frames``."""
    if engine not in get_args(Engine):
        raise ValueError(f"engine is {engine!r}; it is one of {', '.join(get_args(Engine))}")
    of = _frame if engine == "pandas" else _polars
    return {projection.name: of(document, projection) for projection in PROJECTIONS}


def _frame(document: Document, projection: Projection) -> pd.DataFrame:
    rows = [list(row) for row in map(projection.getter(), projection.rows(document))]
    columns = {
        column.name: pd.Series([row[place] for row in rows], dtype=_DTYPES[column.type])
        for place, column in enumerate(projection.columns)
    }
    return pd.DataFrame(columns)


def _polars(document: Document, projection: Projection) -> pl.DataFrame:
    """As Parquet has it: a column of one type each, ``any`` as text."""
    import polars as pl

    types = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "any": pl.String}
    rows = [list(row) for row in map(projection.getter(), projection.rows(document))]
    return pl.DataFrame(
        {
            column.name: pl.Series([_as(row[place], column.type) for row in rows], dtype=types[column.type])
            for place, column in enumerate(projection.columns)
        }
    )


def _as(value: Value, type: str) -> Value:
    if type == "number" and value is not None:
        return float(value)  # type: ignore[arg-type]
    if type != "any" or value is None:
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)
