"""The pipeline for one article, for files, or for a stream of them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Unpack, overload

from brief_extract.chunks import in_chunks
from brief_extract.config import Config, Options
from brief_extract.errors import Failure, ModelError, ReadError
from brief_extract.faults import failure
from brief_extract.model import Document, Generator
from brief_extract.pipeline import Pipeline, Timings
from brief_extract.read import Source, read_file, read_text, source_of

if TYPE_CHECKING:
    from brief_extract.entities import Recogniser

_Context = TypeVar("_Context")

CHUNK = 32
"""Articles read ahead of the model, so that their blocks share batches. 32 articles hold about 1,000 blocks, past
which batches gain nothing, and bound the memory of a stream."""

CHUNK_CHARS = 2_000_000
"""Characters of a chunk, unless one article alone has more: with the cap on articles, a bound for a stream's memory."""


class Extractor:
    r"""Reads articles with one configuration. The entity model is loaded at the first article.

    Threads may share an extractor: its results do not depend on what other threads do. Extractors of one model share
    it, whatever their other options, so it is loaded once in a process. In the model, which takes most of the time,
    threads take turns, and Python runs one thread at a time elsewhere: for speed use processes. One iterator, as
    ``pipe`` returns it, belongs to one thread.

    Neither the operations that thinc computes with nor the environment of the process are changed. For one extractor
    on each core, set ``OPENBLAS_NUM_THREADS=1`` before NumPy is imported, as the command does.

    >>> extractor = Extractor(Config(entities=False))
    >>> [doc.lists[0].items[0].text for doc in extractor.pipe(["Seen:\n- smoke", "Heard:\n- rain"])]
    ['smoke', 'rain']
    """

    def __init__(self, config: Config | None = None, **options: Unpack[Options]) -> None:
        self.config = (config or Config()).with_options(**options)
        self.pipeline = Pipeline(self.config)
        self._local = threading.local()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.config,)

    @property
    def timings(self) -> Timings:
        """What the last chunk of ``pipe_sources`` took that this thread has read."""
        timings: Timings = getattr(self._local, "timings", Timings())
        return timings

    @property
    def recogniser(self) -> Recogniser:
        """The entity recogniser of the language of the articles, or of English if that is told for each of them.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
            InputError: a list of names cannot be read, or has a mistake.
        """
        return self.pipeline.recognisers.of(self.config.language)

    @property
    def generator(self) -> Generator:
        """What the documents say of their making; where the language is detected, those in English.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
            InputError: a list of names cannot be read, or has a mistake.
        """
        return self.pipeline.recognisers.generator(self.config.language)

    def extract(self, text: str, *, id: str = "article", reference: str | None = None) -> Document:
        """The document of one article. Returns for any string; oddities become issues.

        Args:
            text: The article.
            id: The id of the document.
            reference: The day it was written, as YYYY-MM-DD, which "last Tuesday" is relative to.

        Raises:
            ValueError: the reference is no day.
            ModelError: no such spaCy pipeline, or one without entities.
        """
        return next(self.pipeline.documents([(id, read_text(text))], reference=reference))

    __call__ = extract

    def extract_file(self, path: str | os.PathLike[str], *, id: str | None = None) -> Document:
        """The document of a text file, whatever its encoding. Its id is the name of the file without its suffix.

        Raises:
            ReadError: the file is missing, binary, empty, too large, or in no encoding that can be told.
            ModelError: no such spaCy pipeline, or one without entities.
        """
        source = read_file(path, max_bytes=self.config.max_bytes)
        return next(self.pipeline.documents([(id or Path(path).stem, source)]))

    def pipe_files(self, paths: Iterable[str | os.PathLike[str]]) -> Iterator[Document | Failure]:
        """See ``extract_files``."""
        read = (self._read(Path(path).stem, path) for path in paths)
        return (outcome for outcome, _ in self._outcomes((source, None) for source in read))

    def _read(self, id: str, path: str | os.PathLike[str]) -> tuple[str, Source] | Failure:
        try:
            return id, read_file(path, max_bytes=self.config.max_bytes)
        except ReadError as error:
            return failure(id, str(path), "read", error)

    def _outcomes(
        self, read: Iterable[tuple[tuple[str, Source] | Failure, _Context]]
    ) -> Iterator[tuple[Document | Failure, _Context]]:
        """What becomes of sources, in order, each with what came along; a failure among them is its own outcome."""
        for some in in_chunks(read, CHUNK):
            documents = self.pipe_sources(source for source, _ in some if not isinstance(source, Failure))
            for source, context in some:
                yield source if isinstance(source, Failure) else next(documents), context

    @overload
    def pipe(self, texts: Iterable[str]) -> Iterator[Document]: ...
    @overload
    def pipe(self, texts: Iterable[str], *, as_tuples: Literal[False]) -> Iterator[Document]: ...
    @overload
    def pipe(
        self, texts: Iterable[tuple[str, _Context]], *, as_tuples: Literal[True]
    ) -> Iterator[tuple[Document, _Context]]: ...
    @overload
    def pipe(
        self, texts: Iterable[object], *, as_tuples: Literal[False] = False, errors: Literal["return"]
    ) -> Iterator[Document | Failure]: ...
    @overload
    def pipe(
        self, texts: Iterable[tuple[object, _Context]], *, as_tuples: Literal[True], errors: Literal["return"]
    ) -> Iterator[tuple[Document | Failure, _Context]]: ...
    def pipe(
        self, texts: Iterable[Any], *, as_tuples: bool = False, errors: Literal["raise", "return"] = "raise"
    ) -> Iterator[Any]:
        """The documents of many articles, in order and in constant memory.

        Args:
            texts: Strings, or with ``as_tuples`` pairs of a string and anything that is to come along.
            errors: With ``return``, a text that cannot be done, such as ``None`` in a column of a frame, is a
                ``Failure`` in its place. With ``raise`` its error is raised after the documents of all texts before
                it, as is one of ``texts`` itself.

        Raises:
            TypeError: it is one string, or, unless errors are returned, holds something else than strings.
            ModelError: no such spaCy pipeline, or one without entities.
        """
        if isinstance(texts, str):
            raise TypeError("pipe takes many texts, a list for example; extract takes one")
        pairs = texts if as_tuples else ((text, None) for text in texts)
        if errors == "return":
            given = ((source_of(number, text), context) for number, (text, context) in enumerate(pairs, 1))
            for outcome in self._outcomes(given):
                yield outcome if as_tuples else outcome[0]
            return
        sources = ((read_text(text), context) for text, context in pairs)
        for chunk in in_chunks(sources, CHUNK, weigh=lambda it: len(it[0].text), most=CHUNK_CHARS):
            documents = self._in_order([("article", source) for source, _ in chunk])
            for document, (_, context) in zip(documents, chunk, strict=True):
                yield (document, context) if as_tuples else document

    def _in_order(self, sources: list[tuple[str, Source]]) -> Iterator[Document]:
        """The documents of a chunk. If one of them raises, those before it come first, done one by one."""
        try:
            documents = list(self.pipeline.documents(sources))
        except ModelError:
            raise
        except Exception:  # noqa: BLE001 - raised again, by the article that it belongs to
            documents = []
        yield from documents or (next(self.pipeline.documents([source])) for source in sources)

    def pipe_sources(self, sources: Iterable[tuple[str, Source]]) -> Iterator[Document | Failure]:
        """The documents of ``(id, source)`` pairs, in order. An article that cannot be done is a ``Failure``."""
        for chunk in in_chunks(sources, CHUNK, weigh=lambda it: len(it[1].text), most=CHUNK_CHARS):
            timings = self._local.timings = Timings()
            try:
                yield from list(self.pipeline.documents(chunk, timings))
            except ModelError:
                raise
            except Exception:  # noqa: BLE001 - one bad article must not take its neighbours along
                for id, source in chunk:
                    yield self._one(id, source, timings)

    def _one(self, id: str, source: Source, timings: Timings) -> Document | Failure:
        try:
            return next(self.pipeline.documents([(id, source)], timings))
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 - reported as the article's failure
            return failure(id, source.name or id, "extract", error)
