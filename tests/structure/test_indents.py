"""Indents of typed text: first lines of paragraphs, whole parts, lists; and code, which stays code."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, extract


def read(text: str) -> Document:
    return extract(text, Config(entities=False))


FIRST = "The board met on Tuesday in the customs house, with all nine members"
SECOND = "Repairs will cost more than was thought, he said, because the stone"


@pytest.mark.parametrize("blank", ["", "\n"])
@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_an_indented_first_line_opens_a_paragraph(indent: str, blank: str) -> None:
    text = (
        f"HARBOUR BOARD MEETS\n{blank}{indent}{FIRST}\nPresent was the engineer of the north wall.\n"
        f"{blank}{indent}{SECOND}\nHas to come from farther away.\n"
    )
    document = read(text)
    assert [paragraph.text for paragraph in document.paragraphs] == [
        f"{FIRST} Present was the engineer of the north wall.",
        f"{SECOND} Has to come from farther away.",
    ]
    assert [heading.text for heading in document.headings] == ["HARBOUR BOARD MEETS"]


def test_an_indented_part_is_text_and_its_list_a_list() -> None:
    text = (
        "This is a note to members.\n\n    Important points:\n\n       - Bring a lamp\n       - Dogs are welcome\n\n"
        "See you on Saturday.\n"
    )
    document = read(text)
    assert [block.type for block in document.blocks] == ["paragraph", "paragraph", "list", "paragraph"]


CODE = {
    "assignments": "limit = 12\nretries = 3",
    "a call": "Then print(limit)",
    "commands": "git commit -m 'Fix'\nmake install",
    "data": "Name: value_one",
    "times and states": "10:41 MAYDAY\n10:43 no carrier",
    "columns": "Port      Tonnes\nVarna     164,200",
    "one token": "README",
    "lower case": "indented words that nobody ends",
}


@pytest.mark.parametrize("kind", CODE)
def test_what_looks_like_code_is_code(kind: str) -> None:
    code = "".join(f"    {line}\n" for line in CODE[kind].split("\n"))
    document = read(f"One came to Gao.\n\nTwo came to Gao.\n\n{code}\nThree came to Gao.\n\nFour came to Gao.\n")
    assert [block.type for block in document.blocks] == ["paragraph", "paragraph", "code", "paragraph", "paragraph"]


def test_one_indented_line_says_nothing_of_the_others() -> None:
    document = read(f"    {FIRST}\nPresent was the engineer.\n\nTwo came.\n\nThree came.\n")
    assert document.headings == ()


def test_text_inside_an_item_stays_in_it() -> None:
    document = read("Seen:\n\n- Smoke\n\n    It rose over Gao.\n\n- Dust\n\nNobody came.\n\nNobody spoke.\n")
    assert [block.type for block in document.blocks] == ["paragraph", "list", "paragraph", "paragraph"]
