"""HTML elements in a text -> the marks that Markdown has for them, in the view and as lines of their own.

A mail gateway or a crawler that gives up half-way leaves ``<p>``, ``<li>`` or ``<table>`` in a plain text. In the view
such a tag stands as what it means: ``<li>`` as a bullet, ``<td>`` as a pipe, ``<h2>`` as hash signs, any other element
of a page's layout as a blank line. The words between the tags are then read like all other text. Tags inside a
sentence (``<b>``) are left to ``inline``; what is no name of an HTML element is text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from operator import and_

from markdown_it.common.html_blocks import block_names

Span = tuple[int, int]

LAYOUT = frozenset((*block_names, "br", "pre", "textarea"))
"""Names of elements that bound blocks, as CommonMark lists them, and three that it treats otherwise."""

PHRASING = frozenset(
    "a abbr acronym applet area audio b bdi bdo big blink br button canvas cite code data datalist del dfn em embed "
    "font i img input ins kbd label map mark math meter nobr noscript object output picture progress q rp rt ruby s "
    "samp script select slot small span strike strong style sub sup svg template time tt u var video wbr".split()
)
"""Names of elements that stand inside a sentence, or hold no text of the article."""

_NAMES = "|".join(sorted(LAYOUT, key=lambda name: (-len(name), name)))
_TAG = re.compile(rf"<(/?)({_NAMES})(?=[\s/>])(?:[^<>\"']|\"[^<>\"]*+\"|'[^<>']*+')*+>", re.I)
_ROWS = ("tr", "td", "th", "thead", "tbody", "tfoot")
_PARTS = {"ul": ("li",), "ol": ("li",), "menu": ("li",), "dl": ("dt", "dd"), "table": _ROWS}
"""Element -> its parts, whose closing tags may be left out."""
_FENCE = re.compile(r"^[ \t]*+(`{3,}+(?=[^`\n]*+$)|~{3,}+)", re.M)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TABLE = re.compile(r"<table\b(?:[^<]|<(?!/?table\b))*+</table\b[^<>]*+>", re.I)
"""A table that holds no other one: the outer ones lay out a page."""
_OF_ROWS = re.compile(r"[\n|]")
"""What ends rows and cells in Markdown, but not in an HTML table."""
_PIPE = "\u00a6"
"""What a pipe inside a cell of an HTML table stands as."""

NESTED = 4
"""Columns of indent for each level of a nested list: past the text of ``10.``, and no code."""


@dataclass(frozen=True, slots=True)
class Elements:
    """A text with its layout tags read.

    Attributes:
        view: The view, tags in their plain likeness.
        cuts: Positions at which a line begins, in order.
        joins: Positions after line ends that end no line: those inside an HTML table.
        indents: Start of a line -> columns of its indent: of the items of nested lists, and of what follows a tag.
        tags: Where the tags stand, in order.
    """

    view: str
    cuts: Sequence[int] = ()
    joins: frozenset[int] = frozenset()
    indents: Mapping[int, int] = field(default_factory=dict)
    tags: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class _Tag:
    start: int
    end: int
    name: str
    closes: bool
    opens_line: bool
    """Nothing but blanks and other tags stands before it on its line; ``ends_line``: after it."""
    ends_line: bool


def read_elements(view: str) -> Elements:
    """The layout tags of a text as Markdown's marks. Code keeps its tags, and so do rows of pipes and quoted lines."""
    if "<" not in view or not _TAG.search(view):
        return Elements(view)
    tags = _layout_tags(view)
    reading = _Reading(view)
    reading.read_blocks(reading.read_tables(tags))
    return Elements(
        _edited(view, reading.pieces),
        sorted(reading.cuts),
        frozenset(reading.joins),
        reading.indents,
        [(tag.start, tag.end) for tag in tags],
    )


# --- which tags -----------------------------------------------------------------------------------------------


def _layout_tags(view: str) -> list[_Tag]:
    """The tags that lay out the text: not those in code, rows or quotes, nor one that a sentence speaks of."""
    matches = [match for line in _lines_with_tags(view) for match in line]
    opened = {match[2].lower() for match in matches if not match[1]}
    closed = {match[2].lower() for match in matches if match[1]}
    parts = frozenset(chain.from_iterable(parts for whole, parts in _PARTS.items() if whole in opened))
    tags: list[_Tag] = []
    for line in _lines_with_tags(view):
        for tag in _tags_of_line(view, line):
            paired = tag.name in (opened if tag.closes else closed) or tag.name in parts
            if paired or tag.name == "br" or tag.opens_line or tag.ends_line:
                tags.append(tag)
    return tags


def _lines_with_tags(view: str) -> Iterator[list[re.Match[str]]]:
    """The tags that may count, those that begin on one line together."""
    code = _fenced(view)
    line: list[re.Match[str]] = []
    start = end = -1
    for match in _TAG.finditer(view):
        if match.start() >= end:
            if line:
                yield line
            start = view.rfind("\n", max(end, 0), match.start()) + 1 or max(end, 0)
            end = view.find("\n", match.start()) + 1 or len(view)
            line = []
        while code and code[0][1] <= match.start():
            code.pop(0)
        in_code = code and code[0][0] <= match.start()
        spoken_of = view[start : start + 1] in ("|", ">") or view[match.start() - 1 : match.start()] in ("`", "\\")
        if not in_code and not spoken_of:
            line.append(match)
    if line:
        yield line


def _fenced(view: str) -> list[Span]:
    """The places of fenced code, in order; a fence that never closes is none."""
    found: list[Span] = []
    start, mark = 0, ""
    for fence in _FENCE.finditer(view):
        if not mark:
            start, mark = fence.start(), fence[1]
        elif fence[1].startswith(mark):
            found.append((start, fence.end()))
            mark = ""
    return found


def _tags_of_line(view: str, line: Sequence[re.Match[str]]) -> Iterator[_Tag]:
    """The tags of one line, each with what stands before and after it."""
    end = view.find("\n", line[-1].end())
    ends = [view.rfind("\n", 0, line[0].start()) + 1, *(match.end() for match in line)]
    starts = [*(match.start() for match in line), end if end >= 0 else len(view)]
    blank = [not view[a:b].strip() for a, b in zip(ends, starts, strict=True)]
    opening = list(accumulate(blank[:-1], and_))
    ending = list(accumulate(reversed(blank[1:]), and_))[::-1]
    for match, opens, closes in zip(line, opening, ending, strict=True):
        yield _Tag(match.start(), match.end(), match[2].lower(), bool(match[1]), opens, closes)


# --- what they stand for --------------------------------------------------------------------------------------


class _Reading:
    """What changes in a view: what stands at some positions, and where lines begin or go on."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.pieces: dict[int, str] = {}
        self.cuts: set[int] = set()
        self.joins: set[int] = set()
        self.indents: dict[int, int] = {}

    def read_tables(self, tags: Sequence[_Tag]) -> list[_Tag]:
        """Read the HTML tables of two rows and two columns at least; returns the tags outside of them."""
        outside: list[_Tag] = []
        starts = [tag.start for tag in tags]
        position = 0
        for match in _TABLE.finditer(self.view):
            first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end())
            outside += tags[position:first]
            inside = tags[first:last]
            rows = list(_rows(inside))
            if len(rows) > 1 and max(map(len, rows)) > 1:
                self._read_table(inside, rows)
            else:
                outside += inside
            position = last
        return outside + list(tags[position:])

    def _read_table(self, tags: Sequence[_Tag], rows: Sequence[Sequence[_Tag]]) -> None:
        """Each row is a line ``| a | b |``, whatever lines its source had; a caption is a line of its own."""
        start, end = tags[0].start, tags[-1].end
        for sign in _OF_ROWS.finditer(self.view, start, end):
            self.pieces[sign.start()] = " " if sign.group() == "\n" else _PIPE
            if sign.group() == "\n":
                self.joins.add(sign.end())
        for tag in tags:
            self._put(tag)
            if tag.name == "caption":
                self.cuts.add(tag.end if tag.closes else tag.start)
        self.cuts |= {start, end, *(row[0].start for row in rows)}
        edges = [*(row[0].start for row in rows), tags[-1].start]
        closing = [tag for tag in tags if tag.closes and tag.name in ("td", "th", "tr")]
        for tag, following in pairwise([*closing, tags[-1]]):
            if bisect_right(edges, tag.start) < bisect_right(edges, following.start) or following is tags[-1]:
                self._put(tag, "|")
        for row in rows:
            for cell in row:
                self.pieces[cell.start] = "|".ljust(cell.end - cell.start)

    def read_blocks(self, tags: Sequence[_Tag]) -> None:
        """Items and headings get their marks; all other tags are blank lines."""
        numbers: list[int | None] = []
        for tag in tags:
            if tag.name in ("ul", "ol", "menu", "dir"):
                if not tag.closes:
                    numbers.append(0 if tag.name == "ol" else None)
                elif numbers:
                    numbers.pop()
            if tag.name == "li" and not tag.closes:
                self._read_item(tag, numbers)
            elif tag.name in _HEADINGS and not tag.closes:
                width = tag.end - tag.start
                self.pieces[tag.start] = ("#" * min(int(tag.name[1]), width - 1)).ljust(width)
                self._begin(tag)
            else:
                self._put(tag)
                if tag.name not in ("br", "li"):
                    self._begin(tag)
                if tag.ends_line:
                    self.indents.setdefault(self.view.find("\n", tag.end) + 1, 0)
                else:
                    self.cuts.add(tag.end)

    def _read_item(self, tag: _Tag, numbers: list[int | None]) -> None:
        sign = "- "
        if numbers and numbers[-1] is not None:
            numbers[-1] += 1
            sign = f"{numbers[-1]}. " if numbers[-1] < 100 else sign
        self._put(tag, sign)
        self._begin(tag)
        if len(numbers) > 1:
            line = tag.start if tag.start in self.cuts else self.view.rfind("\n", 0, tag.start) + 1
            self.indents[line] = NESTED * (len(numbers) - 1)

    def _put(self, tag: _Tag, sign: str = "") -> None:
        """The sign at the end of the tag's place, blanks before it."""
        self.pieces[tag.start] = sign.rjust(tag.end - tag.start)

    def _begin(self, tag: _Tag) -> None:
        """A line begins at the tag."""
        if not tag.opens_line or self.view[tag.start - 1 : tag.start] == ">":
            self.cuts.add(tag.start)


def _rows(tags: Sequence[_Tag]) -> Iterator[list[_Tag]]:
    """The tags that open a cell, row by row."""
    row: list[_Tag] = []
    for tag in tags:
        if tag.closes:
            continue
        if tag.name == "tr" and row:
            yield row
            row = []
        elif tag.name in ("td", "th"):
            row.append(tag)
    if row:
        yield row


def _edited(view: str, pieces: Mapping[int, str]) -> str:
    parts: list[str] = []
    position = 0
    for start in sorted(pieces):
        if start >= position:
            parts += [view[position:start], pieces[start]]
            position = start + len(pieces[start])
    return "".join([*parts, view[position:]])
