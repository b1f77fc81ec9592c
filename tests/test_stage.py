"""The seam to engines: one result for each record, whatever the record is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract import Config, Document
from brief_extract.pipeline import Pipeline, Timings
from brief_extract.stage import Stage

ARTICLE = "Two reasons:\n- Cost\n- Safety\n"


@pytest.fixture
def stage() -> Stage:
    return Stage(Config(entities=False, max_bytes=1000))


def one(stage: Stage, record: object) -> dict[str, Any]:
    (result,) = stage([record])
    return result


def test_a_record_becomes_the_document_of_its_text_and_its_other_fields_come_along(stage: Stage) -> None:
    document = Document.from_dict(one(stage, {"id": 7, "text": ARTICLE, "desk": "wire", "day": date(2025, 5, 7)}))
    assert (document.id, [item.text for item in document.lists[0].items]) == ("7", ["Cost", "Safety"])
    assert document.source.extra == {"desk": "wire", "day": "2025-05-07"}


def test_fields_may_have_other_names() -> None:
    stage = Stage(Config(entities=False), text="body", id="key")
    assert one(stage, {"key": "a", "body": ARTICLE})["id"] == "a"


def test_the_encoding_of_bytes_is_told_from_them(stage: Stage) -> None:
    assert one(stage, {"text": "Fidèle à Séville".encode("cp1252")})["text"] == "Fidèle à Séville"


POISON: dict[str, list[object]] = {
    "damaged": [None, 3, "text", [ARTICLE], {}, {"text": None}, {"text": 3}, {"text": {"text": ARTICLE}}],
    "empty": [{"text": ""}, {"text": " \n\u200b"}, {"text": b""}],
    "too-large": [{"text": "x" * 1001}, {"text": b"x" * 1001}],
    "binary": [{"text": b"%PDF-1.7 \x00\x01"}],
}


@pytest.mark.parametrize(("code", "record"), [(code, record) for code, records in POISON.items() for record in records])
def test_poison_is_told_in_its_place_and_costs_no_other_record(stage: Stage, code: str, record: object) -> None:
    before, bad, after = stage([{"id": "a", "text": ARTICLE}, record, {"id": "b", "text": ARTICLE}])
    assert (before["id"], after["id"]) == ("a", "b")
    assert (bad["error"]["code"], bad["error"]["stage"]) == (code, "read")
    assert "; fix: " in bad["error"]["message"]


class Raising(dict[str, Any]):
    def keys(self) -> Any:
        raise RuntimeError("no keys")

    def __iter__(self) -> Any:
        raise RuntimeError("no keys")


@pytest.mark.parametrize("record", [Raising(text=ARTICLE), {"id": 10**5000, "text": ARTICLE}])
def test_a_record_that_raises_costs_no_other(stage: Stage, record: object) -> None:
    bad, after = stage([record, {"id": "b", "text": ARTICLE}])
    assert (bad["error"]["code"], after["id"]) == ("damaged", "b")


@pytest.mark.parametrize("before", [0, 1, 2, 3, 7])
def test_records_that_break_off_give_all_that_came_before(stage: Stage, before: int) -> None:
    def breaking() -> Iterator[object]:
        yield from ({"id": number, "text": ARTICLE} for number in range(before))
        raise ConnectionError("gone")

    found: list[str] = []
    with pytest.raises(ConnectionError, match="gone"):
        found.extend(result["id"] for result in stage(breaking(), batch_size=3))
    assert found == [str(number) for number in range(before)]


@pytest.mark.parametrize(("char", "most"), [("x", 1000), ("\u00e9", 500), ("\u20ac", 333), ("\U0001f600", 250)])
def test_the_cap_counts_bytes_of_text(char: str, most: int, stage: Stage) -> None:
    fits, too_large = stage([{"text": char * most}, {"text": char * (most + 1)}])
    assert (len(fits["text"]), too_large["error"]["code"]) == (most, "too-large")


@pytest.mark.parametrize("depth", [101, 500, 5000])
def test_fields_that_are_nested_too_deep_are_damaged(stage: Stage, depth: int) -> None:
    deep: object = "x"
    for _ in range(depth):
        deep = [deep]
    good, bad = stage([{"text": ARTICLE, "tags": [[["x"]]]}, {"text": ARTICLE, "tags": deep}])
    assert "error" not in good
    assert bad["error"]["code"] == "damaged"


def test_an_id_is_always_fit_for_json(stage: Stage) -> None:
    (result,) = stage.batch([{"id": "a\ud800", "text": ARTICLE}])
    assert result.to_json().startswith(b"{")


def test_a_text_over_which_the_extraction_breaks_costs_no_other_record(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = Pipeline.documents

    def break_over(self: Pipeline, sources: Any, timings: Timings) -> Any:
        if any("BREAK" in source.text for _, source in sources):
            raise RecursionError("too deep")
        return documents(self, sources, timings)

    monkeypatch.setattr(Pipeline, "documents", break_over)
    results = list(stage({"id": text, "text": text} for text in ("one", "BREAK", "two")))
    assert [result.get("error", {}).get("code") for result in results] == [None, "internal", None]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.binary(max_size=9)
KEYS = st.text(max_size=4) | st.integers()
ANYTHING = st.recursive(
    SCALARS | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
RECORDS = ANYTHING | st.fixed_dictionaries({"text": ANYTHING, "id": ANYTHING, "x": ANYTHING})


@given(records=st.lists(RECORDS, max_size=4))
def test_any_records_have_one_result_each(records: list[object]) -> None:
    results = Stage(Config(entities=False)).batch(records)
    assert len(results) == len(records)
    for result in results:
        assert result.to_json()
        assert isinstance(result.to_dict()["id"], str)
