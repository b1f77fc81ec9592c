"""Universities and newspapers that tell where a text is at home, by the area that they are in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

WEIGHT = 0.8
"""What an institution counts as evidence for its area, a place that is named being 1."""


def areas_of(bodies: str) -> list[tuple[str, float]]:
    """The areas of the institutions in the names of bodies, a line each, as GeoNames codes with their weights."""
    return [(area, WEIGHT) for name, area in _areas().items() if name in bodies]


@cache
def _areas() -> dict[str, str]:
    table = files("brief_extract.places").joinpath("institutions.txt").read_text(encoding="utf-8")
    rows = (line.split("|") for line in table.splitlines() if not line.startswith("#"))
    return {name: area for area, *names in rows for name in names}
