"""Worker processes: the same outputs for any number, and a death costs one article at the most."""

from __future__ import annotations

import json
import os
from functools import partial
from pathlib import Path

import msgspec
import pytest

from batch.samples import Deadly, DeadlyElsewhere, Hanging, Run, Stillborn, Touch, entries, files, varied, write_many
from brief_extract import Config, Extractor, ModelError
from brief_extract.batch import discover, run_batch
from brief_extract.batch.pool import Workers
from brief_extract.errors import WorkerError


def test_the_outputs_are_the_same_for_any_number_of_jobs(
    articles: Path, output: Path, run: Run, tmp_path: Path
) -> None:
    write_many(articles, 150)
    (articles / "0" / "7.txt").write_bytes(b"%PDF-1.7")
    assert run(jobs=1).jobs == 1
    other = tmp_path / "other"
    report = run_batch(discover([articles]), other, Config(entities=False), jobs=3)
    assert report.jobs == 3
    assert files(other) == files(output)
    assert [entry["id"] for entry in entries(other)] == [item.id for item in discover([articles])]
    assert report.inputs == report.done + len(report.failures) == 150


def test_few_articles_are_done_in_this_process(articles: Path, run: Run) -> None:
    write_many(articles, 5)
    assert run(jobs=8).jobs == 1


@pytest.mark.slow
def test_an_article_that_kills_its_worker_is_set_aside_and_costs_no_other(
    articles: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_many(articles, 70)
    (articles / "0" / "3.txt").write_text("DEADLY")
    (articles / "0" / "40.txt").write_text(f"ONCE {tmp_path / 'mark'} and never again")
    monkeypatch.setattr("brief_extract.batch.run.Extractor", Deadly)
    report = run(jobs=2)
    assert [(failure.id, failure.code) for failure in report.failures] == [("0/3", "crash")]
    assert report.done == 69
    message = json.loads((output / "quarantine" / "0" / "3.json").read_bytes())["message"]
    assert message.startswith("0/3.txt: the process died over it twice (SIGKILL); fix: ")
    (articles / "0" / "3.txt").write_text(varied(3))
    again = run(jobs=2)
    assert (again.skipped, again.done) == (69, 1)
    assert not (output / "quarantine").exists()


@pytest.mark.slow
@pytest.mark.parametrize(("stage", "jobs"), [("structure", 1), ("names", 2)])
def test_an_article_that_hangs_is_set_aside_and_costs_no_other(
    stage: str, jobs: int, articles: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(articles, 70)
    (articles / "0" / "3.txt").write_text(f"HANG {stage}")
    monkeypatch.setattr("brief_extract.batch.run.Extractor", Hanging)
    config = Config(language="de", timeout=5)  # no model: the lexicon alone
    report = run_batch(discover([articles]), output, config, jobs=jobs)
    assert [(failure.id, failure.code) for failure in report.failures] == [("0/3", "timeout")]
    assert report.done == 69
    message = json.loads((output / "quarantine" / "0" / "3.json").read_bytes())["message"]
    assert message.startswith("0/3.txt: not done after 5 s; fix: give it more time with --timeout")
    (articles / "0" / "3.txt").write_text(varied(3))
    again = run_batch(discover([articles]), output, msgspec.structs.replace(config, timeout=90.0), jobs=jobs)
    assert (again.skipped, again.done) == (69, 1)  # another limit is no other option


def test_tasks_are_done_by_workers_in_order_and_here_if_their_worker_dies() -> None:
    with Workers(Extractor, Config(entities=False), 2) as pool:
        elsewhere = list(pool.do([os.getpid] * 9))
        assert os.getpid() not in elsewhere
        assert list(pool.do([partial(abs, -number) for number in range(9)])) == list(range(9))
        assert list(pool.do([DeadlyElsewhere(os.getpid())] * 3)) == [os.getpid()] * 3
        assert list(pool.do([os.getpid])) != [os.getpid()]


def test_what_nobody_asks_for_any_more_is_not_done_first(tmp_path: Path) -> None:
    gate, marks = tmp_path / "gate", tmp_path / "marks"
    marks.mkdir()
    with Workers(Extractor, Config(entities=False), 2) as pool:
        given_up = pool.do([Touch(marks / "0"), *(Touch(marks / str(number), gate) for number in range(1, 12))])
        next(given_up)
        del given_up  # each worker waits at the gate with one of the others
        gate.touch()
        assert list(pool.do([partial(abs, -1)])) == [1]
    assert len(list(marks.iterdir())) <= 3


def test_workers_that_cannot_begin_end_the_run_before_anything_is_written(
    articles: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(articles, 70)
    monkeypatch.setattr("brief_extract.batch.run.Extractor", Stillborn)
    with pytest.raises(WorkerError, match=r"cannot begin \(exit code 7\); fix: try --jobs 1"):
        run(jobs=2)
    assert not output.exists()


@pytest.mark.slow
def test_a_model_that_is_missing_is_told_by_a_worker_as_well(articles: Path, output: Path) -> None:
    write_many(articles, 70)
    with pytest.raises(ModelError, match="no_such_model"):
        run_batch(discover([articles]), output, Config(model="no_such_model"), jobs=2)
    assert not output.exists()
