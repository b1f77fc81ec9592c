"""Towns near to each other: a local paper names its neighbours and not its state."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from brief_extract.places.gazetteer import Candidate

CELL = 2.0
"""Squares of half a degree, about 55 km: this many in a degree."""

LIKELY = 0.35
"""How fast a place counts less, the less likely it is what its name means, as an exponent of the prior."""

_Cell = tuple[int, int]


class Clusters(NamedTuple):
    """For each square how many names may mean a town in it, each at most once and by its likelihood."""

    total: Mapping[_Cell, float]
    own: Mapping[str, Mapping[_Cell, float]]

    def support(self, place: Candidate, name: str) -> float:
        """How many other names may mean a town in the square of this place or one beside it."""
        y, x = _cell(place)
        near = [(a, b) for a in (y - 1, y, y + 1) for b in (x - 1, x, x + 1)]
        own = self.own.get(name, {})
        return sum(self.total.get(cell, 0.0) - own.get(cell, 0.0) for cell in near)


def clusters(found: Mapping[str, Sequence[tuple[Candidate, float]]]) -> Clusters:
    """The clusters of all places that names may mean, each with its prior."""
    total: dict[_Cell, float] = defaultdict(float)
    own: dict[str, dict[_Cell, float]] = {}
    for name, places in found.items():
        top = max((prior for _, prior in places), default=0.0)
        best: dict[_Cell, float] = {}
        for place, prior in places:
            if not place.is_area:
                cell = _cell(place)
                best[cell] = max(best.get(cell, 0.0), math.exp(LIKELY * (prior - top)))
        own[name] = best
        for cell, weight in best.items():
            total[cell] += weight
    return Clusters(total, own)


def _cell(place: Candidate) -> _Cell:
    return math.floor(place.lat * CELL), math.floor(place.lon * CELL)
