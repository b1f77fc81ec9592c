"""The stages in their order, for one article or a stream of them.

Source --blocks--> Blocks --document--> Structure --entities--> Document
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Unpack, overload

from brief_extract.about import __version__
from brief_extract.blocks import read_blocks
from brief_extract.chunks import in_chunks
from brief_extract.config import Config, Options
from brief_extract.document import Structure, build, title_of
from brief_extract.errors import Failure, ModelError, ReadError
from brief_extract.faults import failure
from brief_extract.language import ENGLISH, detect_language, without_model
from brief_extract.model import Document, Entity, Generator, Issue, Mention, Origin
from brief_extract.read import Source, read_file, read_text, source_of

if TYPE_CHECKING:
    from brief_extract.entities import Recogniser
    from brief_extract.entities.units import Unit

_Context = TypeVar("_Context")
_Located = tuple[tuple[Mention, ...], tuple[Entity, ...]]
_Names = tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[Issue, ...]]

CHUNK = 32
"""Articles read ahead of the model, so that their blocks share batches. 32 articles hold about 1,000 blocks, past
which batches gain nothing, and bound the memory of a stream."""

CHUNK_CHARS = 2_000_000
"""Characters of a chunk, unless one article alone has more: with the cap on articles, a bound for a stream's memory."""


@dataclass(slots=True)
class Timings:
    """Seconds of one chunk: for the structure of each article, by its id, and for the names of all together."""

    structure: dict[str, float] = field(default_factory=dict)
    names: float = 0.0


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
        self.watch: Callable[[Source | None], None] = _unwatched
        """Called before the structure of each article with its source, and in between the names of some with None: so
        that a worker can tell its parent what it has in hand."""
        self._recognisers: dict[str, Recogniser] = {}
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
        """
        return self._recogniser(ENGLISH if self.config.language == "auto" else self.config.language)

    def _recogniser(self, language: str) -> Recogniser:
        model = self._model(language) or ""
        found = self._recognisers.get(model)
        if found is None:
            from brief_extract.entities import NoModel, Recogniser

            # Two threads may both make one. They are alike, and the model in them is loaded once.
            found = self._recognisers[model] = Recogniser(model or NoModel(), self.config.model_batch_size)
        return found

    def _model(self, language: str) -> str | None:
        return self.config.model if language == ENGLISH else self.config.models.get(language)

    @property
    def generator(self) -> Generator:
        """What the documents say of their making; where the language is detected, those in English.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        return self._generator(ENGLISH if self.config.language == "auto" else self.config.language)

    def _generator(self, language: str) -> Generator:
        model = self._recogniser(language).name if self.config.entities else None
        return Generator(name="brief-extract", version=__version__, model=model, config=self.config.digest)

    def extract(self, text: str, *, id: str = "article") -> Document:
        """The document of one article. Returns for any string; oddities become issues.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        return next(self._documents([(id, read_text(text))]))

    __call__ = extract

    def extract_file(self, path: str | os.PathLike[str], *, id: str | None = None) -> Document:
        """The document of a text file, whatever its encoding. Its id is the name of the file without its suffix.

        Raises:
            ReadError: the file is missing, binary, empty, too large, or in no encoding that can be told.
            ModelError: no such spaCy pipeline, or one without entities.
        """
        source = read_file(path, max_bytes=self.config.max_bytes)
        return next(self._documents([(id or Path(path).stem, source)]))

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
            documents = list(self._documents(sources))
        except ModelError:
            raise
        except Exception:  # noqa: BLE001 - raised again, by the article that it belongs to
            documents = []
        yield from documents or (next(self._documents([source])) for source in sources)

    def pipe_sources(self, sources: Iterable[tuple[str, Source]]) -> Iterator[Document | Failure]:
        """The documents of ``(id, source)`` pairs, in order. An article that cannot be done is a ``Failure``."""
        for chunk in in_chunks(sources, CHUNK, weigh=lambda it: len(it[1].text), most=CHUNK_CHARS):
            timings = self._local.timings = Timings()
            try:
                yield from list(self._documents(chunk, timings))
            except ModelError:
                raise
            except Exception:  # noqa: BLE001 - one bad article must not take its neighbours along
                for id, source in chunk:
                    yield self._one(id, source, timings)

    def _one(self, id: str, source: Source, timings: Timings) -> Document | Failure:
        try:
            return next(self._documents([(id, source)], timings))
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 - reported as the article's failure
            return failure(id, source.name or id, "extract", error)

    def _documents(self, sources: list[tuple[str, Source]], timings: Timings | None = None) -> Iterator[Document]:
        """The documents of a chunk; what it took is added to ``timings``."""
        timings = timings or Timings()
        structures: list[tuple[Structure, list[Issue]]] = []
        articles: list[list[Unit]] = []
        for id, source in sources:
            self.watch(source)
            started = perf_counter()
            blocks = read_blocks(source.text, self.config)
            structure = build(source.text, blocks)
            structures.append((structure, blocks.issues))
            if self.config.entities:
                from brief_extract.entities.units import units_of

                articles.append(units_of(source.text, structure.stretches, blocks.labels))
            structure.stretches = ()  # only names are read from them
            del blocks  # the drafts take more memory than the text; free them before the next stage
            timings.structure[id] = perf_counter() - started
        self.watch(None)
        _ = self.generator  # loads the model: no time of any article
        started = perf_counter()
        texts = [source.text for _, source in sources]
        languages = [
            detect_language(text) if self.config.language == "auto" else self.config.language for text in texts
        ]
        names = self._names(articles, languages) if articles else [((), (), ())] * len(sources)
        located = [self._located(it, *found[:2]) for it, found in zip(texts, names, strict=True)]
        timings.names += perf_counter() - started
        generators = {language: self._generator(language) for language in set(languages)}
        for (id, source), (structure, issues), (mentions, entities), (*_, unread), language in zip(
            sources, structures, located, names, languages, strict=True
        ):
            found = [*source.issues, *issues, *structure.issues, *unread, *self._without_model(language, source.text)]
            yield Document(
                generator=generators[language],
                id=id,
                source=Origin(
                    name=source.name,
                    sha256=source.sha256,
                    encoding=source.encoding,
                    chars=len(source.text),
                    language=language,
                    extra=source.extra,
                ),
                text=source.text,
                **title_of(structure.title, source.extra.get("title")),
                sections=structure.sections,
                blocks=structure.blocks,
                mentions=mentions,
                entities=entities,
                issues=tuple(sorted(found, key=lambda issue: (issue.start, issue.end))),
            )

    def _names(self, articles: list[list[Unit]], languages: list[str]) -> list[_Names]:
        """Mentions, entities and issues of each article, by the recogniser of its language."""
        names: list[_Names] = [((), (), ())] * len(articles)
        for language in dict.fromkeys(languages):
            places = [place for place, other in enumerate(languages) if other == language]
            found = self._watched(self._recogniser(language).pipe(articles[place] for place in places))
            for place, of_article in zip(places, found, strict=True):
                names[place] = of_article
        return names

    def _watched(self, names: Iterator[_Names]) -> Iterator[_Names]:
        while True:
            self.watch(None)
            if (of_article := next(names, None)) is None:
                return
            yield of_article

    def _located(self, text: str, mentions: tuple[Mention, ...], entities: tuple[Entity, ...]) -> _Located:
        if not self.config.places or not entities:
            return mentions, entities
        from brief_extract.places import locate

        return locate(text, mentions, entities, self.config.home)

    def _without_model(self, language: str, text: str) -> list[Issue]:
        lacks_one = self.config.entities and not self._model(language)
        return [without_model(language, len(text))] if lacks_one else []


def _unwatched(_: Source | None) -> None:
    """Nobody waits for what an extractor has in hand."""
