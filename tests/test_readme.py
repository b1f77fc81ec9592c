"""What the README and the pages under ``docs/`` show is what happens."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

from brief_extract.views.columns import PROJECTIONS

ROOT = Path(__file__).parents[1]


def test_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert doctest.testfile(str(ROOT / "README.md"), module_relative=False).failed == 0


@pytest.mark.parametrize("page", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_page_on_outputs_tells_every_column_as_it_is() -> None:
    page = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
    for projection in PROJECTIONS:
        part = page.partition(f"### {projection.name}\n")[2].partition("\n#")[0]
        told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \| ", part, re.M)
        assert told == [(column.name, column.type, column.description) for column in projection.columns]


def test_the_answers_of_the_example_are_those_of_today(tmp_path: Path) -> None:
    answers = re.search(r"questions\.py outputs/\n(.+?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert answers
    script, figure = ROOT / "examples" / "questions.py", tmp_path / "figure.png"
    command: list[str | Path] = [sys.executable, script, ROOT / "outputs", figure]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert answers[1].strip() in printed
