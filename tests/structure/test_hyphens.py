"""Words that a line break cuts: put together, with their hyphen where they have one."""

from __future__ import annotations

import pytest

from brief_extract.blocks.inline import visible, visible_with_offsets


def spans(text: str) -> list[tuple[int, int]]:
    """The lines of a text."""
    ends = [index for index, letter in enumerate(text) if letter == "\n"]
    return list(zip([0, *(end + 1 for end in ends)], [*ends, len(text)], strict=True))


WORDS = {
    "the first week of Sep-\ntember": "the first week of September",
    "of war-\ntime munitions": "of wartime munitions",
    "A long-\ndelayed link": "A long-delayed link",
    "the state-\nowned railway": "the state-owned railway",
    "a cost-\ncutting plan, cost-cutting again": "a cost-cutting plan, cost-cutting again",
    "the Franco-\nGerman talks": "the Franco- German talks",
    "rose 3-\nfold": "rose 3- fold",
    "two- and three-\nyear bonds": "two- and three-year bonds",
    "it came -\nand went": "it came - and went",
    "a *broken-\nup* word": "a broken-up word",
    "mother-in-\nlaw": "mother-in- law",
}
"""Text -> what is shown of it."""


@pytest.mark.parametrize("text", WORDS)
def test_a_word_that_a_line_break_cuts_is_one_word(text: str) -> None:
    assert visible(text, spans(text)) == WORDS[text]


@pytest.mark.parametrize("text", WORDS)
def test_each_letter_keeps_its_place(text: str) -> None:
    shown, places = visible_with_offsets(text, spans(text))
    assert shown == WORDS[text]
    assert all(text[place] == letter for place, letter in zip(places, shown, strict=True) if letter != " ")
