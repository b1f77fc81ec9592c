"""What a run says while it goes, on stderr: a bar for people, lines of JSON for machines."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from brief_extract.batch.run import Progress
from brief_extract.batch.run_report import RunReport

EVERY = 10.0
"""Seconds between two lines of progress."""

WIDE = 80
"""Columns of a terminal from which a bar and its words fit in a line; below, the counts alone are shown."""


@contextlib.contextmanager
def bar(total: int) -> Iterator[Progress]:
    """A bar with rate, remaining time and number set aside, which is gone when it is done."""
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True)
    wide = (
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TextColumn("articles, {task.fields[rate]:.0f} a second, {task.fields[set_aside]} failed,"),
        bars.TimeRemainingColumn(),
        bars.TextColumn("left"),
    )
    narrow = (bars.MofNCompleteColumn(), bars.TextColumn("articles"), bars.TimeRemainingColumn())
    columns = (bars.SpinnerColumn(), *(wide if console.width >= WIDE else narrow))  # workers take a second to start
    started = time.monotonic()
    with bars.Progress(*columns, console=console, transient=True) as shown:
        task = shown.add_task("", total=total, rate=0.0, set_aside=0)

        def update(report: RunReport) -> None:
            done = report.inputs
            rate = done / (time.monotonic() - started)
            shown.update(task, completed=done, rate=rate, set_aside=len(report.failures))

        yield update


@contextlib.contextmanager
def names() -> Iterator[Progress]:
    """A line for each article: how many of each outcome there are by now, and why one failed."""
    failed = 0

    def update(report: RunReport) -> None:
        nonlocal failed
        counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in _counts(report).items())
        sys.stderr.write(f"{counts}\n")
        for failure in report.failures[failed:]:
            sys.stderr.write(f"failed: {failure.message}\n")
        failed = len(report.failures)

    yield update


@contextlib.contextmanager
def lines(total: int) -> Iterator[Progress]:
    """A line of JSON for the start, for each article set aside, every ten seconds, and for the end."""
    log("start", inputs=total)
    told, latest, said = 0, None, time.monotonic()

    def update(report: RunReport) -> None:
        nonlocal told, latest, said
        latest = report
        for failure in report.failures[told:]:
            log("set-aside", **msgspec.to_builtins(failure))
        told = len(report.failures)
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            log("progress", inputs=total, **_counts(report))

    yield update
    log("end", inputs=total, **_counts(latest) if latest else {})


def log(event: str, **fields: Any) -> None:
    """One line of JSON on stderr."""
    record = {"time": datetime.now(UTC), "event": event, **fields}
    sys.stderr.write(msgspec.json.encode(record).decode() + "\n")
    sys.stderr.flush()


def _counts(report: RunReport) -> dict[str, int]:
    return {"done": report.done, "skipped": report.skipped, "set_aside": len(report.failures)}
