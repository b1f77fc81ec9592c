"""What is decided about figures, as tables of cases: ``decisions/*.txt`` state a rule, then sentences that show it.

A block has the rule, a sentence, and a line for each of its figures: its text, an arrow, its value, its unit in
brackets, its change, and after a colon what it is of. A sentence without lines has no figure. ``--update-golden``
writes what the code says now: read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from brief_extract.figures.find import Found, find_figures

CASES = Path(__file__).with_name("decisions")


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.iterdir()))
def test_figures_are_read_as_decided(name: str, pytestconfig: pytest.Config) -> None:
    path = CASES / f"{name}.txt"
    said = path.read_text("utf-8")
    if pytestconfig.getoption("update_golden"):
        path.write_text(as_read(said), "utf-8")
    assert as_read(said) == said


def as_read(cases: str) -> str:
    """The cases with the figures that the code finds."""
    return "\n".join(_line(line) for line in cases.splitlines() if not line.startswith("  ")) + "\n"


def _line(line: str) -> str:
    if line.startswith("== ") or not line:
        return line
    return "\n".join([line, *(f"  {line[it.start : it.end]} → {shown(it)}" for it in find_figures(line))])


def shown(figure: Found) -> str:
    unit = f"[{figure.unit}]" if figure.unit else ""
    concept = f": {figure.concept}" if figure.concept else ""
    return "  ".join(filter(None, [str(figure.value), unit, figure.change or "", concept]))
