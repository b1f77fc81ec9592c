"""The cap on the size of an article is one that a worker can hold: the promise at ``config.MAX_BYTES``."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from brief_extract import Config

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "memory.py"
WORKER = 1_700_000_000
"""Bytes of memory that docs/batch.md says are enough."""
BASE = 300_000_000
"""Of that for the interpreter, its libraries and the entity model, 140 MB together, and for the identifier of
languages, 100 MB while it is loaded."""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the system does not tell peak memory the same way")
@pytest.mark.parametrize("kind", ["rows without bars", "headings", "short paragraphs"])
def test_the_worst_kinds_of_text_fit_into_a_worker(kind: str) -> None:
    spec = importlib.util.spec_from_file_location("memory_benchmark", BENCHMARK)
    assert spec
    assert spec.loader
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    peak, _, _ = benchmark.measure(kind, 0.1, names=False)
    assert 100 < peak < (WORKER - BASE) / Config().max_bytes
