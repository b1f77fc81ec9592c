"""The record of a figure: a number of the prose that measures or counts something, or a date."""

from __future__ import annotations

from typing import Literal

from brief_extract.element import Element
from brief_extract.table import Range

FigureKind = Literal["number", "percent", "money", "quantity", "duration", "ratio", "date"]
Change = Literal["up", "down", "more than", "less than", "about"]


class Figure(Element, frozen=True, kw_only=True):
    """A figure with its place: ``text`` is the source from its sign or currency to the end of its unit.

    Attributes:
        kind: What it is; a ``date`` is a day or period, all others are numbers.
        value: The number with its magnitude, whole units of the currency; a range as printed; of a date ISO 8601, an
            interval as a range, None where nothing says what a relative one is relative to.
        unit: ISO 4217 code, ``%``, ``pp``, ``times`` or symbol, with a stroke for a rate: ``USD/t``. None for plain
            numbers and things counted.
        change: ``up`` or ``down`` if it is the size of a change, else how it is bounded; None if it is stated as it is.
        concept: Words of the sentence that say what is counted or measured.
        section: Id of the section.
        block: Id of the block.
        item: Id of the list item, if it is in one.
        entities: Ids of the entities that its sentence names, in their order.
        dates: Ids of the dates of its sentence, in their order.
        agrees: Ids of the table cells that say the same: value, unit and label.
        disagrees: Ids of the table cells that have another value under the same labels.
    """

    text: str
    kind: FigureKind
    value: int | float | str | Range | None
    unit: str | None = None
    change: Change | None = None
    concept: str | None = None
    section: str | None = None
    block: str
    item: str | None = None
    entities: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    disagrees: tuple[str, ...] = ()
