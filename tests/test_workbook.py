"""The workbook, read by openpyxl: sheets for people beside the long ones."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from brief_extract import Config, extract
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.projections import write_projections
from brief_extract.formats import sheets
from brief_extract.views.columns import PROJECTIONS

PAY = """Rail strike ends

Table 1: Pay in the new deal

| Grade | Rise | Pay (EUR) | From | Since | Note |
|---|---|---|---|---|---|
| Driver | 4.5% | 31,200 | 1 May 2024 | 1999 | =1+1 |
| Guard | 2-3% | 28,400 | 1 June 2024 | 2004 | |

Source: the union
"""


def workbook(folder: Path, **articles: str) -> openpyxl.Workbook:
    for id, text in articles.items():
        document = extract(text, Config(entities=False), id=id.replace("_", "/"))
        OutputFolder(folder).save(document.id, document.to_json(), [])
    write_projections(folder, ["xlsx"])
    return openpyxl.load_workbook(folder / "brief-extract.xlsx")


@pytest.fixture
def pay(tmp_path: Path) -> Worksheet:
    return workbook(tmp_path, wire_rail=PAY)["rail 1"]


def test_long_sheets_have_a_frozen_bold_header_and_a_filter(tmp_path: Path) -> None:
    book = workbook(tmp_path, rail=PAY)
    assert book.sheetnames == [*(projection.name for projection in PROJECTIONS), "rail 1"]
    cells = book["cells"]
    assert cells.freeze_panes == "A2"
    assert cells.auto_filter.ref == f"A1:P{cells.max_row}"
    assert all(cell.font.bold for cell in cells[1])
    assert cells.column_dimensions["H"].width > cells.column_dimensions["E"].width


def test_a_table_has_its_caption_and_source_above(pay: Worksheet) -> None:
    assert [pay.cell(row, 1).value for row in range(1, 6)] == [
        "Table 1: Pay in the new deal",
        "Source: the union",
        f"From wire/rail, table-1, characters {PAY.index('| Grade')} to {PAY.index('Source') - 2}",
        None,
        "Grade",
    ]
    assert (pay.freeze_panes, pay.auto_filter.ref) == ("A6", "A5:F7")


def test_cells_are_typed_and_show_their_unit(pay: Worksheet) -> None:
    driver, guard = pay[6], pay[7]
    assert [cell.value for cell in driver] == ["Driver", 4.5, 31200, datetime(2024, 5, 1), 1999, "=1+1"]
    assert [cell.number_format for cell in driver[1:3]] == ['#,##0.0#####"%"', '#,##0" EUR"']
    assert driver[4].number_format == "0"
    assert driver[5].data_type == "s"
    assert guard[1].value == "2-3%"


def test_what_excel_cannot_hold_is_text(tmp_path: Path) -> None:
    odd = "| Date | Stars | About |\n|---|---|---|\n| 1 May 1850 | 2,000 trillion | ~70 |\n| 2 May 1850 | 5 | ~80 |\n"
    row = workbook(tmp_path, odd=odd)["odd 1"][5]
    assert [cell.value for cell in row] == ["1 May 1850", "2,000 trillion", "~70"]


def test_names_of_sheets_fit_and_differ(tmp_path: Path) -> None:
    long = "a" * 40
    book = workbook(tmp_path, **{long: PAY, f"x_{long}": PAY})
    assert book.sheetnames[-2:] == [f"{'a' * 29} 1", f"{'a' * 25} 1 (2)"]


def test_beyond_the_most_sheets_tables_stand_in_cells_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST", 1)
    book = workbook(tmp_path, a=PAY, b=PAY)
    assert book.sheetnames[len(PROJECTIONS) :] == ["a 1"]
    assert {row[0].value for row in book["cells"].iter_rows(min_row=2)} == {"a", "b"}
