"""Source text -> blocks: the structure stage.

    text -> elements -> lines -> decisions -> layout -> tokens -> drafts
            elements    lines    decide       layout    markdown  drafter

Each arrow is one module of this package; the text itself is never edited.
"""

from __future__ import annotations

from dataclasses import dataclass

from brief_extract.blocks.cuts import find_cuts
from brief_extract.blocks.decide import decide
from brief_extract.blocks.drafter import Drafter
from brief_extract.blocks.drafts import Draft
from brief_extract.blocks.elements import read_elements
from brief_extract.blocks.indents import read_indents
from brief_extract.blocks.layout import lay_out
from brief_extract.blocks.leftovers import with_leftovers, with_tags
from brief_extract.blocks.lines import Lines, view_of
from brief_extract.blocks.markdown import parse
from brief_extract.blocks.repairs import element_repairs
from brief_extract.config import Config
from brief_extract.model import Issue

__all__ = ["Blocks", "read_blocks"]


@dataclass(slots=True)
class Blocks:
    """The drafts of a text's blocks in document order, its link labels, and what was repaired."""

    drafts: list[Draft]
    labels: frozenset[str]
    issues: list[Issue]


def read_blocks(text: str, config: Config) -> Blocks:
    """The blocks of any text. Every non-blank character belongs to one of them."""
    elements = read_elements(view_of(text))
    lines = Lines(text, elements)
    cuts = find_cuts(lines)
    if cuts:
        lines = Lines(text, elements, cuts)
    indents = read_indents(lines)
    lines.indents |= indents.columns
    lines.first_lines = indents.first_lines
    decisions, issues = decide(lines, config, cuts)
    layout = lay_out(lines, decisions)
    parsed = parse(layout)
    drafts, lost = with_leftovers(Drafter(lines.view, layout, parsed).run(), lines)
    drafts = with_tags(drafts, text, elements.tags)
    return Blocks(drafts, parsed.labels, issues + lost + list(element_repairs(elements)))
