"""What all tests share: how hard Hypothesis looks, and the flag that rewrites ``outputs/``."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# No deadline and no "too slow": both look at the clock, and on a busy machine anything may be slow.
settings.register_profile(
    "fast", deadline=None, max_examples=100, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "long", deadline=None, max_examples=5_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


collect_ignore = ["adapters/faststream_worker.py", "fuzz"]
"""Scripts without doctests, which import what few have; a module that cannot be imported is an error, not a skip."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``."""
    parser.addoption("--update-golden", action="store_true", help="rewrite outputs/ and the decisions on figures")
