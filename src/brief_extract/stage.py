r"""Records in, results out: the seam between articles and any engine that moves records.

No engine isolates a bad record by itself: one drops the whole block it stands in, another fails the job. So no record
raises here; what cannot be done comes back in its place, as a result that says why.

>>> from brief_extract import Config
>>> stage = Stage(Config(entities=False))
>>> good, bad = stage([{"id": 7, "text": "Seen:\n- smoke", "desk": "wire"}, {"text": None}])
>>> good["id"], good["blocks"][1]["items"][0]["text"], good["source"]["extra"]
('7', 'smoke', {'desk': 'wire'})
>>> bad["id"], bad["error"]["code"]
('record-2', 'damaged')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from brief_extract.batch.worker import Article, source_of
from brief_extract.chunks import in_chunks
from brief_extract.config import Config
from brief_extract.errors import Failure, ReadError
from brief_extract.extractor import CHUNK, Extractor
from brief_extract.faults import failure
from brief_extract.guard import Guard
from brief_extract.model import Document
from brief_extract.read import Source, check_nesting


class Result(NamedTuple):
    """What became of one record: its document, or why there is none; ``extra`` are the record's other fields."""

    outcome: Document | Failure
    extra: dict[str, Any]

    @property
    def id(self) -> str:
        """The record's id, or ``record-<number>`` if it had none."""
        return self.outcome.id

    def to_dict(self) -> dict[str, Any]:
        """The document's JSON form, or ``{"id", "error": {"stage", "code", "message"}, "extra"}``."""
        if isinstance(self.outcome, Document):
            return self.outcome.to_dict()
        failure = self.outcome
        error = {"stage": failure.stage, "code": failure.code, "message": failure.message}
        return {"id": failure.id, "error": error, "extra": self.extra}

    def to_json(self) -> bytes:
        """The same as one line of UTF-8 without its end."""
        return msgspec.json.encode(self.outcome if isinstance(self.outcome, Document) else self.to_dict())


class Stage:
    """Does records ``{"id": ..., "text": ..., ...}``. The model is loaded once, by the first batch.

    Args:
        text: The field with the article: a string, or bytes, whose encoding is told from them.
        html: The field with a web page, if there is no text (``pip install 'brief-extract[html]'``).
        id: The field with the id: a string or a number.
        guarded: Extract in a child process, with ``Config.timeout`` for each article, so that no record can hang or
            kill this process; see ``Guard``. The child takes half a second more to start.

    All other fields come along as ``source.extra``.
    """

    def __init__(
        self,
        config: Config | None = None,
        *,
        text: str = "text",
        html: str = "html",
        id: str = "id",
        guarded: bool = False,
    ) -> None:
        self._extractor = Extractor(config)
        self._guard = Guard(config) if guarded else None
        self.config = self._extractor.config
        self._text = text
        self._html = html
        self._id = id
        self._count = 0

    def __call__(self, records: Iterable[object], *, batch_size: int = CHUNK) -> Iterator[dict[str, Any]]:
        """The results of a stream of records as dicts, in order, ``batch_size`` records at a time.

        An error of ``records`` itself is raised after the results of all records before it.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        for batch in in_chunks(records, batch_size):
            for result in self.batch(batch):
                yield result.to_dict()

    def batch(self, records: Sequence[object]) -> list[Result]:
        """The results of some records, one for each, in order. A ``Failure`` among them is its own result.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        taken = [self._take(record) for record in records]
        if self._guard:
            return _guarded(self._guard, taken)
        readable = [(id, source) for id, source, _ in taken if isinstance(source, Source)]
        outcomes = self._extractor.pipe_sources(readable)
        return [Result(made if isinstance(made, Failure) else next(outcomes), extra) for _, made, extra in taken]

    def close(self) -> None:
        """End the child process of a guarded stage, if there is one."""
        if self._guard:
            self._guard.close()

    def _take(self, record: object) -> tuple[str, Source | Article | Failure, dict[str, Any]]:
        """The id, the source and the other fields of a record. A guarded stage has the source made by its child."""
        self._count += 1
        id = f"record-{self._count}"
        extra: dict[str, Any] = {}
        if isinstance(record, Failure):
            return record.id, record, extra
        try:
            fields = _fields(record, id)
            id = record_id(fields.pop(self._id, None)) or id
            page = fields.get(self._text) is None and fields.get(self._html) is not None
            data = fields.pop(self._html if page else self._text, None)
            fields.pop(self._text, None)
            extra = _plain(fields, id)
            article = self._article(id, data, extra, html=page)
            if self._guard:
                return id, article, extra
            source = source_of(article, self._extractor.config)
            return id, source, source.extra
        except ReadError as error:
            return id, failure(id, id, "read", error), extra
        except Exception as error:  # noqa: BLE001 - a record is an object of others, and may raise anything
            message = f"{id}: {type(error).__name__}: {error}; fix: give a dict of strings and numbers"
            return id, Failure(id=id, stage="read", code="damaged", message=message), extra

    def _article(self, id: str, data: object, extra: dict[str, Any], *, html: bool) -> Article:
        if not isinstance(data, str | bytes):
            what = f'"{self._text}" is {"missing" if data is None else f"of type {type(data).__name__}"}'
            raise ReadError("damaged", place=id, what=what, fix="give the article as a string")
        return Article(id, id, data, extra, "html" if html else "text")


def _guarded(guard: Guard, taken: Sequence[tuple[str, Source | Article | Failure, dict[str, Any]]]) -> list[Result]:
    """The results of records that were taken, in order."""
    outcomes = iter(guard.batch([article for _, article, _ in taken if isinstance(article, Article)]))
    results = []
    for _, made, extra in taken:
        outcome = made if isinstance(made, Failure) else next(outcomes)
        results.append(Result(outcome, outcome.source.extra if isinstance(outcome, Document) else extra))
    return results


def _fields(record: object, place: str) -> dict[str, Any]:
    """The fields of a record, in a dict of our own."""
    if isinstance(record, Mapping):
        return dict(record)
    what = f"of type {type(record).__name__}, not a record"
    raise ReadError("damaged", place=place, what=what, fix='give {"id": ..., "text": ...}')


def record_id(value: object) -> str | None:
    """The id of a record, if that is one: a string that is not blank, or an integer."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).encode(errors="replace").decode().strip() or None  # no half of a surrogate pair


def _plain(fields: dict[str, Any], place: str) -> dict[str, Any]:
    """The fields as JSON has them, so that no later step stumbles over them; what it does not know becomes a string."""
    if not fields:
        return {}
    try:
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(fields, enc_hook=str))
    except (TypeError, ValueError, RecursionError) as error:
        what = f"its other fields are no JSON: {error}"
        raise ReadError("damaged", place=place, what=what, fix="take out what JSON cannot hold") from error
    check_nesting(plain, place)
    return plain
