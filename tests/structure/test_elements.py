"""HTML elements in plain text: what each tag stands for, and that no word between tags is lost."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract import Config, Document, List, Table, extract
from brief_extract.blocks.elements import read_elements
from strategies import TAGS


def read(text: str) -> Document:
    return extract(text, Config(entities=False))


def shown(document: Document) -> list[str]:
    """What a reader sees, block by block; of markup its source."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, List):
            found += [item.text for item in block.items]
        elif isinstance(block, Table):
            found += [*block.columns, *(cell for row in block.rows for cell in row)]
        else:
            found.append(getattr(block, "text", document.text[block.start : block.end]))
    return found


LIKENESS = {
    "<p>One.</p>\n<p>Two.</p>": ["   ", "One.", "    ", "   ", "Two.", "    "],
    "<ul><li>One<li class='b'>Two</ul>": ["    ", "  - One", "            - Two", "     "],
    "<ol>\n<li>One</li>\n<li>Two</li>\n</ol>": ["    ", " 1. One     ", " 2. Two     ", "     "],
    "<h2>One</h2>\nTwo": ["##  One", "     ", "Two"],
    "One.<br>\nTwo.<br/>Three.": ["One.    ", "Two.     ", "Three."],
    "<tr><td>One</td></tr>": ["    ", "    ", "One", "     ", "     "],
    "see `<p>` and \\<p> here </p>": ["see `<p>` and \\<p> here ", "    "],
    "the <table> tag came late": ["the <table> tag came late"],
    "| a <p> | b |\n> <p>c</p>": ["| a <p> | b |", "> <p>c</p>"],
    "```\n<p>a</p>\n```\n<p>b</p>": ["```", "<p>a</p>", "```", "   ", "b", "    "],
}
"""Text -> the lines that are read of it."""


@pytest.mark.parametrize("text", LIKENESS)
def test_a_tag_stands_as_what_it_means(text: str) -> None:
    elements = read_elements(text)
    ends = {match.end() for match in re.finditer("\n", text)} - elements.joins
    edges = sorted({0, *elements.cuts, *ends, len(text)})
    lines = [elements.view[a:b].strip("\n") for a, b in pairwise(edges)]
    assert lines == LIKENESS[text]


@pytest.mark.parametrize("between", ["", "\n", "\n  ", "</td>\n  ", "</td>"])
def test_a_row_is_a_row_on_however_many_lines_its_source_stands(between: str) -> None:
    rows = [
        f"<tr>{between.strip('</td>')}<td>{a}{between}<td>{b}</td></tr>" for a, b in [("Port", "t"), ("Var|na", "12")]
    ]
    document = read(f"Seen:\n<table>{rows[0]}\n{rows[1]}</table>\nThe end.")
    (table,) = document.tables
    assert (table.columns, table.rows) == (("Port", "t"), (("Var|na", "12"),))
    assert [paragraph.text for paragraph in document.paragraphs] == ["Seen:", "The end."]


def test_a_table_of_one_cell_lays_out_a_page() -> None:
    document = read("<table><tr><td>\n<p>It rained.</p><p>It stopped.</p></td></tr></table>")
    assert [paragraph.text for paragraph in document.paragraphs] == ["It rained.", "It stopped."]


def test_a_caption_stands_above_its_table() -> None:
    row = "<tr><td>a<td>b</tr>"
    document = read(f"<table><caption>Ports</caption>{row}{row}{row}</table>")
    assert "html-elements" in {issue.code for issue in document.issues}
    assert shown(document)[1:] == ["Ports", "</caption><tr>", *"ababab", "</table>"]


def test_lists_nest_as_their_elements_do_whatever_the_indent() -> None:
    document = read("<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>")
    (found,) = document.lists
    assert [(item.text, item.depth) for item in found.items] == [("a", 0), ("b", 1), ("c", 1), ("d", 0)]
    assert [document.text[item.start :].startswith(item.marker) for item in found.items] == [True] * 4
    assert found.items[0].marker == "<li>"


def test_tags_between_blocks_are_one_block_of_markup() -> None:
    document = read("<div><p>One came.</p>\n</div>\n<div>\n<p>Two came.</p></div>\n")
    markup = [document.text[block.start : block.end] for block in document.blocks if block.type == "markup"]
    assert markup == ["<div><p>", "</p>\n</div>\n<div>\n<p>", "</p></div>"]


def test_indents_of_a_page_are_no_code() -> None:
    document = read("<div>\n        <p>\n            One came.\n        </p>\n</div>")
    assert [paragraph.text for paragraph in document.paragraphs] == ["One came."]


@pytest.mark.parametrize("text", ["sold to <Sedio N.V.> of Lugano", "a <b2> and </rant>", "x <y and z> w", "<3 it"])
def test_what_is_no_element_is_text(text: str) -> None:
    assert shown(read(f"It was {text} today.")) == [f"It was {text} today."]


@pytest.mark.parametrize("open", ["<!--", "<script>", "<style>", "<?php", "<![CDATA["])
def test_what_opens_and_never_closes_hides_nothing(open: str) -> None:
    text = f"It rained in Gao.\n\n{open}\nIt snowed in Oslo.\n\nIt hailed in Rome.\n"
    assert all(word in " ".join(shown(read(text))) for word in ("Gao", "Oslo", "Rome"))


def test_scripts_and_comments_are_markup() -> None:
    text = "It rained.\n\n<script>\nlet a = 1;\n</script>\n\n<!-- a note -->\n\nIt snowed.\n"
    document = read(text)
    assert [block.type for block in document.blocks] == ["paragraph", "markup", "markup", "paragraph"]


PIECES = [*TAGS, "\n", "\n", " ", "Port", "Varna.", "12", "Gao lies on the Niger.\n", "- ", "| "]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_word_between_tags_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    words = re.findall(r"Port|Varna|12|Gao|Niger", text)
    assert re.findall(r"Port|Varna|12|Gao|Niger", " ".join(shown(read(text)))) == words
