"""Web pages and archives of them: the article is found, and nothing else of the page."""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from brief_extract import Config, Document
from brief_extract.batch import RunReport, discover, run_batch
from brief_extract.stage import Stage

PAGE = """\
<html><head><title>Talks resume in Bamako | The Wire</title>
<meta name="author" content="Awa Diop"><meta property="article:published_time" content="2025-05-07">
<link rel="canonical" href="https://wire.example/talks"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Talks resume in Bamako</h1>
<p>The two sides met again on Wednesday after a break of three weeks, and they agreed on a list of points that should
be settled before the rains begin in the south of the country.</p>
<h2>What is still open</h2>
<ul><li>The price of fuel</li><li>The border posts</li></ul>
<table><tr><th>Year</th><th>Posts</th></tr><tr><td>2024</td><td>70</td></tr><tr><td>2025</td><td>45</td></tr></table>
<p>They will meet again in <b>June</b>, said the chair of the meeting, and they will bring with them a draft.</p>
</article><footer>Copyright The Wire. All rights reserved.</footer></body></html>
"""
CONFIG = Config(entities=False)


def check(document: Document) -> None:
    assert [heading.text for heading in document.headings] == ["Talks resume in Bamako", "What is still open"]
    assert [item.text for item in document.lists[0].items] == ["The price of fuel", "The border posts"]
    assert document.tables[0].rows == (("2024", "70"), ("2025", "45"))
    assert "Copyright" not in document.text
    facts = {"title": "Talks resume in Bamako", "author": "Awa Diop", "date": "2025-05-07"}
    assert document.source.extra | facts == document.source.extra


class TestPages:
    @pytest.fixture(autouse=True)
    def _needed(self) -> None:
        pytest.importorskip("trafilatura", reason="pip install 'brief-extract[html]'")

    @pytest.fixture
    def run(self, tmp_path: Path) -> Callable[[Path], RunReport]:
        return lambda path: run_batch(discover([path]), tmp_path / "outputs", CONFIG)

    def test_a_page_is_read_when_it_is_named_and_skipped_when_it_is_done(
        self, run: Callable[[Path], RunReport], tmp_path: Path
    ) -> None:
        (tmp_path / "talks.html").write_text(PAGE)
        assert run(tmp_path / "talks.html").done == 1
        check(Document.from_json((tmp_path / "outputs" / "documents" / "talks.json").read_bytes()))
        assert run(tmp_path / "talks.html").skipped == 1

    def test_a_page_without_an_article_is_set_aside(self, run: Callable[[Path], RunReport], tmp_path: Path) -> None:
        (tmp_path / "menu.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
        (failure,) = run(tmp_path / "menu.html").failures
        assert failure.code == "no-article"

    @pytest.mark.parametrize("field", ["html", "page"])
    def test_a_record_may_hold_a_page(self, field: str) -> None:
        good, bad = Stage(CONFIG, html=field)(
            [{"id": 1, field: PAGE, "desk": "wire"}, {"id": 2, field: "<html></html>"}]
        )
        check(Document.from_dict(good))
        assert good["source"]["extra"]["desk"] == "wire"
        assert bad["error"]["code"] == "no-article"

    def test_a_line_of_json_may_hold_a_page(self, run: Callable[[Path], RunReport], tmp_path: Path) -> None:
        (tmp_path / "pages.jsonl").write_text(json.dumps({"id": "talks", "html": PAGE}) + "\n")
        assert run(tmp_path / "pages.jsonl").failures == []
        check(Document.from_json((tmp_path / "outputs" / "documents" / "talks.json").read_bytes()))

    @pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
    def test_the_pages_of_an_archive_are_articles(
        self, run: Callable[[Path], RunReport], tmp_path: Path, suffix: str
    ) -> None:
        pytest.importorskip("fastwarc", reason="pip install 'brief-extract[html]'")
        archive = answer("https://wire.example/style.css", "text/css", "p {}")
        archive += answer("https://wire.example/talks", "text/html; charset=utf-8", PAGE)
        path = tmp_path / f"crawl{suffix}"
        path.write_bytes(gzip.compress(archive) if suffix.endswith("gz") else archive)
        report = run(path)
        assert (report.done, report.failures) == (1, [])
        document = Document.from_json((tmp_path / "outputs" / "documents" / "wire.example" / "talks.json").read_bytes())
        check(document)
        assert document.source.extra["url"] == "https://wire.example/talks"

    def test_a_page_that_was_archived_packed_is_unpacked_and_a_broken_one_costs_itself(
        self, run: Callable[[Path], RunReport], tmp_path: Path
    ) -> None:
        pytest.importorskip("fastwarc", reason="pip install 'brief-extract[html]'")
        brotli = pytest.importorskip("brotli")
        archive = answer("https://wire.example/broken", "text/html\r\nContent-Encoding: gzip", "no gzip")
        for name, pack in (("gzip", gzip.compress), ("deflate", zlib.compress), ("br", brotli.compress)):
            packed = pack(PAGE.encode())
            archive += answer(f"https://wire.example/{name}", f"text/html\r\nContent-Encoding: {name}", packed)
        (tmp_path / "crawl.warc").write_bytes(archive)
        report = run(tmp_path / "crawl.warc")
        assert (report.done, [failure.code for failure in report.failures]) == (3, ["empty"])
        for name in ("gzip", "deflate", "br"):
            path = tmp_path / "outputs" / "documents" / "wire.example" / f"{name}.json"
            check(Document.from_json(path.read_bytes()))

    def test_what_a_page_lays_out_otherwise_is_kept(self) -> None:
        layout = "<table><tr><td><p>The quay was built by hand in the winter of 1894.</p></td></tr></table>"
        table = "<table><tr><th>Port</th><th>t</th></tr><tr><td><a href='/b'>Burgas</a></td><td>9</td></tr></table>"
        page = PAGE.replace("<p>They will", f"<p><b>Why it matters</b></p>{layout}{table}<p>They will")
        page = page.replace("</b></p><table>", "</b></p><p>It stands alone.</p><table>")
        (record,) = Stage(CONFIG, html="html")([{"html": page}])
        document = Document.from_dict(record)
        assert [heading.text for heading in document.headings][-1] == "Why it matters"
        assert "The quay was built by hand in the winter of 1894." in [one.text for one in document.paragraphs]
        assert document.tables[-1].rows == (("Burgas", "9"),)


def answer(url: str, kind: str, page: str | bytes) -> bytes:
    body = page.encode() if isinstance(page, str) else page
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-05-07T00:00:00Z\r\n"
    head += f"WARC-Record-ID: <urn:uuid:{len(body):032x}>\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def test_without_trafilatura_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (result,) = Stage(CONFIG)([{"html": PAGE}])
    assert result["error"]["message"].endswith("fix: pip install 'brief-extract[html]'")
