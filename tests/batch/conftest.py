"""What the tests of a batch share: folders of articles, and a run over them without the entity model."""

from __future__ import annotations

from pathlib import Path

import pytest

from batch.samples import Run
from brief_extract import Config
from brief_extract.batch import Report, discover, run_batch


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
    """Run over ``articles`` into ``output``, structure only. Options are those of the config, and ``prune``."""

    def run(*, prune: bool = False, **options: int) -> Report:
        config = Config(entities=False, **options)  # type: ignore[arg-type]
        return run_batch(discover([articles], besides=output), output, config, prune=prune)

    return run
