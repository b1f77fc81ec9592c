"""Totals -> the overview: bars, a map of tiles, a matrix of what is named together."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from brief_extract.errors import FAILURES, ISSUES, Failure
from brief_extract.report.entity import together
from brief_extract.report.passages import Passage
from brief_extract.report.totals import Totals

MOST_NAMED = 10
"""Bars of each kind."""

IN_MATRIX = 12
"""Entities in the matrix; more do not fit a page."""

SET_ASIDE = 50
"""Articles set aside that the overview names; ``quarantine/`` has them all."""

SHADES = 5
"""Steps of colour in the map and the matrix."""


class Bar(NamedTuple):
    """An entity and how often it is named; ``length`` is in percent of the longest."""

    id: str
    times: int
    articles: int
    length: float


class Tile(NamedTuple):
    """A country of the map: its place in the grid, how often it is named, and its step of colour."""

    code: str
    column: int
    row: int
    times: int
    shade: int


class Fact(NamedTuple):
    """A repair or a reason by its code: what it means and how often it came."""

    code: str
    meaning: str
    times: int
    articles: int
    length: float


def overview_values(
    totals: Totals, failures: Iterable[Failure], passages: Callable[[str], Iterable[Passage]]
) -> dict[str, Any]:
    """The values that the template of the overview takes."""
    aside = list(failures)
    return {
        "totals": totals,
        "aside": aside[:SET_ASIDE],
        "aside_count": len(aside),
        "failure_meanings": FAILURES,
        "bars": {
            heading: _bars(totals, *kinds)
            for heading, kinds in {
                "Countries": ("country",),
                "People": ("person",),
                "Organisations": ("org",),
                "Regions and places": ("region", "gpe"),
            }.items()
        },
        "tiles": tiles(totals),
        "matrix": _matrix(totals, passages),
        "repairs": _repairs(totals),
    }


def _bars(totals: Totals, *kinds: str) -> list[Bar]:
    ids = totals.most_named(*kinds, limit=MOST_NAMED)
    longest = max((totals.entities[id].times for id in ids), default=1)
    known = [(id, totals.entities[id]) for id in ids]
    return [Bar(id, it.times, it.articles, round(100 * it.times / longest, 1)) for id, it in known]


def tiles(totals: Totals) -> list[Tile]:
    """All countries of the map."""
    named = {code: totals.entities.get(f"country/{code}") for code, _, _ in _grid()}
    most = max((it.times for it in named.values() if it), default=1)
    return [
        Tile(code, column, row, it.times if it else 0, _shade(it.times if it else 0, most))
        for code, column, row in _grid()
        for it in [named[code]]
    ]


@cache
def _grid() -> tuple[tuple[str, int, int], ...]:
    """Country, column, row: the countries of the world near where they lie, one tile each. Laid out by hand."""
    text = files("brief_extract.report").joinpath("data", "tiles.tsv").read_text(encoding="utf-8")
    return tuple(
        (row["country"], int(row["column"]), int(row["row"]))
        for row in csv.DictReader(text.splitlines(), delimiter="\t")
    )


def _shade(times: int, most: int) -> int:
    """From 0 for none to ``SHADES`` for the most, by the square root: counts of names are steep."""
    return 0 if not times else max(1, round(SHADES * (times / most) ** 0.5))


def _matrix(totals: Totals, passages: Callable[[str], Iterable[Passage]]) -> dict[str, Any]:
    """The countries, people and organisations named most, and for each two the sentences, lists and tables shared."""
    ids = sorted(totals.most_named("country", "org", "person", limit=IN_MATRIX))
    counts = {}
    for id in ids:
        shared = together(id, passages(id))
        counts[id] = {other: sum(count[other] for count in shared.values()) for other in ids}
    most = max((times for row in counts.values() for times in row.values()), default=0) or 1
    return {
        "ids": ids,
        "rows": [(id, [(other, counts[id][other], _shade(counts[id][other], most)) for other in ids]) for id in ids],
    }


def _repairs(totals: Totals) -> list[Fact]:
    by_times = sorted(totals.issues.items(), key=lambda it: (-it[1].times, it[0]))
    longest = max((tally.times for _, tally in by_times), default=1)
    return [
        Fact(code, ISSUES.get(code, ""), tally.times, tally.articles, round(100 * tally.times / longest, 1))
        for code, tally in by_times
    ]
