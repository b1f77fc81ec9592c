"""An article with one of everything, and a look at what a run made of it."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from brief_extract import Config, Document, Extractor, Failure
from brief_extract.batch import RunReport
from brief_extract.read import Source

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
    """Every file below a folder but ``run.json``, which holds times."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != "run.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def entries(output: Path) -> list[dict[str, str | None]]:
    """What ``run.json`` says of each input, in order."""
    found: list[dict[str, str | None]] = json.loads((output / "run.json").read_bytes())["inputs"]
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
    """A task that takes some seconds and leaves a mark that it was done."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __call__(self, seconds: float) -> None:
        time.sleep(seconds)
        self.mark.touch()
