"""The truth set: kinds and values of columns of many makes, and the floors that they are held to."""

from __future__ import annotations

from brief_extract.cells import read_cells
from cells.truth import columns, value_is_right

KINDS_AT_LEAST = 0.98
VALUES_AT_LEAST = 0.99


def test_kinds_and_values_are_right() -> None:
    right_kinds = right_values = 0
    wrong = []
    cells = 0
    for column in columns():
        readings = [row[0] for row in read_cells([column.header], [[cell.text] for cell in column.cells])]
        for truth, reading in zip(column.cells, readings, strict=True):
            cells += 1
            kind = reading.kind == truth.kind
            value = kind and value_is_right(truth, reading)
            right_kinds, right_values = right_kinds + kind, right_values + value
            if not value:
                wrong.append(f"{column.header}: {truth} is read as {reading}")
    assert cells >= 400
    assert right_kinds / cells >= KINDS_AT_LEAST, "\n".join(wrong)
    assert right_values / right_kinds >= VALUES_AT_LEAST, "\n".join(wrong)


def test_no_identifier_is_damaged() -> None:
    for column in columns():
        readings = [row[0] for row in read_cells([column.header], [[cell.text] for cell in column.cells])]
        for truth, reading in zip(column.cells, readings, strict=True):
            if truth.kind == "identifier":
                assert reading.value == truth.text
