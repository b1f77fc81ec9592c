"""What the slowest texts cost: CPU time and memory for each byte of input, over the shapes of ``tests/hostile.py``.

Each text is read in a child process with a limit of CPU time, so that one that never ends is reported.
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from brief_extract import Config, Extractor
from hostile import SHAPES

LIMIT = 60
"""Seconds of CPU time for one text."""

SHOWN = 15


class Cost(NamedTuple):
    """What one shape costs: microseconds and bytes of memory for each byte, and the exponent of growth."""

    name: str
    time: float
    memory: float
    growth: float


def main() -> None:
    """Measure all shapes, without names and with them, and print a table for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=200_000, help="bytes of each text, about")
    parser.add_argument("--only", default="", help="measure the shapes with this in their name")
    parser.add_argument("--names", choices=["off", "on", "both"], default="both")
    options = parser.parse_args()
    for names in (False, True):
        if options.names in ("both", "on" if names else "off"):
            extractor = Extractor(Config(entities=names))
            extractor.extract("Loaded before the measurement, in Mali.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
            costs = [measured(extractor, name, options.size) for name in SHAPES if options.only in name]
            show(costs, names=names, size=options.size)


def measured(extractor: Extractor, name: str, size: int) -> Cost:
    """The cost of a shape at ``size``, compared with a quarter of it."""
    short, long = SHAPES[name](size // 4), SHAPES[name](size)
    quarter = min(in_child(extractor, short)[0] for _ in range(2))
    spent, memory = in_child(extractor, long)
    if math.isinf(spent):
        return Cost(name, math.inf, math.inf, math.inf)
    length = len(long.encode("utf-8", "replace"))
    growth = math.log(spent / quarter) / math.log(len(long) / len(short)) if quarter > 1e-3 else 0.0
    return Cost(name, spent * 1e6 / length, memory / length, growth)


def in_child(extractor: Extractor, text: str) -> tuple[float, float]:
    """CPU seconds and bytes of memory that a text takes; without end where the child does not come to one."""
    reader, writer = os.pipe()
    gc.freeze()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
            before, start = _peak(), time.process_time()
            document = extractor.extract(text)
            spent = time.process_time() - start
            os.write(writer, f"{spent} {_peak() - before}".encode())
            status = 0 if document.text == text else 1
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader) as result:
        told = result.read().split()
    _, status = os.waitpid(child, 0)
    return (float(told[0]), float(told[1])) if status == 0 else (math.inf, math.inf)


def _peak() -> int:
    """The most memory that this process has had, in bytes (Linux counts in KiB, macOS in bytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def show(costs: list[Cost], *, names: bool, size: int) -> None:
    """The worst shapes by time and by memory, the steepest ones, and the median."""
    print(f"\n{len(costs)} shapes of about {size:,} bytes, names {'on' if names else 'off'}\n")
    middle = [statistics.median(cost[column] for cost in costs) for column in (1, 2, 3)]
    for title, column in (("time", 1), ("memory", 2), ("growth", 3)):
        print(f"| worst by {title} | us/byte | bytes/byte | exponent |\n|---|--:|--:|--:|")
        for cost in sorted(costs, key=lambda cost: -float(cost[column]))[:SHOWN]:
            print(f"| {cost.name} | {cost.time:.2f} | {cost.memory:.0f} | {cost.growth:.2f} |")
        print(f"| median of all | {middle[0]:.2f} | {middle[1]:.0f} | {middle[2]:.2f} |\n", flush=True)


if __name__ == "__main__":
    main()
