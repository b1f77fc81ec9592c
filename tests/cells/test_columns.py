"""A column is decided as a whole: its cells, its header and the rest of the table bear each other out."""

from __future__ import annotations

import subprocess
import sys

from brief_extract.cells import read_cells
from cells.test_properties import of_column


def values(header: str, *cells: str) -> list[object]:
    return [reading.value for reading in of_column(header, *cells)]


def test_one_cell_settles_the_decimal_mark_of_its_column() -> None:
    assert values("Sum", "1.234", "12,5") == [1234, 12.5]
    assert values("Sum", "1.234", "12.5") == [1.234, 12.5]


def test_another_column_settles_it_where_the_column_does_not() -> None:
    rows = [["1.234", "12,5"], ["5.100", "7,25"]]
    assert [row[0].value for row in read_cells(["Menge", "Preis"], rows)] == [1234, 5100]


def test_one_cell_settles_the_order_of_day_and_month() -> None:
    assert values("Day", "03/04/2024", "25/04/2024") == ["2024-04-03", "2024-04-25"]
    assert values("Day", "03/04/2024", "04/25/2024") == ["2024-03-04", "2024-04-25"]


def test_where_no_cell_settles_it_the_date_has_no_value_and_is_reported() -> None:
    reading = of_column("Date", "03/04/2024")[0]
    assert (reading.kind, reading.value) == ("date", None)
    assert reading.odd


def test_one_odd_cell_is_text_and_reported() -> None:
    *numbers, odd = of_column("Staff", "120", "45", "98", "see note")
    assert [reading.kind for reading in numbers] == ["integer"] * 3
    assert (odd.kind, odd.odd) == ("text", '"see note" is no number, unlike the other cells of its column')


def test_a_number_among_words_is_a_word() -> None:
    assert values("Answer", "Paris", "12", "Rome", "yes") == ["Paris", "12", "Rome", "yes"]


def test_money_among_words_is_money() -> None:
    assert [reading.kind for reading in of_column("Offer", "none yet made", "withdrawn", "$12m")][-1] == "money"


def test_the_label_of_a_row_may_name_the_unit() -> None:
    rows = [["GDP ($ billion)", "12.5", "13"], ["Jobless (%)", "4", "5.5"]]
    readings = read_cells(["Indicator", "2022", "2024"], rows)
    assert [[(cell.value, cell.unit) for cell in row[1:]] for row in readings] == [
        [(12500000000, "USD"), (13000000000, "USD")],
        [(4, "%"), (5.5, "%")],
    ]


def test_in_a_table_on_its_side_each_row_stands_for_itself() -> None:
    rows = [["Founded", "1998"], ["Staff", "120"], ["Rating", "4.5"], ["Open", "Yes"]]
    kinds = [row[1].kind for row in read_cells(["Item", "Value"], rows)]
    assert kinds == ["year", "integer", "decimal", "boolean"]


def test_a_cell_keeps_its_own_magnitude_and_currency() -> None:
    assert values("Budget ($ million)", "1.5", "€2bn") == [1500000, 2000000000]


def test_no_cells_no_readings() -> None:
    assert read_cells([], []) == []
    assert read_cells(["A", "B"], []) == []


def test_reading_cells_loads_neither_babel_nor_pandas() -> None:
    code = (
        "import sys; from brief_extract.cells import read_cells;"
        "read_cells(['Date', 'Sum'], [['7 May 2024', '$3bn']]);"
        "sys.exit(bool({'babel', 'pandas', 'spacy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
