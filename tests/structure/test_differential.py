"""Well-formed Markdown comes out as the stock parser reads it.

Where we differ on purpose, ``DIFFERENCES`` says so, one short text each, with both readings and the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from brief_extract import Config, extract
from brief_extract.blocks.inline import visible
from scoring import blocks_of
from strategies import Article, articles, phrases, well_formed

Shown = tuple[str, object]
STOCK = MarkdownIt("commonmark").enable("table")


def collapsed(text: str) -> str:
    return " ".join(text.split())


# --- the stock parser's reading -------------------------------------------------------------------------------


def stock(text: str) -> list[Shown]:
    """Type and content of each block as the stock parser has it, lists flattened into items with depths."""
    return [block for node in SyntaxTreeNode(STOCK.parse(text)).children for block in _blocks(node)]


def _blocks(node: SyntaxTreeNode) -> Iterator[Shown]:
    match node.type:
        case "heading" | "paragraph":
            yield node.type, collapsed(_text(node))
        case "bullet_list" | "ordered_list":
            yield "list", [*_items(node, 0)]
        case "table":
            yield (
                "table",
                [[collapsed(_text(cell)) for cell in row.children] for part in node.children for row in part.children],
            )
        case "blockquote":
            yield "quote", collapsed(_text(node))
        case "fence" | "code_block":
            yield "code", collapsed(node.content)


def _items(node: SyntaxTreeNode, depth: int) -> Iterator[tuple[str, int]]:
    for item in node.children:
        inner = [child for child in item.children if child.type in ("bullet_list", "ordered_list")]
        yield collapsed(" ".join(_text(child) for child in item.children if child not in inner)), depth
        for child in inner:
            yield from _items(child, depth + 1)


def _text(node: SyntaxTreeNode) -> str:
    """What a reader sees of a node: text without marks, line breaks as blanks, images as their descriptions."""
    match node.type:
        case "text" | "code_inline" | "fence" | "code_block":
            return node.content
        case "softbreak" | "hardbreak":
            return " "
        case "html_inline":
            return ""
    blank = "" if node.type in ("inline", "link", "em", "strong", "image") else " "
    return blank.join(map(_text, node.children))


# --- ours -----------------------------------------------------------------------------------------------------


def ours(text: str) -> list[Shown]:
    """Type and content of each of our blocks, in the same form."""
    found: list[Shown] = []
    for block in blocks_of(extract(text, Config(entities=False))):
        match block["type"]:
            case "list":
                found.append(("list", [*zip(map(collapsed, block["items"]), block["depths"], strict=True)]))
            case "table":
                found.append(("table", [[collapsed(cell) for cell in row] for row in block["rows"]]))
            case kind:
                found.append((kind, collapsed(block["text"])))
    return found


@given(articles())
def test_an_article_in_markdown_is_read_as_the_stock_parser_reads_it(article: Article) -> None:
    assert ours(article.text) == stock(article.text)


@given(well_formed())
def test_every_kind_of_block_is_read_as_the_stock_parser_reads_it(text: str) -> None:
    assert ours(text) == stock(text)


def test_rows_without_outer_pipes_follow_a_delimiter_row_without_them() -> None:
    text = "# Title\n\n| Year | Tonnes |\n:-: | ---:\n2024 | 310\n"
    assert ours(text) == stock(text)


def test_a_reference_link_is_shown_as_its_text() -> None:
    text = (
        "# Title\n\nThe [full report][1], its [Summary] and [a chart][] are out.\n\n"
        "[1]: https://example.org/report\n[summary]: /s 'In short'\n[a Chart]: <chart 1.png>\n"
    )
    assert (
        ours(text)
        == stock(text)
        == [
            ("heading", "Title"),
            ("paragraph", "The full report, its Summary and a chart are out."),
        ]
    )


@given(phrases())
def test_inline_markup_is_read_as_the_stock_parser_reads_it(text: str) -> None:
    inline = SyntaxTreeNode(STOCK.parseInline(text))
    assert collapsed(visible(text, [(0, len(text))])) == collapsed(_text(inline))


HEAD = "# Title\n\n"
DIFFERENCES = {
    # A table is data wherever it stands, so it is a block of its own, also in an item or a quote.
    "table in a quote": (
        "> Look:\n>\n> | a | b |\n> |---|---|\n> | 1 | 2 |\n",
        [("quote", "Look:"), ("table", [["a", "b"], ["1", "2"]])],
    ),
    # Prose under a table is prose; the stock parser takes every line up to a blank one for a row.
    "prose right under a table": (
        "| a | b |\n|---|---|\n| 1 | 2 |\nThe end came.\n",
        [("table", [["a", "b"], ["1", "2"]]), ("paragraph", "The end came.")],
    ),
    # A surplus cell is text too; the stock parser drops it.
    "surplus cell": (
        "| a | b |\n|---|---|\n| 1 | 2 | 3 |\n",
        [("table", [["a", "b", ""], ["1", "2", "3"]])],
    ),
    # Signs that word processors make of bullets are bullets.
    "round bullets": ("Seen:\n\n• smoke\n• dust\n", [("paragraph", "Seen:"), ("list", [("smoke", 0), ("dust", 0)])]),
    # Struck text, GitHub's extension, is shown without its marks.
    "struck text": ("It is ~~gone~~ here.\n", [("paragraph", "It is gone here.")]),
    # A tag of layout bounds blocks; the stock parser shows nothing of what is inside, for it passes HTML on.
    "tags of layout": ("<div>\nraw\n</div>\n", [("paragraph", "raw")]),
    # What is no name of an HTML element is text.
    "unknown tags": ("It was sold to <Sedio N.V.> here.\n", [("paragraph", "It was sold to <Sedio N.V.> here.")]),
    # A line break as a tag is a blank to the reader, not nothing.
    "break tags": ("one<br>two\n", [("paragraph", "one two")]),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_a_difference_is_deliberate(name: str) -> None:
    text, expected = DIFFERENCES[name]
    text = HEAD + text
    assert ours(text)[1:] == expected
    assert stock(text)[1:] != expected, "no difference any more: take it off the list"


_MARKS = [" ", "a", "Word word.", "*", "**", "_", "`", "[", "]", "(", ")", "<", ">", "!", "\\"]


@given(st.lists(st.sampled_from(_MARKS), max_size=20).map("".join))
def test_inline_marks_in_any_order_make_no_blocks(marks: str) -> None:
    text = HEAD + f"The port reopened {marks} at noon.\n\nAnother {marks} was closed.\n"
    assert [kind for kind, _ in ours(text)] == [kind for kind, _ in stock(text)]
