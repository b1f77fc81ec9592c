"""The columns of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from brief_extract.model import Document
from brief_extract.views.projection import DOCUMENT, Column, Projection, Row, end_of, number_of, place


def _ids(field: str) -> Callable[[Row], str]:
    """The ids of a field, joined."""
    return lambda row: "; ".join(getattr(row.element, field))


def _figures(document: Document) -> Iterator[Row]:
    """The figures, each with the value of the first date of its sentence."""
    days = {figure.id: figure.value for figure in document.figures if figure.kind == "date"}
    for figure in document.figures:
        day = days[figure.dates[0]] if figure.dates else None
        yield Row(document, figure, None if day is None else str(day))


FIGURES = Projection(
    "figures",
    "One row for each number of the prose that measures or counts something, and for each date.",
    ("document", "figure"),
    _figures,
    (
        DOCUMENT,
        Column("figure", "string", "Id of the figure", "element.id"),
        Column("text", "string", "The figure as it stands there", "element.text"),
        Column("kind", "string", "number, percent, money, quantity, duration, ratio or date", "element.kind"),
        Column("value", "any", "The typed value, a range as low/high, a date as ISO 8601", "element.value"),
        Column("number", "number", "The value where it is one number", lambda row: number_of(row.element.value)),
        Column("low", "number", "Where a range of numbers begins", lambda row: end_of(row.element.value, "low")),
        Column("high", "number", "Where it ends", lambda row: end_of(row.element.value, "high")),
        Column("unit", "string", "Unit of the value", "element.unit"),
        Column("change", "string", "up, down, more than, less than, about, or none of these", "element.change"),
        Column("concept", "string", "Words that say what is counted or measured", "element.concept"),
        Column("date", "string", "First date of its sentence, ISO 8601", "part"),
        Column(
            "entities",
            "string",
            "Ids that its sentence names, separated by '; '",
            _ids("entities"),
        ),
        Column("agrees", "string", "Cells that say the same, separated by '; '", _ids("agrees")),
        Column(
            "disagrees",
            "string",
            "Cells that say something else, separated by '; '",
            _ids("disagrees"),
        ),
        Column("section", "string", "Id of its section", "element.section"),
        Column("block", "string", "Id of the block it stands in", "element.block"),
        Column("item", "string", "Id of the list item it stands in", "element.item"),
        *place("element"),
    ),
)
