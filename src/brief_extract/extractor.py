"""The stages in their order: ``extract`` for one article, ``Extractor.pipe`` for a stream of them.

Source --blocks--> Blocks --document--> Structure --entities--> Document
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

import msgspec

from brief_extract.about import __version__
from brief_extract.blocks import read_blocks
from brief_extract.blocks.inline import visible_with_offsets
from brief_extract.config import Config
from brief_extract.document import Stretch, Structure, build
from brief_extract.errors import Failure, ModelError
from brief_extract.language import ENGLISH, detect_language
from brief_extract.model import Document, Entity, Generator, Issue, Mention, Origin
from brief_extract.read import Source, read_file, read_text

if TYPE_CHECKING:
    from brief_extract.entities import Recogniser
    from brief_extract.entities.units import Unit

_Context = TypeVar("_Context")
_Names = tuple[tuple[Mention, ...], tuple[Entity, ...]]

CHUNK = 32
"""Articles read ahead of the model, so that their blocks share batches. 32 articles hold about 1,000 blocks, past
which batches gain nothing, and bound the memory of a stream."""


class Extractor:
    r"""Reads articles with one configuration. The entity model is loaded once, at the first article.

    >>> extractor = Extractor(Config(entities=False))
    >>> [doc.lists[0].items[0].text for doc in extractor.pipe(["Seen:\n- smoke", "Heard:\n- rain"])]
    ['smoke', 'rain']
    """

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self.seconds: dict[str, float] = {}
        """What the last chunk of ``pipe_sources`` took: the structure of each article, by id, and, under ``""``, the
        names of all."""
        self._recognisers: dict[str, Recogniser] = {}

    @property
    def recogniser(self) -> Recogniser:
        """The entity recogniser of the language of the articles, or of English if that is told for each of them.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        return self._recogniser(ENGLISH if self.config.language == "auto" else self.config.language)

    def _recogniser(self, language: str) -> Recogniser:
        model = self._model(language) or ""
        if model not in self._recognisers:
            from brief_extract.entities import NoModel, Recogniser

            self._recognisers[model] = Recogniser(model or NoModel(), self.config.batch_size)
        return self._recognisers[model]

    def _model(self, language: str) -> str | None:
        return self.config.model if language == ENGLISH else self.config.models.get(language)

    @property
    def generator(self) -> Generator:
        """What the documents say of their making.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        model = self.recogniser.name if self.config.entities else None
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

    @overload
    def pipe(self, texts: Iterable[str]) -> Iterator[Document]: ...
    @overload
    def pipe(self, texts: Iterable[str], *, as_tuples: Literal[False]) -> Iterator[Document]: ...
    @overload
    def pipe(
        self, texts: Iterable[tuple[str, _Context]], *, as_tuples: Literal[True]
    ) -> Iterator[tuple[Document, _Context]]: ...
    def pipe(self, texts: Iterable[Any], *, as_tuples: bool = False) -> Iterator[Any]:
        """The documents of many articles, in order and in constant memory.

        Args:
            texts: Strings, or with ``as_tuples`` pairs of a string and anything that is to come along.

        Raises:
            TypeError: it is one string, or holds something else than strings.
            ModelError: no such spaCy pipeline, or one without entities.
        """
        if isinstance(texts, str):
            raise TypeError("pipe takes many texts, a list for example; extract takes one")
        for chunk in _chunks(texts):
            pairs = chunk if as_tuples else [(text, None) for text in chunk]
            documents = self._documents([("article", read_text(text)) for text, _ in pairs])
            for document, (_, context) in zip(documents, pairs, strict=True):
                yield (document, context) if as_tuples else document

    def pipe_sources(self, sources: Iterable[tuple[str, Source]]) -> Iterator[Document | Failure]:
        """The documents of ``(id, source)`` pairs, in order. An article that cannot be done is a ``Failure``."""
        for chunk in _chunks(sources):
            self.seconds = {}
            try:
                yield from list(self._documents(chunk, self.seconds))
            except ModelError:
                raise
            except Exception:  # noqa: BLE001 - one bad article must not take its neighbours along
                for id, source in chunk:
                    yield self._one(id, source)

    def _one(self, id: str, source: Source) -> Document | Failure:
        try:
            return next(self._documents([(id, source)], self.seconds))
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 - told as the article's failure
            place = source.name or id
            fix = "this is an error in brief-extract, please report it"
            message = f"{place}: {type(error).__name__}: {error}; fix: {fix}"
            return Failure(id=id, stage="extract", code="internal", message=message)

    def _documents(
        self, sources: list[tuple[str, Source]], seconds: dict[str, float] | None = None
    ) -> Iterator[Document]:
        """The documents of a chunk; what it took is added to ``seconds``."""
        seconds = {} if seconds is None else seconds
        structures: list[tuple[Structure, list[Issue]]] = []
        for id, source in sources:
            started = perf_counter()
            blocks = read_blocks(source.text, self.config)
            structures.append((build(source.text, blocks), blocks.issues))
            seconds[id] = perf_counter() - started
        generator = self.generator  # which loads the model: no time of any article
        started = perf_counter()
        texts = [source.text for _, source in sources]
        languages = [
            detect_language(text) if self.config.language == "auto" else self.config.language for text in texts
        ]
        names = self._names(texts, [structure for structure, _ in structures], languages)
        seconds[""] = seconds.get("", 0.0) + perf_counter() - started
        for (id, source), (structure, issues), (mentions, entities), language in zip(
            sources, structures, names, languages, strict=True
        ):
            found = [*source.issues, *issues, *structure.issues, *self._without_model(language, source.text)]
            yield Document(
                generator=generator,
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
                title=structure.title,
                sections=structure.sections,
                blocks=structure.blocks,
                mentions=mentions,
                entities=entities,
                issues=tuple(sorted(found, key=lambda issue: (issue.start, issue.end))),
            )

    def _names(self, texts: list[str], structures: list[Structure], languages: list[str]) -> list[_Names]:
        """Mentions and entities of each text, by the recogniser of its language."""
        names: list[_Names] = [((), ())] * len(texts)
        if not self.config.entities:
            return names
        articles = [
            [_unit(text, stretch) for stretch in structure.stretches]
            for text, structure in zip(texts, structures, strict=True)
        ]
        for language in dict.fromkeys(languages):
            places = [place for place, other in enumerate(languages) if other == language]
            found = self._recogniser(language).pipe(articles[place] for place in places)
            for place, of_article in zip(places, found, strict=True):
                names[place] = of_article
        return names

    def _without_model(self, language: str, text: str) -> list[Issue]:
        if not self.config.entities or self._model(language):
            return []
        message = (
            f"no model for the language {language!r}: only the lexicon finds names; fix: models={{...}} (--model-for)"
        )
        return [Issue(code="no-model", message=message, start=0, end=len(text))]


_LOCK = threading.Lock()
"""A spaCy pipeline reads one text at a time."""


@lru_cache(maxsize=2)
def _shared(config: bytes) -> Extractor:
    return Extractor(msgspec.json.decode(config, type=Config))


def extract(text: str, config: Config | None = None, *, id: str = "article") -> Document:
    r"""The document of one article. The model stays loaded for the next one; for many, ``Extractor.pipe`` is quicker.

    >>> doc = extract("Seen in Mali:\n- smoke\n- dust", Config(entities=False))
    >>> [item.text for item in doc.lists[0].items]
    ['smoke', 'dust']

    Raises:
        ModelError: no such spaCy pipeline, or one without entities.
    """
    with _LOCK:
        return _shared(msgspec.json.encode(config or Config())).extract(text, id=id)


def extract_file(path: str | os.PathLike[str], config: Config | None = None, *, id: str | None = None) -> Document:
    """The document of a text file, see ``Extractor.extract_file``."""
    with _LOCK:
        return _shared(msgspec.json.encode(config or Config())).extract_file(path, id=id)


def _unit(text: str, stretch: Stretch) -> Unit:
    from brief_extract.entities.units import Unit

    start, end = stretch.spans[0]
    offsets: int | tuple[int, ...] = start
    shown = stretch.text
    if len(stretch.spans) > 1 or text[start:end] != shown:
        shown, places = visible_with_offsets(text, stretch.spans, cell=stretch.kind == "cell")
        offsets = tuple(places)
    return Unit(
        block=stretch.block, item=stretch.item, cell=stretch.cell, kind=stretch.kind, text=shown, offsets=offsets
    )


_T = TypeVar("_T")


def _chunks(items: Iterable[_T]) -> Iterator[list[_T]]:
    chunk: list[_T] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
