"""What earlier runs left: not seen is not gone, and what fails now keeps the good document of yesterday."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from batch.samples import ARTICLE, Run, entries, files, varied, write_many
from brief_extract.batch import discover
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.ids import id_prefix, plain_id


def stale(output: Path) -> dict[str, bool]:
    """Each document, and whether the table of documents calls it stale."""
    with (output / "documents.csv").open(newline="", encoding="utf-8") as file:
        return {row["document"]: {"true": True, "false": False}[row["stale"]] for row in csv.DictReader(file)}


def link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to("gone")


FAILS: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(b"%PDF-1.7"),
    "a link to nowhere": link_to_nowhere,
}
"""How an article comes to fail."""


class TestAnArticleThatFailsNow:
    @pytest.mark.parametrize("fails", FAILS)
    def test_keeps_its_document_which_is_stale_until_it_succeeds(
        self, fails: str, articles: Path, output: Path, run: Run
    ) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        (articles / "b.txt").write_text(ARTICLE)
        run()
        before = files(output)
        assert stale(output) == {"a": False, "b": False}
        FAILS[fails](articles / "a.txt")
        report = run(prune=True)
        assert (report.stale, report.removed, len(report.failures)) == (1, 0, 1)
        assert "1 document of earlier runs kept, but stale" in report.summary()
        assert [entry["stale"] for entry in entries(output)] == [True, False]
        assert json.loads((output / "run.json").read_bytes())["earlier"]["stale"] == 1
        after = files(output)
        assert (output / "quarantine" / "a.json").exists()
        assert {name: after[name] for name in before if "/" in name} == {
            name: data for name, data in before.items() if "/" in name
        }
        assert stale(output) == {"a": True, "b": False}
        (articles / "a.txt").unlink()
        (articles / "a.txt").write_text(ARTICLE)
        assert run().stale == 0
        assert files(output) == before

    def test_is_not_stale_if_there_was_no_document(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").touch()
        (articles / "b.txt").write_text(ARTICLE)
        assert run().stale == 0
        assert [entry["stale"] for entry in entries(output)] == [False, False]
        assert stale(output) == {"b": False}

    def test_is_pruned_when_it_is_gone(self, articles: Path, output: Path, run: Run) -> None:
        for name in ("a", "b"):
            (articles / f"{name}.txt").write_text(ARTICLE)
        run()
        (articles / "a.txt").write_bytes(b"")
        run()
        (articles / "a.txt").unlink()
        assert run(prune=True).removed == 2
        assert {name for name in files(output) if "/" in name} == {"documents/b.json", "tables/b/table-1.csv"}


def closed(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have a folder refuse to be listed; permissions do not bind root, who may run the tests."""
    scan = os.scandir

    def scandir(path: int | str | Path = ".") -> object:
        if not isinstance(path, int) and Path(path).name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)


class TestNotSeen:
    def test_below_a_folder_that_cannot_be_listed_nothing_is_pruned(
        self, articles: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_many(articles, 20)
        (articles / "0").rename(articles / "south east")
        (articles / "gone.txt").write_text(ARTICLE)
        (articles / "south east 2.txt").write_text(ARTICLE)
        run()
        for name in ("gone", "south east 2"):
            (articles / f"{name}.txt").unlink()
        with monkeypatch.context() as patch:
            closed(patch, "south east")
            report = run(prune=True)
        assert (report.stale, report.removed, report.unseen) == (20, 2, ["south east"])
        assert "not read in full: south east; " in report.summary()
        assert set(stale(output).values()) == {True}
        assert len(list(OutputFolder(output).document_ids())) == 20
        report = run(prune=True)
        assert (report.skipped, report.stale, report.unseen) == (20, 0, [])
        assert not (output / "quarantine").exists()

    def test_a_named_folder_that_cannot_be_listed_or_is_empty_keeps_what_is_its_own(
        self, articles: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("2024", "2025"):
            (articles / name).mkdir()
            (articles / name / "a.txt").write_text(ARTICLE)
        run(articles / "2024", articles / "2025")
        with monkeypatch.context() as patch:
            closed(patch, "2024")
            assert run(articles / "2024", articles / "2025", prune=True).unseen == ["2024"]
        assert stale(output) == {"2024/a": True, "2025/a": False}
        (articles / "2024" / "a.txt").unlink()  # or the disk is not mounted
        assert run(articles / "2024", articles / "2025", prune=True).unseen == ["2024 (no article there)"]
        assert stale(output) == {"2024/a": True, "2025/a": False}

    @pytest.mark.parametrize("beside", [False, True])
    def test_nothing_of_a_collection_that_is_cut_off_is_pruned(
        self, beside: bool, articles: Path, output: Path, run: Run
    ) -> None:
        lines = [json.dumps({"id": f"a{at}", "text": varied(at) + str(os.urandom(300))}) for at in range(50)]
        packed = gzip.compress("\n".join(lines).encode())
        (articles / "wire.jsonl.gz").write_bytes(packed)
        (articles / "b.txt").write_text(ARTICLE)
        (articles / "c.txt").write_text(ARTICLE)
        named = [articles / "wire.jsonl.gz", *([articles / "b.txt", articles / "c.txt"] if beside else [])]
        run(*named)
        (articles / "wire.jsonl.gz").write_bytes(packed[: len(packed) * 2 // 3])
        report = run(*named[:2], prune=True)
        seen = report.skipped - beside
        assert 10 < seen < 45
        assert report.unseen == ["wire.jsonl.gz"]
        assert (report.stale, report.removed) == (50 - seen, int(beside))
        assert sum(stale(output).values()) == 50 - seen
        (articles / "wire.jsonl.gz").write_bytes(packed)
        assert run(*named[:2], prune=True).skipped == 50 + beside
        assert not any(stale(output).values())

    def test_nothing_of_an_archive_that_cannot_be_opened_is_pruned(
        self, articles: Path, output: Path, run: Run
    ) -> None:
        (articles / "wire.jsonl").write_text('{"id": "x", "text": "Mali"}\n{"id": "y", "text": "Chad"}\n')
        run(articles / "wire.jsonl")
        (articles / "wire.jsonl").write_text('{"id": "x", "text": "Mali"}\n{"id": "y", "te\n')
        report = run(articles / "wire.jsonl", prune=True)
        assert (report.skipped, report.removed, report.unseen) == (1, 0, ["wire.jsonl"])
        assert stale(output) == {"x": False, "y": True}

    def test_a_pattern_that_meets_a_closed_folder_prunes_nothing(
        self, articles: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("open", "closed", "deeper/still/closed"):
            (articles / name).mkdir(parents=True)
            (articles / name / f"{Path(name).parts[0]}.txt").write_text(ARTICLE)
        pattern = articles / "*" / "*.txt"
        run(pattern)
        with monkeypatch.context() as patch:
            closed(patch, "closed")
            report = run(pattern, prune=True)
        assert (report.removed, len(report.unseen)) == (0, 1)
        assert stale(output) == {"closed": True, "open": False}
        (articles / "closed" / "closed.txt").unlink()
        assert run(pattern, prune=True).removed == 1


def test_a_prefix_of_names_is_one_of_ids() -> None:
    for prefix in ("", "a/", "a b/é/", "con/", "x" * 300 + "/", "é" * 90 + "/" + "y" * 90 + "/"):
        for rest in ("a.txt", "b/c.md", "z" * 200 + ".txt"):
            assert plain_id(prefix + rest).startswith(id_prefix(prefix))
    assert not plain_id("ab.txt").startswith(id_prefix("a/"))


def test_where_nothing_is_closed_all_was_seen(articles: Path) -> None:
    (articles / "a.txt").write_text(ARTICLE)
    assert discover([articles]).unseen == []
