"""Inputs: packed, they are what was put in."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract.batch.inputs import Found, Input, Inputs, Root

FOLDER = Root("/news", "folder", "news/")
WIRE = Root("/in/wire.jsonl", "collection")
HERE = Root("", "folder")

# Any name a file system or a line of JSON may bring, bytes that are no UTF-8 among them.
PATHS = st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=12)
FOUND = st.builds(
    Found,
    st.sampled_from([FOLDER, WIRE, HERE]),
    PATHS,
    st.none() | st.integers(0, 2**40),
    st.none() | st.just("a link that leads out"),
)


def test_an_input_says_where_it_lies_and_what_it_is_called() -> None:
    inputs = Inputs([Found(FOLDER, "2025/mali.txt"), Found(WIRE, "a1", 7), Found(HERE, "story.text", None, "odd")])
    assert list(inputs) == [
        Input("news/2025/mali", "news/2025/mali.txt", "/news/2025/mali.txt"),
        Input("a1", "a1", "/in/wire.jsonl", 7),
        Input("story.text", "story.text", "story.text", None, "odd"),
    ]


def test_inputs_are_a_sequence() -> None:
    inputs = Inputs([Found(WIRE, name, at) for at, name in enumerate("abcd")])
    assert len(inputs) == 4
    assert [item.id for item in inputs[1:3]] == ["b", "c"]
    assert inputs[-1].id == "d"
    with pytest.raises(IndexError):
        inputs[4]


@given(st.lists(FOUND, max_size=8, unique_by=lambda it: (it.name, it.location, it.part)))
def test_what_was_packed_comes_out_again_and_no_two_ids_are_alike(found: list[Found]) -> None:
    inputs = Inputs(found)
    assert [(it.location, it.part, it.fault) for it in inputs] == [(it.location, it.part, it.fault) for it in found]
    assert len({item.id.casefold() for item in inputs}) == len(found)


def test_an_input_takes_less_than_a_hundred_bytes() -> None:
    tracemalloc.start()
    inputs = Inputs(Found(FOLDER, f"2025/{number % 100:02}/article-{number:06}.txt") for number in range(10_000))
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size / len(inputs) < 100
