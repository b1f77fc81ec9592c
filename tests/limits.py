"""A limit on CPU time: a busy machine does not make a test fail, work without an end does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

PATIENCE = 600.0
"""Seconds on the clock to wait for another process. It only keeps a hung test from waiting for ever: no test measures
speed by it, and nothing that works comes near it, however busy the machine is."""


@contextmanager
def cpu_seconds(most: float) -> Iterator[None]:
    """Fail the test when this process computes for more than ``most`` seconds in the block; to wait costs nothing."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        pytest.fail(f"no end after {most} seconds of CPU time")

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
