"""Documents -> Markdown that a CommonMark parser reads back to the same blocks."""

from __future__ import annotations

import re
from itertools import pairwise

from brief_extract.model import Block, Code, Document, Heading, List, Markup, Paragraph, Quote, Table

_DEEPEST = 6
_MARKS = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~")
"""Characters that would be read as emphasis, code, a link, HTML, an entity or struck text."""

_START = re.compile(r"(?m)^(?:(#{1,6}(?=\s|$)|[-+>|=]|~~~)|(\d{1,9})([.)](?=\s|$)))")
"""What would make a line the start of another block."""


def to_markdown(document: Document) -> str:
    """See ``Document.to_markdown``."""
    blocks = [block for block in document.blocks if not isinstance(block, Markup) or block.kind == "rule"]
    if not blocks:
        return ""
    parts = [block_to_markdown(blocks[0])]
    # Two lists in a row would be one, unless their bullets differ.
    apart = False
    for before, block in pairwise(blocks):
        apart = isinstance(before, List) and isinstance(block, List) and not apart
        parts.append(block_to_markdown(block, apart=apart))
    return "\n\n".join(parts) + "\n"


def block_to_markdown(block: Block, *, apart: bool = False) -> str:
    """One block, without a line end at its end.

    Args:
        apart: Of a list: use other bullets than for the one before.
    """
    match block:
        case Heading():
            return f"{'#' * min(block.level, _DEEPEST)} {_line(block.text)}"
        case Paragraph():
            return _prose(block.text)
        case Quote():
            return "\n".join(f"> {line}" for line in _prose(block.text).split("\n"))
        case List():
            return _list(block, apart=apart)
        case Table():
            return block.to_markdown().rstrip("\n")
        case Code():
            return _code(block.text)
        case Markup():
            return "---"


def _prose(text: str) -> str:
    escaped = _MARKS.sub(r"\\\g<0>", "\n".join(line.strip() for line in text.split("\n")))
    return _START.sub(lambda it: f"\\{it[1]}" if it[1] else f"{it[2]}\\{it[3]}", escaped)


def _line(text: str) -> str:
    """Prose on one line; signs at its end would be read as the end of a heading."""
    return re.sub(r"(?<=\s)#+$", r"\\\g<0>", _prose(" ".join(text.split())))


def _list(block: List, *, apart: bool) -> str:
    """The items, each indented to the text of the item it is nested in."""
    lines = []
    indents, counts = [0], [0]
    for item in block.items:
        depth = min(item.depth, len(counts) - 1)
        del indents[depth + 1 :], counts[depth + 1 :]
        counts[depth] += 1
        mark = f"{counts[depth]}{')' if apart else '.'}" if block.ordered else "*" if apart else "-"
        lines.append(f"{' ' * indents[depth]}{mark} {_line(item.text)}".rstrip())
        indents.append(indents[depth] + len(mark) + 1)
        counts.append(0)
    return "\n".join(lines)


def _code(text: str) -> str:
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"
