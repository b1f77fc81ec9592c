"""What is decided about dates, as tables of cases: ``decisions/*.txt`` state a rule, then sentences that show it.

All are written on Thursday, 16 May 2024. A block has the rule, a sentence, and a line for each of its dates: its text,
an arrow, and its value in ISO 8601. A sentence without lines has no date. ``--update-golden`` writes what the code says
now: read the difference.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from brief_extract.dates import find_dates

CASES = Path(__file__).with_name("decisions")
WRITTEN = dt.date(2024, 5, 16)


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.iterdir()))
def test_dates_are_read_as_decided(name: str, pytestconfig: pytest.Config) -> None:
    path = CASES / f"{name}.txt"
    said = path.read_text("utf-8")
    if pytestconfig.getoption("update_golden"):
        path.write_text(as_read(said), "utf-8")
    assert as_read(said) == said


def as_read(cases: str) -> str:
    """The cases with the dates that the code finds."""
    return "\n".join(_line(line) for line in cases.splitlines() if not line.startswith("  ")) + "\n"


def _line(line: str) -> str:
    if line.startswith("== ") or not line:
        return line
    found = find_dates(line, WRITTEN)
    return "\n".join([line, *(f"  {line[date.start : date.end]} → {date.value}" for date in found)])


def test_without_a_day_of_writing_relative_dates_are_found_and_have_no_value() -> None:
    found = list(find_dates("It fell yesterday, on 7 May and on 8 June 2023; the vote of 9 July is near."))
    assert [(date.value, date.relative) for date in found] == [
        (None, True),
        (None, False),
        ("2023-06-08", False),
        ("2023-07-09", False),  # in the year of the date before it
    ]


def test_american_dates_on_request() -> None:
    (british,), (american,) = (list(find_dates("on 5/7/2024", day_first=first)) for first in (True, False))
    assert (british.value, american.value) == ("2024-07-05", "2024-05-07")
