"""No regular expression of the package takes more than linear time, on any text.

Each one is attacked with texts made from its own parse tree (``attacks``), in the ways in which it is used
(``compiled``); the growth of CPU time is what is tested (``growth``), never a time.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from attacks import Attack, attacks
from compiled import OPTIONAL, Use, modules, unseen, uses
from growth import STEEP, steepness

MODULES, MISSING = modules()
USES = uses(MODULES)

BAD = {
    "a repeat in a repeat": (r"(a+)+$", "match"),
    "two branches that accept the same": (r"(a|a)*b", "match"),
    "two repeats that touch": (r".*.*x", "match"),
    "a search that starts again at each space": (r"\s*x\s*y$", "search"),
    "spaces at the end": (r"\s+$", "search"),
    "a word before a sign": (r"\w+@\w+", "search"),
    "a comment that never ends": (r"<!--.*?-->", "finditer"),
    "optional separators": (r"(?:\w+[ ,]?)*!", "fullmatch"),
    "a lookahead that reads to the end": (r"\d+-(?=.*x)", "finditer"),
    "a repeat of options": (r"(?:a?b?){14}c", "match"),
    "words that share a letter": (r"(?:and|a|nd)*!", "match"),
    "matches at each place": (r"\s*:", "scan"),
    "a cell with a version": (r"v?\d+(?:\.\d+){2,}(?:[-+.]?\w+)*|v\d+(?:\.\w+)*", "fullmatch"),
    "a row of single dashes": (r"\|?[ \t]*[^\s|:][ \t]*(?:\|[ \t]*[^\s|:]?[ \t]*)*$", "match"),
    "a byline": (r"(?i:by|von) (?:[A-Z][\w.'-]+(?:,? (?:and|und) |,? )?){1,6}(?i:[,| ]*\d{4})?$", "match"),
    "a unit after in": (r"(?:,|:|;|–|—| - |\bin\b)\s*([^,:;–—()\[\]]+)$", "search"),
    "a printed number": (r"(?<![\w.,:/])\d[\d.,]*\d(?![\w:/-]*\d)", "finditer"),
    "a time": (r"\d{1,2}:\d\d\s*(?:[ap]m)?(?:\s*(?:UTC|GMT))?", "fullmatch"),
}
"""Patterns that are slow, the last seven as this package once had them."""

GOOD = {
    "possessive": (r"[a-z]++\d", "match"),
    "atomic": (r"(?>a+)b", "match"),
    "words": (r"\b(?:one|two|three)\b", "search"),
    "numbers with full stops": (r"\d+(?:\.\d+)*", "fullmatch"),
    "bounded": (r"[A-Z][\w ]{1,24}: [^:]{1,40}$", "match"),
    "greedy to the end": (r".*\bby \w", "match"),
    "quoted": (r"\"(?:\\.|[^\"\\])*+\"", "match"),
    "unrolled": (r"\|?[ \t]*+[^\s|:][ \t]*+(?:\|[ \t]*+(?:[^\s|:][ \t]*+)?)*+$", "match"),
    "after no space": (r"(?<!\s)\s++$", "search"),
}
"""Patterns that look like those and are quick."""


def caller(pattern: re.Pattern[Any], way: str) -> Callable[[Any], object]:
    """A function that uses the pattern in one way on a text."""
    if way == "finditer":
        return lambda text: sum(1 for _ in pattern.finditer(text))
    return (lambda text: scan(pattern, text)) if way == "scan" else getattr(pattern, way)


def scan(pattern: re.Pattern[Any], text: Any) -> None:
    """Ask for a match at each place; after one go on at its end, as a tokeniser does."""
    place = 0
    while place < len(text):
        match = pattern.match(text, place)
        place = match.end() if match and match.end() > place else place + 1


def slow(pattern: re.Pattern[Any], way: str, most: int = 0) -> tuple[float, Attack] | None:
    """The first attack under which the pattern's time grows faster than the text, with the exponent.

    Args:
        most: Attacks to try, spread over all of them; 0 for all.
    """
    call = caller(pattern, way)
    found = list(attacks(pattern))
    for attack in found[:: math.ceil(len(found) / most) if most and found else 1]:
        make = attack.text if isinstance(pattern.pattern, str) else attack.coded
        growth = steepness(call, make)
        if growth >= STEEP:
            return growth, attack
    return None


@pytest.mark.slow
@pytest.mark.parametrize("use", USES, ids=lambda use: use.name.removeprefix("brief_extract."))
def test_a_pattern_is_linear(use: Use) -> None:
    """All attacks take half an hour of CPU time: ``LONG=1`` tries them, after a change of patterns."""
    most = 0 if os.environ.get("LONG") else 60
    assert {way: found for way in use.ways if (found := slow(use.pattern, way, most))} == {}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD)
def test_the_attacks_find_slow_patterns(name: str) -> None:
    pattern, way = BAD[name]
    assert slow(re.compile(pattern), way)


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD)
def test_the_attacks_pass_quick_patterns(name: str) -> None:
    pattern, way = GOOD[name]
    assert slow(re.compile(pattern), way) is None


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_pattern_is_hidden(module: ModuleType) -> None:
    assert unseen(module) == [], "compile it in the module or class, or in a cached function without arguments"


def test_only_modules_of_extras_may_be_missing() -> None:
    assert set(MISSING.values()) <= set(OPTIONAL)
    assert len(MODULES) > 100 - len(MISSING)
    assert len(USES) > 150


EXAMPLE = """
import re
from functools import cache

A = re.compile("a+")
B = {"b": [re.compile("b+")], "c": (re.compile("c+"),)}

class C:
    D = re.compile("d+")

def e(text, pattern=re.compile("e+")):
    A.search(text)
    return pattern.match(text)

@cache
def f() -> re.Pattern[str]:
    return re.compile("f+")

def g(text):
    for pattern in B["b"]:
        pattern.fullmatch(text)
    f().findall(text)
    return re.sub("g+", "", text), re.search(A.pattern + "h", text)
"""

HIDDEN = """
import re
from re import compile as make

def h(text, word):
    return re.search(word, text), re.compile("i+")
"""


def written(tmp_path: Any, source: str) -> ModuleType:
    module = ModuleType("example")
    module.__file__ = str(tmp_path / "example.py")
    (tmp_path / "example.py").write_text(source, encoding="utf-8")
    exec(compile(source, module.__file__, "exec"), vars(module))
    return module


def test_patterns_are_found_wherever_they_are_held(tmp_path: Any) -> None:
    module = written(tmp_path, EXAMPLE)
    assert {use.pattern.pattern: use.ways for use in uses([module])} == {
        "a+": {"search"},
        "b+": {"fullmatch", "match"},  # by the name of the variable, which another function uses otherwise
        "c+": {"fullmatch", "match"},
        "d+": {"match", "search", "fullmatch", "finditer"},
        "e+": {"match", "search", "fullmatch", "finditer"},
        "f+": {"finditer"},
        "g+": {"finditer"},
        "a+h": {"search"},
    }
    assert unseen(module) == ["example:11"], "one in a default is attacked, and reported all the same"


def test_patterns_that_only_a_running_function_makes_are_reported(tmp_path: Any) -> None:
    assert sorted(unseen(written(tmp_path, HIDDEN))) == ["example: from re import compile", "example:6"]
