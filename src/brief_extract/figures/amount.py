"""The record of an amount: a number of a sentence with its unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

TIMES = frozenset("second minute hour day night week month quarter season year decade".split())
"""Units of time that things are counted by: ``a day``, ``per season``."""

DURATIONS = TIMES | {"h", "min", "s", "century"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and its unit in a sentence, from token ``first`` to before token ``stop``.

    ``high`` is the upper end of a vague number or the second of a range, which ``form`` tells; ``sign`` is "+", "-" or
    ""; ``scale`` is the magnitude; ``rate`` is what stands below the stroke.
    """

    first: int
    stop: int
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    rate: str | None = None
    scale: Decimal = Decimal(1)
    sign: str = ""
    digits: bool = False
    ratio: bool = False
    money: bool = False
    form: Literal["", "from", "between", "to"] = ""

    @property
    def symbol(self) -> str | None:
        """The unit with its rate: ``USD/t``, ``/day``."""
        return f"{self.unit or ''}/{self.rate}" if self.rate else self.unit

    @property
    def lasts(self) -> bool:
        """Whether it is a duration."""
        return self.unit in DURATIONS
