"""Rules, and underlines that make a title of the line above."""

from __future__ import annotations

import pytest

from brief_extract import Config, Document, extract


def read(text: str) -> Document:
    return extract(text, Config(entities=False))


def kinds(text: str) -> list[str]:
    return [block.type for block in read(text).blocks]


@pytest.mark.parametrize("glue", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "rule",
    [
        "---",
        "===",
        "-----",
        "* * *",
        "___",
        "\u2e3b",
        "\u2014\u2014\u2014",
        "\u2500\u2500\u2500\u2500",
        "~ ~ ~",
        "\u2022 \u2022 \u2022",
    ],
)
def test_a_rule_under_a_sentence_is_a_rule(rule: str, glue: str) -> None:
    text = f"Both sides said that the tone had improved.{glue}{rule}{glue}A second round is due within ten days.\n"
    assert kinds(text) == ["paragraph", "markup", "paragraph"]


@pytest.mark.parametrize("rule", ["---", "===", "-----"])
def test_a_rule_under_a_title_makes_it_a_heading(rule: str) -> None:
    text = f"What Happens Next?\n{rule}\nA second round is due within ten days.\n"
    assert kinds(text) == ["heading", "paragraph"]
    assert read(text).headings[0].origin == "marked"


@pytest.mark.parametrize("line", ["Photo: Jo Example", "(2 rows)", "By Ana Ruiz", "The tone had improved.[2]"])
def test_a_rule_under_what_titles_nothing_is_a_rule(line: str) -> None:
    text = f"Talks resumed in Muscat on Sunday.\n{line}\n---\nA second round is due within ten days.\n"
    assert read(text).headings == ()


def test_a_centred_rule_is_a_rule() -> None:
    text = "Both sides said that the tone had improved.\n\n            * * *\n\nA second round is due in May.\n"
    assert kinds(text) == ["paragraph", "markup", "paragraph"]


def test_tildes_that_nothing_closes_are_a_rule_and_hide_no_text() -> None:
    text = "The mayor resigned on Friday.\n~~~~~~~~~~\nHis deputy takes over.\n"
    assert kinds(text) == ["paragraph", "markup", "paragraph"]
    assert kinds("The mayor resigned.\n~~~~\nlimit = 1\n~~~~\nHe left.\n") == ["paragraph", "code", "paragraph"]
