"""spaCy: ``nlp.add_pipe("brief_extract")`` and ``doc._.brief``, and a document as a spaCy ``Doc``.

The factory is found by its entry point as soon as the package is installed.
"""

# spaCy reads the annotations of a factory when it is made: they cannot be strings, as the __future__ import makes them.
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans

from brief_extract.config import Config, Lines
from brief_extract.errors import Failure
from brief_extract.extractor import CHUNK, Extractor
from brief_extract.model import Document
from brief_extract.stage import Stage

_KEY = "brief_extract"
_ERROR = "brief_extract_error"


def _brief(doc: Doc) -> Document | None:
    """What the component found. Kept as JSON, which travels between processes and into ``DocBin``."""
    data = doc.user_data.get(_KEY)
    return None if data is None else Document.from_json(data)


def _error(doc: Doc) -> Failure | None:
    """Why the component found nothing."""
    data = doc.user_data.get(_ERROR)
    return None if data is None else msgspec.json.decode(data, type=Failure)


Doc.set_extension("brief", getter=_brief, force=True)
Doc.set_extension("brief_error", getter=_error, force=True)

_DEFAULTS = {field.name: field.default for field in msgspec.structs.fields(Config)}
_DEFAULTS["models"] = dict(_DEFAULTS["models"])
_DEFAULTS["names"] = list(_DEFAULTS["names"])


class Component:
    """The pipeline component, which leaves ``doc.ents`` alone. A doc that cannot be done has ``doc._.brief_error``."""

    def __init__(self, config: Config, *, guarded: bool) -> None:
        self._config = config
        self._guarded = guarded
        self._stage: Stage | None = None
        self._process = 0

    def __reduce__(self) -> tuple[Any, ...]:  # spaCy sends it to its processes
        return _component, (self._config, self._guarded)

    def __call__(self, doc: Doc) -> Doc:
        """The doc with its document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = CHUNK) -> Iterator[Doc]:
        """The docs with their documents, in order; ``batch_size`` of them are done together."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            records = [{"id": "article", "text": doc.text} for doc in batch]
            for doc, result in zip(batch, self._of_this_process().batch(records), strict=True):
                yield self._kept(doc, result.outcome)

    def _kept(self, doc: Doc, outcome: Document | Failure) -> Doc:
        """The doc with its outcome. Unlike a record, a doc may be empty; and its text has no file's name."""
        if isinstance(outcome, Failure) and outcome.code == "empty":
            outcome = Extractor(self._config).extract(doc.text)
        if isinstance(outcome, Failure):
            doc.user_data[_ERROR] = msgspec.json.encode(outcome)
        else:
            source = msgspec.structs.replace(outcome.source, name=None)
            doc.user_data[_KEY] = msgspec.structs.replace(outcome, source=source).to_json()
        return doc

    def _of_this_process(self) -> Stage:
        """A stage; one that was forked must not talk to the child of another process."""
        if self._stage is None or self._process != os.getpid():
            self._stage, self._process = Stage(self._config, guarded=self._guarded), os.getpid()
        return self._stage


def _component(config: Config, guarded: bool) -> Component:
    return Component(config, guarded=guarded)


@Language.factory("brief_extract", default_config={**_DEFAULTS, "guarded": True}, assigns=["doc._.brief"])
def make(  # noqa: PLR0917 - spaCy names them all
    nlp: Language,  # noqa: ARG001
    name: str,  # noqa: ARG001
    entities: bool,
    figures: bool,
    reference_date: str,
    places: bool,
    home: str,
    model: str,
    language: str,
    models: dict[str, str],
    names: Sequence[str],
    lines: Lines,
    heading_threshold: float,
    max_bytes: int,
    timeout: float,
    model_batch_size: int,
    guarded: bool,
) -> Component:
    """The component. Its settings are those of ``Config``, and ``guarded``: read texts in a child process.

    The child costs a second at the start, and a model of its own. Without it, a text that kills the process ends
    the pipeline, and ``timeout`` has no meaning.
    """
    config = Config(
        entities=entities,
        figures=figures,
        reference_date=reference_date,
        places=places,
        home=home,
        model=model,
        language=language,
        models=models,
        names=names,
        lines=lines,
        heading_threshold=heading_threshold,
        max_bytes=max_bytes,
        timeout=timeout,
        model_batch_size=model_batch_size,
    )
    return Component(config, guarded=guarded)


def to_spacy(document: Document, nlp: Language | None = None) -> Doc:
    """The text as a ``Doc`` whose ``ents`` are the mentions, with the ids of their entities: for displaCy, for rules.

    Args:
        nlp: Splits the text into tokens; a blank English pipeline by default. A mention that begins or ends within a
            token takes all of it.

    Raises:
        ValueError: the text is longer than ``nlp.max_length``.
    """
    nlp = nlp or spacy.blank("en")
    doc = nlp.make_doc(document.text)
    spans = [
        doc.char_span(mention.start, mention.end, mention.label, kb_id=mention.entity or "", alignment_mode="expand")
        for mention in document.mentions
    ]
    doc.set_ents(filter_spans([span for span in spans if span]))
    return doc


def to_docbin(documents: Iterable[Document]) -> DocBin:
    """The documents as ``to_spacy`` gives them, in one store: to train with, or to write to disk."""
    nlp = spacy.blank("en")
    store = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], store_user_data=True)
    for document in documents:
        nlp.max_length = max(nlp.max_length, len(document.text) + 1)
        doc = to_spacy(document, nlp)
        doc.user_data["id"] = document.id
        store.add(doc)
    return store
