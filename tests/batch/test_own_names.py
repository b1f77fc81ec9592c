"""A batch with lists of names: what is in them reaches every table, and a change of them does the articles again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from brief_extract import Config, InputError
from brief_extract.batch import RunReport, discover, run_batch

TEXT = """Zorb Foods grows

Mali and Zorb Foods agreed.

- Zorb Foods

| Firm | Tonnes |
|---|---|
| Zorb Foods | 3 |
"""
WITHOUT_MODEL = "xx"


def run(articles: Path, output: Path, *names: Path, timeout: float = 0) -> RunReport:
    config = Config(names=[*map(str, names)], language=WITHOUT_MODEL, timeout=timeout)
    return run_batch(discover([articles], besides=output), output, config)


def entities(output: Path) -> list[dict[str, str]]:
    with (output / "entities.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def names(articles: Path, tmp_path: Path) -> Path:
    (articles / "a.txt").write_text(TEXT)
    path = tmp_path / "desk.csv"
    path.write_text("name,label,id,same_as\nZorb Foods,ORG,org/zorb,Q1;Q2\n")
    return path


def test_an_id_elsewhere_reaches_the_table_of_entities(articles: Path, output: Path, names: Path) -> None:
    run(articles, output, names)
    zorb, mali = entities(output)
    assert (zorb["entity"], zorb["same_as"], mali["same_as"]) == ("org/zorb", "Q1; Q2", "")
    assert [zorb[f"in_{kind}"] for kind in ("headings", "paragraphs", "lists", "tables")] == ["1", "1", "1", "1"]


def test_a_changed_list_does_the_articles_again_and_a_moved_one_does_not(
    articles: Path, output: Path, names: Path, tmp_path: Path
) -> None:
    run(articles, output, names)
    assert run(articles, output, names).skipped == 1
    names = names.rename(tmp_path / "moved.csv")
    assert run(articles, output, names).skipped == 1
    names.write_text(names.read_text().replace("org/zorb", "org/zorb-foods"))
    assert run(articles, output, names).done == 1
    assert entities(output)[0]["entity"] == "org/zorb-foods"
    assert run(articles, output).done == 1
    assert [it["entity"] for it in entities(output)] == ["country/ML"]


@pytest.mark.parametrize("timeout", [0, 60], ids=["here", "in a worker"])
def test_a_mistake_in_a_list_ends_the_run_before_it_begins(
    timeout: float, articles: Path, output: Path, names: Path
) -> None:
    names.write_text("name,label\nZorb Foods,COMPANY\n")
    with pytest.raises(InputError, match=r"desk.csv, row 2: label 'COMPANY'; fix: use one of PERSON, ORG"):
        run(articles, output, names, timeout=timeout)
    assert not output.exists()
