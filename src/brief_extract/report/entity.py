"""The passages of an entity -> its pages: each passage that names it, by article, and what it is named with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from brief_extract.report.links import entity_page, quoted
from brief_extract.report.marks import attribute
from brief_extract.report.passages import ROOT, Kind, Passage

PASSAGES = 200
"""Passages of one page. France, in 5,000 articles, has thousands: they are split over several pages."""

TOGETHER = 20
"""How many others a page tells."""


class Cooccurrence(NamedTuple):
    """Another entity, and how many sentences, lists and tables name both."""

    id: str
    sentences: int
    lists: int
    tables: int


def entity_pages(id: str, passages: Sequence[Passage]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pages of an entity, and the values that their template takes."""
    company = _cooccurrences(id, passages)
    articles = len({passage.article for passage in passages})
    pages = -(-len(passages) // PASSAGES)
    for number in range(1, pages + 1):
        shown = passages[(number - 1) * PASSAGES : number * PASSAGES]
        yield (
            entity_page(id, number),
            {
                "id": id,
                "articles": articles,
                "passages": len(passages),
                "company": company,
                "by_article": Markup("".join(_by_article(shown))),
                "number": number,
                "pages": [entity_page(id, other) for other in range(1, pages + 1)],
            },
        )


def _by_article(passages: Sequence[Passage]) -> Iterator[str]:
    """The title of each article, which leads there, and its passages."""
    for page, group in groupby(passages, key=lambda passage: passage.article):
        inside = list(group)
        items = "".join(passage.html for passage in inside)
        yield (
            f'<article class="passages">\n<h3><a href="{ROOT}{quoted(page)}">{attribute(inside[0].title)}</a></h3>\n'
            f"<ul>\n{items}</ul>\n</article>\n"
        )


def together(id: str, passages: Iterable[Passage]) -> dict[Kind, Counter[str]]:
    """How many sentences, lists and tables an entity shares with each other one."""
    counts: dict[Kind, Counter[str]] = {"sentence": Counter(), "list": Counter(), "table": Counter()}
    last = None
    for passage in passages:
        block = (passage.article, passage.block)
        if passage.kind == "sentence" or block != last:  # the items of a list share it once
            counts[passage.kind].update(passage.together)
        last = block
    for count in counts.values():
        del count[id]
    return counts


def _cooccurrences(id: str, passages: Sequence[Passage]) -> list[Cooccurrence]:
    counts = together(id, passages)
    total = counts["sentence"] + counts["list"] + counts["table"]
    others = sorted(total, key=lambda other: (-total[other], other))[:TOGETHER]
    return [Cooccurrence(it, counts["sentence"][it], counts["list"][it], counts["table"][it]) for it in others]
