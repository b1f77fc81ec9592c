"""Markers -> items: which emoji and dingbats at the start of lines mark items, and which decorate headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from brief_extract.blocks.kinds import BLANK, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.markers import Marker

LEAST_PICTURES = 3
"""Lines with different pictures that make a list."""


def find_pictures(lines: Lines, markers: Sequence[Marker]) -> dict[int, int]:
    """The lines whose picture marks an item, and which list of their run it is of.

    Items stand line under line, three at least or two with the same picture. A run in which each picture comes twice
    or more in a row holds one list for each; in any other the pictures say what the items are (done, failed).
    A picture that returns and never stands right under itself, but above prose each time, decorates headings.
    """
    signs = [lines.view[marker.start : marker.end] for marker in markers]
    runs: list[list[int]] = []
    for index, marker in enumerate(markers):
        if index and lines.kinds[markers[index - 1].line + 1 : marker.line].strip(BLANK) == "":
            runs[-1].append(index)
        else:
            runs.append([index])
    listed = {signs[one] for run in runs for one, other in pairwise(run) if signs[one] == signs[other]}
    returning = {sign for sign, count in Counter(signs).items() if count > 1 and sign not in listed}
    found: dict[int, int] = {}
    for run in runs:
        here = [index for index in run if signs[index] not in returning or not _is_above_prose(lines, markers[index])]
        if len(here) >= LEAST_PICTURES or any(signs[index] in listed for index in here):
            stretches = [list(same) for _, same in groupby(here, key=signs.__getitem__)]
            apart = all(len(same) > 1 for same in stretches)
            found |= {markers[index].line: apart * number for number, same in enumerate(stretches) for index in same}
    return found


def _is_above_prose(lines: Lines, marker: Marker) -> bool:
    below = marker.line + 1
    while below < len(lines) and lines.kinds[below] == BLANK:
        below += 1
    return lines.kinds[below : below + 1] == TEXT
