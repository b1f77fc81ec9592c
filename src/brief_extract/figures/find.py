"""Figures of one stretch of text: numbers that measure or count, with unit, change and what they are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from brief_extract.cells.readings import number
from brief_extract.figure import Change, FigureKind
from brief_extract.figures.amount import Amount
from brief_extract.figures.changes import changes_of
from brief_extract.figures.concepts import concepts_of
from brief_extract.figures.exclusions import is_figure
from brief_extract.figures.scan import amounts_of
from brief_extract.figures.sentences import sentences
from brief_extract.figures.tokens import Token, Tokens, tokens_of
from brief_extract.table import Range

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """A figure in a text. ``start`` and ``end`` are its place."""

    start: int
    end: int
    value: int | float | Range
    unit: str | None
    change: Change | None
    concept: str | None
    kind: FigureKind


def find_figures(text: str, taken: Sequence[Span] = (), *, comma: bool = False) -> Iterator[Found]:
    """The figures of a text, in order.

    Args:
        text: Prose, or a line of a heading or list.
        taken: Places, in order, that are dates and hold no figures.
        comma: The text has decimal commas: ``1.234,5``.
    """
    for start, end in sentences(text, taken):
        tokens = tokens_of(text, start, end)
        dates = _taken(tokens, taken)
        amounts = [amount for amount in amounts_of(tokens, dates, comma=comma) if is_figure(tokens, amount)]
        concepts = concepts_of(tokens, amounts, dates)
        changes = changes_of(tokens, amounts)
        for amount, change, concept in zip(amounts, changes, concepts, strict=True):
            yield _found(tokens, amount, change, concept)


def _taken(tokens: Sequence[Token], spans: Sequence[Span]) -> list[bool]:
    """Of each token, and one beyond the last, whether it is within a span."""
    result = [False] * (len(tokens) + 8)
    place = 0
    for start, end in spans:
        while place < len(tokens) and tokens[place].end <= start:
            place += 1
        while place < len(tokens) and tokens[place].start < end:
            result[place] = True
            place += 1
    return result


def _found(tokens: Tokens, amount: Amount, change: Change | None, concept: str | None) -> Found:
    return Found(
        start=tokens[amount.first].start,
        end=tokens[amount.stop - 1].end,
        value=_number(amount.value)
        if amount.high is None
        else Range(low=_number(amount.value), high=_number(amount.high)),
        unit=amount.symbol,
        change=change,
        concept=concept,
        kind=_kind(amount),
    )


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else number(value)


def _kind(amount: Amount) -> FigureKind:
    if amount.money:
        return "money"
    if amount.unit == "%":
        return "percent"
    if amount.ratio or amount.unit == "times":
        return "ratio"
    if amount.lasts:
        return "duration"
    return "quantity" if amount.unit else "number"
