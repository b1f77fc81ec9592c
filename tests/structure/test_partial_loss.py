"""Text that has kept some of its blank lines is read at least as well as text that has kept none."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from brief_extract import Config, extract
from scoring import Block, Score, blocks_of, score_blocks, sequence

ROOT = Path(__file__).parents[2]
TRUTH = {
    str(path.relative_to(ROOT / "tests/truth").with_suffix("")): path for path in ROOT.glob("tests/truth/**/*.json")
}

FLOORS = {"table": 1.0, "list": 1.0, "heading": 0.98, "paragraph": 0.98}
"""F1 at every share of blank lines kept, half a point to a point below what was measured when they were set."""


@cache
def truth(id: str) -> list[Block]:
    """The blocks of an article, made by hand."""
    content: dict[str, Any] = json.loads(TRUTH[id].read_text(encoding="utf-8"))
    return list(content["blocks"])


@cache
def pieces(id: str) -> list[str]:
    """The source of each block of an article, in order."""
    text = next(ROOT.glob(f"corpus/{id}.*")).read_text(encoding="utf-8")
    blocks = extract(text, Config(entities=False)).blocks
    return [text[block.start : block.end] for block in blocks]


def joined(parts: list[str], spaced: set[int]) -> str:
    """The blocks with a blank line before those of ``spaced`` only."""
    return "".join(f"{part}\n\n" if number + 1 in spaced else f"{part}\n" for number, part in enumerate(parts))


def read(text: str) -> list[Block]:
    return blocks_of(extract(text, Config(entities=False)))


@pytest.mark.parametrize("kept", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
def test_articles_with_some_of_their_blank_lines_are_read(kept: float) -> None:
    total: dict[str, Score] = {}
    for id in sorted(TRUTH):
        for seed in range(3):
            chance = random.Random(f"{id} {kept} {seed}")
            parts = pieces(id)
            text = joined(parts, {number for number in range(1, len(parts)) if chance.random() < kept})
            for kind, score in score_blocks(read(text), truth(id)).items():
                total[kind] = total.get(kind, Score()) + score
    assert {kind: str(total[kind]) for kind, floor in FLOORS.items() if total[kind].f1 < floor} == {}


def test_a_blank_line_put_back_hardly_ever_loses_a_block_that_was_right() -> None:
    """It loses one where all but one of the missing lines are back: the text then looks as its writer left it."""
    lost, tried = [], 0
    for id, seed in itertools.product(sorted(TRUTH), range(3)):
        parts = pieces(id)
        chance = random.Random(f"{id} {seed}")
        spaced = {number for number in range(1, len(parts)) if chance.random() < 0.5}
        right = Counter(map(str, sequence(truth(id))))
        before = Counter(map(str, sequence(read(joined(parts, spaced))))) & right
        for number in sorted({*range(1, len(parts))} - spaced):
            tried += 1
            after = Counter(map(str, sequence(read(joined(parts, spaced | {number}))))) & right
            if before - after:
                lost.append((id, parts[number][:60]))
    assert len(lost) <= tried / 100, lost


PORT = [
    ("heading", "Port Strike Ends"),
    ("paragraph", "Dockers in Tema went back to work on Monday after the union and the port authority signed a deal."),
    ("heading", "What Was Agreed"),
    (
        "paragraph",
        "Night shifts will be paid at twice the day rate, and nobody who took part in the strike loses a job.",
    ),
    ("paragraph", "The authority had first offered half of that, and only to crews of the container terminal."),
    ("heading", "What Comes Next"),
    ("paragraph", "Forty ships wait at anchor off the coast. Clearing them will take until the end of the month."),
]
BANK = [
    ("heading", "Central Bank Holds Rates"),
    (
        "paragraph",
        "The bank left its main rate at 14.5 percent, as nine of ten analysts had expected. It spoke of oil.",
    ),
    ("paragraph", "Three reasons were given:"),
    ("list", "- Food prices fell in May\n- The currency held\n- Wages lag behind"),
    ("paragraph", "The next meeting is on 18 July. Nobody expects a change before the harvest is in."),
]
WRAPPED = [
    (
        "paragraph",
        "The council of Port Elsa voted on Tuesday to buy the lighthouse that\nthe coast guard meant to sell.",
    ),
    (
        "paragraph",
        "Repairs will cost about four hundred thousand dollars, most of which is\n"
        "to come from a levy on berths. The rest was promised by a foundation in\n"
        "the capital.",
    ),
    ("paragraph", "A museum is planned for the keeper's house, with a café on the ground\nfloor."),
]


@pytest.mark.parametrize("blocks", [PORT, BANK, WRAPPED], ids=["port", "bank", "wrapped"])
def test_a_short_text_is_read_whichever_of_its_blank_lines_are_left(blocks: list[tuple[str, str]]) -> None:
    """A few lines tell little: the words alone have to be enough, and no blank line may mislead."""
    parts = [text for _, text in blocks]
    expected = [(kind, " ".join(text.split())) for kind, text in blocks if kind != "list"]
    places = range(1, len(parts))
    for count in range(len(parts)):
        for spaced in itertools.combinations(places, count):
            found = read(joined(parts, set(spaced)))
            texts = [(block["type"], " ".join(block["text"].split())) for block in found if block["type"] != "list"]
            assert texts == expected, f"blank lines before {spaced}"


def test_blank_lines_make_no_headings_of_a_list_of_names() -> None:
    names = ["Anna Smith", "Bob Jones", "Carl Weber", "Dora Klein", "Eva Lund"]
    found = read("Signed by the following members\n\n" + "\n\n".join(names) + "\n")
    assert [block["text"] for block in found if block["type"] == "heading"][1:] == []


def test_a_line_wider_than_most_continues_in_lower_case() -> None:
    line = "The council voted on Tuesday to buy the lighthouse that the coast guard had wanted to sell since spring, "
    text = (
        f"{line}and to pay for it out of the money that the levy on berths brings in each\nyear. {line}it said.\n"
        f"{line}and to ask the region for help with the roof, which leaks, and with the lamp, which has not\nshone.\n"
    )
    assert [block["text"].count("lighthouse") for block in read(text)] == [2, 1]
