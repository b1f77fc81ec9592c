"""Document -> the page of one article: what was read from it, beside its source."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import islice
from typing import Any, NamedTuple

from markupsafe import Markup

from brief_extract.errors import ISSUES
from brief_extract.figure import Figure
from brief_extract.model import Document, Issue
from brief_extract.report.links import article_page, kind_of, up
from brief_extract.report.marks import GROUP_NAMES, group, link, shown
from brief_extract.report.reading import Reading
from brief_extract.table import Range, Value

LONGEST_SOURCE = 400_000
"""Characters of the source that a page shows; the document has the rest. A browser takes a second for so many."""

MOST_BLOCKS, MOST_NOTES = 3000, 5
"""Blocks of an article and notes on a block that a page shows."""

MOST_FIGURES, NAMED = 60, 14
"""Figures and entities beside the text."""


class Note(NamedTuple):
    """Repairs and oddities of one code: what it means, and each with the block that it is in."""

    code: str
    meaning: str
    places: list[tuple[Issue, str | None]]


def article_values(document: Document) -> dict[str, Any]:
    """The values that the template of an article's page takes."""
    reading = Reading(document)
    notes = _notes(document)
    of_block: defaultdict[str, list[Issue]] = defaultdict(list)
    for note in notes:
        for issue, block in note.places:
            # An inferred heading says so itself.
            if block and issue.code != "inferred-heading" and len(of_block[block]) < MOST_NOTES:
                of_block[block].append(issue)
    groups = Counter(group(mention.label) for mention in document.mentions)
    return {
        "document": document,
        "title": document.title or document.source.name or document.id,
        "blocks": document.blocks[:MOST_BLOCKS],
        "more_blocks": len(document.blocks) - MOST_BLOCKS,
        "reading": reading,
        "notes": notes,
        "notes_of": of_block,
        "groups": [(key, name, groups[key]) for key, name in GROUP_NAMES.items() if groups[key]],
        "named": _named(document),
        "figures": [(figure, _said(figure)) for figure in document.figures[:MOST_FIGURES]],
        "more_figures": len(document.figures) - MOST_FIGURES,
        # A browser reads a plain CR as a line's end and CR LF as one sign: a reference keeps it, and so the offsets.
        "source": Markup(shown(document.text[:LONGEST_SOURCE]).replace("\r", "&#13;")),
        "more_source": len(document.text) - LONGEST_SOURCE,
        "about": [(name[:40], str(value)[:300]) for name, value in islice(document.source.extra.items(), 20) if value],
    }


def _number(value: Value) -> str:
    """A value as people read it: ``58,000,000,000``, ``0.3333``, ``10 to 15``."""
    if isinstance(value, Range):
        return f"{_number(value.low)} to {_number(value.high)}"
    if isinstance(value, float):
        return f"{round(value, 4):,}"
    return f"{value:,}" if isinstance(value, int) else value or ""


def _said(figure: Figure) -> str:
    """What a figure says: ``cocoa exports: up 12 %``."""
    said = " ".join(part for part in (figure.change, _number(figure.value), figure.unit) if part)
    return f"{figure.concept}: {said}" if figure.concept else said


def _notes(document: Document) -> list[Note]:
    """The issues by code, each with the first block that it is in; none where it is of several."""
    notes: dict[str, Note] = {}
    ends = [block.end for block in document.blocks]
    for issue in document.issues:
        note = notes.setdefault(issue.code, Note(issue.code, ISSUES.get(issue.code, ""), []))
        first = bisect_right(ends, issue.start)
        inside = [block.id for block in document.blocks[first : first + 2] if block.start < issue.end]
        note.places.append((issue, inside[0] if len(inside) == 1 else None))
    return list(notes.values())


def _named(document: Document) -> Markup:
    """The entities named most, of those that have a page, each with how often."""
    root = up(article_page(document.id))
    named = sorted(
        (entity for entity in document.entities if kind_of(entity.id)), key=lambda entity: -len(entity.mentions)
    )
    linked = ((link(root, it.id, it.name, group(it.label)), len(it.mentions)) for it in named[:NAMED])
    return Markup("".join(f"<li>{name} <b>{times}</b></li>\n" for name, times in linked))
