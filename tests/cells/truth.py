"""The truth set: columns of our own making and of our corpus, each cell with the kind, value and unit a reader sees.

``truth.tsv`` holds one block for each column: a line with ``#`` and the header, then a line for each cell: text, kind,
value (ranges as low/high) and unit, tabs between, empty ones left out at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from brief_extract.cells import Reading
from brief_extract.table import Range


class Truth(NamedTuple):
    text: str
    kind: str
    value: str
    unit: str


class TruthColumn(NamedTuple):
    header: str
    cells: list[Truth]


def columns() -> Iterator[TruthColumn]:
    """The columns of the truth set."""
    blocks = Path(__file__).with_name("truth.tsv").read_text("utf-8").rstrip("\n").split("\n\n")
    for block in blocks:
        header, *lines = block.split("\n")
        cells = [Truth(*[*line.split("\t"), "", "", ""][:4]) for line in lines]
        yield TruthColumn(header.removeprefix("# "), cells)


def value_is_right(truth: Truth, reading: Reading) -> bool:
    """Whether value and unit are those of the truth; numbers are compared as numbers."""
    if (reading.unit or "") != truth.unit:
        return False
    value = reading.value
    if value is None:
        return not truth.value
    if isinstance(value, bool):
        return str(value).lower() == truth.value
    if isinstance(value, int | float):
        return truth.value.replace(".", "", 1).lstrip("-").isdecimal() and float(truth.value) == value
    if isinstance(value, Range):
        return [_end(end) for end in truth.value.split("/")] == [_end(end) for end in str(value).split("/")]
    return value == truth.value


def _end(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text
