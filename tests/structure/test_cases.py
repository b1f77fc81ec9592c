"""The case files: each damaged text comes out as a reader would take it apart.

``known_failures.txt`` names the cases that do not pass yet, each with its reason. A case that passes must leave it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from brief_extract import Config, extract
from scoring import Block, sequence
from structure.caseformat import Case, load

KNOWN_FAILURES = Path(__file__).with_name("known_failures.txt")

CASES = {case.id: case for case in load()}
NUMBER_OF_CASES = {"small": 370, "wild": 91}
"""Pinned, so that a case lost to a slip in a fence is noticed. Wild cases are whole pages as found on news sites."""

FLOORS = {"small": (99, 96), "wild": (100, 91)}
"""Percent of the cases whose tables and lists are exact, and of those whose every block is."""


def known_failures() -> dict[str, str]:
    """Case id -> why it fails, from lines of the form ``id: reason``."""
    lines = KNOWN_FAILURES.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(": ") for line in lines if line and not line.startswith("#"))
    return {id: reason for id, _, reason in pairs}


def origin(id: str) -> str:
    """Is the case a small one, made for one kind of damage, or a wild one?"""
    return "wild" if id.startswith("news-") else "small"


@cache
def blocks(id: str) -> list[Block]:
    """What is made of a case's input."""
    from scoring import blocks_of

    return blocks_of(extract(CASES[id].input, Config(entities=False)))


def is_right(found: list[Block], answer: list[Block]) -> bool:
    """Is every block exact and in order? Where the answer says so, heading and paragraph are both right."""
    here, there = sequence(found), sequence(answer)
    if len(here) != len(there):
        return False
    either = [bool(block.get("ambiguous")) for block in answer]
    return all(
        one == other or (both and one[1] == other[1] and {one[0], other[0]} == {"heading", "paragraph"})
        for one, other, both in zip(here, there, either, strict=True)
    )


def is_core_right(found: list[Block], answer: list[Block]) -> bool:
    """Are tables and lists exact and in order?"""
    here, there = ([one for one in sequence(blocks) if one[0] in ("table", "list")] for blocks in (found, answer))
    return here == there


def answers(case: Case) -> list[list[Block]]:
    """Every answer that is right."""
    return [[*answer] for answer in (case.blocks, *case.accept)]


def _parameters() -> list[object]:
    reasons = known_failures()
    return [
        pytest.param(id, id=id, marks=[pytest.mark.xfail(reason=reasons[id], strict=True)] if id in reasons else [])
        for id in CASES
    ]


@pytest.mark.parametrize("id", _parameters())
def test_a_case_comes_out_as_a_reader_takes_it(id: str) -> None:
    right = answers(CASES[id])
    if not any(is_right(blocks(id), answer) for answer in right):
        assert sequence(blocks(id)) == sequence(right[0]), CASES[id].title


@pytest.mark.parametrize("kind", FLOORS)
def test_few_cases_fail(kind: str) -> None:
    cases = [case for case in CASES.values() if origin(case.id) == kind]
    core = [case for case in cases if any(is_core_right(blocks(case.id), answer) for answer in answers(case))]
    full = [case for case in cases if any(is_right(blocks(case.id), answer) for answer in answers(case))]
    shares = (100 * len(core) / len(cases), 100 * len(full) / len(cases))
    told = f"{kind}: tables and lists exact in {shares[0]:.1f} %, all exact in {shares[1]:.1f} % of {len(cases)} cases"
    assert shares[0] >= FLOORS[kind][0], told
    assert shares[1] >= FLOORS[kind][1], told


def test_no_case_is_lost() -> None:
    assert Counter(map(origin, CASES)) == NUMBER_OF_CASES
    assert len(load()) == len(CASES), "two cases have one id"


def test_every_known_failure_is_a_case() -> None:
    assert known_failures().keys() <= CASES.keys()
