"""Scrapy: a real crawl of a site that this test serves."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from limits import PATIENCE

pytest.importorskip("scrapy", reason="pip install 'brief-extract[scrapy]'")

SPIDER = """
import scrapy

class Articles(scrapy.Spider):
    name = "articles"
    custom_settings = {
        "ITEM_PIPELINES": {"brief_extract.adapters.scrapy.BriefExtractPipeline": 500},
        "BRIEF_EXTRACT_TEXT": "body",
        "BRIEF_EXTRACT_CONFIG": {"entities": False},
        "TELNETCONSOLE_ENABLED": False,
    }

    def parse(self, response):
        for link in response.css("a::attr(href)").getall():
            yield response.follow(link, self.parse_article)

    def parse_article(self, response):
        yield {"url": response.url, "body": response.text}
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.txt").write_text(f"Two reasons:\n- Cost of {number}\n- Safety\n")
    (folder / "5.txt").write_text(" ")
    links = "".join(f'<a href="{number}.txt">{number}</a>' for number in range(6))
    (folder / "index.html").write_text(f"<html><body>{links}</body></html>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_crawl_puts_documents_into_its_items(site: str, tmp_path: Path) -> None:
    spider, items = tmp_path / "spider.py", tmp_path / "items.jsonl"
    spider.write_text(SPIDER.replace('name = "articles"', f'name = "articles"\n    start_urls = ["{site}"]'))
    command: list[str | Path] = [sys.executable, "-m", "scrapy", "runspider", spider, "-o", items, "-L", "INFO"]
    log = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path).stderr
    briefs = {
        item["url"].rpartition("/")[2]: item["brief"]
        for item in map(json.loads, items.read_text(encoding="utf-8").splitlines())
    }
    assert briefs.keys() == {f"{number}.txt" for number in range(6)}
    assert briefs["3.txt"]["blocks"][1]["items"][0]["text"] == "Cost of 3"
    assert briefs["5.txt"]["error"]["code"] == "empty"
    assert "'brief_extract/done': 5" in log
    assert "'brief_extract/error/empty': 1" in log


REACTOR = """
import sys, threading
from types import SimpleNamespace

from scrapy.settings import Settings
from twisted.internet import defer, reactor, task

from brief_extract.adapters.scrapy import BriefExtractPipeline

settings = Settings({"BRIEF_EXTRACT_CONFIG": {"entities": False}})
pipeline = BriefExtractPipeline(SimpleNamespace(settings=settings, stats=None))
batch, ticked = pipeline._stage.batch, threading.Event()

def slow(records):
    ticked.clear()
    assert threading.current_thread() is not threading.main_thread()
    assert ticked.wait(float(sys.argv[1])), "the reactor waits for the article"
    return batch(records)

pipeline._stage.batch = slow
clock = task.LoopingCall(ticked.set)

async def main():
    clock.start(0.01, now=False)
    items = [await pipeline.process_item({"url": str(number), "text": "Seen: smoke."}) for number in range(2)]
    assert all(item["brief"]["blocks"] for item in items)
    print("the article came while the clock ticked")
    reactor.stop()

def failed(failure):
    print(failure)
    reactor.stop()

reactor.callWhenRunning(lambda: defer.ensureDeferred(main()).addErrback(failed))
reactor.run()
"""


def test_the_crawl_goes_on_while_an_article_is_read() -> None:
    command = [sys.executable, "-c", REACTOR, str(PATIENCE)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert told == "the article came while the clock ticked\n"
