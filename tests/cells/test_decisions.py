"""What is decided about cells, as tables of cases: ``decisions/*.txt`` state a rule, then a column that shows it.

A block has the rule, the headers, and a line for each row: its cells, an arrow, and what the last cell is read as:
kind, value (as ``str`` prints it, left out where it is the text or there is none), unit in brackets, ``odd`` where
that is reported.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from brief_extract.cells import Reading, read_cells
from brief_extract.cells.headers import Hints, hints

CASES = Path(__file__).with_name("decisions")


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.iterdir()))
def test_columns_are_read_as_decided(name: str) -> None:
    wrong = []
    blocks = (CASES / f"{name}.txt").read_text("utf-8").rstrip("\n").split("\n\n")
    for rule, header, *lines in (block.split("\n") for block in blocks):
        printed, expected = zip(*(re.split(r" +→ ", line) for line in lines), strict=True)
        rows = [["" if cell == '""' else cell for cell in line.split(" | ")] for line in printed]
        for row, reading, right in zip(rows, read_cells(header.split(" | "), rows), expected, strict=True):
            if shown(row[-1], reading[-1]) != right:
                wrong.append(f"{rule.removeprefix('== ')}: {row[-1]!r} is {shown(row[-1], reading[-1])}, not {right}")
    assert not wrong, "\n".join(wrong)


def shown(text: str, reading: Reading) -> str:
    same = reading.value is None or (reading.kind in ("text", "identifier") and reading.value == text)
    parts = [reading.kind, "" if same else str(reading.value), f"[{reading.unit}]" if reading.unit else ""]
    return "  ".join(filter(None, [*parts, "odd" if reading.odd else ""]))


@pytest.mark.parametrize("char", "½¼¾⅓⅔⅕⅖⅗⅘⅙⅛⅜⅝⅞")
def test_a_fraction_is_worth_what_unicode_says(char: str) -> None:
    alone, with_one = (row[0].value for row in read_cells(["Length"], [[char], [f"1{char}"]]))
    assert alone == pytest.approx(unicodedata.numeric(char), abs=1e-9)
    assert with_one == pytest.approx(1 + unicodedata.numeric(char), abs=1e-9)


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        (["12", "13", "14"], "number"),
        (["7 May 2024", "8 May 2024", "9 May 2024"], "date"),
        (["9:30 am", "10:30 am", "11:30 am"], "time"),
        (["yes", "no", "yes"], "yes or no"),
        (["A12", "B13", "C14"], "identifier"),
    ],
)
def test_an_odd_cell_says_what_it_is_not(cells: list[str], what: str) -> None:
    *fitting, odd = (row[0] for row in read_cells(["Column"], [[cell] for cell in (*cells, "rain or snow")]))
    assert odd.odd == f'"rain or snow" is no {what}, unlike the other cells of its column'
    assert not any(reading.odd for reading in fitting)


def test_headers_say_what_is_decided() -> None:
    lines = CASES.with_name("decisions_of_headers.txt").read_text("utf-8").splitlines()
    cases = [re.split(r" +→ ?", line) for line in lines]
    wrong = [f"{header}: {said(hints(header))}, not {right}" for header, right in cases if said(hints(header)) != right]
    assert not wrong, "\n".join(wrong)


def said(hints: Hints) -> str:
    """Exponent, unit in brackets, and what else a header says."""
    flags = ("identifier", "year", "measure", "date", "length", "ratio", "lasting")
    order = {True: "day first", False: "month first", None: ""}[hints.day_first]
    parts = [f"e{hints.exponent}" if hints.exponent else "", f"[{hints.unit.symbol}]" if hints.unit else ""]
    return ", ".join(filter(None, [*parts, *(flag for flag in flags if getattr(hints, flag)), order]))
