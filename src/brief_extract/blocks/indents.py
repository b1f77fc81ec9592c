"""Lines -> their indents as a reader takes them: first lines of paragraphs, indented letters and lists, or code.

Markdown takes four columns for code. Typed letters, wires and scanned pages indent the first line of each paragraph or
a whole part instead. Code is what looks like code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brief_extract.blocks.kinds import BLANK, BULLET, CODE, ORDERED, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.looks import begins

CODE_INDENT = 4
"""Columns from which Markdown reads code."""

LEAST_FIRST, WIDEST_FIRST = 2, 12
"""Columns of a first line's indent."""

FEWEST_FIRST = 2
"""Indented lines above lines that are not, from which a text indents the first lines of its paragraphs."""

_CODE = re.compile(
    r"[{}<>=\\|;$`~^]|\w\(|::|--\w|\w_\w|\w/\w+/|[a-z][A-Z]|\S {2,}\S"
    r"|^(?:[#@%*]\S|//|\d+ \d+ |(?:def|class|import|return|if|for|while|else|sudo|npm|pip|git|curl|cd|make) )"
    r"|^\S+$(?<![.!?:])|^[\w.]+: \S+$"
)
"""What code, commands, data and drawings have and indented prose has not; prose begins with a capital, too."""


@dataclass(frozen=True, slots=True)
class Indents:
    """What indents mean.

    Attributes:
        columns: Start of a line -> its columns, where they mean others than the text has.
        first_lines: Lines whose indent opens a paragraph.
    """

    columns: dict[int, int]
    first_lines: frozenset[int]


def read_indents(lines: Lines) -> Indents:
    """The indents that mean something else than code."""
    if CODE_INDENT * " " not in lines.text and "\t" not in lines.text and "\n  " not in lines.text:
        return Indents({}, frozenset())
    firsts = frozenset(_first_lines(lines))
    columns = {lines.starts[line]: 0 for line in firsts}
    for chunk in _chunks(lines):
        if begins(lines.content(chunk[0])) == "upper" and not any(_CODE.search(lines.content(line)) for line in chunk):
            base = min(lines.indent(line) for line in chunk)
            columns |= {lines.starts[line]: lines.indent(line) - base for line in chunk}
    return Indents(columns, firsts)


def _first_lines(lines: Lines) -> Sequence[int]:
    """The indented lines right above a line of text without an indent, where the text has several of them."""
    found = []
    against = 0
    for line, kind in enumerate(lines.kinds):
        if kind != TEXT or not LEAST_FIRST <= lines.indent(line) <= WIDEST_FIRST or _CODE.search(lines.content(line)):
            continue
        if lines.kinds[line + 1 : line + 2] == TEXT and line + 1 not in lines.quoted:
            below = lines.indent(line + 1)
            if below == 0:
                found.append(line)
            against += below > 0
    return found if len(found) >= FEWEST_FIRST and against < len(found) else []


def _chunks(lines: Lines) -> Iterator[list[int]]:
    """Runs of lines that Markdown reads as one piece of indented code, blank lines left out."""
    chunk: list[int] = []
    in_item = False
    for line, kind in enumerate(lines.kinds):
        if kind == BLANK:
            continue
        deep = kind != CODE and line not in lines.quoted and lines.indent(line) >= CODE_INDENT
        opens = bool(chunk) or line == 0 or lines.kinds[line - 1] == BLANK
        if deep and opens and not in_item:
            chunk.append(line)
            continue
        if chunk:
            yield chunk
        chunk = []
        in_item = kind in (BULLET, ORDERED) or (in_item and lines.indent(line) > 1)
    if chunk:
        yield chunk
