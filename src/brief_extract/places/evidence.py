"""What a document says of where its places lie: the areas it names, how often, and the points it is sure of."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from brief_extract.places.gazetteer import Candidate

ANCHORS = 24
"""Points that distances are taken to: those named most; more change nothing and take time."""

ALL = "*"
"""Stands among the codes for all votes together; what lies in no country has none."""

LEAST = 0.01
"""Votes below are rounding."""

LEAST_ANCHOR = 0.5
"""Votes that make a place a point to take distances to."""


class Evidence(NamedTuple):
    """What a document says of where its places lie.

    Attributes:
        votes: Weights of countries and first-level areas, by code.
        own: The same, of each name alone: no name is evidence for itself.
        anchors: Points of places, each with the name that it was chosen for.
        home: Code of the area that the document is written for.
    """

    votes: Mapping[str, float]
    own: Mapping[str, Mapping[str, float]]
    anchors: tuple[tuple[str, float, float], ...]
    home: str | None = None

    def score(self, place: Candidate, name: str) -> float:
        """How much the document speaks for a place, in the unit of the logarithm of a population."""
        country, area = self._share(place.country, name), self._share(place.admin1, name)
        score = (1.5 + 2.5 * country if country > 0 else 0.0) + (1.5 + 3.5 * area if area > 0 else 0.0)
        if not place.is_area or place.kind == "admin2":
            score += self._nearness(place, name)
        if self.home and place.country == self.home[:2]:
            score += 3.0 + (4.0 if place.admin1 == self.home else 0.0)
        return score

    def is_elsewhere(self, place: Candidate, name: str) -> bool:
        """Whether other names speak for countries, and none for the country of the place."""
        total = self.votes.get(ALL, 0.0) - self.own.get(name, {}).get(ALL, 0.0)
        at_home = self.home is not None and place.country == self.home[:2]
        return total > LEAST_ANCHOR and self._share(place.country, name) == 0 and not at_home

    def _share(self, code: str | None, name: str) -> float:
        """The share of the votes of other names that an area has, 0 to 1."""
        own = self.own.get(name, {})
        total = self.votes.get(ALL, 0.0) - own.get(ALL, 0.0)
        votes = self.votes.get(code or "", 0.0) - own.get(code or "", 0.0)
        return min(1.0, votes / total) if total > LEAST and votes > LEAST else 0.0

    def _nearness(self, place: Candidate, name: str) -> float:
        near = min((distance(place, lat, lon) for other, lat, lon in self.anchors if other != name), default=math.inf)
        return 3.0 if near < 60 else 2.2 if near < 150 else 1.0 if near < 400 else 0.0


def distance(place: Candidate, lat: float, lon: float) -> float:
    """Kilometres between a place and a point, on a sphere."""
    a, b = math.radians(place.lat), math.radians(lat)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(lon - place.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def gather(
    chosen: Iterable[tuple[str, Candidate, float]], named: Sequence[tuple[str, float]], home: str | None
) -> Evidence:
    """The evidence of places chosen so far, each with its name and weight, and of areas that other names point to."""
    votes: dict[str, float] = defaultdict(float)
    own: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    points: dict[tuple[str, float, float], float] = defaultdict(float)
    for code, weight in named:
        for it in {code, code[:2], ALL}:
            votes[it] += weight
    for name, place, weight in chosen:
        for code in filter(None, (place.admin1, place.country, ALL) if place.country else ()):
            votes[code] += weight
            own[name][code] += weight
        if place.kind in ("town", "district", "admin2") and weight >= LEAST_ANCHOR:
            points[name, place.lat, place.lon] += weight
    first = sorted(points, key=lambda point: (-points[point], point))[:ANCHORS]
    return Evidence(votes, own, tuple(first), home)
