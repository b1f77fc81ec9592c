"""The tables of words behind figures hold nothing twice and nothing that no rule reads."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import brief_extract.figures
from brief_extract.figures import vocabulary

PACKAGE = Path(brief_extract.figures.__file__).parent
ROWS = [line.split("\t") for line in (PACKAGE / "data" / "words.tsv").read_text("utf-8").splitlines()[1:]]


def test_every_sort_stands_once_and_is_read_somewhere() -> None:
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py"))
    read = set(re.findall(r'"(\w+)"', source))
    assert [name for name, count in Counter(name for name, _ in ROWS).items() if count > 1] == []
    assert [name for name, _ in ROWS if name not in read] == []


def test_no_sort_has_a_word_twice() -> None:
    twice = {
        name: [word for word, count in Counter(forms.split()).items() if count > 1 and word != "-"]
        for name, forms in ROWS
    }
    assert {name: words for name, words in twice.items() if words} == {}


def test_units_and_currencies_are_told_apart() -> None:
    both = vocabulary.units().keys() & vocabulary.currency_names().keys()
    assert not both
