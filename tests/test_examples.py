"""The script in ``examples/`` runs over what the package writes today, and its answers are right."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from brief_extract import Extractor
from brief_extract.batch.projections import write_projections
from brief_extract.model import Document
from brief_extract.read import read_file

ROOT = Path(__file__).parents[1]
ARTICLES = ["mauritania-fishing-protocol", "wheat-import-bill"]


@pytest.fixture(scope="module")
def questions() -> ModuleType:
    spec = importlib.util.spec_from_file_location("questions", ROOT / "examples" / "questions.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outputs")
    sources = [(id, read_file(ROOT / "corpus" / f"{id}.txt")) for id in ARTICLES]
    documents = [document for document in Extractor().pipe_sources(sources) if isinstance(document, Document)]
    (folder / "documents").mkdir()
    for document in documents:
        (folder / "documents" / f"{document.id}.json").write_bytes(document.to_json())
    write_projections(folder)
    return folder


def test_the_biggest_cut_is_told(questions: ModuleType, folder: Path) -> None:
    first = questions.biggest_cuts(folder).iloc[0]
    assert (first["label"], first["before"], first["after"]) == ("Round sardinella", 214_000, 151_000)
    assert first["relative"] == pytest.approx(-29.44)


def test_who_is_named_together_is_the_same_in_sql(questions: ModuleType, folder: Path) -> None:
    with_pandas = questions.named_together(folder)
    with_sql = questions.named_together_in_sql(folder)
    assert with_pandas.to_numpy().tolist() == with_sql.to_numpy().tolist()
    assert len(with_pandas) > 10


def test_every_bullet_stands_under_a_heading(questions: ModuleType, folder: Path) -> None:
    bullets = questions.bullets_by_section(folder)
    lines = (folder / "list_items.csv").read_text("utf-8").splitlines()
    assert bullets["bullets"].sum() == len(lines) - 1
    assert bullets["heading"].notna().all()


def test_it_runs_as_a_script_and_draws(
    questions: ModuleType, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions.main(folder, tmp_path / "cuts.png")
    assert "Biggest cuts" in capsys.readouterr().out
    assert (tmp_path / "cuts.png").stat().st_size > 1000
