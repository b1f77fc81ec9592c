"""Readings of one column -> kinds: what most cells are, and which cells do not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from brief_extract.cells.readings import Reading, family

LEAST = 3
"""So many cells must agree before another one is called odd."""

_NAMES = {"number": "number", "date": "date", "time": "time", "boolean": "yes or no", "identifier": "identifier"}


def vote(texts: Sequence[str], readings: list[Reading], *, by_row: bool) -> None:
    """Take back readings that the column does not bear out, and mark the cells that are odd in it, in place.

    Words outvote weak readings only: a ``12`` among names is text, ``$12m`` is money. Numbers outvote a single
    word: it is text, and reported.
    """
    counts = Counter(family(reading) for reading in readings if reading.kind != "missing")
    total = sum(counts.values())
    if len(counts) <= 1 or by_row:
        return
    winner, most = counts.most_common(1)[0]
    if 2 * most < total + (winner != "text"):
        winner = ""
    others = total - most
    odd = winner not in ("", "text") and most >= LEAST and others <= max(1, total // 5)
    for place, reading in enumerate(readings):
        if reading.kind == "missing" or family(reading) == winner:
            continue
        if winner == "boolean" and not odd:
            continue
        if _weak(reading, texts[place], winner):
            reading = readings[place] = Reading("text", texts[place])
        if odd:
            what = f'"{texts[place]}" is no {_NAMES[winner]}, unlike the other cells of its column'
            readings[place] = reading._replace(odd=what)
    if winner == "boolean" and not odd:
        for place, reading in enumerate(readings):
            if reading.kind == "boolean":
                readings[place] = Reading("text", texts[place])


def _weak(reading: Reading, text: str, winner: str) -> bool:
    """Whether a reading needs the column's support: it has no sign or unit of its own."""
    if reading.kind in ("boolean", "identifier"):
        return not (reading.kind == "identifier" and text[0] in "0+")
    if winner == "text":
        return reading.kind in ("integer", "decimal", "year", "ratio", "time") or (
            reading.kind == "range" and reading.unit is None
        )
    return False
