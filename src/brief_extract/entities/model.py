"""The statistical model: a spaCy pipeline cut down to its ``ner``, texts in, spans out.

This is the only module that imports spaCy, and only when a model is loaded.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from brief_extract.config import DEFAULT_MODEL
from brief_extract.entities.shared import Shared
from brief_extract.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

    from brief_extract.entities.decoder import Decoder

MAX_CHARS = 100_000
"""Longer texts are cut: the model needs about 1 MB of memory for each 1,000 characters of one text."""

BATCH_CHARS = 10_000
"""Texts given to the model at once have no more characters than this, unless one alone has. What they need then stays
in the processor's cache: 400 articles take 4.4 s and 229 MB, with 20,000 4.8 s and 257 MB, with 5,000 4.9 s."""

LEARNT_CHARS = 1_000_000
"""News of this length hold the 10,000 words that the tokenizer keeps. Without them tokenizing takes 4 times as long,
a fifth of all time; with them the process grows by 10 MB."""

_LABELS = {"PER": "PERSON"}
"""Labels of pipelines for other languages, in those of OntoNotes; their MISC has none."""

_SENTENCE_END = re.compile(r"[.!?…]['\"’”)\]]*\s+")
_BLANK = re.compile(r"\s+")


class Span(NamedTuple):
    """What a model says of ``text[start:end]``, in the labels of OntoNotes."""

    start: int
    end: int
    label: str


class Unread(NamedTuple):
    """In place of the spans of a text: the model failed on it, and why."""

    reason: str


Prediction = Sequence[Span] | Unread


class Predictor(Protocol):
    """What the recogniser asks of a model: a name for the record, and the spans of each text."""

    name: str

    def predict(self, texts: Sequence[str]) -> Sequence[Prediction]:
        """The spans of each text, in order and disjoint, or ``Unread`` where the model fails. Any thread may call."""


class NoModel:
    """No model: it says nothing, and the lexicon alone speaks."""

    name = "lexicon"

    def predict(self, texts: Sequence[str]) -> list[list[Span]]:
        """No spans."""
        return [[] for _ in texts]


@dataclass(slots=True, weakref_slot=True, eq=False)
class _Pipeline:
    """A loaded spaCy pipeline, shared by all models made of it.

    spaCy is not thread-safe: a memory zone belongs to the whole vocabulary, so a thread that leaves one frees the words
    of every other thread in the middle of its texts, which then get the names of other words, or none. ``lock`` is
    held while texts are read.
    """

    nlp: Language
    decoder: Decoder | None
    lock: threading.Lock = field(default_factory=threading.Lock)
    learnt: int = 0
    """Characters read without a memory zone."""


_PIPELINES = Shared[_Pipeline]()


class SpacyModel:
    """The ``ner`` of an installed spaCy pipeline, which is loaded once in a process. Threads take turns.

    Raises:
        ModelError: the pipeline is not installed, was made for another spaCy, or finds no entities.
    """

    def __init__(self, model: str, batch_size: int) -> None:
        self._pipeline = _PIPELINES.get(_identity(model), lambda: _read(model))
        nlp = self._pipeline.nlp
        self._batch_size = batch_size
        self._max_chars = min(nlp.max_length, MAX_CHARS)
        self.name = f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"

    def predict(self, texts: Sequence[str]) -> list[Prediction]:
        """The spans of each text, or ``Unread``; a text that the model cannot read costs no other one."""
        distinct = sorted(set(texts), key=len)
        pieces = [(text, start, end) for text in distinct for start, end in cut(text, self._max_chars)]
        spans: dict[str, list[Span]] = {text: [] for text in distinct}
        unread: dict[str, Unread] = {}
        with self._pipeline.lock, _our_ops(), self._zone(sum(map(len, distinct))):
            for (text, offset, _), found in zip(pieces, self._spans([text[a:b] for text, a, b in pieces]), strict=True):
                if isinstance(found, Unread):
                    unread[text] = found
                    continue
                spans[text].extend(
                    Span(offset + span.start, offset + span.end, _LABELS.get(span.label, span.label))
                    for span in found
                    if span.label != "MISC"
                )
        return [unread.get(text, spans[text]) for text in texts]

    def _zone(self, chars: int) -> AbstractContextManager[object]:
        """Around each batch: what the pipeline learns of new words within a zone is forgotten at its end.

        So a long run stays small. But a zone lets the tokenizer's cache be read, not filled; it is filled first.
        """
        if self._pipeline.learnt < LEARNT_CHARS:
            self._pipeline.learnt += chars
            return nullcontext()
        return self._pipeline.nlp.memory_zone()

    def _spans(self, texts: list[str]) -> Iterator[Prediction]:
        for batch in _batches(texts, self._batch_size):
            try:
                yield from self._batch_spans(batch)
            except Exception:  # noqa: BLE001  a model is code of others and may raise anything
                yield from (self._spans_or_reason(text) for text in batch)

    def _batch_spans(self, texts: list[str]) -> list[list[Span]]:
        nlp, decoder = self._pipeline.nlp, self._pipeline.decoder
        if decoder:
            return [list(starmap(Span, found)) for found in decoder.spans([*map(nlp.make_doc, texts)])]
        docs = nlp.pipe(texts, batch_size=self._batch_size)
        return [[Span(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]

    def _spans_or_reason(self, text: str) -> Prediction:
        try:
            return self._batch_spans([text])[0]
        except Exception as error:  # noqa: BLE001  as above
            return Unread(f"{self.name}: {type(error).__name__}: {error}")


def _batches(texts: Sequence[str], size: int) -> Iterator[list[str]]:
    """At most ``size`` texts at a time, and no more of them than ``BATCH_CHARS`` allows."""
    batch: list[str] = []
    chars = 0
    for text in texts:
        if batch and (len(batch) == size or chars + len(text) > BATCH_CHARS):
            yield batch
            batch, chars = [], 0
        batch.append(text)
        chars += len(text)
    if batch:
        yield batch


def cut(text: str, max_chars: int) -> Iterator[tuple[int, int]]:
    """Bounds of pieces of at most ``max_chars``, cut after a sentence, else at a blank, else where it must be."""
    start = 0
    while len(text) - start > max_chars:
        window = text[start : start + max_chars]
        ends = [match.end() for match in _SENTENCE_END.finditer(window)] or [
            match.end() for match in _BLANK.finditer(window)
        ]
        end = start + (ends[-1] if ends else max_chars)
        yield start, end
        start = end
    yield start, len(text)


def _identity(model: str) -> tuple[str, int]:
    """What tells one pipeline from another: where it is, and when it was written, as one may be trained anew."""
    home = _home(model)
    if home is None:
        return model, 0
    settings = (home / "config.cfg").resolve()
    return str(settings), settings.stat().st_mtime_ns if settings.exists() else 0


def _read(model: str) -> _Pipeline:
    nlp = _load(model)
    from brief_extract.entities.decoder import decoder_of

    with _our_ops():
        return _Pipeline(nlp, decoder_of(nlp))


def _our_ops() -> AbstractContextManager[None]:
    """Compute with NumPy, and leave the operations that the user has chosen as they were.

    NumPy's matrix product is quicker than blis on layers of this size; a layer takes its choice when it is loaded.
    """
    from thinc.api import use_ops

    return use_ops("numpy", use_blis=False)


def _load(model: str) -> Language:
    import spacy
    from spacy import about

    home = _home(model)
    if home is None:
        raise ModelError(
            f"no spaCy pipeline {model!r}; fix: python -m spacy download {model}, which installs the official one, or "
            "give the path of one (packages of such names on an index may be a stranger's)"
        )
    try:
        components = spacy.util.load_config(home / "config.cfg")["components"]
        if "ner" not in components:
            raise ModelError(f"the spaCy pipeline {model!r} has no component 'ner'; choose one that finds entities")
        unneeded = [name for name in components if name not in _needed(components)]
        # The tokenizer of our own model is spaCy's for English, which loading makes anyway; to read it again takes a
        # third of the time. A test compares the two.
        with _our_ops():
            return spacy.load(home, exclude=[*unneeded, "tokenizer"] if model == DEFAULT_MODEL else unneeded)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise ModelError(
            f"the spaCy pipeline {model!r} cannot be loaded by spaCy {about.__version__}: {error}"
        ) from error


def _home(model: str) -> Path | None:
    """The folder of a pipeline's data: our own model's, inside an installed package, or a path."""
    from spacy.util import get_model_meta, get_package_path, is_package

    if model == DEFAULT_MODEL:
        return Path(__file__).with_name(DEFAULT_MODEL)
    if is_package(model):
        package = get_package_path(model)
        meta = get_model_meta(package)
        return package / f"{meta['lang']}_{meta['name']}-{meta['version']}"
    path = Path(model)
    return path if (path / "config.cfg").is_file() else None


def _needed(components: dict[str, Any]) -> set[str]:
    """``ner``, and the shared embedding if it has none of its own but listens to one."""
    embedding = components["ner"].get("model", {}).get("tok2vec", {}).get("@architectures", "")
    shared = {name for name, component in components.items() if component.get("factory") in ("tok2vec", "transformer")}
    return {"ner"} | (shared if "Listener" in embedding else set())
