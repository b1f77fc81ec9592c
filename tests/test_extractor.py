"""The stream of articles: its order, its memory, and that one bad article costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from brief_extract import (
    Config,
    Document,
    Entity,
    Extractor,
    Failure,
    Mention,
    ModelError,
    extract,
    extract_file,
)
from brief_extract.entities.units import Unit
from brief_extract.extractor import CHUNK
from brief_extract.read import read_text

STRUCTURE = Config(entities=False)


def test_documents_come_in_order_with_their_context() -> None:
    texts = [(f"Article {number}", number) for number in range(100)]
    found = list(Extractor(STRUCTURE).pipe(texts, as_tuples=True))
    assert [(doc.text, number) for doc, number in found] == texts


def test_a_stream_is_read_at_most_a_chunk_ahead() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "Article"

    stream = Extractor(STRUCTURE).pipe(endless())
    for _ in range(3):
        next(stream)
    assert taken <= CHUNK


def test_one_bad_article_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from brief_extract import document, extractor

    build = document.build

    def fail_on_bomb(text: str, blocks: object) -> object:
        if text == "bomb":
            raise RuntimeError("broken")
        return build(text, blocks)  # type: ignore[arg-type]

    monkeypatch.setattr(extractor, "build", fail_on_bomb)
    first, bomb, last = Extractor(STRUCTURE).pipe_sources([(t, read_text(t)) for t in ("one", "bomb", "two")])
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bomb, Failure)
    assert (bomb.id, bomb.stage, bomb.code) == ("bomb", "extract", "internal")
    assert "bomb: RuntimeError: broken; fix:" in bomb.message


def test_a_missing_model_ends_the_run() -> None:
    with pytest.raises(ModelError, match="no_such_model"):
        next(Extractor(Config(model="no_such_model")).pipe_sources([("one", read_text("one"))]))


def test_what_the_text_says_is_not_changed() -> None:
    text = "\ufeffTitle\r\n\r\nOne\u00a0two\u200b.\r\n"
    assert Extractor(STRUCTURE).extract(text).text == text


@pytest.mark.parametrize(("lines", "paragraphs"), [("auto", 1), ("wrapped", 1), ("paragraphs", 4)])
def test_lines_may_be_told(lines: str, paragraphs: int) -> None:
    text = (
        "The ferry left the harbour at nine with forty cars and a lorry full of\n"
        "apples, and it came back at noon with the same forty cars and the same\n"
        "lorry, because the ramp on the island had been carried away by the sea\n"
        "in the night and nobody had thought of ringing up the mainland.\n"
    )
    assert len(Extractor(Config(entities=False, lines=lines)).extract(text).paragraphs) == paragraphs  # type: ignore[arg-type]


def test_nothing_in_nothing_out() -> None:
    assert list(Extractor(STRUCTURE).pipe([])) == []
    document = Extractor(STRUCTURE).extract("")
    assert (document.text, document.blocks, document.sections, document.title) == ("", (), (), None)


def test_a_stream_is_as_good_as_one_by_one() -> None:
    texts = [f"# Title {number}\n\n- a\n- b\n" for number in range(CHUNK + 1)]
    extractor = Extractor(STRUCTURE)
    assert list(extractor.pipe(texts)) == [extractor.extract(text) for text in texts]


def test_a_failing_recogniser_costs_only_its_article(monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing:
        name = "failing 1.0"

        def pipe(self, articles: list[list[Unit]]) -> Iterator[tuple[tuple[Mention, ...], tuple[Entity, ...]]]:
            for article in articles:
                if any("bomb" in unit.text for unit in article):
                    raise ValueError("no such vector")
                yield (), ()

    extractor = Extractor()
    monkeypatch.setattr(extractor, "_recognisers", {extractor.config.model: Failing()})
    names = [f"article-{number}" for number in range(CHUNK + 3)]
    texts = ["A bomb went off." if name == "article-5" else "Nothing happened." for name in names]
    found = list(extractor.pipe_sources(zip(names, map(read_text, texts), strict=True)))
    assert [result.id for result in found] == names
    assert [result.id for result in found if isinstance(result, Failure)] == ["article-5"]


def test_inferred_headings_answer_to_the_threshold() -> None:
    text = "Ports Reopen After Strike\nCranes moved again on Monday, and the ferries followed them within the hour.\n"
    counts = [len(Extractor(Config(entities=False, heading_threshold=t)).extract(text).headings) for t in (0.05, 1.0)]
    assert counts == [1, 0]


def test_the_model_stays_loaded_for_the_next_text(monkeypatch: pytest.MonkeyPatch) -> None:
    extract("Mali.")
    monkeypatch.setattr("brief_extract.entities.model._load", pytest.fail)
    assert [name.text for name in extract("Troops left Mali.", Config(), id="second").mentions] == ["Mali"]


def test_a_file_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "côte.txt"
    path.write_bytes("Côte d’Ivoire wählt.\n- café\n- thé\n".encode("cp1252"))
    document = extract_file(str(path), STRUCTURE)
    assert (document.id, document.source.encoding) == ("côte", "cp1252")
    assert [item.text for item in document.lists[0].items] == ["café", "thé"]


@pytest.mark.parametrize("article", [b"Mali", None, Path("article.txt")])
def test_what_is_no_text_is_refused_with_the_way_out(article: Any) -> None:
    with pytest.raises(TypeError, match="extract_file"):
        extract(article, STRUCTURE)


def test_one_string_is_no_stream_of_texts() -> None:
    with pytest.raises(TypeError, match="extract takes one"):
        next(Extractor(STRUCTURE).pipe("Mali"))


def test_an_extractor_can_be_called() -> None:
    assert Extractor(STRUCTURE)("Seen:\n- smoke\n- dust") == extract("Seen:\n- smoke\n- dust", STRUCTURE)
