"""The formats of projections: each reads back to the rows that were written."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow.parquet import read_table

from brief_extract.errors import FormatError
from brief_extract.formats import FORMATS, WRITERS, Format, parquet, sheets, xlsx
from brief_extract.table import Range, Value


class Column(NamedTuple):
    name: str
    type: str


class Projection(NamedTuple):
    name: str
    columns: Sequence[Column]
    key: Sequence[str] = ()


CELLS = Projection(
    "cells",
    [
        Column("text", "string"),
        Column("row", "integer"),
        Column("low", "number"),
        Column("new", "boolean"),
        Column("value", "any"),
    ],
)
WORKBOOK = "brief-extract.xlsx"
ISSUES = Projection("issues", [Column("code", "string")])
ROWS: list[tuple[Value, ...]] = [
    ('a, "b"\r\nc', 1, 0.5, True, 12),
    ("=1+1", None, None, False, Range(low=1, high=None)),
    ("", 3, 2.0, None, "x\x07"),
]


def write(folder: Path, format: Format, rows: Sequence[Sequence[Value]] = ROWS, *, excel: bool = False) -> None:
    writer = WRITERS[format]
    encode = writer.encoder([CELLS, ISSUES], excel=excel)
    with writer.open(folder, [CELLS, ISSUES], excel=excel) as sink:
        sink("cells", encode("cells", rows[:1]))
        sink("cells", encode("cells", rows[1:]))


def test_csv_reads_back(tmp_path: Path) -> None:
    write(tmp_path, "csv")
    with (tmp_path / "cells.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [
            ["text", "row", "low", "new", "value"],
            ['a, "b"\r\nc', "1", "0.5", "true", "12"],
            ["=1+1", "", "", "false", "1/.."],
            ["", "3", "2.0", "", "x\x07"],
        ]
    assert (tmp_path / "issues.csv").read_bytes() == b"code\r\n"


def test_excel_guards_formulas_and_nothing_else(tmp_path: Path) -> None:
    texts = ["=1+1", "@sum", "+cmd", "-2+3", "-11%", "+3.5", "-6 points", " =x", "a=b"]
    write(tmp_path, "csv", [(text, None, None, None, None) for text in texts], excel=True)
    with (tmp_path / "cells.csv").open(newline="", encoding="utf-8-sig") as file:
        written = [row[0] for row in csv.reader(file)][1:]
    assert (tmp_path / "cells.csv").read_bytes().startswith(b"\xef\xbb\xbftext,")
    assert written == ["'=1+1", "'@sum", "'+cmd", "'-2+3", "-11%", "+3.5", "'-6 points", "' =x", "a=b"]


def test_json_lines_read_back(tmp_path: Path) -> None:
    write(tmp_path, "jsonl")
    lines = (tmp_path / "cells.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["value"] for line in lines] == [12, {"low": 1, "high": None}, "x\x07"]
    assert list(json.loads(lines[0])) == ["text", "row", "low", "new", "value"]


def test_parquet_reads_back_with_its_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 2)
    write(tmp_path, "parquet")
    table = read_table(tmp_path / "cells.parquet")
    assert [str(field.type) for field in table.schema] == ["string", "int64", "double", "bool", "string"]
    assert [tuple(row.values())[:4] for row in table.to_pylist()] == [row[:4] for row in ROWS]
    assert read_table(tmp_path / "issues.parquet").num_rows == 0


def test_a_workbook_has_a_sheet_for_each_and_no_formula(tmp_path: Path) -> None:
    write(tmp_path, "xlsx")
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    assert book.sheetnames == ["cells", "issues"]
    rows = list(book["cells"].iter_rows())
    assert [cell.value for cell in rows[1][1:]] == [1, 0.5, True, 12]
    assert (rows[2][0].value, rows[2][0].data_type) == ("=1+1", "s")


def test_rows_beyond_a_sheet_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LAST_ROW", 3)
    write(tmp_path, "xlsx", ROWS * 2)
    book = openpyxl.load_workbook(tmp_path / WORKBOOK)
    assert [(sheet.title, sheet.max_row) for sheet in book] == [
        ("cells", 3),
        ("issues", 1),
        ("cells (2)", 3),
        ("cells (3)", 3),
    ]


@pytest.mark.parametrize("format", [format for format in FORMATS if format != "duckdb"])  # its files have ids
def test_equal_rows_make_equal_bytes(format: Format, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write(tmp_path / folder, format)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


@pytest.mark.parametrize("format", FORMATS)
def test_an_error_on_the_way_leaves_no_file(format: Format, tmp_path: Path) -> None:
    with pytest.raises(KeyError), WRITERS[format].open(tmp_path, [CELLS]) as sink:
        sink("no such projection", WRITERS[format].encoder([CELLS])("cells", ROWS))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("format", "package"), [("parquet", "pyarrow"), ("xlsx", "openpyxl"), ("duckdb", "duckdb")])
def test_a_package_that_is_missing_is_named(
    format: Format, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(FormatError, match=f"needs {package}"), WRITERS[format].open(tmp_path, [CELLS]):
        pass


VALUES = st.tuples(
    st.none() | st.text(max_size=8),
    st.none() | st.integers(-(2**63), 2**63 - 1),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.none() | st.booleans(),
    st.none(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(rows=st.lists(VALUES, max_size=5))
def test_typed_formats_give_back_what_was_written(rows: list[tuple[Value, ...]], tmp_path: Path) -> None:
    write(tmp_path, "jsonl", rows)
    lines = (tmp_path / "cells.jsonl").read_bytes().split(b"\n")[:-1]
    assert [tuple(json.loads(line).values()) for line in lines] == rows
    write(tmp_path, "parquet", rows)
    assert [tuple(row.values()) for row in read_table(tmp_path / "cells.parquet").to_pylist()] == rows


NOT_IN_XML = [chr(code) for code in (*range(0x20), 0x7F, 0x85, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)]
_CHILD = """
import json, sys
from pathlib import Path
from openpyxl.xml import LXML
from brief_extract.formats import WRITERS
from test_formats import ISSUES
rows = [[text] for text in json.load(sys.stdin)]
writer = WRITERS["xlsx"]
with writer.open(Path(sys.argv[1]), [ISSUES]) as sink:
    sink("issues", writer.encoder([ISSUES])("issues", rows))
print(LXML)
"""


@pytest.mark.parametrize("lxml", [True, False])
def test_a_workbook_holds_every_character_with_lxml_and_without(lxml: bool, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    if lxml:
        pytest.importorskip("lxml")
    from openpyxl.utils.escape import unescape

    texts = [
        *(f"a{char}b" for char in NOT_IN_XML),
        "|".join(NOT_IN_XML),
        "_x0041_",
        "__x_x41_ _xZZZZ_",
        " x\r\n ",
        "=1+1",
    ]
    long = "x" * (sheets.LONGEST_CELL - 3) + "\uffff" * 9
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path)],
        input=json.dumps([*texts, long]),
        env={**os.environ, "OPENPYXL_LXML": str(lxml), "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert child.stdout.strip() == str(lxml)
    sheet = openpyxl.load_workbook(tmp_path / WORKBOOK)["issues"]
    found = [unescape(row[0].value) for row in sheet.iter_rows(min_row=2)]
    assert found[:-1] == texts
    assert found[-1] == "x" * (sheets.LONGEST_CELL - 3)
