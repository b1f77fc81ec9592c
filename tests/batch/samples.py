"""An article with one of everything, and a look at what a run made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from brief_extract.batch import Report

Run = Callable[..., Report]
"""Runs over the test's articles; see the fixture of that name."""

ARTICLE = """Mali closes its border

The ministry gave two reasons:

- Security
- Cost, "for now"

| Year | Posts |
|---|---|
| 2024 | 1,200 |
| 2025 | 900 |
"""


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but ``run.json``, which holds times."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
