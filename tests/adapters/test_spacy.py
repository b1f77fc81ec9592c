"""spaCy: the factory is found, its results travel, and documents become Docs."""

from __future__ import annotations

import spacy
from spacy import displacy
from spacy.tokens import DocBin

from brief_extract import Config, extract
from brief_extract.adapters.spacy import to_spacy

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
