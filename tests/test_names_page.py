"""What ``docs/names.md`` shows is what happens: its files are written, its commands run, its outputs compared."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "names.md"
BLOCK = re.compile(r"```(\w+)\n(.*?)```\n", re.S)
SCREEN = 60
"""Lines that a reader takes in without searching."""


def blocks() -> list[tuple[str, str]]:
    return BLOCK.findall(PAGE.read_text(encoding="utf-8"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the article, and the command on the path."""
    monkeypatch.chdir(tmp_path)
    command = tmp_path / "bin" / "brief-extract"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m brief_extract "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "zorb.txt").write_text(blocks()[0][1], encoding="utf-8")
    return tmp_path


def test_the_commands_do_what_the_page_says(here: Path) -> None:
    printed = ""
    compared = 0
    for kind, text in blocks()[1:]:
        if kind == "csv":
            (here / ("desk.csv" if text.startswith("name") else "outputs/corrections.csv")).write_text(text)
        elif kind == "sh":
            done = subprocess.run(["sh", "-ec", text], check=True, capture_output=True, text=True)
            printed = done.stdout
        elif kind == "text":
            assert printed == text
            compared += 1
    assert compared == 3


def test_the_python_runs(here: Path) -> None:
    (here / "desk.csv").write_text(next(text for kind, text in blocks() if kind == "csv"))
    assert doctest.testfile(str(PAGE), module_relative=False).failed == 0


def test_each_question_is_answered_in_one_screen() -> None:
    parts = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    assert [part.split("\n")[0] for part in parts] == [
        "How do I add our names?",
        "How do I fix a wrong one?",
        "How do I merge two?",
    ]
    assert max(part.count("\n") for part in parts) <= SCREEN
