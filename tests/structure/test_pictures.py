"""Emoji, dingbats and numbers in circles at the start of lines: items, or decoration of headings."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, extract


def read(*lines: str) -> Document:
    return extract("\n".join(lines) + "\n", Config(entities=False))


def items(document: Document) -> list[list[str]]:
    return [[item.text for item in found.items] for found in document.lists]


PROSE = "Ships should join the convoy at dawn, since the escorts leave at noon."


@pytest.mark.parametrize(
    "signs",
    [
        "\u2460\u2461\u2462",
        "\u2776\u2777\u2778",
        "1\ufe0f\u20e3 2\ufe0f\u20e3 3\ufe0f\u20e3",
        "1\u20e3 2\u20e3 3\u20e3",
    ],
)
def test_numbers_in_circles_and_on_keys_count_items(signs: str) -> None:
    marks = signs.split() if " " in signs else list(signs)
    document = read("The plan has three parts.", *(f"{mark} Part" for mark in marks), "Work begins in autumn.")
    assert items(document) == [["Part"] * 3]
    assert document.lists[0].ordered
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "The plan has three parts.",
        "Work begins in autumn.",
    ]


@pytest.mark.parametrize(
    "sign",
    ["\u2610", "\u2611\ufe0f", "\u2714", "\u2718", "\u2192", "\u279c", "\u25c6", "\U0001f539", "\U0001f525\U0001f525"],
)
def test_two_lines_under_one_sign_are_items(sign: str) -> None:
    assert items(read("It rained in Gao on Monday.", f"{sign} Bread", f"{sign} Milk", PROSE)) == [["Bread", "Milk"]]


def test_three_different_pictures_are_items_and_two_are_none() -> None:
    lines = ["\U0001f697 Cars from noon", "\U0001f69a Trucks from midnight", "\U0001f6b2 Bicycles all day"]
    assert items(read("The bridge is open again.", *lines, PROSE)) == [
        ["Cars from noon", "Trucks from midnight", "Bicycles all day"]
    ]
    assert items(read("The bridge is open again.", *lines[:2], PROSE)) == []


def test_pictures_that_each_stand_above_prose_decorate_headings() -> None:
    document = read("\U0001f30d Why It Matters", PROSE, "\u26a0\ufe0f Risks Ahead", PROSE, "\u2705 What to Do", PROSE)
    assert items(document) == []
    assert len(document.headings) == 3


def test_one_picture_above_prose_again_and_again_marks_no_item_though_items_stand_above_it() -> None:
    done = ["\u2705 Exports rose", "\u2705 Prices fell", "\u274c Jobs lagged"]
    document = read("Key Takeaways", *done, "\U0001f539 What changed", PROSE, "\U0001f539 Why it matters", PROSE)
    assert items(document) == [["Exports rose", "Prices fell", "Jobs lagged"]]


def test_two_lists_of_one_sign_each_stay_apart() -> None:
    lines = ["\u2605 New: tickets", "\u2605 New: bikes", "\u2611 Old passes", "\u2611 Refunds"]
    assert items(read("What changes on Monday:", *lines, PROSE)) == [
        ["New: tickets", "New: bikes"],
        ["Old passes", "Refunds"],
    ]


def test_a_letter_goes_on_after_numbers_that_are_letters_too() -> None:
    lines = ["(a) late", "(b) closed to", "(i) the press, and", "(ii) the families", "(c) unkept"]
    assert items(read("The court found three faults:", *lines, "The state may appeal.")) == [
        ["late", "closed to", "the press, and", "the families", "unkept"]
    ]
