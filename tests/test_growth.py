"""The time that an article takes grows with its length, whatever is in it; and the lines that once hung end at once.

What is tested is the exponent of growth between a text and one four times as long, in CPU time. An alarm of CPU time
ends a text that does not end by itself, so that it fails.
"""

from __future__ import annotations

import math
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from brief_extract import Config, Document, extract
from brief_extract.export import STREAMS
from brief_extract.views.columns import PROJECTIONS
from growth import STEEP, seconds
from hostile import NAMES, SHAPES

LIMIT = 20.0
"""Seconds of CPU time for all that one test does; each of these texts takes well under one."""

SIZE = 16_000
SIZE_WITH_NAMES = 8_000
"""Characters: so long that quadratic work outweighs all else, and short enough to be read in a moment."""

AT_ONCE = 1.0
"""Seconds of CPU time for a short line. Each of them took 20 or more, or did not end."""

HANGING = {
    "a cell": "| Host | State |\n|---|---|\n| a | 10.0.0.1_internal_gateway_primary_eu (down) |\n",
    "a longer cell": "| Host | State |\n|---|---|\n| a | 10.0.0.1_internal_gateway_of_the_east (down) |\n",
    "a byline": "By " + "A" * 60 + "!\n",
    "a byline in a text": "Port Opens\nBy " + "MARYANNSMITHJONES" * 6 + "?\nThe port opened on Monday.\n",
    "a row of dashes": "| a | b |\n|---|---|\n|-|" + " |" * 24 + ":\n",
    "a row of dashes and spaces": "| a | b |\n|---|---|\n| - |" + "   |" * 30 + " x:\n|---|---|\n",
}


@pytest.fixture(autouse=True)
def alarm() -> Iterator[None]:
    """Fail when a test has taken more CPU time than ``LIMIT``. (A match that runs lets signals through.)"""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"no end after {LIMIT} seconds of CPU time")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def caches() -> list[Any]:
    """The caches of the package that remember pieces of texts; those of tables and models are unbounded or small."""
    modules = [module for name, module in sys.modules.items() if name.startswith("brief_extract")]
    held = [value for module in modules for value in vars(module).values() if hasattr(value, "cache_info")]
    return [value for value in held if (value.cache_info().maxsize or 0) >= 16]


def steep(call: Callable[[str], object], short: str, long: str) -> float:
    """The exponent of growth; only one that looks too large is measured again."""
    best = [math.inf, math.inf]
    for _ in range(4):
        for place, text in enumerate((short, long)):
            for cache in caches():
                cache.cache_clear()
            best[place] = min(best[place], seconds(call, text))
        found = math.log(best[1] / best[0]) / math.log(len(long) / len(short))
        if found < STEEP:
            break
    return found


def structure(text: str) -> object:
    return extract(text, Config(entities=False))


def test_the_measure_tells_quadratic_from_linear() -> None:
    def linear(text: str) -> int:
        return sum(letter == "x" for letter in text)

    def quadratic(text: str) -> int:
        return sum(linear(text) for _ in text)

    assert steep(linear, "x" * 20_000, "x" * 80_000) < STEEP
    # Far apart: a short text that takes four times as long, because the machine is busy, changes nothing.
    assert steep(quadratic, "x" * 100, "x" * 2000) > STEEP


@pytest.mark.parametrize("name", HANGING)
def test_a_short_line_is_read_at_once(name: str) -> None:
    structure("What is loaded for the first text takes time.")
    assert seconds(structure, HANGING[name]) < AT_ONCE


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_structure_takes_linear_time(name: str) -> None:
    assert steep(structure, SHAPES[name](SIZE // 4), SHAPES[name](SIZE)) < STEEP


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_names_take_linear_time(name: str) -> None:
    extract("Loaded before, in Mali.")
    assert steep(extract, NAMES[name](SIZE_WITH_NAMES // 4), NAMES[name](SIZE_WITH_NAMES)) < STEEP


def named_tables(size: int) -> str:
    return "| Port | State |\n|---|---|\n| Mali | Chad |\n\nNiger waits.\n\n" * (size // 56)


def rows(document: Document) -> None:
    for projection in PROJECTIONS:
        list(map(projection.getter(), projection.rows(document)))


WRITTEN: dict[str, Callable[[Document], object]] = {
    "rows": rows,
    "Markdown": Document.to_markdown,
    "HTML": Document._repr_html_,
    "chunks": lambda document: list(STREAMS["chunks"]([document])),
    "CoNLL": lambda document: list(STREAMS["conll"]([document])),
    "graph": lambda document: list(STREAMS["graphml"]([document])),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_of_many_tables_takes_linear_time(name: str) -> None:
    documents = {size: extract(named_tables(size), Config(language="fr")) for size in (20_000, 80_000)}

    def write(text: str) -> object:
        return WRITTEN[name](documents[len(text)])

    assert len(documents[20_000].mentions) > 300
    assert steep(write, "x" * 20_000, "x" * 80_000) < STEEP
