"""spaCy: ``nlp.add_pipe("brief_extract")`` and ``doc._.brief``, and a document as a spaCy ``Doc``.

The factory is found by its entry point as soon as the package is installed.
"""

# spaCy reads the annotations of a factory when it is made: they cannot be strings, as the __future__ import makes them.
from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from brief_extract.config import DEFAULT_MODEL, Config, Lines
from brief_extract.extractor import Extractor
from brief_extract.model import Document

_KEY = "brief_extract"


def _brief(doc: Doc) -> Document | None:
    """What the component found. Kept as JSON, which travels between processes and into ``DocBin``."""
    data = doc.user_data.get(_KEY)
    return None if data is None else Document.from_json(data)


Doc.set_extension("brief", getter=_brief, force=True)


@Language.factory(
    "brief_extract", default_config={"entities": True, "model": DEFAULT_MODEL, "lines": "auto"}, assigns=["doc._.brief"]
)
def make(nlp: Language, name: str, entities: bool, model: str, lines: Lines) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """The component, which leaves ``doc.ents`` alone. Its settings are those of ``Config``."""
    extractor = Extractor(Config(entities=entities, model=model, lines=lines))

    def component(doc: Doc) -> Doc:
        doc.user_data[_KEY] = extractor.extract(doc.text).to_json()
        return doc

    return component


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
