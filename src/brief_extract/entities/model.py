"""The statistical model: a spaCy pipeline cut down to its ``ner``, texts in, spans out.

This is the only module that imports spaCy, and only when a model is loaded.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from brief_extract.config import DEFAULT_MODEL
from brief_extract.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

log = logging.getLogger("brief_extract")

MAX_CHARS = 100_000
"""Longer texts are cut: the model needs about 1 MB of memory for each 1,000 characters of one text."""

BATCH_CHARS = 10_000
"""Texts given to the model at once have no more characters than this, unless one alone has. What they need then stays
in the processor's cache: 400 articles take 4.4 s and 229 MB, with 20,000 4.8 s and 257 MB, with 5,000 4.9 s."""

LEARNT_CHARS = 1_000_000
"""News of this length hold the 10,000 words that the tokenizer keeps. Without them tokenizing takes 4 times as long,
a fifth of all time; with them the process grows by 10 MB."""

_KEPT_BYTES = 2**25 - 2**16
"""The most that teaches glibc to keep freed memory (malloc's ``DEFAULT_MMAP_THRESHOLD_MAX`` is 32 MiB, with a head)."""

_LABELS = {"PER": "PERSON"}
"""Labels of pipelines for other languages, in those of OntoNotes; their MISC has none."""

_SENTENCE_END = re.compile(r"[.!?…]['\"’”)\]]*\s+")
_BLANK = re.compile(r"\s+")


class Span(NamedTuple):
    """What a model says of ``text[start:end]``, in the labels of OntoNotes."""

    start: int
    end: int
    label: str


class Predictor(Protocol):
    """What the recogniser asks of a model: a name for the record, and the spans of each text."""

    name: str

    def predict(self, texts: Sequence[str]) -> list[list[Span]]:
        """The spans of each text, in order and disjoint."""


class NoModel:
    """No model: it says nothing, and the lexicon alone speaks."""

    name = "lexicon"

    def predict(self, texts: Sequence[str]) -> list[list[Span]]:
        """No spans."""
        return [[] for _ in texts]


class SpacyModel:
    """The ``ner`` of an installed spaCy pipeline.

    Raises:
        ModelError: the pipeline is not installed, was made for another spaCy, or finds no entities.
    """

    def __init__(self, model: str, batch_size: int) -> None:
        self._nlp = _load(model)
        from brief_extract.entities.decoder import decoder_of  # imports numpy, for which _load sets the threads

        _keep_freed_memory()
        self._decoder = decoder_of(self._nlp)
        self._batch_size = batch_size
        self._learnt = 0
        self._max_chars = min(self._nlp.max_length, MAX_CHARS)
        self.name = f"{self._nlp.meta['lang']}_{self._nlp.meta['name']} {self._nlp.meta['version']}"

    def predict(self, texts: Sequence[str]) -> list[list[Span]]:
        """The spans of each text. A text that the model cannot read has none; the others are not touched by it."""
        distinct = sorted(set(texts), key=len)
        pieces = [(text, start, end) for text in distinct for start, end in cut(text, self._max_chars)]
        spans: dict[str, list[Span]] = {text: [] for text in distinct}
        with self._zone(sum(map(len, distinct))):
            for (text, offset, _), found in zip(pieces, self._spans([text[a:b] for text, a, b in pieces]), strict=True):
                spans[text].extend(
                    Span(offset + span.start, offset + span.end, _LABELS.get(span.label, span.label))
                    for span in found
                    if span.label != "MISC"
                )
        return [spans[text] for text in texts]

    def _zone(self, chars: int) -> AbstractContextManager[object]:
        """Around each batch: what the pipeline learns of new words within a zone is forgotten at its end.

        So a long run stays small. But a zone lets the tokenizer's cache be read, not filled; it is filled first.
        """
        if self._learnt < LEARNT_CHARS:
            self._learnt += chars
            return nullcontext()
        return self._nlp.memory_zone()

    def _spans(self, texts: list[str]) -> Iterator[list[Span]]:
        for batch in _batches(texts, self._batch_size):
            try:
                yield from self._batch_spans(batch)
            except Exception:  # noqa: BLE001  a model is code of others and may raise anything
                yield from (self._spans_or_none(text) for text in batch)

    def _batch_spans(self, texts: list[str]) -> list[list[Span]]:
        if self._decoder:
            return [list(starmap(Span, found)) for found in self._decoder.spans([*map(self._nlp.make_doc, texts)])]
        docs = self._nlp.pipe(texts, batch_size=self._batch_size)
        return [[Span(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]

    def _spans_or_none(self, text: str) -> list[Span]:
        try:
            return self._batch_spans([text])[0]
        except Exception as error:  # noqa: BLE001  as above
            log.warning(
                "%s cannot read a text of %d characters (%s); the lexicon alone speaks there",
                self.name,
                len(text),
                error,
            )
            return []


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


def _load(model: str) -> Language:
    # The layers are too small for threads: with two, OpenBLAS takes 2.5 times the CPU seconds for the same words.
    # Heeded if numpy has not been imported before; a value that the user has set is left alone.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy
    from spacy import about
    from thinc.api import NumpyOps, set_current_ops

    home = _home(model)
    if home is None:
        raise ModelError(f"no spaCy pipeline {model!r}: install it (pip install {model}), or give the path of one")
    try:
        components = spacy.util.load_config(home / "config.cfg")["components"]
        if "ner" not in components:
            raise ModelError(f"the spaCy pipeline {model!r} has no component 'ner'; choose one that finds entities")
        # numpy's matrix product is quicker than blis on this size of layer, and the choice is taken at loading.
        set_current_ops(NumpyOps(use_blis=False))
        unneeded = [name for name in components if name not in _needed(components)]
        # The tokenizer of our own model is spaCy's for English, which loading makes anyway; to read it again takes a
        # third of the time. A test compares the two.
        return spacy.load(home, exclude=[*unneeded, "tokenizer"] if model == DEFAULT_MODEL else unneeded)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise ModelError(
            f"the spaCy pipeline {model!r} cannot be loaded by spaCy {about.__version__}: {error}"
        ) from error


def _keep_freed_memory() -> None:
    """Let glibc's malloc hold on to what a batch frees, for the next batch; elsewhere this does nothing.

    It gives back what is free at the top of the heap beyond twice the largest block that was ever freed, so that each
    batch would ask the system for the same few megabytes again: 700 page faults an article, a tenth of all time.
    The block is never touched, so it takes no memory.
    """
    import numpy as np

    np.empty(_KEPT_BYTES, dtype=np.uint8)


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
