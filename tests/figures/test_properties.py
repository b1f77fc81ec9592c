"""What holds for the figures of any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from brief_extract.figures.find import find_figures
from brief_extract.figures.sentences import sentences

PIECES = st.sampled_from(
    "12 1,240 3.2bn $ € -9 °C % per cent a tonne half two-thirds dozens of thousands million rose by to from between "
    "and more than up 34-year-old km/h ships a day Tema . , ( ) - – : the fell doubled 1.234,5 2½ ½ Rs ₦ R1.40".split()
)
TEXTS = st.lists(PIECES, max_size=30).map(" ".join) | st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60)


@given(text=TEXTS)
def test_figures_are_in_order_and_disjoint_within_the_text(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert not text[figure.start].isspace()
        assert not text[figure.end - 1].isspace()
        end = figure.end


@given(text=TEXTS)
def test_a_figure_has_a_number_and_a_clean_concept(text: str) -> None:
    for figure in find_figures(text):
        shown = text[figure.start : figure.end]
        assert any(char.isnumeric() for char in shown) or any(char.isalpha() for char in shown)
        assert figure.concept is None or figure.concept == " ".join(figure.concept.split()) != ""


@given(text=TEXTS)
def test_what_is_taken_by_dates_holds_no_figure(text: str) -> None:
    assert not list(find_figures(text, [(0, len(text))]))


@given(text=TEXTS)
def test_sentences_cover_every_digit(text: str) -> None:
    spans = list(sentences(text))
    for place, char in enumerate(text):
        if char in "0123456789":
            assert any(start <= place < end for start, end in spans)


@given(text=st.lists(PIECES, max_size=20).map(" ".join))
def test_a_sentence_before_shifts_places_only(text: str) -> None:
    before = "Rain fell in the hills. \n\n"
    shifted = [(it.start - len(before), it.value, it.unit) for it in find_figures(before + text)]
    assert shifted == [(it.start, it.value, it.unit) for it in find_figures(text)]
