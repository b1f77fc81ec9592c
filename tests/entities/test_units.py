"""Letters and accents as single characters: read as one letter, and placed where they stand."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract import extract
from brief_extract.entities.units import Unit, composed

PLACES = {
    "Côte d'Ivoire": "country/CI",
    "São Tomé and Príncipe": "country/ST",
    "Türkiye": "country/TR",
    "Curaçao": "country/CW",
}


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
@pytest.mark.parametrize("markup", ["", "*"])
def test_accents_are_read_in_either_form(form: str, markup: str) -> None:
    text = unicodedata.normalize(form, f"Envoys of {markup}{' and '.join(PLACES)}{markup} met in Yaoundé.")  # type: ignore[arg-type]
    document = extract(text)
    assert {m.entity for m in document.mentions} >= {*PLACES.values(), "gpe/yaounde"}
    assert all(text[m.start : m.end] == m.text for m in document.mentions)
    assert not any(unicodedata.combining(text[m.end : m.end + 1] or "x") for m in document.mentions)


@given(st.text(st.sampled_from("aeoscnAÉç \u0301\u0327\u0308\u0302x1.")))
def test_every_slice_has_its_place(text: str) -> None:
    read, written = composed(text)
    unit = Unit(block="p", kind="paragraph", text=read, offsets=7, written=written)
    assert unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", read)
    assert unit.slice(0, len(read)) == text
    for end in range(1, len(read) + 1):
        assert unit.slice(0, end) + unit.slice(end, len(read)) == text
        start, stop = unit.place(end - 1, end)
        assert text[start - 7 : stop - 7] == unit.slice(end - 1, end)


def test_a_text_of_single_characters_stays_as_it_is() -> None:
    assert composed("Côte") == ("Côte", None)
    read, written = composed(unicodedata.normalize("NFD", "Côte"))
    assert read == "Côte"
    assert written is not None
    assert written.starts == (0, 1, 3, 4, 5)
