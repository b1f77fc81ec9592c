"""What the tests of a batch share: folders of articles, and a run over them without the entity model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from batch.samples import Run
from brief_extract import Config
from brief_extract.batch import RunReport, discover, run_batch
from brief_extract.config import Lines


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """An empty folder for inputs."""
    folder = tmp_path / "articles"
    folder.mkdir()
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """The output folder; it is not there yet."""
    return tmp_path / "outputs"


@pytest.fixture
def run(articles: Path, output: Path) -> Run:
    """Run over ``articles`` into ``output``, structure only; with one job in this process, for there is no limit."""

    def run(
        *inputs: Path, max_bytes: int = 50_000_000, lines: Lines = "auto", timeout: float = 0, **options: Any
    ) -> RunReport:
        config = Config(entities=False, max_bytes=max_bytes, lines=lines, timeout=timeout)
        return run_batch(discover(inputs or [articles], besides=output, max_bytes=max_bytes), output, config, **options)

    return run
