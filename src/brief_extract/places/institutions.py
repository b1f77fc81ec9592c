"""Universities and newspapers that tell where a text is at home, by the area that they are in."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

WEIGHT = 0.8
"""What an institution counts as evidence for its area, a place that is named being 1."""


def areas_of(text: str) -> list[tuple[str, float]]:
    """The areas of the institutions named in a text, as GeoNames codes, each with its weight."""
    areas = _areas()
    return [(areas[name], WEIGHT) for name in sorted(set(_pattern().findall(text)))]


@cache
def _areas() -> dict[str, str]:
    table = files("brief_extract.places").joinpath("institutions.txt").read_text(encoding="utf-8")
    rows = (line.split("|") for line in table.splitlines() if not line.startswith("#"))
    return {name: area for area, *names in rows for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_areas(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
