"""Other languages than English: told, marked, and read by a pipeline of their own."""

from __future__ import annotations

import sys

import pytest

from brief_extract import Config, Extractor, ModelError, extract

FRENCH = """\
Le port de Nouakchott rouvre après trois semaines
Le gouvernement mauritanien a annoncé mercredi la reprise du trafic au port de Nouakchott, fermé depuis la tempête.
Trois conditions restent posées :
- Un contrôle des quais par des ingénieurs
- Le retour des équipes de nuit
La ministre Aïssata Diallo a remercié la France et le Maroc pour leur aide.
"""
ENGLISH = "The port of Nouakchott opened again on Wednesday, said the minister, after three weeks of repairs and talks."


def test_a_language_without_a_model_gets_structure_and_lexicon_and_is_marked() -> None:
    document = extract(FRENCH, Config(language="fr"))
    assert (document.source.language, document.generator.model) == ("fr", "lexicon")
    assert len(document.lists[0].items) == 2
    assert {mention.source for mention in document.mentions} <= {"lexicon", "document"}
    assert "country/FR" in {entity.id for entity in document.entities}
    assert [issue.code for issue in document.issues if issue.code == "no-model"] == ["no-model"]


def test_english_is_not_marked() -> None:
    document = extract(ENGLISH)
    assert document.source.language == "en"
    assert "no-model" not in {issue.code for issue in document.issues}


def test_the_language_of_each_article_is_told() -> None:
    pytest.importorskip("py3langid", reason="pip install 'brief-extract[lang]'")
    extractor = Extractor(Config(language="auto"))
    documents = list(extractor.pipe([ENGLISH, FRENCH, "Mali", ENGLISH]))
    assert [document.source.language for document in documents] == ["en", "fr", "en", "en"]
    assert documents[0].mentions == documents[3].mentions == extract(ENGLISH).mentions


def test_a_pipeline_is_picked_by_language() -> None:
    pytest.importorskip("py3langid", reason="pip install 'brief-extract[lang]'")
    name = pytest.importorskip("fr_core_news_sm", reason="needs a French pipeline").__name__
    document = extract(FRENCH, Config(language="auto", models={"fr": name}))
    assert ("Aïssata Diallo", "PERSON") in {(mention.text, mention.label) for mention in document.mentions}
    assert "no-model" not in {issue.code for issue in document.issues}


def test_the_options_of_language_shape_the_digest() -> None:
    digests = {Config().digest, Config(language="auto").digest, Config(models={"fr": "x"}).digest}
    assert len(digests) == 3


def test_without_py3langid_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py3langid", None)
    with pytest.raises(ModelError, match=r"pip install 'brief-extract\[lang\]'"):
        extract(ENGLISH, Config(entities=False, language="auto"))
