"""Other languages than English: told, marked, and read by a pipeline of their own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from brief_extract import Config, Extractor, extract
from brief_extract.batch import discover, run_batch
from brief_extract.language import _identifier, detect_language

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
    extractor = Extractor()
    documents = list(extractor.pipe([ENGLISH, FRENCH, "Mali", ENGLISH]))
    assert [document.source.language for document in documents] == ["en", "fr", "en", "en"]
    assert documents[0].mentions == documents[3].mentions == extract(ENGLISH).mentions


def test_a_pipeline_is_picked_by_language() -> None:
    name = pytest.importorskip("fr_core_news_sm", reason="needs a French pipeline").__name__
    document = extract(FRENCH, Config(models={"fr": name}))
    assert ("Aïssata Diallo", "PERSON") in {(mention.text, mention.label) for mention in document.mentions}
    assert "no-model" not in {issue.code for issue in document.issues}


def test_the_options_of_language_shape_the_digest() -> None:
    digests = {Config().digest, Config(language="en").digest, Config(models={"fr": "x"}).digest}
    assert len(digests) == 3


GERMAN = "Die Regierung hat am Mittwoch in Berlin beschlossen, die Truppen aus Mali bis zum Ende des Jahres abzuziehen."
NAMES = (
    "Ursula von der Leyen met Mohammed bin Salman, Luiz Inácio Lula da Silva, Nana Akufo-Addo and Abdel Fattah el-Sisi."
)
TABLE = "| País | Tomé |\n|---|---|\n| Côte d'Ivoire | Perú |\n| México | Haïti |\n| Sénégal | Panamá |\n"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        ("선거관리위원회는 수요일에 투표가 끝난 뒤 결과를 발표했다. " * 4, "ko"),
        ("Президент России заявил в среду, что переговоры с Китаем продолжатся в следующем месяце в Москве.", "ru"),
        (ENGLISH, "en"),
        (NAMES, "en"),
        (TABLE, "en"),
        ("Le Monde, Die Zeit und El País", "en"),
        ("", "en"),
    ],
    ids=["German", "French", "Korean", "Russian", "English", "names", "a table of names", "few words", "nothing"],
)
def test_a_language_is_detected_where_the_text_is_long_and_sure_enough(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_english_prose_is_recognised_without_the_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    _identifier.cache_clear()
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    assert detect_language(ENGLISH) == "en"
    with pytest.raises(ImportError):
        detect_language(GERMAN)


def test_a_document_says_which_model_read_it() -> None:
    english, french = Extractor().pipe([ENGLISH, FRENCH])
    assert english.generator.model != french.generator.model == "lexicon"
    assert "person" not in {entity.id.partition("/")[0] for entity in french.entities}


def test_a_second_run_knows_the_documents_of_every_language(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in {"english": ENGLISH, "french": FRENCH}.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text, encoding="utf-8")
    first, second = (run_batch(discover([tmp_path / "in"]), tmp_path / "out", Config()) for _ in range(2))
    assert (first.done, second.done, second.skipped) == (2, 0, 2)
    with_model = run_batch(discover([tmp_path / "in"]), tmp_path / "out", Config(models={"de": "de_core_news_sm"}))
    assert with_model.done == 2
