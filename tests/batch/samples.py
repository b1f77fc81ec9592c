"""An article with one of everything, and a look at what a run made of it."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from brief_extract import Config, Document, Extractor, Failure, blocks, pipeline
from brief_extract.batch import RunReport, manifest
from brief_extract.blocks import Blocks
from brief_extract.entities import Recogniser, Result, Unit
from brief_extract.read import Source
from brief_extract.workers import Line

Run = Callable[..., RunReport]
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
    """Every file below a folder but ``run.json``, which holds times, and the manifest, which is not an output."""
    others = ("run.json", manifest.NAME)
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in others)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def entries(output: Path) -> list[dict[str, Any]]:
    """What ``run.json`` says of each input, in order."""
    found: list[dict[str, Any]] = json.loads((output / "run.json").read_bytes())["inputs"]
    return found


def varied(number: int) -> str:
    """One of many articles that all differ, some with a table or a list."""
    table = "" if number % 3 else f"\n| Year | Posts |\n|---|---|\n| 2024 | {number} |\n"
    points = "" if number % 2 else f"\nReasons given:\n\n- Cost {number}\n- Safety\n"
    prose = f"The ministry in Bamako closed post {number} on Friday, and said so on the radio. " * (1 + number % 7)
    return f"Mali closes post {number}\n\n{prose}\n{points}{table}"


def write_many(folder: Path, count: int) -> None:
    """Fill a folder with articles, in subfolders of a hundred."""
    for number in range(count):
        path = folder / f"{number // 100}" / f"{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(varied(number))


class Deadly(Extractor):
    """An extractor that takes its process along over some texts: ``DEADLY`` always, ``ONCE path`` the first time."""

    def pipe_sources(self, sources: Iterable[tuple[str, Source]]) -> Iterator[Document | Failure]:
        chunk = list(sources)
        for _, source in chunk:
            if "DEADLY" in source.text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "ONCE" in source.text and not (mark := Path(source.text.split()[1])).exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().pipe_sources(chunk)


class Stillborn(Extractor):
    """An extractor whose process dies before it has begun."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        os._exit(7)


class DeadlyElsewhere:
    """A task that kills every process but one."""

    def __init__(self, survivor: int) -> None:
        self.survivor = survivor

    def __call__(self) -> int:
        if os.getpid() != self.survivor:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.survivor


class Touch:
    """A task that waits until a file is there, if one is named, and leaves a mark that it was done."""

    def __init__(self, mark: Path, gate: Path | None = None) -> None:
        self.mark = mark
        self.gate = gate

    def __call__(self) -> None:
        while self.gate and not self.gate.exists():
            time.sleep(0.01)
        self.mark.touch()


class Hanging(Extractor):
    """An extractor that hangs for ever over some texts, in C code that heeds nothing.

    ``HANG structure`` does it while blocks are read, ``HANG names`` while names are found.
    """

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        read_blocks, find_names = blocks.read_blocks, Recogniser.pipe

        def read(text: str, config: Config) -> Blocks:
            if "HANG structure" in text:
                hang()
            return read_blocks(text, config)

        def pipe(self: Recogniser, articles: Iterable[Sequence[Unit]]) -> Iterator[Result]:
            articles = list(articles)
            if any("HANG names" in unit.text for article in articles for unit in article):
                hang()
            return find_names(self, articles)

        # For good: the process is a worker's, and has no other use.
        vars(pipeline)["read_blocks"] = read
        Recogniser.pipe = pipe  # type: ignore[method-assign]


def hang() -> None:
    """Match a regular expression that takes longer than anybody lives; ``HANGS`` names a file that tells of it."""
    if mark := os.environ.get("HANGS"):
        Path(mark).touch()
    re.match("(a+)+$", "a" * 80 + "!")


def hang_over(_output: Path, _overwrite: bool, _ids: Sequence[str]) -> None:
    """Draw pages for ever: for ``draw_articles``."""
    hang()


def stepping() -> tuple[str, Callable[[tuple[int, float], Line], int]]:
    """For ``workers.Begin``: a job is a number of steps, and the seconds of each; the second begins with a part."""

    def handle(job: tuple[int, float], line: Line) -> int:
        count, seconds = job
        for place in range(count):
            line.step(place)
            if place == 1:
                line.send(0)
            time.sleep(seconds)
        return count

    return "ready", handle
