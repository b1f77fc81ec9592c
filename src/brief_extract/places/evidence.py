"""What a document says of where its places lie: the areas it names, how often, and the points it is sure of."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from brief_extract.places.gazetteer import Candidate

ANCHORS = 24
"""Points that distances are taken to: those named most; more change nothing and take time."""


class Evidence(NamedTuple):
    """Votes of a document for countries and first-level areas, and its points. Shares are of all votes, 0 to 1."""

    countries: dict[str, float] = {}  # noqa: RUF012 - a default of a NamedTuple, never changed
    areas: dict[str, float] = {}  # noqa: RUF012 - as above
    anchors: tuple[tuple[str, float, float], ...] = ()
    home: str | None = None

    def score(self, place: Candidate, name: str) -> float:
        """How much the document speaks for a place, in the unit of the logarithm of a population."""
        country = self.countries.get(place.country or "", 0.0)
        area = self.areas.get(place.admin1 or "", 0.0)
        score = (1.5 + 2.5 * country if country > 0 else 0.0) + (1.5 + 3.5 * area if area > 0 else 0.0)
        if not place.is_area or place.kind == "admin2":
            score += self._nearness(place, name)
        if self.home and place.country == self.home[:2]:
            score += 3.0 + (4.0 if place.admin1 == self.home else 0.0)
        return score

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
    """The evidence of places chosen so far, each with its name and weight, and of areas that other names point to.

    A place's own vote is part of the evidence for it, so what is undecided must come with a small weight.
    """
    countries: Counter[str] = Counter()
    areas: Counter[str] = Counter()
    points: Counter[tuple[str, float, float]] = Counter()
    for code, weight in named:
        countries[code[:2]] += weight  # type: ignore[assignment]
        if "." in code:
            areas[code] += weight  # type: ignore[assignment]
    for name, place, weight in chosen:
        if place.country:
            countries[place.country] += weight  # type: ignore[assignment]
        if place.admin1:
            areas[place.admin1] += weight * (2 if place.kind == "admin1" else 1)  # type: ignore[assignment]
        if place.kind in ("town", "district", "admin2") and weight >= 0.5:
            points[name, place.lat, place.lon] += weight  # type: ignore[assignment]
    total, total_areas = sum(countries.values()) or 1, max(sum(areas.values()), sum(countries.values())) or 1
    return Evidence(
        {code: votes / total for code, votes in countries.items()},
        {code: votes / total_areas for code, votes in areas.items()},
        tuple(point for point, _ in points.most_common(ANCHORS)),
        home,
    )
