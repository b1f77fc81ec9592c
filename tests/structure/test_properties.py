"""What holds for any text: it comes out whole, in order, in its place, and the same twice."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from hypothesis import example, given

from brief_extract import Config, Document, List, Table, extract
from brief_extract.blocks.inline import visible, visible_with_offsets
from brief_extract.model import Element
from strategies import ANY_TEXT, MARKUP, TEXTS

STRUCTURE = Config(entities=False)


def read(text: str) -> Document:
    return extract(text, STRUCTURE)


def is_seen(letter: str) -> bool:
    """Would a reader see ink? Zero-width, control and format characters have none."""
    return letter.isprintable() and not letter.isspace()


def ink(text: str) -> list[str]:
    return [letter for letter in text if is_seen(letter)]


def in_order(elements: Sequence[Element]) -> bool:
    """One after the other, without overlap?"""
    return all(one.end <= other.start for one, other in pairwise(elements))


def inside(inner: Element, outer: Element) -> bool:
    return outer.start <= inner.start <= inner.end <= outer.end


def is_subsequence(part: Iterable[str], whole: Iterable[str]) -> bool:
    """Do the letters of ``part`` stand in ``whole``, in this order?"""
    rest = iter(whole)
    return all(letter in rest for letter in part)


def texts_of(document: Document) -> Iterator[tuple[Element, str]]:
    """Every element with the text it gives for reading."""
    for block in document.blocks:
        if isinstance(block, List):
            yield from ((item, item.text) for item in block.items)
        elif isinstance(block, Table):
            yield from ((cell, cell.text) for cell in block.cells)
            yield block, "".join(block.columns)
        elif hasattr(block, "text"):
            yield block, block.text


@given(TEXTS)
def test_blocks_are_ordered_and_disjoint(text: str) -> None:
    document = read(text)
    assert in_order(document.blocks)
    assert all(0 <= block.start < block.end <= len(document.text) for block in document.blocks)


@given(TEXTS)
@example("> ")
@example("[a]: /b\n'title'")
def test_every_character_with_ink_is_in_a_block(text: str) -> None:
    document = read(text)
    left, position = "", 0
    for block in document.blocks:
        left += document.text[position : block.start]
        position = block.end
    left += document.text[position:]
    assert not ink(left), f"not in any block: {left!r}"


@given(TEXTS)
def test_items_stand_in_their_list_and_their_parent(text: str) -> None:
    for block in read(text).lists:
        items = {item.id: item for item in block.items}
        assert len(items) == len(block.items)
        starts = [item.start for item in block.items]
        assert starts == sorted(set(starts))
        for item in block.items:
            assert inside(item, block)
            parent = items.get(item.parent or "")
            assert (parent is None) == (item.depth == 0)
            if parent:
                assert inside(item, parent)
                assert parent.depth == item.depth - 1
        siblings = [item for item in block.items if item.depth == 0]
        assert in_order(siblings)


@given(TEXTS)
def test_cells_stand_in_their_table(text: str) -> None:
    for table in read(text).tables:
        assert in_order(table.cells)
        assert all(inside(cell, table) for cell in table.cells)
        assert all(len(row) == len(table.columns) for row in table.rows)
        places = [(cell.row, cell.column) for cell in table.cells]
        assert places == sorted(set(places))
        for cell in table.cells:
            assert table.rows[cell.row][cell.column] == cell.text
            assert table.columns[cell.column] == cell.header


@given(TEXTS)
def test_sections_nest(text: str) -> None:
    document = read(text)
    headings = {heading.id: heading for heading in document.headings}
    assert [section.heading for section in document.sections] == list(headings)
    for one, other in pairwise(document.sections):
        assert other.start >= one.end or (inside(other, one) and other.level > one.level)
    sections = {section.id: section for section in document.sections}
    for block in document.blocks:
        if block.section is not None:
            assert inside(block, sections[block.section])


@given(TEXTS)
def test_the_place_of_an_element_proves_its_text(text: str) -> None:
    document = read(text)
    for element, shown in texts_of(document):
        source = document.text[element.start : element.end]
        proof = source if "&" not in source else source + html.unescape(source)
        if "&" in source:
            assert set(ink(shown)) <= set(proof) | set(html.unescape(source)), element
        else:
            assert is_subsequence(ink(shown), source), element


@given(TEXTS)
def test_lead_ins_stand_before_their_block(text: str) -> None:
    document = read(text)
    blocks: list[List | Table] = [*document.lists, *document.tables]
    for block in blocks:
        if block.lead_in:
            assert block.lead_in.start < block.lead_in.end <= block.start
            assert is_subsequence(ink(html.unescape(block.lead_in.text)), html.unescape(text[block.lead_in.start :]))


@given(TEXTS)
def test_issues_name_places_in_the_text(text: str) -> None:
    document = read(text)
    assert all(0 <= issue.start <= issue.end <= len(document.text) for issue in document.issues)
    assert all(0.0 <= issue.confidence <= 1.0 for issue in document.issues)


@given(TEXTS)
def test_a_document_reads_back_as_it_was_written(text: str) -> None:
    document = read(text)
    assert Document.from_dict(document.to_dict()) == document
    assert Document.from_json(document.to_json()) == document
    assert read(text).to_json() == document.to_json()


@given(MARKUP | ANY_TEXT)
@example("`` ` ``")
@example("a &amp; b")
def test_visible_text_is_the_same_with_offsets(text: str) -> None:
    shown, offsets = visible_with_offsets(text, [(0, len(text))])
    assert visible(text, [(0, len(text))]) == shown
    assert len(offsets) == len(shown)
    assert all(0 <= offset < len(text) for offset in offsets)
    assert offsets == sorted(offsets)
    for letter, offset in zip(shown, offsets, strict=True):
        source = text[offset]
        assert letter == source or (letter == " " and not is_seen(source)) or source in "&<", (letter, source)


@given(TEXTS, TEXTS)
def test_offsets_go_on_over_several_spans(one: str, other: str) -> None:
    text = one + "|" + other
    spans = [(0, len(one)), (len(one) + 1, len(text))]
    shown, offsets = visible_with_offsets(text, spans)
    assert visible(text, spans) == shown
    assert offsets == sorted(offsets)
