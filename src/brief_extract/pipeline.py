"""The stages in their order, for a chunk of articles.

Source --blocks--> Blocks --document--> Structure --entities, places--> Names --figures--> Figures
--assemble--> Document
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING

from brief_extract.assemble import assemble
from brief_extract.blocks import read_blocks
from brief_extract.config import Config
from brief_extract.document import Structure, build
from brief_extract.figure import Figure
from brief_extract.language import detect_language
from brief_extract.model import Document, Entity, Issue, Mention
from brief_extract.read import Source
from brief_extract.recognisers import Names, Recognisers

if TYPE_CHECKING:
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
        self.recognisers = Recognisers(config)

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
        _ = self.recognisers.generator(self.config.language)  # loads the model: no time of any article
        started = perf_counter()
        texts = [source.text for _, source in sources]
        languages = [
            detect_language(text) if self.config.language == "auto" else self.config.language for text in texts
        ]
        names: list[Names] = [((), (), ())] * len(sources)
        if self.config.entities:
            found = self.recognisers.names(articles, languages, self.watch)
            names = [self._located(text, *of_article) for text, of_article in zip(texts, found, strict=True)]
        timings.names += perf_counter() - started
        generators = {language: self.recognisers.generator(language) for language in set(languages)}
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
                issues=[*issues, *self.recognisers.without_model(language, source.text)],
                generator=generators[language],
                language=language,
            )

    def _located(
        self, text: str, mentions: tuple[Mention, ...], entities: tuple[Entity, ...], issues: tuple[Issue, ...]
    ) -> Names:
        """The names of an article, its places with where they are."""
        if not self.config.places or not entities:
            return mentions, entities, issues
        from brief_extract.places import locate

        return *locate(text, mentions, entities, self.config.home), issues

    def _figures(
        self, units: list[Unit], structure: Structure, mentions: tuple[Mention, ...], source: Source, given: str | None
    ) -> tuple[Figure, ...]:
        """The figures of an article; ``given`` is the day that it was written, if the caller knows it."""
        if not self.config.figures:
            return ()
        from brief_extract.figures import figures_of, written_on

        day = written_on(given, source.extra, self.config.reference_date)
        return figures_of(units, structure.blocks, mentions, day)


def _unwatched(_: Source | None) -> None:
    """Nobody waits for what an extractor has in hand."""
