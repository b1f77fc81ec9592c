"""How the CPU time of a call grows with the length of its text: as a ratio, for the machine may be slow or busy."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable
from typing import Any

LADDER = (12, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 256, 512, 2048)
"""Lengths, in small steps at first, so that exponential time is noticed while a call still ends."""

SLOW = 0.02
"""Seconds of CPU time from which a text is not made longer."""

STEEP = 1.5
"""The exponent of growth that fails: between linear (1) and quadratic (2)."""

EXPLOSIVE = 3.0
"""The exponent that needs no second look."""

QUICK = 5e-4
"""Seconds of CPU time for the longest text below which growth is not looked at: quadratic work takes 10 times that."""


def seconds(call: Callable[[Any], object], text: Any, rounds: int = 1) -> float:
    """The least CPU time of some calls: what disturbs a measurement makes it longer, never shorter.

    The clock is that of the thread: the one of the process becomes coarse while an alarm of CPU time is set. Garbage
    is not collected meanwhile, for that takes as long as other tests have left objects.
    """
    best = math.inf
    gc.disable()
    try:
        for _ in range(rounds):
            start = time.thread_time()
            call(text)
            best = min(best, time.thread_time() - start)
    finally:
        gc.enable()
    return best


def steepness(call: Callable[[Any], object], make: Callable[[int], Any]) -> float:
    """The exponent with which CPU time grows with the text, 0 where it is too short to matter, large if exponential."""
    length, spent = 0, 0.0
    for length in LADDER:
        spent = seconds(call, make(length))
        if spent > SLOW:
            break
    if spent < QUICK:
        return 0.0
    steep = exponent(call, make, length)
    if steep < STEEP or spent > SLOW:
        return steep
    return min(steep, exponent(call, make, 4 * length))  # a step that is not repeated is no growth


def exponent(call: Callable[[Any], object], make: Callable[[int], Any], length: int, rounds: int = 5) -> float:
    """The exponent of growth up to a text of this length; more rounds the closer it looks to failing."""
    steep = math.inf
    for _ in range(3):
        short, long = make(length // 4), make(length)
        if len(short) == len(long):  # so short a text, and slow all the same
            return math.inf
        ratio = seconds(call, long, rounds) / max(seconds(call, short, 4 * rounds), 1e-7)
        steep = min(steep, math.log(max(ratio, 1e-9)) / math.log(len(long) / len(short)))
        if steep < STEEP or steep > EXPLOSIVE:
            break
    return steep
