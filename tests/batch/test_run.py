"""A run: what it leaves in the output folder, whatever stood in the inputs and was there before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from batch.samples import ARTICLE, Run, entries, files
from brief_extract import Config, Document, Extractor, Failure, ModelError, OutputError
from brief_extract.batch import discover, run_batch
from brief_extract.batch.worker import Article, Done, Finisher, Work, work
from brief_extract.read import Source

PROJECTIONS = {
    *("documents", "headings", "paragraphs", "list_items", "tables", "cells"),
    *("mentions", "entities", "places", "countries", "figures", "issues"),
}

DAMAGED: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "blank": (lambda path: path.write_bytes(b" \r\n\t\n"), "empty"),
    "pdf": (lambda path: path.write_bytes(b"%PDF-1.7 Mali"), "binary"),
    "program": (lambda path: path.write_bytes(b"\x7fELF\x02\x01\x01\x00"), "binary"),
    "unknown": (lambda path: path.write_bytes(bytes(range(0xA0, 0x100)) * 4), "undecodable"),
    "large": (lambda path: path.write_bytes(b"Mali " * 1000), "too-large"),
    "link": (lambda path: path.symlink_to("gone.txt"), "unreadable"),
}
"""Name of an input -> how it is made, and the code under which it is set aside."""


class TestOutputs:
    def test_a_run_writes_documents_tables_projections_and_a_report(
        self, articles: Path, output: Path, run: Run
    ) -> None:
        (articles / "wire").mkdir()
        (articles / "wire" / "mali.txt").write_text(ARTICLE)
        report = run()
        expected = {"documents/wire/mali.json", "tables/wire/mali/table-1.csv", "datapackage.json"}
        assert files(output).keys() == expected | {f"{name}.csv" for name in PROJECTIONS}
        assert (output / "run.json").exists()
        assert report.done == report.counts["tables"] == report.counts["lists"] == 1

    def test_a_document_reads_back_and_knows_where_it_came_from(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "mali.txt").write_text(ARTICLE)
        run()
        document = Document.from_json((output / "documents" / "mali.json").read_bytes())
        assert (document.id, document.source.name, document.text) == ("mali", "mali.txt", ARTICLE)

    def test_a_table_stands_as_printed(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "mali.txt").write_text(ARTICLE)
        run()
        table = (output / "tables" / "mali" / "table-1.csv").read_bytes()
        assert table == b'Year,Posts\r\n2024,"1,200"\r\n2025,900\r\n'

    def test_the_same_inputs_give_the_same_bytes(self, articles: Path, output: Path, run: Run) -> None:
        for name in ("b.txt", "a.md", "a.txt"):
            (articles / name).write_text(ARTICLE + name)
        run()
        before = files(output)
        run()
        assert files(output) == before


class TestDamagedInputs:
    @pytest.mark.parametrize("name", DAMAGED)
    def test_is_set_aside_with_place_and_way_out(self, name: str, articles: Path, output: Path, run: Run) -> None:
        make, code = DAMAGED[name]
        make(articles / f"{name}.txt")
        report = run(max_bytes=1000)
        record = json.loads((output / "quarantine" / f"{name}.json").read_bytes())
        assert [record["id"], record["stage"], record["code"]] == [name, "read", code]
        assert record["message"].startswith(f"{name}.txt: ")
        assert "; fix: " in record["message"]
        assert [failure.code for failure in report.failures] == [code]

    def test_costs_no_other_article_and_all_are_accounted_for_in_order(
        self, articles: Path, output: Path, run: Run
    ) -> None:
        for number, (make, _) in enumerate(DAMAGED.values()):
            make(articles / f"{number}-damaged.txt")
            (articles / f"{number}-good.txt").write_text(ARTICLE)
        report = run(max_bytes=1000)
        ids = [str(entry["id"]) for entry in entries(output)]
        assert ids == sorted(ids)
        for id in ids:
            kind = "documents" if id.endswith("good") else "quarantine"
            assert (output / kind / f"{id}.json").exists()
        assert len(ids) == report.inputs == report.done + len(report.failures) == 2 * len(DAMAGED)

    def test_another_encoding_is_read_and_told(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_bytes(
            "Le président a été reçu à l’Élysée, a déclaré son porte-parole.".encode("cp1252")
        )
        report = run()
        assert report.issues == {"guessed-encoding": 1}
        assert "guessed-encoding" in (output / "issues.csv").read_text()

    def test_a_failure_in_the_extractor_is_set_aside_too(
        self, articles: Path, output: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        (articles / "b.txt").write_text(ARTICLE)
        monkeypatch.setattr("brief_extract.batch.run.Extractor", _FailingOnA)
        run()
        assert [entry["status"] for entry in entries(output)] == ["set-aside", "done"]
        assert files(output).keys() >= {"quarantine/a.json", "documents/b.json"}


class TestAnotherRun:
    def test_an_article_that_was_mended_leaves_quarantine(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_bytes(b"")
        run()
        (articles / "a.txt").write_text(ARTICLE)
        run()
        assert not (output / "quarantine").exists()

    def test_a_table_that_is_gone_from_an_article_is_gone(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE + "\nAnd then:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
        run()
        (articles / "a.txt").write_text(ARTICLE)
        run()
        assert [path.name for path in (output / "tables" / "a").iterdir()] == ["table-1.csv"]

    def test_documents_without_an_input_stay_and_are_told_of(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        run()
        (articles / "a.txt").rename(articles / "b.txt")
        report = run()
        assert report.kept == 1
        assert "--prune" in report.summary()
        rows = (output / "documents.csv").read_text().splitlines()
        assert [row.split(",")[0] for row in rows] == ["document", "a", "b"]

    def test_prune_removes_them(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        (articles / "empty.txt").write_text("")
        run()
        (articles / "a.txt").rename(articles / "b.txt")
        (articles / "empty.txt").unlink()
        assert run(prune=True).removed == 2
        kept = {name for name in files(output) if "/" in name}
        assert kept == {"documents/b.json", "tables/b/table-1.csv"}

    def test_files_that_are_not_ours_are_never_touched(self, articles: Path, output: Path, run: Run) -> None:
        mine = {"notes.txt": "x", "documents/mine.json": "{}", "quarantine/mine.json": "[1", "tables/mine.csv": "x"}
        for name, text in mine.items():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_text(text)
        (articles / "a.txt").write_text(ARTICLE)
        assert run(prune=True).removed == 0
        assert all((output / name).read_text() == text for name, text in mine.items())

    def test_what_an_interrupted_write_left_is_cleared_away(self, articles: Path, output: Path, run: Run) -> None:
        (output / "documents").mkdir(parents=True)
        part = output / "documents" / ".old.json.brief-extract.part"
        part.write_text("{")
        (articles / "a.txt").write_text(ARTICLE)
        run()
        assert not part.exists()


class TestRunThatCannotGoOn:
    def test_an_output_that_is_a_file_is_told_and_left_alone(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        output.write_text("mine")
        with pytest.raises(OutputError, match="outputs is a file, not a folder; fix: "):
            run()
        assert output.read_text() == "mine"

    def test_an_output_that_cannot_be_written_is_told(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        output.mkdir()
        (output / "documents").write_text("in the way")
        with pytest.raises(OutputError, match=r"cannot write .*outputs/documents/a\.json: .*; fix: "):
            run()

    def test_a_model_that_is_missing_ends_the_run_before_anything_is_written(
        self, articles: Path, output: Path
    ) -> None:
        (articles / "a.txt").write_text(ARTICLE)
        with pytest.raises(ModelError, match="no_such_model"):
            run_batch(discover([articles]), output, Config(model="no_such_model"))
        assert not output.exists()


class _FailingOnA(Extractor):
    """An extractor to which one article is an internal error."""

    def pipe_sources(self, sources: Iterable[tuple[str, Source]]) -> Iterator[Document | Failure]:
        for id, source in sources:
            if id == "a":
                yield Failure(id=id, stage="extract", code="internal", message="boom")
            else:
                yield from super().pipe_sources([(id, source)])


def test_articles_that_are_large_together_are_not_in_memory_together(
    articles: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [300, 300, 300, 500, 999, 100, 5000, 100]
    for number, size in enumerate(sizes):
        (articles / f"{number}.txt").write_text("x" * size)
    taken: list[list[int]] = []

    def watched(extractor: Extractor, articles: Sequence[Article], finish: Finisher) -> Work[Done]:
        taken.append([len(article.data) for article in articles])
        return work(extractor, articles, finish)

    monkeypatch.setattr("brief_extract.batch.run.CHUNK_BYTES", 1000)
    monkeypatch.setattr("brief_extract.batch.pool.work", watched)
    assert run(timeout=0).done == len(sizes)
    assert taken == [[300, 300, 300], [500], [999], [100], [5000], [100]]
