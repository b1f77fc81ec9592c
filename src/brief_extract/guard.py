"""Extraction in a child process, for programs that must outlive any text: one that hangs or kills it costs itself."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from brief_extract.batch.articles import extract_by
from brief_extract.batch.worker import Article, Extraction, Factory
from brief_extract.config import Config
from brief_extract.errors import Failure
from brief_extract.extractor import Extractor
from brief_extract.model import Document
from brief_extract.workers import Worker


class Guard:
    r"""Extracts articles in a child process with a time limit, and starts another one when it has died.

    The child starts at the first article and loads the model; it ends with ``close``, and with this process, however
    that ends. Threads may share a guard; they take turns.

    >>> from brief_extract import Config
    >>> with Guard(Config(entities=False)) as guard:
    ...     document = guard.extract(Article("a", "a.txt", "Seen:\n- smoke", {}))
    >>> document.lists[0].items[0].text
    'smoke'

    Args:
        config: ``timeout`` is the limit for each article in each stage; decoding and web pages are in it.
        factory: Makes the extractor; a class or function that a new interpreter can import.
    """

    def __init__(self, config: Config | None = None, *, factory: Factory = Extractor) -> None:
        self.config = config or Config()
        self._begin = Extraction(factory, self.config, _encoded)
        self._worker: Worker | None = None
        self._lock = threading.Lock()

    def extract(self, article: Article) -> Document | Failure:
        """The document of one article, or why there is none; see ``batch``."""
        return self.batch([article])[0]

    def batch(self, articles: Sequence[Article]) -> list[Document | Failure]:
        """The documents of some articles, in order.

        One that cannot be done is a ``Failure`` in its place. Its code is ``timeout`` if it took too long, ``crash`` if
        the child died over it twice, or one of ``errors.FAILURES``. It costs no other one.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
            WorkerError: the child cannot be started.
        """
        with self._lock:
            if self._worker is None:
                self._worker = Worker(self._begin)
            work = extract_by(self._worker, articles, limit=self.config.timeout)
        return [Document.from_json(made) if isinstance(made, bytes) else made for made in work.results]

    def close(self) -> None:
        """End the child. The next article would start another one."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _encoded(document: Document, _seconds: float) -> bytes:
    """A document on its way to the parent."""
    return document.to_json()
