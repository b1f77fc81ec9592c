"""The recognisers of one configuration: one for each language with a model of its own, all with the user's names."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from brief_extract.about import __version__
from brief_extract.config import Config
from brief_extract.language import ENGLISH, without_model
from brief_extract.model import Entity, Generator, Issue, Mention

if TYPE_CHECKING:
    from brief_extract.entities import Recogniser
    from brief_extract.entities.own_names import Loaded
    from brief_extract.entities.units import Unit

Names = tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[Issue, ...]]
"""Mentions, entities and issues of one article."""


class Recognisers:
    """Each is made when it is asked for. Threads may share them."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._of_model: dict[str, Recogniser] = {}
        self._loaded: Loaded | None = None
        self._lock = threading.Lock()

    def of(self, language: str) -> Recogniser:
        """The recogniser for a language; for articles whose language is to be detected, that for English.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
            InputError: a list of names cannot be read, or has a mistake.
        """
        model = self._model(language) or ""
        found = self._of_model.get(model)
        if found is None:
            from brief_extract.entities import NoModel, Recogniser

            # Two threads may both make one. They are alike, and model and names in them are loaded once.
            size, names = self._config.model_batch_size, self._own().names
            found = self._of_model[model] = Recogniser(model or NoModel(), size, names=names)
        return found

    def _model(self, language: str) -> str | None:
        return self._config.model if language in (ENGLISH, "auto") else self._config.models.get(language)

    def _own(self) -> Loaded:
        """The user's names, as they are when they are first asked for."""
        with self._lock:  # a file may change: all recognisers and documents are to know the same names
            if self._loaded is None:
                from brief_extract.entities.lexicon import load
                from brief_extract.entities.own_names import load_names

                self._loaded = load_names(self._config.names, load())
            return self._loaded

    def generator(self, language: str) -> Generator:
        """What the documents in a language say of their making.

        Raises:
            ModelError, InputError: see ``of``.
        """
        if not self._config.entities:
            return Generator(name="brief-extract", version=__version__, model=None, config=self._config.digest)
        model, names = self.of(language).name, self._own().digests
        return Generator(name="brief-extract", version=__version__, model=model, config=self._config.digest_with(names))

    def names(
        self, articles: Sequence[Sequence[Unit]], languages: Sequence[str], watch: Callable[[None], None]
    ) -> list[Names]:
        """What is named in each article, by the recogniser of its language; ``watch`` is called before each."""
        names: list[Names] = [((), (), ())] * len(articles)
        for language in dict.fromkeys(languages):
            places = [place for place, other in enumerate(languages) if other == language]
            found = _watched(self.of(language).pipe(articles[place] for place in places), watch)
            for place, of_article in zip(places, found, strict=True):
                names[place] = of_article
        return names

    def without_model(self, language: str, text: str) -> list[Issue]:
        """An issue, if the language of a text has no model."""
        lacks_one = self._config.entities and not self._model(language)
        return [without_model(language, len(text))] if lacks_one else []


def _watched(names: Iterator[Names], watch: Callable[[None], None]) -> Iterator[Names]:
    while True:
        watch(None)
        if (of_article := next(names, None)) is None:
            return
        yield of_article
