"""Which columns belong together as before and after, and what a change is."""

from __future__ import annotations

import pytest

from brief_extract import Config, Table, extract
from brief_extract.changes import pairs


def table(header: str, *rows: str) -> Table:
    bar = "|".join("---" for _ in header.split("|"))
    text = f"| {header} |\n|{bar}|\n" + "".join(f"| {row} |\n" for row in rows)
    return extract(text, Config(entities=False)).tables[0]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        # words of time, with and without a stem, in any case
        ("Before | After", [(0, 1)]),
        ("Line | Jobs before | Jobs after", [(1, 2)]),
        ("Old price | New price", [(0, 1)]),
        ("Previous | Current", [(0, 1)]),
        ("Prior | Current", [(0, 1)]),
        ("Previous rate | Latest rate", [(0, 1)]),
        ("Then | Now", [(0, 1)]),
        ("FROM | to", [(0, 1)]),
        ("Start | End", [(0, 1)]),
        ("Opening | Closing", [(0, 1)]),
        ("Sales last year | Sales this year", [(0, 1)]),
        # columns need not be neighbours, and each first column has one partner, the nearest
        ("Before | Share | After", [(0, 2)]),
        ("Old | New | New", [(0, 1)]),
        ("2021 | 2022 | 2023", [(0, 1), (1, 2)]),
        ("Jobs 2022 | Pay 2022 | Jobs 2024 | Pay 2024", [(0, 2), (1, 3)]),
        # years
        ("2022 (t) | 2024 (t)", [(0, 1)]),
        ("1999 | 2000", [(0, 1)]),
        ("Sales 2021/22 | Sales 2022/23", [(0, 1)]),
        ("2021–22 | 2022–23", [(0, 1)]),
        ("Output 2022 of steel | Output 2023 of steel", [(0, 1)]),
        # only from earlier to later
        ("After | Before", []),
        ("2024 | 2022", []),
        ("2024 | 2024", []),
        # what is left has to be the same
        ("Jobs before | Pay after", []),
        ("2022 (t) | 2024 ($)", []),
        ("2022 | After", []),
        ("Before | 2024", []),
        # not opposites of each other, no words of time, no years
        ("Before | New", []),
        ("Before | Before", []),
        ("Beforehand | Afterhand", []),
        ("1822 | 1824", []),
        ("12022 | 12024", []),
        ("Room 20221 | Room 20241", []),
        ("One | Two", []),
        ("Before | 1998", []),
        ("Now | Then", []),
        # one word of each kind is taken out, the first one
        ("From day to day before | From day to day after", [(0, 1)]),
        ("Old and old | New and old", [(0, 1)]),
        ("2021-22 | 2022-23", [(0, 1)]),
        ("2021 of 2025 | 2022 of 2025", [(0, 1)]),
        ("Renew | New", []),
        ("Bold | New", []),
        ("Reold | Renew", []),
        ("Golden cost | new cost", []),
    ],
)
def test_columns_that_belong_together(columns: str, expected: list[tuple[int, int]]) -> None:
    assert list(pairs(tuple(columns.split(" | ")))) == expected


@pytest.mark.parametrize(
    ("before", "after", "absolute", "relative", "unit"),
    [
        ("100", "120", 20, 20.0, None),
        ("120", "100", -20, -16.67, None),
        ("-20", "-10", 10, 50.0, None),  # a loss that gets smaller is a rise
        ("-10", "-20", -10, -100.0, None),
        ("-10", "10", 20, 200.0, None),
        ("10", "-10", -20, -200.0, None),
        ("0", "5", 5, None, None),
        ("0.1", "0.3", 0.2, 200.0, None),  # without binary rounding
        ("1.5", "2.5", 1, 66.67, None),
        ("10%", "12.5%", 2.5, None, "%"),
        ("$3m", "$4m", 1_000_000, 33.33, "USD"),
        ("3 km", "6 km", 3, 100.0, "km"),
        ("7", "7", 0, 0.0, None),
    ],
)
def test_a_change_has_amount_and_share(
    before: str, after: str, absolute: float, relative: float | None, unit: str | None
) -> None:
    (change,) = table("Line | Before | After", f"North | {before} | {after}").changes()
    assert (change.absolute, change.relative, change.unit) == (absolute, relative, unit)
    assert change.after - change.before == pytest.approx(change.absolute)


def test_a_whole_difference_is_an_integer() -> None:
    first, second = table("Line | Before | After", "a | 1.5 | 2.5", "b | 1.25 | 1.5").changes()
    assert (repr(first.absolute), repr(second.absolute)) == ("1", "0.25")


@pytest.mark.parametrize(
    "row", ["a | $3m | €4m", "a | 3 km | 4 t", "a | 3 | n/a", "a | n/a | 3", "a | b | c", "a | 3", "a"]
)
def test_what_cannot_be_compared_is_left_out(row: str) -> None:
    assert table("Line | Before | After", row).changes() == ()


def test_answers_are_no_numbers() -> None:
    assert table("Line | Before | After", "a | yes | no", "b | no | yes").changes() == ()
    assert table("Line | Before | After", "a | yes | 1", "b | no | 2").changes() == ()


def test_rows_keep_their_number_and_label() -> None:
    found = table("Line | Before | After", "North | 1 | 2", "South | n/a | 2", "East | 3 | 4").changes()
    assert [(change.row, change.label) for change in found] == [(0, "North"), (2, "East")]
    assert {change.columns for change in found} == {("Before", "After")}


def test_rows_without_a_name_have_no_label() -> None:
    (change,) = table("Before | After", "1 | 2").changes()
    assert (change.label, change.columns) == (None, ("Before", "After"))


def test_pairs_come_before_rows() -> None:
    found = table("Line | 2021 | 2022 | 2023", "North | 1 | 2 | 4", "South | 5 | 6 | 8").changes()
    assert [(change.columns, change.row) for change in found] == [
        (("2021", "2022"), 0),
        (("2021", "2022"), 1),
        (("2022", "2023"), 0),
        (("2022", "2023"), 1),
    ]
