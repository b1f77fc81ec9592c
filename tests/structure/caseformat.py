"""Read the case files: damaged news text, and the blocks that a reader must make of it.

A case is a title and fenced parts::

    ## Bullets under a lead-in: no blank line is needed

    ~~~~ input
    The plan has two parts:
    • Cheaper trains
    • Safer roads
    ~~~~
    ~~~~ blocks
    paragraph: The plan has two parts:
    list:
      - Cheaper trains
      - Safer roads
    ~~~~

``~~~~ accept`` (any number) holds a whole other answer that is right too. Blocks are written as

- ``heading: Text``, ``paragraph: Text``, ``quote: Text``; ``?`` before the colon: heading and paragraph are both right;
- ``list:`` or ``list ordered:``, then one ``- item`` a line, two blanks in and two more for each level of nesting;
- ``table:``, then one row a line, two blanks in, header first, cells apart by ``|``, a pipe within a cell as ``\\|``;
- ``code:``, then its lines, two blanks in.

A case whose input fence says ``escapes`` writes ``\\u00a0``, ``\\t``, ``\\r``, ``\\f``, ``\\v`` and ``\\\\`` for
characters that cannot be seen, in every part. Every input ends in a line feed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases"

Block = dict[str, Any]

_SECTION = re.compile(r"^## (?=[^\n]*\n\n~~~~ input)", re.MULTILINE)
_PART = re.compile(r"^~~~~ (\w+)[^\n]*\n(.*?)^~~~~$", re.MULTILINE | re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([trfv\\]))")
_CONTROL = {"t": "\t", "r": "\r", "f": "\f", "v": "\v", "\\": "\\"}
_CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case. ``id`` is the file's stem and the title's words up to its colon."""

    id: str
    title: str
    input: str
    blocks: list[Block]
    accept: list[list[Block]]


def load(folder: Path = CASES) -> list[Case]:
    """The cases of every file in ``folder``, sorted by file name."""
    return [case for path in sorted(folder.glob("*.md")) for case in parse(path)]


def parse(path: Path) -> Iterator[Case]:
    """The cases of one file. Raises ``ValueError`` or ``KeyError`` for a part missing, double or of unknown name."""
    for section in _SECTION.split(path.read_text(encoding="utf-8"))[1:]:
        title, _, body = section.partition("\n")
        slug = "-".join(re.findall(r"[a-z0-9]+", title.partition(":")[0].lower()))
        parts: dict[str, list[list[str]]] = {"input": [], "blocks": [], "accept": []}
        escapes = "~~~~ input escapes\n" in body
        for name, lines in _PART.findall(body):
            parts[name].append([_unescape(line) if escapes else line for line in lines.split("\n")[:-1]])
        (text,), (answer,) = parts["input"], parts["blocks"]
        yield Case(
            id=f"{path.stem}/{slug}",
            title=title,
            input="".join(f"{line}\n" for line in text),
            blocks=blocks(answer),
            accept=[blocks(lines) for lines in parts["accept"]],
        )


def blocks(lines: list[str]) -> list[Block]:
    """The blocks that ``lines`` of the notation stand for. Raises ``ValueError`` for a line of unknown form."""
    found: list[Block] = []
    for line in lines:
        if line.startswith("  "):
            _extend(found[-1], line[2:])
            continue
        label, colon, text = line.partition(":")
        kind, _, mark = label.rstrip("?").partition(" ")
        if not colon or kind not in ("heading", "paragraph", "quote", "list", "table", "code"):
            raise ValueError(f"no block has this form: {line!r}")
        block: Block = {"type": kind}
        if kind == "list":
            block |= {"ordered": mark == "ordered", "items": [], "depths": []}
        elif kind == "table":
            block["rows"] = []
        else:
            block["text"] = text.strip(" ")
        if label.endswith("?"):
            block["ambiguous"] = True
        found.append(block)
    return found


def _extend(block: Block, line: str) -> None:
    if block["type"] == "list":
        indent, _, item = line.partition("- ")
        block["items"].append(item)
        block["depths"].append(len(indent) // 2)
    elif block["type"] == "table":
        block["rows"].append([cell.strip(" ").replace("\\|", "|") for cell in _CELL_BORDER.split(line)])
    else:
        block["text"] = f"{block['text']}\n{line}".removeprefix("\n")


def _unescape(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _CONTROL[found[2]], text)
