"""The seam to the rest of the package: what holds of any article, and the one model that ships."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found, unused-ignore]

from brief_extract.config import DEFAULT_MODEL
from brief_extract.entities import Recogniser, Unit
from brief_extract.entities.lexicon import Lexicon, Row
from brief_extract.entities.model import SpacyModel, Span, Unread, cut
from brief_extract.entities.units import Kind
from brief_extract.errors import ModelError
from entities.samples import FakeModel, article, unit

LABELS = {
    "Goïta": "PERSON",
    "the Mali Bank": "ORG",
    "Bank (MB)": "ORG",
    "two": "CARDINAL",
    "Western": "ORG",
    "Lake": "FAC",
}
WORDS = [
    "Mali",
    "France’s",
    "Goïta",
    "the Mali Bank",
    "Bank (MB)",
    "two",
    "Western",
    "Mr",
    "in",
    "Lake",
    "Chad",
    "(",
    "-",
    ".",
    "US",
]
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=30)
kinds: st.SearchStrategy[Kind] = st.sampled_from(get_args(Kind))


@st.composite
def articles(draw: st.DrawFn) -> list[Unit]:
    """Units one after the other; half of them with markup of two characters before each letter."""
    units: list[Unit] = []
    offset = 0
    for text in draw(st.lists(texts, max_size=5)):
        marked = draw(st.booleans())
        offsets = tuple(offset + 3 * i + 2 for i in range(len(text))) if marked else offset
        units.append(Unit(block="b", kind=draw(kinds), text=text, offsets=offsets))
        offset += 3 * len(text) + 1
    return units


@given(st.lists(articles(), max_size=4))
def test_mentions_lie_in_their_units_ordered_and_disjoint(stream: list[list[Unit]]) -> None:
    results = list(Recogniser(FakeModel(LABELS)).pipe(stream))
    assert len(results) == len(stream)
    for units, (mentions, entities, issues) in zip(stream, results, strict=True):
        assert issues == ()
        assert [mention.id for mention in mentions] == [f"mention-{n}" for n in range(1, len(mentions) + 1)]
        assert all(a.end <= b.start for a, b in pairwise(mentions))
        for mention in mentions:
            assert any(mention.text in unit.text and _covers(unit, mention.start, mention.end) for unit in units)
        assert [m.id for e in entities for m in mentions if m.entity == e.id] == [
            id for e in entities for id in e.mentions
        ]
        assert {mention.entity for mention in mentions} - {None} == {entity.id for entity in entities}


def _covers(unit: Unit, start: int, end: int) -> bool:
    first, last = unit.place(0, len(unit.text)) if unit.text else (0, 0)
    return first <= start < end <= last


def test_markup_inside_a_name_is_part_of_its_place() -> None:
    source = "in **Le** Monde"
    offsets = tuple(index for index, char in enumerate(source) if char != "*")
    (mention,), _, _ = next(
        Recogniser(FakeModel()).pipe([[Unit(block="p", kind="paragraph", text="in Le Monde", offsets=offsets)]])
    )
    assert mention.text == "Le Monde"
    assert source[mention.start : mention.end] == "Le** Monde"


def test_short_articles_share_one_call_and_equal_texts_are_read_once() -> None:
    model = FakeModel()
    list(Recogniser(model).pipe([[unit("Share this.")] for _ in range(100)]))
    assert model.asked == ["Share this."]


def test_the_stream_is_read_no_further_than_the_buffer() -> None:
    taken: list[int] = []

    def stream() -> Iterator[list[Unit]]:
        for number in range(1000):
            taken.append(number)
            yield [unit("word " * 1000)]

    next(Recogniser(FakeModel()).pipe(stream()))
    assert len(taken) < 100


def test_importing_the_package_imports_neither_spacy_nor_pandas() -> None:
    code = "import sys, brief_extract.entities; sys.exit(bool({'spacy', 'pandas', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(alphabet="ab .!\n", max_size=60), st.integers(1, 20))
def test_pieces_of_a_long_text_are_the_text(text: str, max_chars: int) -> None:
    pieces = [text[start:end] for start, end in cut(text, max_chars)]
    assert "".join(pieces) == text
    assert all(len(piece) <= max_chars for piece in pieces)


def test_a_long_text_is_cut_after_a_sentence() -> None:
    text = "One two. Three four five six"
    assert [text[a:b] for a, b in cut(text, 15)] == ["One two. ", "Three four ", "five six"]


def test_a_missing_model_is_named_with_the_way_out() -> None:
    with pytest.raises(ModelError, match=r"no_such_model.*python -m spacy download no_such_model"):
        Recogniser("no_such_model")


def test_a_pipeline_without_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\npipeline = []\n\n[components]\n", encoding="utf-8")
    with pytest.raises(ModelError, match="no component 'ner'"):
        Recogniser(str(tmp_path))


@pytest.fixture(scope="module")
def model() -> SpacyModel:
    return SpacyModel(DEFAULT_MODEL, batch_size=8)


def test_the_model_that_ships_finds_a_person(model: SpacyModel) -> None:
    text = "President Emmanuel Macron met reporters in Bamako on Tuesday."
    mentions, _, _ = next(Recogniser(model).pipe([[unit(text)]]))
    assert [(mention.text, mention.label, mention.entity) for mention in mentions] == [
        ("Emmanuel Macron", "PERSON", "person/emmanuel-macron"),
        ("Bamako", "GPE", "gpe/bamako"),
        ("Tuesday", "DATE", None),
    ]
    assert model.name == "en_brief_news 1.0.0"


def test_the_tokenizer_that_is_not_read_is_the_one_that_is_made_anyway() -> None:
    made, read = English().tokenizer, English().tokenizer
    assert isinstance(made, Tokenizer)
    assert isinstance(read, Tokenizer)
    with as_file(files("brief_extract.entities") / DEFAULT_MODEL / "tokenizer") as stored:
        assert read.from_disk(stored).to_bytes() == made.to_bytes()


def test_a_text_that_the_model_cannot_read_costs_no_other(model: SpacyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    read = model._batch_spans

    def fail_on_bomb(texts: list[str]) -> list[list[Span]]:
        if "bomb" in texts:
            raise ValueError("unreadable")
        return read(texts)

    monkeypatch.setattr(model, "_batch_spans", fail_on_bomb)
    first, bomb, last = model.predict(["Angela Merkel spoke.", "bomb", "Emmanuel Macron spoke."])
    assert (first, last) == ([Span(0, 13, "PERSON")], [Span(0, 15, "PERSON")])
    assert bomb == Unread("en_brief_news 1.0.0: ValueError: unreadable")
    units = article(("heading", "Mali"), ("paragraph", "bomb"), ("cell", "bomb"))
    mentions, _, issues = next(Recogniser(model).pipe([units]))
    assert [mention.text for mention in mentions] == ["Mali"]
    assert [(issue.code, issue.start, issue.end) for issue in issues] == [("unread-names", 5, 9)]
    assert "paragraph-2: the model could not read it" in issues[0].message


def test_offsets_hold_in_a_text_that_is_cut(model: SpacyModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_max_chars", 40)
    text = "Officials met for three long hours. Emmanuel Macron spoke. Nothing else came of it."
    (spans,) = model.predict([text])
    assert not isinstance(spans, Unread)
    assert "Emmanuel Macron" in [text[span.start : span.end] for span in spans]


def test_another_lexicon_takes_the_place_of_the_packages() -> None:
    lexicon = Lexicon.from_tables({"places": [Row("gpe/zorb", "Zorb", "city", "", "country/ML")]})
    text = "Zorb and Mali and the tanker Zorb, Zorb-Niger and zorb."
    model = FakeModel({"Mali": "ORG", "zorb": "GPE"})
    mentions, _, _ = next(Recogniser(model, lexicon=lexicon).pipe([[unit(text)]]))
    assert [(it.text, it.entity) for it in mentions] == [
        ("Zorb", "gpe/zorb"),
        ("Mali", "org/mali"),
        *[("Zorb", "gpe/zorb")] * 2,
        ("zorb", "gpe/zorb"),
    ]
