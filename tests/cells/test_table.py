"""The forms in which a table is taken."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract import Cell, Config, Document, Table, extract
from brief_extract.changes import Change
from brief_extract.table import Range, unique_names

CUTS = """\
| Category | Before Reduction | After Reduction |
|---|---|---|
| Diplomatic staff | 120 | 70 |
| Security personnel | 45 | 20 |
| Share of budget | 12% | 9% |
| Vehicles | 0 | 3 |
"""


def table(text: str) -> Table:
    return extract(text, Config(entities=False)).tables[0]


def of_rows(header: str, *rows: str) -> Table:
    bar = "|".join("---" for _ in header.split("|"))
    return table(f"| {header} |\n|{bar}|\n" + "".join(f"| {row} |\n" for row in rows))


def test_columns_have_their_types_and_units() -> None:
    frame = of_rows(
        "Port | Depth (m) | Ships | Share | Opened | New | Code",
        *["Poti | 12.5 | 1,200 | 5% | 2024-05-07 | yes | 007"] * 2,
    ).to_pandas()
    assert [str(dtype) for dtype in frame.dtypes] == [
        "string",
        "Float64",
        "Int64",
        "Int64",
        "datetime64[s]",
        "boolean",
        "string",
    ]
    assert frame.attrs["units"] == {1: "m", 3: "%"}
    assert frame["Code"][0] == "007"


def test_missing_cells_and_short_rows_are_na() -> None:
    frame = of_rows("Name | Sum | Day", "a | 12 | 2024-05-07", "b | n/a | –", "c").to_pandas()
    assert frame["Sum"].isna().tolist() == [False, True, True]
    assert frame["Day"].isna().tolist() == [False, True, True]


def test_columns_of_several_units_stay_as_printed() -> None:
    frame = of_rows("Club | Net", "A | $3m", "B | €4m").to_pandas()
    assert frame["Net"].tolist() == ["$3m", "€4m"]


def test_raw_is_as_printed() -> None:
    frame = of_rows("Name | Sum", "a | 1,200").to_pandas(raw=True)
    assert frame.loc[0, "Sum"] == "1,200"
    assert set(map(str, frame.dtypes)) == {"string"}


def test_headers_are_made_unique_on_request_only() -> None:
    repeated = of_rows("Name | Share | Share", "a | 1% | 2%")
    assert list(repeated.to_pandas().columns) == ["Name", "Share", "Share"]
    assert list(repeated.to_pandas(unique=True).columns) == ["Name", "Share", "Share (2)"]
    assert unique_names(["", "x", "x (2)", "x"]) == ["column 1", "x", "x (2)", "x (3)"]


def test_records_carry_values() -> None:
    assert of_rows("Name | Age", "a | 10-15").to_records() == [{"Name": "a", "Age": {"low": 10, "high": 15}}]


def test_markdown_reads_back() -> None:
    first = of_rows(r"Name | Sum", r"a \| b | 1,200", "c | ")
    again = table(first.to_markdown())
    assert (again.columns, again.rows) == (first.columns, first.rows)


def test_csv_reads_back() -> None:
    first = table(CUTS)
    assert list(csv.reader(io.StringIO(first.to_csv(), newline=""))) == [list(first.columns), *map(list, first.rows)]
    assert pd.read_csv(io.StringIO(first.to_csv())).shape == (4, 3)


CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_any_table_reads_back_from_csv(rows: list[tuple[str, str]]) -> None:
    table = Table(
        id="table-1", start=0, end=0, section=None, lead_in=None, columns=("a", "a"), rows=tuple(rows), cells=()
    )
    assert list(csv.reader(io.StringIO(table.to_csv(), newline=""))) == [["a", "a"], *map(list, rows)]


def test_csv_for_a_spreadsheet_runs_no_formula() -> None:
    article = "| Team | Points |\n|---|---|\n| =HYPERLINK(1) | -3 |\n"
    (table,) = extract(article, Config(entities=False)).tables
    assert table.to_csv(excel=True).splitlines() == ["\ufeffTeam,Points", "'=HYPERLINK(1),-3"]
    assert "\n=HYPERLINK" in table.to_csv()


def test_the_column_that_names_the_rows_is_told() -> None:
    assert table(CUTS).row_header == 0
    assert of_rows("# | Club | Points", "1 | Ajax | 45", "2 | Bari | 40").row_header == 1
    assert of_rows("A | B", "1 | 2", "1 | 3").row_header is None


def test_a_table_on_its_side_is_told() -> None:
    assert of_rows("Item | Value", "Founded | 1998", "Budget | $3m").is_key_value
    assert not of_rows("Item | Value", "North | 19", "South | 12").is_key_value


def test_changes_between_before_and_after() -> None:
    first, _, share, vehicles = table(CUTS).changes()
    assert first == Change(
        label="Diplomatic staff",
        row=0,
        columns=("Before Reduction", "After Reduction"),
        before=120,
        after=70,
        absolute=-50,
        relative=-41.67,
        unit=None,
    )
    assert (share.absolute, share.relative, share.unit) == (-3, None, "%")
    assert vehicles.relative is None


@pytest.mark.parametrize("header", ["Name | Before | Rank", "Name | 2024 (t) | 2024 ($)", "Name | One | Two"])
def test_columns_that_are_no_pair_have_no_changes(header: str) -> None:
    assert of_rows(header, "a | 1 | 2").changes() == ()


ARTICLE = """\
# Fleet

## Where the ships go

The fleet has shrunk since 2019. Table 2 shows landings by species.

Table 2. Landings by species, tonnes

| Species | Landings |
|---|---|
| Mali hake | 12 |
| French sole | 9 |

Source: European Union figures

The union asks for three things:

- More ships
- Talks with Senegal
"""


@pytest.fixture(scope="module")
def article() -> Document:
    return extract(ARTICLE)


def test_a_table_knows_what_stands_around_it(article: Document) -> None:
    context = article.context(article.tables[0])
    assert context.caption == "Table 2. Landings by species, tonnes"
    assert context.source == "Source: European Union figures"
    assert context.section == ("Fleet", "Where the ships go")
    assert context.paragraph == article.paragraphs[0].id
    assert set(context.countries) == {"country/ML", "country/FR"}


def test_a_list_knows_what_stands_around_it(article: Document) -> None:
    context = article.context(article.lists[0])
    assert context.lead_in == "The union asks for three things:"
    assert context.countries == ("country/SN",)
    assert context.caption is None


def test_a_block_of_another_document_has_no_context(article: Document) -> None:
    with pytest.raises(ValueError, match="index"):
        article.context(of_rows("A | B", "1 | 2"))


@pytest.mark.parametrize(
    ("header", "rows", "column"),
    [
        ("Town | Rain", ["Ho | 1", "Wa | 2"], 0),
        ("Code | Rain", ["A12 | 1", "B13 | 2"], 0),
        ("Year | Rain", ["1998 | 1", "1999 | 2"], 0),
        ("Date | Rain", ["7 May | 1", "8 May | 2"], 0),
        ("Quarter | Rain", ["Q1 2024 | 1", "Q2 2024 | 2"], 0),
        ("Town | Rain", ["Ho | 1", "Ho | 2"], None),  # not all different
        ("Town | Rain", ["Ho | 1", " | 2"], None),  # one has none
        ("Share | Rain", ["1% | 1", "2% | 2"], None),  # numbers name nothing
        ("Rank | Town | Rain", ["1 | Ho | 3", "2 | Wa | 4"], 1),
        ("Rank | Share | Town", ["1 | 2% | Ho", "2 | 3% | Wa"], None),  # the third column is too late
        ("Rank | Town | Rain", ["1 | Ho | 3", "2"], None),  # a row that is too short has none
        ("Town", ["Ho", "Wa"], None),  # there is nothing beside it
    ],
)
def test_which_column_names_the_rows(header: str, rows: list[str], column: int | None) -> None:
    assert of_rows(header, *rows).row_header == column


def test_a_table_without_rows_has_no_row_header_and_is_not_on_its_side() -> None:
    empty = Table(id="t", start=0, end=0, section=None, lead_in=None, columns=("a", "b"), rows=(), cells=())
    assert (empty.row_header, empty.is_key_value) == (None, False)


@pytest.mark.parametrize(
    ("header", "rows", "on_its_side"),
    [
        ("Item | Value", ["Founded | 1998", "Budget | $3m"], True),
        ("Item | Value", ["Founded | 1998"], False),  # one row tells nothing
        ("Item | Value", ["Founded | 1998", "Closed | 2004"], False),  # values of one kind
        ("Item | Value", ["Founded | 1998", "Closed | n/a"], False),  # a missing value is no kind
        ("Item | Value | Note", ["Founded | 1998 | a", "Budget | $3m | b"], False),
        ("Value | Item", ["1998 | Founded", "$3m | Founded"], False),  # nothing names the rows
        ("Rank | Value", ["1 | 5%", "2 | $3m"], False),
        ("Value | Item", ["12 | Founded", "$3m | Budget"], False),  # the second column does
    ],
)
def test_which_table_lies_on_its_side(header: str, rows: list[str], on_its_side: bool) -> None:
    assert of_rows(header, *rows).is_key_value == on_its_side


def test_markdown_is_padded_and_escaped() -> None:
    table = Table(
        id="t", start=0, end=0, section=None, lead_in=None,
        columns=("A", "Town"), rows=(("a|b\nc\rd", ""), ("1", "Ho")), cells=(),
    )  # fmt: skip
    assert table.to_markdown() == (
        "| A        | Town |\n"
        "| -------- | ---- |\n"
        "| a\\|b c d |      |\n"
        "| 1        | Ho   |\n"
    )  # fmt: skip


def test_markdown_has_three_dashes_at_least() -> None:
    assert of_rows("A | B", "1 | 2").to_markdown() == "| A   | B   |\n| --- | --- |\n| 1   | 2   |\n"


def test_records_of_every_row_with_unique_names() -> None:
    records = of_rows("A | A | ", "1 | b | yes", "2").to_records()
    assert records == [{"A": 1, "A (2)": "b", "column 3": True}, {"A": 2, "A (2)": None, "column 3": None}]


def test_a_cell_alone_is_text_without_a_value() -> None:
    cell = Cell(id="c", start=0, end=0, row=0, column=0, header="", text="x")
    assert (cell.kind, cell.value, cell.unit) == ("text", None, None)


def test_a_range_is_printed_as_an_interval() -> None:
    assert [str(Range(low=1, high=2)), str(Range(low=None, high=2)), str(Range(low="a", high=None))] == [
        "1/2",
        "../2",
        "a/..",
    ]


def test_csv_is_plain_unless_asked() -> None:
    formula = "| Team | Points |\n|---|---|\n| =A1 | 3 |\n"
    assert table(formula).to_csv() == "Team,Points\r\n=A1,3\r\n"


def test_a_table_shows_itself_in_short_and_in_a_notebook() -> None:
    found = of_rows("A | B", "1 | 2")
    assert repr(found) == "<Table 'table-1': A, B; 1 rows>"
    assert '<table border="1" class="dataframe">' in found._repr_html_()
    assert "<style" in found._repr_html_()


@pytest.fixture
def ports() -> Table:
    return of_rows("Port | Wait | Term", "Tema | 12% | 6 years", "Lomé | 9% | €57m", " | n/a | 5")


def test_a_header_gives_its_cells(ports: Table) -> None:
    assert ports.shape == (3, 3)
    assert [cell.value for cell in ports["Wait"]] == [12, 9, None]
    with pytest.raises(KeyError, match="'Waits' is none of the headers: 'Port', 'Wait', 'Term'"):
        ports["Waits"]


def test_records_keep_units_where_they_differ(ports: Table) -> None:
    records = ports.to_records()
    assert [record["Wait"] for record in records] == [12, 9, None]
    assert [record["Term"] for record in records] == [
        {"value": 6, "unit": "year"},
        {"value": 57_000_000, "unit": "EUR"},
        5,
    ]


def test_csv_goes_to_a_file(ports: Table, tmp_path: Path) -> None:
    ports.to_csv(tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().decode() == ports.to_csv()
    assert pd.read_csv(tmp_path / "a.csv").shape == (3, 3)


def test_csv_for_excel_has_a_mark(ports: Table) -> None:
    assert ports.to_csv(excel=True) == "\ufeff" + ports.to_csv()
