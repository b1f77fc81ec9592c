"""Scrapy: an item pipeline that puts the document of an article into its item.

    ITEM_PIPELINES = {"brief_extract.adapters.scrapy.BriefExtractPipeline": 500}
    BRIEF_EXTRACT_TEXT = "text"        # the field with the article
    BRIEF_EXTRACT_ID = "url"           # the field that becomes the document's id
    BRIEF_EXTRACT_FIELD = "brief"      # the field that gets the document, as a dict
    BRIEF_EXTRACT_CONFIG = {}          # options of brief_extract.Config

An item whose article cannot be done keeps all its fields; there, the field holds ``{"id", "error", "extra"}``. Articles
are read in a child process: one that kills it or takes longer than ``Config.timeout`` costs itself alone.
Needs ``pip install 'brief-extract[scrapy]'``.
"""

from __future__ import annotations

import threading
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.threads import deferToThread

from brief_extract.config import Config
from brief_extract.errors import Failure
from brief_extract.stage import Result, Stage


class BriefExtractPipeline:
    """Works in a thread, so that the crawl goes on meanwhile; one article at a time."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._text = settings.get("BRIEF_EXTRACT_TEXT", "text")
        self._id = settings.get("BRIEF_EXTRACT_ID", "url")
        self._field = settings.get("BRIEF_EXTRACT_FIELD", "brief")
        self._stage = Stage(Config(**settings.getdict("BRIEF_EXTRACT_CONFIG")), guarded=True)
        self._one_at_a_time = threading.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """How Scrapy makes it."""
        return cls(crawler)

    def close_spider(self) -> None:
        """End the child process."""
        self._stage.close()

    async def process_item(self, item: Any) -> Any:
        """The item with its document."""
        fields = ItemAdapter(item)
        record = {"id": fields.get(self._id), "text": fields.get(self._text)}
        result = await maybe_deferred_to_future(deferToThread(self._do, record))
        fields[self._field] = result.to_dict()
        outcome = f"error/{result.outcome.code}" if isinstance(result.outcome, Failure) else "done"
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"brief_extract/{outcome}")
        return item

    def _do(self, record: dict[str, Any]) -> Result:
        with self._one_at_a_time:
            (result,) = self._stage.batch([record])
        return result
