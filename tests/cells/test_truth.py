"""The truth set: kinds and values of columns of many makes, all of which are read right."""

from __future__ import annotations

from brief_extract.cells import read_cells
from cells.truth import columns, value_is_right


def test_kinds_and_values_are_right() -> None:
    wrong = []
    cells = 0
    for column in columns():
        readings = [row[0] for row in read_cells([column.header], [[cell.text] for cell in column.cells])]
        for truth, reading in zip(column.cells, readings, strict=True):
            cells += 1
            if reading.kind != truth.kind or not value_is_right(truth, reading):
                wrong.append(f"{column.header}: {truth} is read as {reading}")
    assert cells >= 400
    assert not wrong, "\n".join(wrong)


def test_no_identifier_is_damaged() -> None:
    for column in columns():
        readings = [row[0] for row in read_cells([column.header], [[cell.text] for cell in column.cells])]
        for truth, reading in zip(column.cells, readings, strict=True):
            if truth.kind == "identifier":
                assert reading.value == truth.text
