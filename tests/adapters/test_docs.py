"""What ``docs/workflow.md`` shows is short, and runs."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.records import records

PAGE = (Path(__file__).parents[2] / "docs" / "workflow.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"<!-- (\w+) -->\n```python\n(.+?)```", PAGE, re.S))
NEEDED = {"python": "spacy", "arrow": "pyarrow", "spark": "pyspark", "ray": "ray", "spacy": "spacy"}


def test_every_block_is_short_and_python() -> None:
    for block in re.findall(r"```python\n(.+?)```", PAGE, re.S):
        assert block.count("\n") < 20
        compile(block, "docs/workflow.md", "exec")


@pytest.mark.parametrize("name", NEEDED)
def test_blocks_run_as_they_stand(name: str, tmp_path: Path) -> None:
    if not importlib.util.find_spec(NEEDED[name]):
        pytest.skip(f"needs {NEEDED[name]}")
    if name == "spark" and not shutil.which("java"):
        pytest.skip("Spark needs Java 17")
    if name in ("arrow", "spark", "ray"):
        import pyarrow as pa
        from pyarrow import parquet

        (tmp_path / "articles").mkdir()
        parquet.write_table(pa.Table.from_pylist(records(20)), tmp_path / "articles" / "part.parquet")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(
        [sys.executable, "-c", BLOCKS[name]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    if name in ("spark", "ray"):
        assert any((tmp_path / "documents").glob("*.parquet"))
    if name == "spacy":
        assert "('Mali', 'country/ML')" in done.stdout


def test_the_first_shell_line_runs_as_it_stands(tmp_path: Path) -> None:
    (line,) = re.findall(r"<!-- shell -->\n```sh\n(.+?)\n", PAGE)
    (tmp_path / "articles.jsonl").write_text('{"id": 1, "text": "Aid for Mali."}\n{}\n')
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(line, shell=True, cwd=tmp_path, env={**os.environ, "PATH": path}, check=False)
    assert done.returncode == 1
    assert (tmp_path / "documents.jsonl").read_bytes().count(b"\n") == 1
    assert (tmp_path / "errors.jsonl").read_bytes().count(b"\n") == 1
