"""Another run into the same folder: what is the same is skipped, and what was cut off is made good."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from batch.samples import ARTICLE, Run, entries, files, write_many
from brief_extract import OutputError
from brief_extract.batch import folder, manifest, ownership
from brief_extract.batch.lock import NAME, locked
from brief_extract.write import write_file

CHANGED: dict[str, Callable[[Path, Path], object]] = {
    "another text": lambda articles, _: (articles / "a.txt").write_text("Niger"),
    "another name": lambda articles, _: (articles / "a.txt").rename(articles / "a.md"),
    "no document": lambda _, output: (output / "documents" / "a.json").unlink(),
    "half a document": lambda _, output: os.truncate(output / "documents" / "a.json", 100),
    "no table": lambda _, output: (output / "tables" / "a" / "table-1.csv").unlink(),
    "an empty table": lambda _, output: os.truncate(output / "tables" / "a" / "table-1.csv", 0),
    "another version": lambda _, output: _by_another_version(output),
}


def _by_another_version(output: Path) -> None:
    _replace(output / "documents" / "a.json", '"version": "0.', '"version": "9.')
    (output / manifest.NAME).unlink()  # the record of what this version wrote


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


class TestSkipping:
    def test_what_is_done_is_not_done_again(self, articles: Path, output: Path, run: Run) -> None:
        write_many(articles, 10)
        (articles / "empty.txt").touch()
        assert run().skipped == 0
        before, written = files(output), (output / "documents" / "0" / "1.json").stat().st_mtime_ns
        report = run()
        assert (report.skipped, report.done, len(report.failures)) == (10, 0, 1)
        assert report.inputs == 11
        assert "10 articles unchanged" in report.summary()
        assert files(output) == before
        assert (output / "documents" / "0" / "1.json").stat().st_mtime_ns == written

    @pytest.mark.parametrize("change", CHANGED)
    def test_what_has_changed_is_done_again(self, change: str, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        (articles / "b.txt").write_text(ARTICLE)
        run()
        CHANGED[change](articles, output)
        run()
        assert [entry["status"] for entry in entries(output)] == ["done", "skipped"]
        after = files(output)
        run(force=True)
        assert files(output) == after

    def test_other_options_do_all_again(self, articles: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        run()
        assert run(max_bytes=1000).skipped == 1
        assert run(lines="wrapped").skipped == 0

    def test_force_does_all_again(self, articles: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        run()
        assert run(force=True).done == 1

    def test_fail_fast_ends_after_the_first_failure_and_the_next_run_goes_on(self, articles: Path, run: Run) -> None:
        write_many(articles, 40)
        (articles / "0" / "2.txt").write_bytes(b"")
        report = run(fail_fast=True)
        assert len(report.failures) == 1
        assert report.inputs + report.left == 40
        assert report.left > 0
        report = run()
        assert report.skipped + report.done + len(report.failures) == 40


class TestCutOff:
    @pytest.mark.parametrize("call", range(12))
    def test_a_run_that_ends_between_any_two_writes_is_made_good_by_the_next(
        self, call: int, articles: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("a", "b", "c"):
            (articles / f"{name}.txt").write_text(ARTICLE)
        run()
        (articles / "a.txt").write_text(ARTICLE.replace("2025", "2026"))
        (articles / "b.txt").write_bytes(b"")
        run(force=True)
        expected = files(output)
        (articles / "a.txt").write_text(ARTICLE)
        (articles / "b.txt").write_text(ARTICLE)
        run()
        (articles / "a.txt").write_text(ARTICLE.replace("2025", "2026"))
        (articles / "b.txt").write_bytes(b"")
        with monkeypatch.context() as patch:
            calls = iter(range(100))

            def then_die(change: Callable[..., None]) -> Callable[..., None]:
                def changed(*arguments: object, **options: object) -> None:
                    change(*arguments, **options)
                    if next(calls) == call:
                        raise KeyboardInterrupt

                return changed

            patch.setattr(folder, "write_file", then_die(write_file))
            remove = folder.remove_file
            patch.setattr(folder, "remove_file", then_die(remove))
            patch.setattr(ownership, "remove_file", then_die(remove))
            with contextlib.suppress(KeyboardInterrupt):
                run()
        run()
        assert files(output) == expected

    def test_prune_removes_tables_without_a_document(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        (articles / "b.txt").write_text(ARTICLE)
        run()
        (output / "documents" / "a.json").unlink()
        (articles / "a.txt").unlink()
        run(prune=True)
        assert [path.name for path in (output / "tables").iterdir()] == ["b"]


class TestLock:
    def test_a_second_run_is_refused_and_changes_nothing(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        run()
        before = files(output)
        (articles / "a.txt").write_text("Niger")
        with locked(output), pytest.raises(OutputError, match=r"another run \(process \d+\) is writing to .*; fix: "):
            run()
        assert files(output) == before
        assert run().done == 1

    def test_the_lock_of_a_dead_run_is_taken_over(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        output.mkdir()
        (output / NAME).write_text("1")
        run()
        assert not (output / NAME).exists()

    def test_a_link_in_place_of_the_lock_is_not_followed(
        self, articles: Path, output: Path, run: Run, tmp_path: Path
    ) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        output.mkdir()
        (tmp_path / "precious").write_text("123")
        (output / NAME).symlink_to(tmp_path / "precious")
        with pytest.raises(OutputError, match=r"lock is a link; fix: move it away"):
            run()
        assert (tmp_path / "precious").read_text() == "123"
        assert (output / NAME).is_symlink()

    @pytest.mark.parametrize("make", ["text", "second name"])
    def test_a_file_of_that_name_that_is_no_lock_is_left_alone(
        self, make: str, articles: Path, output: Path, run: Run, tmp_path: Path
    ) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        output.mkdir()
        (output / NAME).write_text("mine" if make == "text" else "123")
        if make == "second name":
            os.link(output / NAME, tmp_path / "precious")
        before = (output / NAME).read_text()
        with pytest.raises(OutputError, match=r"lock is a .*; fix: move it away"):
            run()
        assert (output / NAME).read_text() == before


def test_run_json_accounts_for_what_was_skipped(articles: Path, output: Path, run: Run) -> None:
    write_many(articles, 3)
    run()
    first = json.loads((output / "run.json").read_bytes())
    assert {"read", "decode", "structure", "write", "project"} <= first["stages"].keys()
    assert {entry["id"] for entry in first["slowest"]} == {"0/0", "0/1", "0/2"}
    run()
    record = json.loads((output / "run.json").read_bytes())
    assert [entry["status"] for entry in record["inputs"]] == ["skipped"] * 3
    assert [entry["sha256"] for entry in record["inputs"]] == [entry["sha256"] for entry in first["inputs"]]
    assert record["counts"]["skipped"] == 3
