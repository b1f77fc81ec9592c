"""Files with many articles, and packed ones: what is in them, whatever is wrong with them."""

from __future__ import annotations

import gzip
import json
import zipfile
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from backports import zstd

from batch.samples import ARTICLE, Run, files
from brief_extract import Config, Document
from brief_extract.batch import discover, run_batch
from brief_extract.batch.collections import Reader
from brief_extract.errors import ReadError

LINES = [
    b'{"id": "mali", "text": "Mali closes its border", "url": "https://news.example/1", "tags": ["a", 1]}',
    b'{"id": 7, "text": "Niger"}',
    b"",
    b'{"id": "bad", "text": "Ni',
    b'{"text": "Togo"}',
    b'{"id": "none", "title": "Benin"}',
    b"[1, 2]",
    b'{"id": "../../up", "text": "Chad"}',
    b'{"id": "mali", "text": "Mali again"}',
]


def document(output: Path, id: str) -> Document:
    return Document.from_json((output / "documents" / f"{id}.json").read_bytes())


class TestLines:
    @pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
    def test_good_lines_are_done_and_bad_ones_told_with_their_number(
        self, suffix: str, articles: Path, output: Path, run: Run
    ) -> None:
        data = b"\xef\xbb\xbf" + b"\n".join(LINES)
        path = articles / f"wire.jsonl{suffix}"
        path.write_bytes({"": data, ".gz": gzip.compress(data), ".zst": zstd.compress(data)}[suffix])
        report = run(path)
        assert [(failure.id, failure.code) for failure in report.failures] == [
            ("line-4", "damaged"),
            ("none", "damaged"),
            ("line-7", "damaged"),
        ]
        assert [failure.message.split(": ")[0] for failure in report.failures] == [
            f"{path.name}:{n}" for n in (4, 6, 7)
        ]
        assert report.failures[1].message.endswith('no "text" in it; fix: write {"id": ..., "text": ...}')
        assert document(output, "7").text == "Niger"
        assert document(output, "line-5").text == "Togo"
        assert document(output, "%2E%2E/%2E%2E/up").text == "Chad"
        texts = {path.stem: Document.from_json(path.read_bytes()).text for path in (output / "documents").glob("m*")}
        assert sorted(texts.values()) == ["Mali again", "Mali closes its border"]
        assert run(path).skipped == report.done == 5

    def test_other_fields_are_carried_along(self, articles: Path, output: Path, run: Run) -> None:
        path = articles / "wire.jsonl"
        path.write_bytes(LINES[0])
        run(path)
        assert document(output, "mali").source.extra == {"url": "https://news.example/1", "tags": ["a", 1]}
        path.write_bytes(LINES[0].replace(b"/1", b"/2"))
        assert run(path).done == 1

    def test_several_collections_give_their_names_to_the_ids(self, articles: Path) -> None:
        for name in ("2024.jsonl", "2025.jsonl.gz"):
            (articles / name).write_bytes(LINES[1] if name == "2024.jsonl" else gzip.compress(LINES[1]))
        assert [item.id for item in discover([articles / "2025.jsonl.gz", articles / "2024.jsonl"])] == [
            "2024/7",
            "2025/7",
        ]

    @pytest.mark.parametrize("suffix", [".gz", ".zst"])
    def test_a_file_that_was_cut_off_keeps_the_lines_before(self, suffix: str, articles: Path, run: Run) -> None:
        path = articles / f"wire.jsonl{suffix}"
        texts = (f"Mali {Random(n).randbytes(500).hex()}" for n in range(300))
        records = [json.dumps({"id": f"a{n}", "text": text}) for n, text in enumerate(texts)]
        data = "\n".join(records).encode()
        path.write_bytes((gzip.compress(data) if suffix == ".gz" else zstd.compress(data))[:-2000])
        report = run(path)
        assert [failure.code for failure in report.failures] == ["damaged"]
        assert 0 < report.done < 300
        assert report.inputs == report.done + 1

    def test_a_file_that_changes_after_it_was_looked_at_is_told(self, articles: Path, output: Path) -> None:
        path = articles / "wire.jsonl"
        path.write_bytes(LINES[0] + b"\n" + LINES[1])
        inputs = discover([path])
        path.write_bytes(LINES[0])
        report = run_batch(inputs, output, Config(entities=False, timeout=0))
        assert [failure.message for failure in report.failures] == [
            "wire.jsonl:2: gone: the file has changed; fix: run again"
        ]


class TestZip:
    def test_articles_are_done_and_nothing_leaves_the_output_folder(
        self, articles: Path, output: Path, run: Run
    ) -> None:
        path = articles / "wire.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("a.txt", "b/c.md", "/abs.txt", "../../up.txt", "__MACOSX/._a.txt", "x.bin", ".git/a.txt"):
                archive.writestr(name, ARTICLE)
            archive.writestr("bomb.txt", b" " * 20_000_000)
            archive.writestr("large.txt", bytes(range(32, 127)) * 700_000)
        report = run(path)
        assert {name for name in files(output) if name.startswith("documents/")} == {
            f"documents/{id}.json" for id in ("a", "b/c", "abs", "%2E%2E/%2E%2E/up")
        }
        assert {(failure.id, failure.code) for failure in report.failures} == {
            ("bomb", "too-large"),
            ("large", "too-large"),
        }
        assert {child.name for child in articles.parent.iterdir()} == {"articles", "outputs"}
        assert run(path).skipped == 4

    def test_an_archive_that_is_cut_off_is_set_aside(self, articles: Path, run: Run) -> None:
        path = articles / "wire.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", ARTICLE)
        path.write_bytes(path.read_bytes()[:-30])
        assert [(failure.id, failure.code) for failure in run(path).failures] == [("wire", "damaged")]

    def test_a_member_that_is_broken_costs_no_other(self, articles: Path, output: Path, run: Run) -> None:
        path = articles / "wire.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.txt", ARTICLE)
            archive.writestr("b.txt", "Niger")
        path.write_bytes(path.read_bytes().replace(b"Mali closes", b"Mali opens!", 1))
        report = run(path)
        assert [(failure.id, failure.code) for failure in report.failures] == [("a", "damaged")]
        assert document(output, "b").text == "Niger"


class TestPacked:
    def test_a_packed_article_is_unpacked(self, articles: Path, output: Path, run: Run) -> None:
        (articles / "a.txt.gz").write_bytes(gzip.compress(ARTICLE.encode()))
        (articles / "b.md.zst").write_bytes(zstd.compress(b"Mali ") + zstd.compress(b"and Niger"))
        run(articles / "a.txt.gz", articles / "b.md.zst")
        assert document(output, "a").text == ARTICLE
        assert document(output, "b").text == "Mali and Niger"

    @pytest.mark.parametrize("name", ["a.txt.gz", "a.txt.zst"])
    @pytest.mark.parametrize("damage", ["cut off", "another thing", "bomb"])
    def test_a_damaged_one_is_set_aside(self, name: str, damage: str, articles: Path, run: Run) -> None:
        pack = gzip.compress if name.endswith(".gz") else zstd.compress
        data = {"cut off": pack(ARTICLE.encode())[:-9], "another thing": b"Mali", "bomb": pack(b" " * 60_000_000)}
        (articles / name).write_bytes(data[damage])
        codes = [failure.code for failure in run(articles / name).failures]
        assert codes == ["too-large" if damage == "bomb" else "damaged"]


def test_a_pattern_names_what_it_matches(articles: Path) -> None:
    for name in ("a.txt", "2025/b.txt", "2025/c.text"):
        (articles / name).parent.mkdir(exist_ok=True)
        (articles / name).write_text(ARTICLE)
    assert {item.id for item in discover([articles / "**" / "*.t*xt"])} == {"a", "b", "c.text"}


def test_a_link_out_of_the_folder_is_not_followed(articles: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "secret.txt").write_text("Mali")
    (articles / "inside.txt").write_text("Niger")
    (articles / "link.txt").symlink_to(tmp_path / "secret.txt")
    report = run()
    assert [failure.message for failure in report.failures] == [
        "link.txt: a link that leads out of the folder; fix: name the file that is meant"
    ]
    assert report.done == 1


def test_lines_that_were_not_counted_are_never_taken_for_prose(articles: Path) -> None:
    path = articles / "wire.jsonl"
    path.write_text('{"id": "a", "text": "Mali"}\n')
    reason = "could not be opened when its articles were looked for; fix: run again"
    with closing(Reader(1000)) as reader, pytest.raises(ReadError, match=reason):
        reader.read(str(path), None, "wire.jsonl")


def test_the_first_of_a_zip_is_not_taken_for_all_of_it(articles: Path) -> None:
    path = articles / "wire.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Mali")
        archive.writestr("b.txt", "Chad")
    reason = "could not be opened when its articles were looked for; fix: run again"
    with closing(Reader(1000)) as reader, pytest.raises(ReadError, match=reason):
        reader.read(str(path), None, "wire.zip")
