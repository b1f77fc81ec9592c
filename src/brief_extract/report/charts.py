"""Changes of a table -> bars: before and after, side by side.

The rows of a chart are put together here and not in a template, as in ``reading``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from markupsafe import Markup

from brief_extract.changes import Change
from brief_extract.report.marks import attribute
from brief_extract.table import Table

WIDTH = 100
"""Of the longest bar, in the units of the drawing."""

MOST_BARS, MOST_CHARTS = 12, 3
"""Rows of a chart, charts of a table; the table shows them all."""


class Bar(NamedTuple):
    """One row: what it is about, the two values as printed, their bars' lengths, and what changed."""

    label: str
    printed: tuple[str, str]
    lengths: tuple[float, float]
    change: str
    falls: bool


class Chart(NamedTuple):
    """A pair of columns."""

    columns: tuple[str, str]
    bars: list[Bar]

    @property
    def body(self) -> Markup:
        """The rows as HTML, each a small drawing."""
        return Markup("".join(map(_row, self.bars)))


def charts(table: Table) -> list[Chart]:
    """The pairs of columns of a table that show a change: those with two rows or more of one unit, none below zero.

    A bar that shrinks to nothing beside its neighbours tells no change, so each unit has a scale of its own, and
    where the rows of a unit are of different magnitudes each row has.
    """
    by_pair: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in table.changes():
        by_pair[change.columns].append(change)
    printed = {(cell.row, cell.header): cell.text for cell in table.cells}
    found = [
        Chart(columns, _bars(changes[:MOST_BARS], printed))
        for columns, changes in by_pair.items()
        if len(changes) > 1 and all(min(change.before, change.after) >= 0 for change in changes)
    ]
    return found[:MOST_CHARTS]


def _row(bar: Bar) -> str:
    (before, after), (first, second) = map(attribute, bar.printed), bar.lengths
    return (
        f'<tr><th scope="row">{attribute(bar.label)}</th><td><svg viewBox="0 0 {WIDTH} 12" preserveAspectRatio="none"'
        f' role="img" aria-label="{before}, then {after}"><rect class="before" width="{first}" height="5"/>'
        f'<rect class="after" y="6" width="{second}" height="5"/></svg></td>'
        f'<td class="n {"falls" if bar.falls else "rises"}">{bar.change}</td></tr>\n'
    )


def _bars(changes: list[Change], printed: dict[tuple[int, str], str]) -> list[Bar]:
    longest: defaultdict[str | None, list[float]] = defaultdict(list)
    for change in changes:
        longest[change.unit].append(max(change.before, change.after))
    scale = {unit: max(values) for unit, values in longest.items() if max(values) <= 20 * min(values)}
    return [
        _bar(change, scale.get(change.unit) or max(change.before, change.after) or 1, printed) for change in changes
    ]


def _bar(change: Change, longest: float, printed: dict[tuple[int, str], str]) -> Bar:
    first, second = change.columns
    if change.relative is not None:
        told = f"{change.relative:+.1f}%"
    else:
        told = f"{change.absolute:+,g}{' points' if change.unit == '%' else ''}"
    return Bar(
        label=change.label or f"row {change.row + 1}",
        printed=(printed[change.row, first], printed[change.row, second]),
        lengths=(round(WIDTH * change.before / longest, 1), round(WIDTH * change.after / longest, 1)),
        change=told.replace("-", "−"),
        falls=change.absolute < 0,
    )
