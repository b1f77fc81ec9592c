"""The stream of articles: its order, its memory, and that one bad article costs no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract import (
    Config,
    Document,
    Entity,
    Extractor,
    Failure,
    Issue,
    Mention,
    ModelError,
    Table,
    extract,
    extract_file,
)
from brief_extract.entities.units import Unit
from brief_extract.extractor import CHUNK
from brief_extract.read import read_text
from strategies import MARKUP
from structure.caseformat import load

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


@pytest.mark.parametrize("before", [0, 1, CHUNK - 1, CHUNK, CHUNK + 5])
@pytest.mark.parametrize("method", ["pipe", "pipe_sources"])
def test_a_stream_that_breaks_off_gives_all_that_came_before(method: str, before: int) -> None:
    def breaking() -> Iterator[Any]:
        for number in range(before):
            text = f"Article {number}"
            yield text if method == "pipe" else ("id", read_text(text))
        raise ConnectionError("gone")

    found: list[str] = []
    with pytest.raises(ConnectionError, match="gone"):
        found.extend(document.text for document in getattr(Extractor(STRUCTURE), method)(breaking()))
    # ``list.extend`` keeps what came before the error.
    assert found == [f"Article {number}" for number in range(before)]


def test_a_text_that_is_none_comes_after_the_documents_before_it() -> None:
    found: list[str] = []
    with pytest.raises(TypeError, match="an article is a str, not int"):
        found.extend(document.text for document in Extractor(STRUCTURE).pipe(["one", "two", 3, "four"]))  # type: ignore[list-item]
    assert found == ["one", "two"]


def test_an_article_over_which_the_stream_breaks_comes_after_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from brief_extract import document, pipeline

    def fail_on_bomb(text: str, blocks: Any) -> object:
        return document.build(text, blocks) if text != "bomb" else 1 / 0

    monkeypatch.setattr(pipeline, "build", fail_on_bomb)
    found: list[str] = []
    with pytest.raises(ZeroDivisionError):
        found.extend(it.text for it in Extractor(STRUCTURE).pipe(["one", "two", "bomb", "four"]))
    assert found == ["one", "two"]


@pytest.mark.parametrize("method", ["pipe", "pipe_sources"])
def test_large_texts_are_not_in_memory_together(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("brief_extract.extractor.CHUNK_CHARS", 1000)
    texts = ["x" * size for size in (400, 600, 1, 5000, 2)]
    taken = 0

    def counted() -> Iterator[Any]:
        nonlocal taken
        for text in texts:
            taken += 1
            yield text if method == "pipe" else ("id", read_text(text))

    documents = getattr(Extractor(STRUCTURE), method)(counted())
    read_ahead = [(len(document.text), taken) for document in documents]
    # One text more than those of the chunk is read, to see that it is too many.
    assert read_ahead == [(400, 3), (600, 3), (1, 4), (5000, 5), (2, 5)]


def test_one_bad_article_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from brief_extract import document, pipeline

    build = document.build

    def fail_on_bomb(text: str, blocks: object) -> object:
        if text == "bomb":
            raise RuntimeError("broken")
        return build(text, blocks)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "build", fail_on_bomb)
    first, bomb, last = Extractor(STRUCTURE).pipe_sources([(t, read_text(t)) for t in ("one", "bomb", "two")])
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bomb, Failure)
    assert (bomb.id, bomb.stage, bomb.code) == ("bomb", "extract", "internal")
    assert re.match(r"bomb: RuntimeError: broken \(pipeline\.py:\d+\); fix: .* please report it", bomb.message)


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

        def pipe(
            self, articles: list[list[Unit]]
        ) -> Iterator[tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[Issue, ...]]]:
            for article in articles:
                if any("bomb" in unit.text for unit in article):
                    raise ValueError("no such vector")
                yield (), (), ()

    extractor = Extractor()
    monkeypatch.setattr(extractor.pipeline.recognisers, "_of_model", {extractor.config.model: Failing()})
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


def places(document: Document) -> Iterator[tuple[str, str]]:
    """Each mention beside the text of the element that holds it."""
    for mention in document.mentions:
        element = document[mention.cell or mention.item or mention.block]
        texts = [*element.columns, *(cell.text for cell in element.cells)] if isinstance(element, Table) else None
        yield mention.text, "\n".join(texts) if texts else getattr(element, "text")  # noqa: B009 - of many types


LINKED = [
    "He met [Emmanuel Macron][em] in [Mali].\n\n[em]: https://example.org/em\n[mali]: https://example.org/ml\n",
    "- [Angela Merkel][a] spoke\n- [*Kofi* Annan][A], of **Ghana**\n\n[a]: <https://example.org>\n",
    "| Who | Where |\n|---|---|\n| [Emmanuel Macron][x] | [France][x] |\n\n[x]: /x\n",
    "# [Mali][x] Votes\n\n> [Emmanuel\nMacron][x] left.\n\n[x]: /x 'Title'\n",
    "It is not [Emmanuel Macron][gone] who left.\n",
]


@pytest.mark.parametrize("text", LINKED)
def test_a_name_in_a_link_is_read_as_its_element_is(text: str) -> None:
    document = extract(text)
    assert len(document.mentions) >= 1
    for name, around in places(document):
        assert name in around
        assert "gone" in text or not set("[]") & set(name)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[1] / "corpus").rglob("*.txt")), ids=lambda path: path.stem
)
def test_names_of_the_corpus_are_in_their_elements(path: Path) -> None:
    found = list(places(extract_file(path)))
    assert found
    assert all(name in around for name, around in found)


@pytest.mark.slow
def test_names_of_the_structure_cases_are_in_their_elements() -> None:
    documents = Extractor().pipe(case.input for case in load())
    found = [pair for document in documents for pair in places(document)]
    assert len(found) > 1000
    assert [(name, around) for name, around in found if name not in around] == []


_LABELS = st.sampled_from(["em", "Em", "mali", "the  link", "none"])
_NAMED = st.sampled_from(
    ["Emmanuel Macron", "*Mali*", "**Angela** Merkel", "Kofi\nAnnan", "the United Nations", "Bamako"]
)
_LINK = st.one_of(
    st.builds("[{}][{}]".format, _NAMED, _LABELS), st.builds("[{}][]".format, _NAMED), st.builds("[{}]".format, _NAMED)
)
_LINKED_LINE = st.builds(
    "{}{} met {} in {}.".format, st.sampled_from(["", "- ", "> ", "## ", "| "]), _LINK, _LINK, _NAMED
)
_DEFINITIONS = st.lists(_LABELS | _NAMED, max_size=3).map(
    lambda labels: "".join(f"\n[{label}]: /x" for label in labels)
)
LINKED_TEXTS = st.builds("{}\n{}\n".format, st.lists(_LINKED_LINE | MARKUP, max_size=5).map("\n\n".join), _DEFINITIONS)


@pytest.mark.slow
@given(LINKED_TEXTS)
def test_names_in_any_text_are_in_their_elements(text: str) -> None:
    assert all(name in around for name, around in places(extract(text)))
