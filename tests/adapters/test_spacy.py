"""spaCy: the factory is found, its results travel, and documents become Docs."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import msgspec
import pytest
import spacy
from spacy import displacy
from spacy.tokens import DocBin

from adapters import killers
from brief_extract import Config, Failure, extract
from brief_extract.adapters.spacy import Component, to_spacy
from brief_extract.stage import Stage

ARTICLE = "Two reasons given in Bamako:\n- Cost for Mali\n- Safety in the Sahel\n"


def test_the_factory_is_found_and_gives_the_document_of_the_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("brief_extract", config={"entities": False})
    assert nlp(ARTICLE)._.brief == extract(ARTICLE, Config(entities=False))


def test_the_document_travels_with_the_doc() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("brief_extract", config={"entities": False})
    docs = list(nlp.pipe([ARTICLE, "Plain."], n_process=2))
    kept = DocBin(docs=docs, store_user_data=True).to_bytes()
    first, second = DocBin().from_bytes(kept).get_docs(nlp.vocab)
    assert first._.brief.lists[0].items[1].text == "Safety in the Sahel"
    assert second._.brief.lists == ()


def test_a_document_becomes_a_doc_with_its_mentions() -> None:
    document = extract(ARTICLE)
    doc = to_spacy(document)
    assert doc.text == ARTICLE
    assert [(ent.text, ent.label_, ent.kb_id_) for ent in doc.ents] == [
        (mention.text, mention.label, mention.entity or "") for mention in document.mentions
    ]
    assert "country/ML" in {ent.kb_id_ for ent in doc.ents}
    assert "Sahel" in displacy.render(doc, style="ent", jupyter=False)


OPTIONS: dict[str, Any] = {
    "entities": False,
    "figures": False,
    "reference_date": "2024-05-16",
    "places": False,
    "home": "US-KS",
    "model": "some_model",
    "language": "fr",
    "models": {"fr": "fr_core_news_sm"},
    "names": ["desk.csv"],
    "lines": "wrapped",
    "heading_threshold": 0.9,
    "max_bytes": 123,
    "timeout": 7.0,
    "model_batch_size": 8,
}


def component(**options: Any) -> Component:
    made = spacy.blank("en").add_pipe("brief_extract", config=options)
    assert isinstance(made, Component)
    return made


def test_every_option_of_the_config_is_one_of_the_component() -> None:
    assert OPTIONS.keys() == set(Config.__struct_fields__)
    assert component(**OPTIONS)._config == Config(**OPTIONS)
    assert component()._config == Config()
    assert (component()._guarded, component(guarded=False)._guarded) == (True, False)


def test_docs_of_a_pipe_are_done_together_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    batch, sizes = Stage.batch, list[int]()

    def count(self: Stage, records: Any) -> Any:
        sizes.append(len(records))
        return batch(self, records)

    monkeypatch.setattr(Stage, "batch", count)
    nlp = spacy.blank("en")
    nlp.add_pipe("brief_extract", config={"entities": False, "guarded": False})
    texts = [f"Seen:\n- smoke {number}\n- dust" for number in range(50)]
    found = [doc._.brief for doc in nlp.pipe(texts, batch_size=20)]
    assert sizes == [20, 20, 10]
    assert found == [extract(text, Config(entities=False)) for text in texts]


def test_a_doc_may_be_empty_and_one_that_cannot_be_done_says_why() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("brief_extract", config={"entities": False, "guarded": False, "max_bytes": 10})
    empty, large = nlp.pipe([" ", "x" * 11])
    assert empty._.brief == extract(" ", Config(entities=False))
    assert (empty._.brief_error, large._.brief) == (None, None)
    assert isinstance(large._.brief_error, Failure)
    assert large._.brief_error.code == "too-large"


def test_a_component_travels_without_its_child() -> None:
    first = component(entities=False)
    first(spacy.blank("en")("Mali"))
    again = pickle.loads(pickle.dumps(first))
    assert (again._config, again._guarded, again._stage) == (first._config, True, None)


def test_a_process_that_is_forked_starts_a_child_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    made = component(entities=False, guarded=False)
    first = made._of_this_process()
    assert made._of_this_process() is first
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert made._of_this_process() is not first


def test_a_text_that_kills_or_hangs_costs_its_own_doc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(killers.PACKAGE)
    config = killers.deadly(tmp_path)
    nlp = spacy.blank("en")
    nlp.add_pipe("brief_extract", config=msgspec.to_builtins(config))
    given = killers.records(8, "EXIT")
    docs = list(nlp.pipe(record["text"] for record in given))
    assert [doc._.brief_error and doc._.brief_error.code for doc in docs] == [
        killers.CODES.get(record["id"]) for record in given
    ]
    assert [doc._.brief is None for doc in docs] == [record["id"] in killers.CODES for record in given]
