"""Texts made to hurt: huge, deep or repeating. Each ends, does not recurse without bound, and loses nothing.

They are not timed here: the limit is only there so that a blow-up fails instead of hanging.
"""

from __future__ import annotations

import pytest

from brief_extract import Config, extract
from limits import cpu_seconds

LONGEST = 60
"""Seconds of CPU time. Each takes under 5 on one slow core; quadratic work at these sizes takes minutes."""

TEXTS = {
    "one line of words": "word " * 200_000,
    "one word": "x" * 1_000_000,
    "one line of sentences": "A b. " * 100_000 + ":\n- x",
    "pipes": "|" * 100_000,
    "cells": "| a " * 50_000,
    "rows on one line": "| a | b | |---|---|" + " | 1 | 2 |" * 10_000,
    "delimiter rows on one line": "|---| " * 20_000,
    "rows": "| a | b |\n" * 30_000,
    "delimiter rows": "|---|---|\n" * 20_000,
    "rows of dashes": "| a | b |\n" + "| - | - |\n" * 20_000,
    "headers without bodies": "| a | b |\n|---|---|\n" * 10_000,
    "headers of another width": "a | b | c\n|---|\n" * 10_000,
    "rows that never close": "| a | b |\n|---|---|\n" + "| a\n" * 20_000,
    "bars in code": "| a | b |\n|---|---|\n| `" + "\\|" * 20_000 + "` | c |\n",
    "tabs": "a\tb\n" * 20_000,
    "bullets": "- x\n" * 30_000,
    "bullets on one line": "• x " * 30_000,
    "dashes": "– x\n" * 30_000,
    "numbers on one line": " ".join(f"{number}. x" for number in range(1, 20_000)),
    "hyphens on one line": "- A" + " - Abc" * 20_000,
    "lists in lists": "".join("  " * level + "- x\n" for level in range(1_000)),
    "lists on one line": "- " * 5_000 + "x",
    "quotes in quotes": "> " * 10_000 + "x",
    "lists in quotes": "> - " * 2_000 + "x",
    "blank lines": "\n" * 1_000_000,
    "carriage returns": "\r" * 100_000,
    "zero-width spaces": "\u200b" * 100_000,
    "blanks in a line": "x" + " " * 500_000 + "y",
    "short lines": "Title Here\n" * 20_000,
    "fences": "```\n" * 20_000,
    "definitions": "[a]: x\n" * 10_000,
    "tags as blocks": "<div>\n" * 10_000,
    "underlines": "a\n=\n" * 10_000,
    "backticks": "`a" * 20_000,
    "runs of backticks": "".join("`" * (length % 200 + 1) + "a" for length in range(2_000)),
    "brackets": "[" * 20_000 + "]" * 20_000,
    "links without an end": "[a](" * 20_000,
    "a target of blanks": "[a](" + " " * 20_000 + "y",
    "asterisks": "*" * 20_000,
    "openers and closers of two kinds": "*a_ " * 20_000,
    "emphasis of three kinds": "a**b" + "c* " * 20_000,
    "angle brackets": "<a " * 20_000,
    "comments without an end": "x <!--" * 20_000,
    "addresses": "<a@" + "a." * 20_000,
    "backslashes": "\\" * 100_000,
    "entities": "&amp;" * 20_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_ends_and_loses_nothing(name: str) -> None:
    with cpu_seconds(LONGEST):
        document = extract(TEXTS[name], Config(entities=False))
    position = 0
    for block in document.blocks:
        assert not document.text[position : block.start].strip(" \r\n\t\u200b")
        position = block.end
    assert not document.text[position:].strip(" \r\n\t\u200b")
