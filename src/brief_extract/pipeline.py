"""The stages in their order, for a chunk of articles.

Source --blocks--> Blocks --document--> Structure --entities--> Names --figures--> Figures --assemble--> Document
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from brief_extract.about import __version__
from brief_extract.assemble import Names, assemble
from brief_extract.blocks import read_blocks
from brief_extract.config import Config
from brief_extract.document import Structure, build
from brief_extract.figure import Figure
from brief_extract.language import ENGLISH, detect_language
from brief_extract.model import Document, Generator, Issue, Mention
from brief_extract.read import Source

if TYPE_CHECKING:
    from brief_extract.entities import Recogniser
    from brief_extract.entities.units import Unit


@dataclass(slots=True)
class Timings:
    """Seconds of one chunk: for the structure of each article, by its id, and for the names of all together."""

    structure: dict[str, float] = field(default_factory=dict)
    names: float = 0.0


class Pipeline:
    """The stages with one configuration. Recognisers are made when an article of their language comes."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.watch: Callable[[Source | None], None] = _unwatched
        """Called before the structure of each article with its source, and in between the names of some with None: so
        that a worker can tell its parent what it has in hand."""
        self._recognisers: dict[str, Recogniser] = {}

    @property
    def main_language(self) -> str:
        """The language of the articles, or English if it is detected in each of them."""
        return ENGLISH if self.config.language == "auto" else self.config.language

    def recogniser(self, language: str) -> Recogniser:
        """The recogniser of a language.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        model = self._model(language) or ""
        found = self._recognisers.get(model)
        if found is None:
            from brief_extract.entities import NoModel, Recogniser

            # Two threads may both make one. They are alike, and the model in them is loaded once.
            found = self._recognisers[model] = Recogniser(model or NoModel(), self.config.model_batch_size)
        return found

    def _model(self, language: str) -> str | None:
        return self.config.model if language == ENGLISH else self.config.models.get(language)

    def generator(self, language: str) -> Generator:
        """What the documents of a language say of their making.

        Raises:
            ModelError: no such spaCy pipeline, or one without entities.
        """
        model = self.recogniser(language).name if self.config.entities else None
        return Generator(name="brief-extract", version=__version__, model=model, config=self.config.digest)

    def documents(
        self, sources: list[tuple[str, Source]], timings: Timings | None = None, *, reference: str | None = None
    ) -> Iterator[Document]:
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
            if self.config.entities or self.config.figures:
                from brief_extract.entities.units import units_of

                articles.append(units_of(source.text, structure.stretches, blocks.labels))
            structure.stretches = ()  # only names are read from them
            del blocks  # the drafts take more memory than the text; free them before the next stage
            timings.structure[id] = perf_counter() - started
        self.watch(None)
        _ = self.generator(self.main_language)  # loads the model: no time of any article
        started = perf_counter()
        texts = [source.text for _, source in sources]
        languages = [
            detect_language(text) if self.config.language == "auto" else self.config.language for text in texts
        ]
        nothing: Names = ((), (), ())
        names = self._names(articles, languages) if self.config.entities else [nothing] * len(sources)
        timings.names += perf_counter() - started
        generators = {language: self.generator(language) for language in set(languages)}
        for number, ((id, source), (structure, issues), language) in enumerate(
            zip(sources, structures, languages, strict=True)
        ):
            mentions = names[number][0]
            figures = self._figures(articles[number], structure, mentions, source, reference) if articles else ()
            yield assemble(
                id,
                source,
                structure,
                names=names[number],
                figures=figures,
                issues=[*issues, *self._without_model(language, source.text)],
                generator=generators[language],
                language=language,
            )

    def _figures(
        self, units: list[Unit], structure: Structure, mentions: tuple[Mention, ...], source: Source, given: str | None
    ) -> tuple[Figure, ...]:
        """The figures of an article; ``given`` is the day that it was written, if the caller knows it."""
        if not self.config.figures:
            return ()
        from brief_extract.figures import figures_of, written_on

        day = written_on(given, source.extra, self.config.reference_date)
        return figures_of(units, structure.blocks, mentions, day)

    def _names(self, articles: list[list[Unit]], languages: list[str]) -> list[Names]:
        """Mentions, entities and issues of each article, by the recogniser of its language."""
        names: list[Names] = [((), (), ())] * len(articles)
        for language in dict.fromkeys(languages):
            places = [place for place, other in enumerate(languages) if other == language]
            found = self._watched(self.recogniser(language).pipe(articles[place] for place in places))
            for place, of_article in zip(places, found, strict=True):
                names[place] = of_article
        return names

    def _watched(self, names: Iterator[Names]) -> Iterator[Names]:
        while True:
            self.watch(None)
            if (of_article := next(names, None)) is None:
                return
            yield of_article

    def _without_model(self, language: str, text: str) -> list[Issue]:
        if not self.config.entities or self._model(language):
            return []
        message = (
            f"no model for the language {language!r}: only the lexicon finds names; fix: models={{...}} (--model-for)"
        )
        return [Issue(code="no-model", message=message, start=0, end=len(text))]


def _unwatched(_: Source | None) -> None:
    """Nobody waits for what an extractor has in hand."""
