"""Arrow: a row of one schema for each record."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from adapters import killers
from adapters.records import CONFIG, bad_ids, records
from brief_extract import Document
from brief_extract.adapters.arrow import SCHEMA, transform


def test_every_row_is_a_document_or_an_error() -> None:
    given = records(100)
    table = pa.Table.from_batches(transform(pa.Table.from_pylist(given).to_batches(max_chunksize=7), CONFIG))
    assert table.schema == SCHEMA
    rows = table.to_pylist()
    assert [row["id"] for row in rows] == [record["id"] for record in given]
    assert {row["id"] for row in rows if row["error"]} == bad_ids(given)
    for row in rows:
        assert (row["document"] is None) == (row["error"] is not None)
        assert json.loads(row["extra"]) == {"desk": f"desk {int(row['id'].split('-')[1]) % 3}"}
    assert Document.from_json(rows[3]["document"]).tables[0].cells[1].value == 3


def test_a_record_without_id_has_none_in_its_row() -> None:
    (batch,) = transform(pa.table({"id": [None], "text": ["Plain."]}).to_batches(), CONFIG)
    assert batch.to_pylist()[0]["id"] is None


def test_no_records_make_an_empty_batch_of_the_schema() -> None:
    (batch,) = transform([pa.RecordBatch.from_pylist([], schema=pa.schema([("id", pa.string())]))], CONFIG)
    assert (batch.num_rows, batch.schema) == (0, SCHEMA)


def test_a_text_that_kills_or_hangs_costs_its_own_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = killers.deadly(tmp_path)
    monkeypatch.syspath_prepend(killers.PACKAGE)
    given = killers.records(20, *killers.CODES)
    rows = pa.Table.from_batches(
        transform(pa.Table.from_pylist(given).to_batches(max_chunksize=10), config)
    ).to_pylist()
    assert [row["id"] for row in rows] == [record["id"] for record in given]
    assert {row["id"]: row["error"]["code"] for row in rows if row["error"]} == killers.CODES
    assert all((row["document"] is None) == (row["id"] in killers.CODES) for row in rows)
