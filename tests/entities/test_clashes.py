"""What ``names check`` tells of lists: each clash with its row, what counts, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from brief_extract.cli import app
from brief_extract.cli.messages import CANNOT_GO_ON, DONE, SET_ASIDE
from brief_extract.entities.clashes import check
from brief_extract.entities.lexicon import load
from brief_extract.entities.name_lists import NameList

HEADER = "name,label,id,aliases,case,drop"


def clashes(*rows: str) -> list[str]:
    return check([NameList("desk.csv", "\n".join([HEADER, *rows]).encode(), "")], load()).clashes


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["Mali,ORG,org/mali-foods"], "row 2: 'Mali' is country/ML (GPE) in the built-in names, and org/mali-foods"),
        (["Zorb,ORG,,Mali"], "row 2: 'Mali' is country/ML (GPE) in the built-in names, and org/zorb from now on; "),
        (["Georgia,GPE,gpe/g"], "'Georgia' is country/GE or gpe/georgia-us (GPE) in the built-in names"),
        (["Zorb,ORG,a", "ZORB,ORG,b"], "row 3: 'ZORB' is b here, and a in desk.csv, row 2; the later row counts; fix"),
        (["Zorb,ORG,a", "Quux,ORG,b,Zorb"], "row 3: 'Zorb' is b here, and a in desk.csv, row 2"),
        (["Zorb,ORG,a", "Zorb,,,,,yes"], "row 3: 'Zorb' is dropped here, and a in desk.csv, row 2"),
        (["Zorb,ORG", "Zorb,ORG"], "row 3: 'Zorb' stands in desk.csv, row 2 already; fix: remove one of them"),
        (["Zorb,ORG,a,,exact", "Zorb,ORG,b"], "row 3: 'Zorb' is b here, and a in desk.csv, row 2"),
        (["Zorb,ORG,a", "Quux,PERSON,a"], "row 3: a is labelled PERSON, but ORG in desk.csv, row 2; fix: give"),
    ],
)  # fmt: skip
def test_clashes(rows: list[str], told: str) -> None:
    (clash,) = clashes(*rows)
    assert clash.startswith("desk.csv, row ")
    assert told in clash


@pytest.mark.parametrize(
    "rows",
    [
        ["Zorb,ORG,a,ZORB;Zorbco", "Quux,ORG,a"],  # one entity may have several rows
        ["Mali,GPE"],  # adds to the built-in name
        ["Malibu Zorb,ORG,x,,", "Republic of Zorb,GPE,country/ML"],
        ["Mali,GPE,country/ML"],
        ["Georgia,GPE,country/GE"],
        ["Mali,,,,,yes"],
        ["Guinea pig,PRODUCT"],
        ["Zorb,ORG,a,,exact", "ZORB,ORG,b,,exact"],
    ],
)
def test_what_is_no_clash(rows: list[str]) -> None:
    assert clashes(*rows) == []


def test_the_command_has_an_exit_code_for_each_outcome(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(f"{HEADER}\nZorb,ORG\nQuux,ORG\n")
    bad.write_text(f"{HEADER}\nZorb,ORG,z\n")
    runs = [
        CliRunner().invoke(app, ["names", "check", *map(str, paths)])
        for paths in ([good], [good, bad], [tmp_path / "gone.csv"])
    ]
    assert [it.exit_code for it in runs] == [DONE, SET_ASIDE, CANNOT_GO_ON]
    assert runs[0].stdout == "2 rows, 0 clashes\n"
    assert runs[1].stdout.splitlines() == [
        f"{bad}, row 2: 'Zorb' is z here, and org/zorb in {good}, row 2; the later row counts; "
        "fix: remove one, or make it longer",
        "3 rows, 1 clash",
    ]
    assert runs[2].stderr.startswith(f"error: {tmp_path}/gone.csv: no such file")
