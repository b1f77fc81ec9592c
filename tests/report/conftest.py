"""Reports that the tests look at: one on the corpus, one on texts that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_extract import Config
from brief_extract.batch import discover, run_batch
from brief_extract.report import write_report
from report.samples import write_hostile

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def corpus_outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run over ``corpus/`` writes, with a report."""
    return _outputs(CORPUS, tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def hostile_outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run over hostile texts writes, with a report."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile(folder / "in")
    return _outputs(folder / "in", folder)


def _outputs(inputs: Path, folder: Path) -> Path:
    output = folder / "outputs"
    run_batch(discover([inputs], besides=output), output, Config(timeout=0))
    write_report(output)
    return output
