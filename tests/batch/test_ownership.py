"""What a run may write over and remove: what a run wrote, and nobody changed since."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from batch.samples import ARTICLE, Run, entries, files, write_many
from brief_extract import Config, InputError, OutputError
from brief_extract.batch import discover, manifest, run_batch
from brief_extract.batch.manifest import Manifest, digest

FORMATS = ("csv", "jsonl", "parquet", "xlsx")
TOP = {
    "csv": "documents.csv",
    "jsonl": "cells.jsonl",
    "parquet": "mentions.parquet",
    "xlsx": "brief-extract.xlsx",
}
"""A file of each format that a run writes at the top of its output folder."""

PLAIN = Config(entities=False, timeout=0)

MINE = b'{"id": "a", "text": "Mali"}\n'


@pytest.fixture(autouse=True)
def article(articles: Path) -> Path:
    """One article, with a table."""
    (articles / "a.txt").write_text(ARTICLE)
    return articles / "a.txt"


def another_database(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE mine (x)")


class TestForeignFiles:
    @pytest.mark.parametrize("name", [*(f"{format}:{name}" for format, name in TOP.items()), "csv:run.json"])
    def test_that_a_run_would_write_over_are_refused_by_name(self, name: str, output: Path, run: Run) -> None:
        format, name = name.split(":")
        output.mkdir()
        (output / name).write_bytes(MINE)
        with pytest.raises(OutputError, match=rf"{name} was not written by a run, .*; fix: .*--overwrite"):
            run(formats=[format])
        assert files(output).keys() | {"run.json"} == {name, "run.json"}
        assert (output / name).read_bytes() == MINE

    @pytest.mark.parametrize("name", ["documents/a.json", "quarantine/a.json"])
    def test_in_the_place_of_a_document_or_a_failure_are_refused(self, name: str, output: Path, run: Run) -> None:
        (output / name).parent.mkdir(parents=True)
        (output / name).write_bytes(MINE)
        with pytest.raises(OutputError, match=rf"{name} was not written by a run"):
            run()
        assert files(output) == {name: MINE}

    def test_in_the_place_of_a_table_cost_that_article_alone(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "b.txt").write_text(ARTICLE)
        (output / "tables" / "a").mkdir(parents=True)
        (output / "tables" / "a" / "table-1.csv").write_bytes(MINE)
        report = run(jobs=1)
        assert [(failure.id, failure.code, failure.stage) for failure in report.failures] == [("a", "foreign", "write")]
        assert "table-1.csv was not written by a run" in report.failures[0].message
        assert (output / "tables" / "a" / "table-1.csv").read_bytes() == MINE
        assert report.done == 1
        assert run(overwrite=True).failures == []
        assert (output / "tables" / "a" / "table-1.csv").read_bytes() != MINE

    def test_are_written_over_if_that_is_asked_for(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "empty.txt").touch()
        run()
        expected = files(output)
        names = ["documents.csv", "datapackage.json", "documents/a.json", "quarantine/empty.json", "run.json"]
        (output / manifest.NAME).unlink()
        for name in names:
            (output / name).write_bytes(MINE)
        run(overwrite=True)
        assert files(output) == expected
        assert run().skipped == 1

    @pytest.mark.parametrize("overwrite", [False, True])
    def test_of_other_names_and_formats_stay(self, overwrite: bool, output: Path, run: Run) -> None:
        mine = {*TOP.values(), "tables/mine/table-1.csv", "tables/a/table-9.csv", "tables/a/mine.csv", "notes.txt"}
        mine -= {"documents.csv"}
        for name in mine:
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_bytes(MINE)
        for _ in range(2):
            run(prune=True, force=True, overwrite=overwrite)
        assert {name for name, data in files(output).items() if data == MINE} == mine

    def test_that_are_empty_are_in_no_ones_way(self, output: Path, run: Run) -> None:
        (output / "documents").mkdir(parents=True)
        for name in ("documents.csv", "documents/a.json"):
            (output / name).touch()
        assert run().done == 1

    def test_a_link_to_a_file_elsewhere_is_not_replaced(self, output: Path, run: Run, tmp_path: Path) -> None:
        output.mkdir()
        (tmp_path / "elsewhere").write_bytes(MINE)
        (output / "documents.csv").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(OutputError, match=r"documents\.csv was not written by a run"):
            run()
        assert (output / "documents.csv").is_symlink()


class TestInputsInTheOutput:
    @pytest.mark.parametrize("name", ["documents.jsonl", "in/a.txt", "documents.csv"])
    def test_are_refused_and_left_alone(self, name: str, output: Path, run: Run) -> None:
        (output / name).parent.mkdir(parents=True)
        (output / name).write_bytes(MINE)
        for given in {output / name, (output / name).parent} - {output}:
            with pytest.raises(InputError, match=r"lies inside the output folder .*; fix: name another output folder"):
                run(given)
        assert files(output) == {name: MINE}

    def test_are_seen_through_links_and_dots(self, output: Path, run: Run, tmp_path: Path) -> None:
        (output / "in").mkdir(parents=True)
        (output / "in" / "a.txt").write_text(ARTICLE)
        (tmp_path / "link").symlink_to(output / "in")
        for given in (tmp_path / "link", tmp_path / "link" / "a.txt", output / "in" / ".." / "in" / "a.txt"):
            with pytest.raises(InputError, match="lies inside the output folder"):
                run(given)

    def test_a_pattern_passes_over_them(self, run: Run, tmp_path: Path) -> None:
        run(formats=["jsonl"])
        report = run(tmp_path / "**" / "*.*")
        assert (report.inputs, report.failures) == (1, [])

    def test_an_output_folder_inside_a_folder_of_articles_is_passed_over(self, articles: Path, run: Run) -> None:
        (articles.parent / "outputs").mkdir()
        (articles.parent / "outputs" / "b.txt").write_text(ARTICLE)
        assert run(articles.parent).inputs == 1


class TestEdits:
    def test_of_a_projection_are_refused(self, output: Path, run: Run) -> None:
        run()
        text = (output / "documents.csv").read_text() + "mine\n"
        (output / "documents.csv").write_text(text)
        with pytest.raises(OutputError, match=r"documents\.csv was edited since a run wrote it; fix: .*--overwrite"):
            run()
        assert (output / "documents.csv").read_text() == text
        run(formats=["jsonl"])  # writes over none
        assert (output / "documents.csv").read_text() == text
        run(overwrite=True)
        assert "mine" not in (output / "documents.csv").read_text()

    def edit(self, output: Path) -> bytes:
        path = output / "documents" / "a.json"
        record = json.loads(path.read_bytes())
        record["title"] = "Corrected"
        path.write_text(json.dumps(record))
        return path.read_bytes()

    def test_of_a_document_are_kept_while_its_article_stays_the_same(self, output: Path, run: Run) -> None:
        run()
        edited = self.edit(output)
        assert run().skipped == 1
        assert (output / "documents" / "a.json").read_bytes() == edited
        assert "Corrected" in (output / "documents.csv").read_text()

    def test_of_a_document_are_not_lost_when_its_article_changes(self, article: Path, output: Path, run: Run) -> None:
        run()
        edited = self.edit(output)
        article.write_text("Niger")
        report = run()
        assert [(failure.id, failure.code) for failure in report.failures] == [("a", "foreign")]
        assert "documents/a.json was edited since a run wrote it" in report.failures[0].message
        assert (output / "documents" / "a.json").read_bytes() == edited
        assert report.stale == 1

    @pytest.mark.parametrize("option", ["force", "overwrite"])
    def test_of_a_document_are_replaced_on_request(self, option: str, article: Path, output: Path, run: Run) -> None:
        run()
        self.edit(output)
        article.write_text("Niger")
        assert run(**{option: True}).done == 1
        assert run().skipped == 1

    def test_of_a_document_whose_article_is_gone_are_not_pruned(
        self, article: Path, articles: Path, output: Path, run: Run
    ) -> None:
        run()
        edited = self.edit(output)
        article.rename(articles / "b.txt")
        report = run(prune=True)
        assert (report.edited, report.removed) == (1, 0)
        assert "1 document without an input kept: edited since a run wrote them" in report.summary()
        assert (output / "documents" / "a.json").read_bytes() == edited

    def test_of_a_table_are_not_lost(self, output: Path, run: Run) -> None:
        run()
        (output / "tables" / "a" / "table-1.csv").write_bytes(MINE)
        assert [failure.code for failure in run().failures] == ["foreign"]
        assert (output / "tables" / "a" / "table-1.csv").read_bytes() == MINE
        assert run(force=True).done == 1

    @pytest.mark.parametrize("damage", [b"", b"{", b'{"schema": "brief-extract/document", "id": 7}', b"\xff\xfe"])
    def test_that_leave_no_document_are_repaired(self, damage: bytes, output: Path, run: Run) -> None:
        run()
        expected = files(output)
        (output / "documents" / "a.json").write_bytes(damage)
        assert run().done == 1
        assert files(output) == expected


class TestAnEarlierVersion:
    """Its output folder has no manifest."""

    @pytest.fixture
    def older(self, articles: Path, output: Path, run: Run) -> dict[str, bytes]:
        (articles / "b.txt").write_text(ARTICLE)
        (articles / "empty.txt").touch()
        run(formats=FORMATS)
        header, rest = (output / "documents.csv").read_bytes().split(b"\r\n", 1)
        (output / "documents.csv").write_bytes(header.removesuffix(b",stale") + b"\r\n" + rest)
        (output / manifest.NAME).unlink()
        return files(output)

    def test_is_gone_on_with(self, older: dict[str, bytes], output: Path, run: Run) -> None:
        report = run(formats=FORMATS)
        assert (report.skipped, report.done, len(report.failures)) == (2, 0, 1)
        assert files(output).keys() == older.keys()

    @pytest.mark.usefixtures("older")
    def test_is_changed_and_pruned(self, article: Path, output: Path, run: Run) -> None:
        article.write_text("Niger")
        (article.parent / "b.txt").unlink()
        (article.parent / "empty.txt").unlink()
        report = run(prune=True)
        assert (report.done, report.removed) == (1, 2)
        assert {name for name in files(output) if "/" in name} == {"documents/a.json"}
        assert not [name for name in files(output) if name.endswith((".parquet", ".jsonl", ".xlsx"))]

    @pytest.mark.usefixtures("older")
    def test_has_no_files_that_another_program_wrote(self, output: Path, run: Run) -> None:
        for name in TOP.values():
            (output / name).write_bytes(MINE)
        with pytest.raises(OutputError, match=r"documents\.csv was not written by a run"):
            run()
        (output / "documents.csv").unlink()
        run()
        assert {name for name, data in files(output).items() if data == MINE} == set(TOP.values()) - {"documents.csv"}

    @pytest.mark.usefixtures("older")
    def test_whose_documents_are_edited_later(self, article: Path, output: Path, run: Run) -> None:
        run()
        TestEdits().edit(output)
        article.write_text("Niger")
        assert [failure.code for failure in run().failures] == ["foreign", "empty"]


def test_a_folder_is_known_by_whichever_path(article: Path, output: Path, run: Run) -> None:
    """Its files are known by their way from it, be it the working directory."""
    run()
    for text, root, option in (("Niger", ".", "."), ("Chad", "../outputs", ""), ("Mali", output, "unknown")):
        article.write_text(text)
        if option == "unknown":
            (output / manifest.NAME).unlink()
        with contextlib.chdir(output):
            report = run_batch(discover([article.parent], besides=Path(root)), root, PLAIN)
        assert (report.done, report.failures) == (1, [])
    (output / manifest.NAME).unlink()
    with contextlib.chdir(output):
        assert run_batch(discover([article.parent], besides=Path()), ".", PLAIN).skipped == 1
        article.write_text("Niger")
        assert run_batch(discover([article.parent], besides=Path()), ".", PLAIN).done == 1


class TestManifest:
    def test_a_file_is_known_by_name_and_content(self) -> None:
        assert len({digest("a", b"b"), digest("b", b"b"), digest("a", b"c"), digest("a\0", b"b")}) == 4

    def test_claims_are_whole_or_not_at_all(self, tmp_path: Path) -> None:
        def claims() -> list[tuple[str, list[bytes]]]:
            return [("a", [b"1" * 16]), ("b", [b"2" * 16, b"3" * 16])]

        with Manifest(tmp_path) as record:
            with pytest.raises(TypeError):
                record.claim([*claims(), ("c", [0])])  # type: ignore[list-item]
            assert record.digests("a") is None
            record.claim(claims())
        with Manifest(tmp_path) as record:
            assert record.digests("b") == frozenset([b"2" * 16, b"3" * 16])
            record.drop(["b"])
            assert record.digests("b") is None

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda path: path.write_bytes(b"mine" * 100), "cannot be read .*; fix: remove it"),
            (another_database, "cannot be read .*; fix: remove it"),
            (lambda path: path.symlink_to("elsewhere"), "is a link; fix: move it away"),
            (lambda path: path.mkdir(), "cannot write .*manifest: "),
        ],
    )
    def test_another_file_in_its_place_is_refused(
        self, make: Callable[[Path], object], message: str, output: Path, run: Run
    ) -> None:
        output.mkdir()
        make(output / manifest.NAME)
        with pytest.raises(OutputError, match=message):
            run()
        assert not (output / "documents").exists()

    def test_it_takes_less_than_two_hundred_bytes_for_an_article(self, articles: Path, output: Path, run: Run) -> None:
        write_many(articles, 200)
        run()
        assert (output / manifest.NAME).stat().st_size < 200 * 200
        assert [path.name for path in output.iterdir() if path.name.startswith(".")] == [manifest.NAME]

    def test_without_it_the_next_run_goes_on(self, output: Path, run: Run) -> None:
        run()
        before = files(output)
        (output / manifest.NAME).unlink()
        assert run().skipped == 1
        assert files(output) == before
        assert [entry["status"] for entry in entries(output)] == ["skipped"]
