"""Tables with an article in each row, read where it is said which column holds the texts."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from batch.samples import Run
from brief_extract import Config, Document
from brief_extract.batch import RunReport, discover, passed_over, run_batch, tables
from brief_extract.batch.collections import Reader
from brief_extract.cli import app
from brief_extract.cli.messages import DONE
from brief_extract.errors import ReadError

PLAIN = Config(entities=False, timeout=0)
CSV = '''id,title,text,language,empty
mali,Border,"Mali closes
its ""border""",en,
,Port,Togo opens a port,,
mali,Again,Mali again,,
short,No text
'''
Read = Callable[..., RunReport]


@pytest.fixture
def read(output: Path) -> Read:
    """Run over tables, whose texts are in the column ``text`` unless another one is named."""

    def read(*paths: Path, column: str = "text", **options: Any) -> RunReport:
        return run_batch(discover(paths, besides=output, text_column=column), output, PLAIN, **options)

    return read


def document(output: Path, id: str) -> Document:
    return Document.from_file(output / "documents" / f"{id}.json")


class TestCsv:
    def test_each_row_is_an_article_with_its_other_columns(self, articles: Path, output: Path, read: Read) -> None:
        path = articles / "wire.csv"
        path.write_text(CSV.replace("\nmali,Again", "\n\nchad,Again"), encoding="utf-8")
        report = read(path)
        mali = document(output, "mali")
        assert mali.text == 'Mali closes\nits "border"'
        assert mali.source.extra == {"title": "Border", "language": "en"}
        assert document(output, "row-2").text == "Togo opens a port"
        (failure,) = report.failures
        assert (failure.id, failure.code) == ("short", "damaged")
        assert failure.message == "wire.csv:4: no text in this row; fix: fill it in, or leave the row out"
        assert report.repeated == []
        assert "one id" not in report.summary()
        assert read(path).skipped == report.done == 3

    def test_rows_of_one_id_are_told_apart(self, articles: Path, output: Path, read: Read) -> None:
        (articles / "wire.csv").write_text(CSV, encoding="utf-8")
        report = read(articles / "wire.csv")
        assert (report.done, report.repeated) == (3, ["mali"])
        told = "several articles have one id in their collection: mali; a digest tells them apart"
        assert told in report.summary().splitlines()
        assert json.loads((output / "run.json").read_bytes())["repeated"] == ["mali"]
        texts = sorted(Document.from_file(path).text for path in (output / "documents").glob("mali*"))
        assert texts == ["Mali again", 'Mali closes\nits "border"']

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("semicolons.csv", "id;text\r\na;Mali, Łódź\r\n".encode()),
            ("bars.csv", "id|text\na|Mali, Łódź\n".encode()),
            ("tabs.tsv", "id\ttext\na\tMali, Łódź\n".encode()),
            ("excel.csv", b"\xef\xbb\xbfsep=;\r\n" + "id;text\r\na;Mali, Łódź\r\n".encode()),
            ("utf16.TSV", "id\ttext\r\na\tMali, Łódź\r\n".encode("utf-16")),
            ("packed.csv.gz", gzip.compress('id,text\na,"Mali, Łódź"\n'.encode())),
        ],
    )
    def test_delimiter_and_encoding_are_told_from_the_file(
        self, name: str, data: bytes, articles: Path, output: Path, read: Read
    ) -> None:
        (articles / name).write_bytes(data)
        assert read(articles / name).done == 1
        assert document(output, "a").text == "Mali, Łódź"

    def test_a_column_that_is_not_there_is_told_with_those_that_are(self, articles: Path, read: Read) -> None:
        (articles / "wire.csv").write_text("id;body\na;Mali\n")
        (failure,) = read(articles / "wire.csv").failures
        assert failure.message == (
            "wire.csv: no column 'text' in it; it has id, body; fix: name one of these with --text-column"
        )

    def test_rows_before_a_row_that_never_ends_are_kept(
        self, articles: Path, output: Path, read: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tables, "LINE_FACTOR", 0)
        (articles / "wire.csv").write_text("id,text\na,Mali\nb," + "x" * 1_000_001 + "\nc,Chad\n")
        (failure,) = read(articles / "wire.csv").failures
        assert (failure.id, failure.code) == ("row-2", "damaged")
        assert [path.name for path in (output / "documents").iterdir()] == ["a.json"]

    def test_a_text_over_the_cap_costs_no_other_one(self, articles: Path) -> None:
        path = articles / "wire.csv"
        path.write_text("text\n" + "x" * 50 + "\nChad\n")
        with closing(Reader(20)) as reader:
            with pytest.raises(ReadError, match="larger than 20 bytes"):
                reader.read(str(path), 1, "row-1", "text")
            assert reader.read(str(path), 2, "row-2", "text").data == "Chad"

    def test_a_text_longer_than_the_csv_module_takes_by_itself(self, articles: Path, output: Path, read: Read) -> None:
        csv.field_size_limit(131_072)
        (articles / "wire.csv").write_text("id,text\na," + "Mali waits. " * 12_000 + "\n")
        assert read(articles / "wire.csv").done == 1
        assert len(document(output, "a").text) == 144_000

    def test_several_tables_give_their_names_to_the_ids(self, articles: Path) -> None:
        for name in ("2024.csv", "2025.csv"):
            (articles / name).write_text("id,text\n7,Mali\n")
        found = discover([articles / "2025.csv", articles / "2024.csv"], text_column="text")
        assert [item.id for item in found] == ["2024/7", "2025/7"]


class TestParquet:
    def test_each_row_is_an_article_with_its_other_columns(self, articles: Path, output: Path, read: Read) -> None:
        rows = {
            "id": [7, None, 9],
            "body": ["Mali closes its border", "Togo opens a port", None],
            "date": [date(2025, 1, 2), None, None],
            "tags": [["a", "b"], None, None],
            "score": [0.5, float("nan"), None],
        }
        parquet.write_table(pa.table(rows), articles / "wire.parquet")
        report = read(articles / "wire.parquet", column="body")
        assert document(output, "7").source.extra == {"date": "2025-01-02", "tags": ["a", "b"], "score": 0.5}
        assert document(output, "row-2").text == "Togo opens a port"
        assert document(output, "row-2").source.extra == {"score": None}
        assert [(failure.id, failure.code) for failure in report.failures] == [("9", "damaged")]
        assert read(articles / "wire.parquet", column="body").skipped == 2

    def test_what_is_no_parquet_is_told(self, articles: Path, read: Read) -> None:
        (articles / "wire.parquet").write_bytes(b"PAR1 not really")
        (failure,) = read(articles / "wire.parquet").failures
        assert (failure.id, failure.code) == ("wire", "damaged")


class TestWithoutAColumn:
    @pytest.mark.parametrize("name", ["a.csv", "a.TSV", "a.csv.gz", "a.parquet"])
    def test_a_table_is_no_article(self, name: str, articles: Path, run: Run) -> None:
        data = b"id,text\n1,Mali\n"
        (articles / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
        (failure,) = run(articles / name).failures
        assert failure.code == "no-article"
        assert failure.message == (
            f"{name}: a table, not an article; fix: name the column with the texts, as in: --text-column text"
        )

    def test_a_table_in_a_folder_is_passed_over_and_told(self, articles: Path, output: Path) -> None:
        (articles / "a.txt").write_text("Mali")
        (articles / "b.csv").write_text("id,text\n1,Chad\n")
        assert [item.id for item in discover([articles], text_column="text")] == ["a"]
        assert passed_over([articles]) == {".csv": 1}
        result = CliRunner().invoke(app, ["--no-entities", str(articles), str(output)])
        assert "not read: 1 .csv; tables are read when they are named, with --text-column\n" in result.stdout


def test_the_option_of_the_command(articles: Path, output: Path) -> None:
    (articles / "wire.csv").write_text("id,body\nmali,Mali closes its border\n")
    given = ["-q", "--no-entities", "--text-column", "body", str(articles / "wire.csv"), str(output)]
    assert CliRunner().invoke(app, given).exit_code == DONE
    assert document(output, "mali").text == "Mali closes its border"
