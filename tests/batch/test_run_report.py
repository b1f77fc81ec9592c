"""The report: what a run tells people and machines."""

from __future__ import annotations

import json
from pathlib import Path

from batch.samples import ARTICLE, Run
from brief_extract import Config, Failure
from brief_extract.batch import RunReport


def test_run_json_accounts_for_every_input(articles: Path, output: Path, run: Run) -> None:
    (articles / "a.txt").write_text(ARTICLE)
    (articles / "b.txt").write_bytes(b"")
    run()
    record = json.loads((output / "run.json").read_bytes())
    assert record["schema"] == "brief-extract/run"
    assert [(entry["id"], entry["status"], entry["code"]) for entry in record["inputs"]] == [
        ("a", "done", None),
        ("b", "set-aside", "empty"),
    ]
    assert len(record["inputs"][0]["sha256"]) == 64
    text = (output / "run.json").read_text()
    assert text == json.dumps(record, indent=2) + "\n"  # though it is written in pieces
    assert record["counts"] | {"articles": 1, "tables": 1, "set_aside": 1} == record["counts"]
    assert record["failures"] == {"empty": 1}
    assert record["config"]["entities"] is False
    assert record["model"] is None
    assert record["started"] <= record["finished"]
    assert record["packages"]["brief-extract"]


def test_the_summary_tells_what_was_found(articles: Path, run: Run) -> None:
    (articles / "a.txt").write_text(ARTICLE)
    assert run().summary() == "1 article, 1 table, 1 list, 0 entities, 0 set aside"


def test_the_summary_tells_why_articles_were_set_aside_and_keeps_short() -> None:
    report = RunReport(config=Config(), model=None)
    for number in range(12):
        message = f"{number}.txt: empty, 0 bytes; fix: leave it out"
        failure = Failure(id=str(number), stage="read", code="empty", message=message)
        report.add(failure)
    lines = report.summary().splitlines()
    assert lines[0].endswith("12 set aside")
    assert lines[1] == "  empty: 0.txt: empty, 0 bytes; fix: leave it out"
    assert lines[-1] == "  and 2 more, see quarantine/"
