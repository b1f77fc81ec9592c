"""The Python that the README and the docs show is what a strict type checker lets through."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]


def snippets() -> dict[str, str]:
    """The blocks of Python that stand alone: sessions, and programs with their imports. Others are excerpts."""
    found: dict[str, str] = {}
    for page in PAGES:
        blocks = re.findall(r"(?m)^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.S)
        for number, block in enumerate(blocks, 1):
            session = "".join(example.source for example in doctest.DocTestParser().get_examples(block))
            if session or re.match("import |from ", block):
                found[f"{page.stem.lower()}_{number}.py"] = session or block
    return found


def check(folder: Path, programs: dict[str, str]) -> str:
    """What mypy says of some programs."""
    for name, text in programs.items():
        (folder / name).write_text(text, encoding="utf-8")
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--cache-dir", str(folder / "cache")]
    command = [sys.executable, "-m", "mypy", "--strict", *config, *programs]
    done = subprocess.run(
        command,
        check=False,
        cwd=folder,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


@pytest.mark.slow
def test_what_the_pages_show_has_no_error_of_types(tmp_path: Path) -> None:
    programs = snippets()
    assert len(programs) >= 8
    programs["wrong.py"] = "from brief_extract import extract\nextract(7).countries.title()\n"
    lines = check(tmp_path, programs).splitlines()
    assert [line for line in lines if "error:" in line and not line.startswith("wrong.py:2")] == []
    assert any(line.startswith("wrong.py:2: error:") for line in lines), lines
