"""Whatever stands in a cell, reading it ends well, loses nothing and can be written and read again."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract import Cell, Config, Document, extract
from brief_extract.cells import Reading, read_cells

NUMBERISH = st.text(alphabet="0123456789.,-–+()%$€£ /:'½~<>kmbnMtQFYap", max_size=14)
ANY = st.one_of(st.text(max_size=30), NUMBERISH)


def of_column(header: str, *cells: str) -> list[Reading]:
    return [row[0] for row in read_cells([header], [[cell] for cell in cells])]


@given(st.lists(ANY, min_size=1, max_size=4), st.data())
def test_any_table_is_read(header: list[str], data: st.DataObject) -> None:
    width = st.lists(ANY, min_size=len(header), max_size=len(header))
    rows = data.draw(st.lists(width, max_size=5))
    readings = read_cells(header, rows)
    assert [len(row) for row in readings] == [len(header)] * len(rows)
    for texts, row in zip(rows, readings, strict=True):
        for text, reading in zip(texts, row, strict=True):
            if reading.kind in ("text", "identifier"):
                assert reading.value == text.strip()
            cell = Cell(id="c", start=0, end=0, row=0, column=0, header="", text=text, kind=reading.kind)
            encoded = msgspec.json.encode(msgspec.structs.replace(cell, value=reading.value, unit=reading.unit))
            assert msgspec.json.decode(encoded, type=Cell).value == reading.value
            json.loads(encoded, parse_constant=pytest.fail)


@given(st.lists(st.from_regex(r"\A0[0-9]{1,9}\Z"), min_size=1, max_size=6), st.lists(st.integers(0, 10**6), max_size=6))
def test_digits_beside_a_leading_zero_stay_as_they_are(zeros: list[str], others: list[int]) -> None:
    texts = [*zeros, *map(str, others)]
    assert [reading.value for reading in of_column("Count", *texts)] == texts


@given(st.integers(-(10**12), 10**12))
def test_grouped_integers_come_back(number: int) -> None:
    reading = of_column("Total amount", f"{number:,}")[0]
    assert (reading.kind, reading.value) == ("integer", number)


@given(st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), min_size=1, max_size=5))
def test_both_decimal_marks_give_the_same(numbers: list[object]) -> None:
    english = [f"{number:,}" for number in numbers]
    continental = [text.translate(str.maketrans(",.", ".,")) for text in english]
    values = [[reading.value for reading in of_column("Sum", *texts)] for texts in (english, continental)]
    assert values[0] == values[1]


@given(st.dates())
def test_dates_come_back(date: object) -> None:
    assert of_column("Date", f"{date}")[0].value == f"{date}"
    assert (
        of_column("Date", f"{date:%B} {date:%-d}, {date:%Y}".replace(f"{date:%Y}", f"{date}"[:4]))[0].value == f"{date}"
    )


@given(st.lists(NUMBERISH.filter(lambda text: text.strip() and "|" not in text), min_size=1, max_size=4))
def test_the_text_of_a_document_is_never_touched(cells: list[str]) -> None:
    text = "| Name | Value |\n|---|---|\n" + "".join(f"| a | {cell} |\n" for cell in cells)
    document = extract(text, Config(entities=False))
    assert document.text == text
    for table in document.tables:
        for cell in table.cells:
            assert cell.text == table.rows[cell.row][cell.column]
    assert Document.from_dict(document.to_dict()) == document
    assert Document.from_json(document.to_json()) == document
