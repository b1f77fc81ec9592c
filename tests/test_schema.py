"""The published schema: it is what the model says, and every document keeps to it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract import Config, extract
from brief_extract.schema import encode_schema, make_schema, schema_bytes

ROOT = Path(__file__).parents[1]
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_bytes()))
OUTPUTS = sorted((ROOT / "outputs" / "documents").rglob("*.json"))


def test_the_shipped_schema_is_made_from_the_model() -> None:
    assert schema_bytes() == encode_schema(), "write brief_extract.schema.encode_schema() to document.schema.json"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(make_schema())


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.stem)
def test_golden_documents_keep_to_it(path: Path) -> None:
    VALIDATOR.validate(json.loads(path.read_bytes()))


@pytest.mark.parametrize("path", sorted((ROOT / "corpus").rglob("*.*")), ids=lambda path: path.stem)
def test_documents_of_the_corpus_keep_to_it(path: Path) -> None:
    VALIDATOR.validate(json.loads(extract(path.read_text("utf-8"), Config(entities=False)).to_json()))


@given(st.lists(st.sampled_from(["# A", "- b", "| c | d |", "|---|---|", "| 10-15% | ½ |", "text", ""]), max_size=12))
def test_documents_of_any_shape_keep_to_it(lines: list[str]) -> None:
    VALIDATOR.validate(json.loads(extract("\n".join(lines), Config(entities=False)).to_json()))


@pytest.mark.parametrize(
    ("field", "value"), [("schema", "other"), ("version", "2.0"), ("blocks", [{"type": "poem"}]), ("text", None)]
)
def test_what_is_no_document_does_not(field: str, value: object) -> None:
    document = json.loads(extract("text", Config(entities=False)).to_json()) | {field: value}
    assert not VALIDATOR.is_valid(document)
