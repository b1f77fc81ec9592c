"""Documents as Markdown: a CommonMark parser reads back the blocks that were written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from brief_extract import Document, extract
from brief_extract.model import Block, Code, Generator, Heading, List, ListItem, Origin, Paragraph, Quote

PARSER = MarkdownIt("commonmark").enable("table")
WORDS = st.lists(
    st.sampled_from(
        "Mali * ** _ a_b # ## - + 1. 12) > <b> < &amp; & ` `` [ ] (x) | = === --- ~~ ~~~ \\ ! http://a.b 5 : C#".split()
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


def document(*blocks: Block) -> Document:
    return Document(
        generator=Generator(name="brief-extract", version="0", model=None),
        id="a",
        source=Origin(name=None, sha256="", encoding="utf-8", chars=0),
        text="",
        title=None,
        sections=(),
        blocks=blocks,
    )


def paragraph(text: str, number: int = 1) -> Paragraph:
    return Paragraph(id=f"paragraph-{number}", start=0, end=0, section=None, text=text)


def heading(text: str, level: int) -> Heading:
    return Heading(id="heading-1", start=0, end=0, section=None, text=text, level=level)


def listed(*items: tuple[str, int], ordered: bool = False) -> List:
    made = tuple(
        ListItem(id=f"list-1.item-{n}", start=0, end=0, text=text, marker="-", depth=depth)
        for n, (text, depth) in enumerate(items, 1)
    )
    return List(id="list-1", start=0, end=0, section=None, ordered=ordered, lead_in=None, items=made)


def read_back(doc: Document) -> list[tuple[str, str]]:
    """The blocks by the tag that opens them, with the text of each that has one."""
    tokens = PARSER.parse(doc.to_markdown())
    return [(before.tag or before.type, _text(token)) for before, token in pairwise(tokens) if token.type == "inline"]


def _text(inline: Token) -> str:
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content for child in inline.children or []
    )


@settings(deadline=None)
@given(WORDS, st.integers(1, 8))
def test_a_heading_is_read_back(text: str, level: int) -> None:
    assert read_back(document(heading(text, level))) == [(f"h{min(level, 6)}", text)]


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3).map("\n".join))
def test_a_paragraph_is_read_back(text: str) -> None:
    assert read_back(document(paragraph(text))) == [("p", text)]


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), st.booleans())
def test_items_are_read_back(texts: list[str], ordered: bool) -> None:
    assert read_back(document(listed(*((text, 0) for text in texts), ordered=ordered))) == [
        ("p", text) for text in texts
    ]


def test_nested_items_are_nested_again() -> None:
    doc = document(listed(("a", 0), ("b", 1), ("c", 2), ("d", 0)), listed(("e", 0), ("f", 1), ordered=True))
    assert doc.to_markdown() == "- a\n  - b\n    - c\n- d\n\n1) e\n   1) f\n"


def test_two_lists_in_a_row_stay_two() -> None:
    doc = document(listed(("a", 0)), listed(("b", 0)), listed(("c", 0)))
    tokens = [token.type for token in PARSER.parse(doc.to_markdown())]
    assert tokens.count("bullet_list_open") == 3


def test_quotes_and_code_are_read_back() -> None:
    code = Code(id="code-1", start=0, end=0, section=None, text="a ```` b\n# c")
    quote = Quote(id="quote-1", start=0, end=0, section=None, text="one\n- two")
    tokens = PARSER.parse(document(quote, code, paragraph("end")).to_markdown())
    assert [token.type for token in tokens][:4] == ["blockquote_open", "paragraph_open", "inline", "paragraph_close"]
    assert next(token for token in tokens if token.type == "fence").content == "a ```` b\n# c\n"


def test_a_fence_is_longer_than_those_in_the_code() -> None:
    code = Code(id="code-1", start=0, end=0, section=None, text="```\n# c\n```")
    tokens = PARSER.parse(document(code).to_markdown())
    assert [(token.type, token.content) for token in tokens] == [("fence", "```\n# c\n```\n")]


def test_a_document_of_nothing_is_empty() -> None:
    assert document().to_markdown() == ""


@pytest.mark.parametrize("text", ["5 > 3 & 4 < 5", "AT&T, snake_case and C#", "A 2-1 win (1-0 at half-time)."])
def test_ordinary_signs_stay_as_they_are(text: str) -> None:
    assert document(paragraph(text)).to_markdown() == text + "\n"


def test_our_own_reader_finds_the_same_again() -> None:
    text = """Ports reopen
Cranes moved.
Asked for:
- pilots
- fuel
| Port | Ships |
| Tema | 12 |
| Lome | 9 |
No comment came."""
    doc = extract(text, entities=False)
    again = extract(doc.to_markdown(), entities=False)
    assert [(block.type, getattr(block, "text", "")) for block in again] == [
        (block.type, getattr(block, "text", "")) for block in doc
    ]
    assert again.tables[0].rows == doc.tables[0].rows
