"""Tables whose columns are aligned with blanks, and texts with gaps that are none."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, Table, extract

BEFORE = "Container traffic rose for a third year, the harbour authority said on Monday."
AFTER = "The authority expects growth to slow next year as carriers move their ships."


def read(table: str, blank: str = "") -> Document:
    return extract(f"{BEFORE}\n{blank}{table.strip(chr(10))}\n{blank}{AFTER}\n", Config(entities=False))


def only_table(document: Document) -> Table:
    (table,) = document.tables
    assert [paragraph.text for paragraph in document.paragraphs] == [BEFORE, AFTER]
    assert document.headings == ()
    return table


PORTS = """
Port            2023        2024     Change
Varna         164,200     171,950      4.7%
New Burgas     98,310     101,005      2.7%
Odesa          51,000      88,700     73.9%
"""
RECORDS = (
    ("Varna", "164,200", "171,950", "4.7%"),
    ("New Burgas", "98,310", "101,005", "2.7%"),
    ("Odesa", "51,000", "88,700", "73.9%"),
)


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize("indent", ["", "    "])
def test_columns_of_figures_make_a_table(indent: str, blank: str) -> None:
    table = only_table(read("\n".join(indent + line for line in PORTS.strip().split("\n")), blank))
    assert (table.columns, table.rows) == (("Port", "2023", "2024", "Change"), RECORDS)
    assert (table.origin, table.confidence) == ("aligned", 0.85)


FORMS = {
    "rules under each column": (
        "Port            2023        2024\n-----------  -------     -------\nVarna        164,200     171,950\n"
        "New Burgas    98,310     101,005",
        ("Port", "2023", "2024"),
    ),
    "rules above and below": (
        "================================\nPort            2023        2024\n--------------------------------\n"
        "Varna        164,200     171,950\n--------------------------------\nTotal        262,510     272,955\n"
        "================================",
        ("Port", "2023", "2024"),
    ),
    "blank lines between rows": (
        "Port            2023        2024\n\nVarna        164,200     171,950\n\nNew Burgas    98,310     101,005",
        ("Port", "2023", "2024"),
    ),
    "a header of two rows": (
        "                May       April\nPort          m/m %       m/m %\n-------------------------------\n"
        "Varna          -0.4         0.2\nNew Burgas      1.3         0.8",
        ("Port", "May / m/m %", "April / m/m %"),
    ),
    "leader dots and signs": (
        "                       2024       2023\nRevenue............   $  1,204   $  1,310\n"
        "Costs..............      (811)      (902)\n"
        "Profit.............   $    393   $    408",
        ("", "2024", "2023"),
    ),
    "words alone": (
        "Product  Maker        Town\nBread    Old Mill     Gao\nMilk     Three Cows   Arden\nHoney    B. & Sons    Zug",
        ("Product", "Maker", "Town"),
    ),
    "an empty cell": (
        "Port            2023        2024\nVarna        164,200     171,950\nGao                      101,005\n"
        "Odesa         51,000      88,700",
        ("Port", "2023", "2024"),
    ),
    "no header": (
        "NYC1       1/1/2013      Open\nBoston1    2/2/2013      Closed for repair\nBoston2    3/1/2013      Open",
        ("", "", ""),
    ),
    "one blank between figures": (
        "Team P W D L Pts\nArden 12 9 2 1 29\nCorby Town 12 7 3 2 24\nDunmore 12 6 2 4 20",
        ("Team", "P", "W", "D", "L", "Pts"),
    ),
    "commas": (
        "District,Votes,Share\nNorth,12410,51.2%\nSouth,11830,48.8%\nEast,9020,40.1%",
        ("District", "Votes", "Share"),
    ),
    "semicolons": ("District;Votes;Share\nNorth;12410;51.2%\nSouth;11830;48.8%", ("District", "Votes", "Share")),
    "dashes": ("Arden - 1,204\nBellmore - 812\nCorby Town - 640", ("", "")),
    "a wiki's": (
        '{| class="wikitable"\n! District !! Share\n|-\n| North || align="right" | 51.2%\n|-\n| South\n| 48.8%\n|}',
        ("District", "Share"),
    ),
    "LaTeX": (
        "\\begin{tabular}{lr}\n\\hline\nDistrict & Share \\\\\n\\hline\nNorth & 51.2\\% \\\\\n"
        "South & 48.8\\% \\\\\n\\end{tabular}",
        ("District", "Share"),
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_table_is_read(form: str) -> None:
    source, columns = FORMS[form]
    table = only_table(read(source))
    assert table.columns == columns
    assert all(len(row) == len(columns) for row in table.rows)
    assert table.rows[0][0] in ("Varna", "Revenue", "Bread", "NYC1", "Arden", "North")


def test_signs_and_figures_are_one_cell_and_leader_dots_none() -> None:
    table = only_table(read(FORMS["leader dots and signs"][0]))
    assert table.rows[0] == ("Revenue", "$ 1,204", "$ 1,310")
    assert table.rows[1] == ("Costs", "(811)", "(902)")


CONTROLS = {
    "justified text": (
        "The  harbour  board  said  on  Monday that trade through the\n"
        "port  rose  by  an  eighth in the year to May, helped by the\n"
        "new rail link to the grain fields of the north, and that two\n"
        "cranes  would  be  bought  in  Korea  before the winter came."
    ),
    "two blanks after a full stop": (
        "The board met.  Nine members came.  The chair spoke.\nThe vote was held.  Six were for it.  Three were not.\n"
        "The report is out.  It has ten pages.  It is free."
    ),
    "verse": (
        "Here stood the mill    that fed the town\nHere ran the race      now dry and brown\n"
        "Here slept the men     in cap and gown"
    ),
    "signatures": (
        "For the owners          For the crew\n(signed)                (signed)\nGao, 3 May              Gao, 3 May"
    ),
    "a telegram": "NO  TRAINS  TODAY  STOP\nSEND  BREAD  STOP\nALL  SAFE  STOP",
    "labels": "Rating:                 EF2\nEstimated peak wind:    115 mph\nPath length:            9.2 miles",
    "two rows": "Varna         164,200     171,950\nOdesa          51,000      88,700",
    "sentences with commas": "First,second,third.\nNobody,nothing,nowhere.\nHere,there,everywhere.",
    "lists in sentences": "Bread, milk, honey\nSalt, oil, rice\nTea, coffee, sugar",
    "dashes without figures": "Arden - the north\nBellmore - the coast\nCorby - the hills",
}


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize("kind", CONTROLS)
def test_other_texts_with_gaps_and_commas_are_no_tables(kind: str, blank: str) -> None:
    assert read(CONTROLS[kind], blank).tables == ()


def test_code_is_no_table() -> None:
    assert extract("Run it:\n\n```\nlimit   12   a\nsize    14   b\ncount   15   c\n```\n").tables == ()
