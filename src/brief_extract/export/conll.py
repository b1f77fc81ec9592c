"""Training data for taggers: a token a line with its label (CoNLL-2003, BIO), a blank line between two elements."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from brief_extract.model import Code, Document, Element, List, Markup, Mention, Table

_TOKEN = re.compile(r"\w+(?:[.'’-]\w+)*|[^\w\s]")


def write_conll(documents: Iterable[Document]) -> Iterator[bytes]:
    """Each document, its elements in order: headings, paragraphs, quotes, items and cells."""
    for document in documents:
        parts = ["-DOCSTART- -X- O O\n"]
        starts = [mention.start for mention in document.mentions]
        for element in _elements(document):
            named = document.mentions[bisect_left(starts, element.start) : bisect_left(starts, element.end)]
            lines = [f"{token} _ _ {label}\n" for token, label in _tagged(document.text, element, named)]
            if lines:
                parts += ["\n", *lines]
        yield "".join([*parts, "\n"]).encode()


def _elements(document: Document) -> Iterator[Element]:
    for block in document.blocks:
        if isinstance(block, List):
            yield from block.items
        elif isinstance(block, Table):
            yield from block.cells
        elif not isinstance(block, Code | Markup):
            yield block


def _tagged(text: str, element: Element, mentions: Iterable[Mention]) -> Iterator[tuple[str, str]]:
    """The tokens of an element and their labels. A name begins and ends a token, also within a word."""
    place = element.start
    for mention in _apart(mentions, element):
        yield from ((token, "O") for token in _tokens(text, place, mention.start))
        for number, token in enumerate(_tokens(text, mention.start, mention.end)):
            yield token, f"{'I' if number else 'B'}-{mention.label}"
        place = mention.end
    yield from ((token, "O") for token in _tokens(text, place, element.end))


def _apart(mentions: Iterable[Mention], element: Element) -> Iterator[Mention]:
    """The mentions in an element, without those that lie in another one."""
    end = element.start
    for mention in mentions:
        if end <= mention.start and mention.end <= element.end:
            yield mention
            end = mention.end


def _tokens(text: str, start: int, end: int) -> list[str]:
    return [match[0] for match in _TOKEN.finditer(text, start, end)]
