"""Lines -> runs: parallel lines without marks that are the items of one list.

Recipients, signatories, fixtures, results, figures: agencies print them line under line without a bullet. One such
line by itself looks like a heading; what tells it from one is its company. Two forms are sure enough to be lists:
lines under a lead-in that ends with a colon, and lines of one shape that no heading has (``Arden 2 Bellmore 1``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from brief_extract.blocks.bounds import Bounds
from brief_extract.blocks.evidence import style
from brief_extract.blocks.furniture import is_certain
from brief_extract.blocks.kinds import BLANK, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.looks import begins, ends_open, ends_sentence, holds_sentence_end, words
from brief_extract.blocks.nontitles import KINDS

LONGEST_ITEM = 100
"""Characters of the longest line that is an item of a run; a longer one is prose."""

LEAST_LED, LEAST_LABELLED = 2, 3
"""Lines that make a run under a lead-in, and under a label of at most ``LABEL`` words, which may be a heading."""
LABEL = 1

LED, SHAPED = 0.8, 0.7
"""Confidence in a run under a lead-in, and in one told by its shape alone."""

LONG_WORD = 4
"""Letters from which a word that a line shares with the prose below says that the line titles it."""

LONGEST_CELL, LEAST_CELLS = 30, 8
"""Characters of the longest cell that has lost its row, and how many lines of such cells show that they have, a quarter
of them bare figures."""

_FIGURE = KINDS["a figure or a time (a year alone may title a part of a chronicle)"]
_RESULT, _FIXTURE = KINDS["a result: Arden 2 Bellmore 1 (aet)"], KINDS["a fixture: Ilford v Jarrow (16:30)"]
_LEADER = re.compile(r"\S[^.\u2026]{1,60}(?:\.{4,}|\u2026{2,}|_{4,}| \.{3} |  \u2026 ) ?\S")
_COUNT = re.compile(
    r"^(?!(?:19|20)\d\d\b)[-+~]?[$\u20ac\u00a3\u00a5\u20b9\u20a6]?"
    r"\d[\d.,]*+(?: ?%| (?:m|bn|million|billion))?(?: each)? [a-z(]"
)
SHAPES = {_RESULT: 2, _FIXTURE: 2, _LEADER: 2, _COUNT: 3}
"""Shape -> how many lines of it make a run: results, fixtures, values behind leader dots, figures and their nouns."""
_LONG_WORD = re.compile(rf"[^\W\d_]{{{LONG_WORD},}}")


@dataclass(frozen=True, slots=True)
class Run:
    """The lines ``first`` to ``last`` (exclusive), each an item of one list without marks."""

    first: int
    last: int
    confidence: float


def find_runs(lines: Lines, bounds: Bounds) -> Iterator[Run]:
    """The runs of a text, in order; where blank lines part its blocks, only lines that blank lines part are items."""
    yield from _spaced_runs(lines, bounds)
    for stretch in re.finditer(f"{TEXT}+", lines.kinds) if not bounds.spaced else ():
        line, end = stretch.span()
        while line < end:
            run = _led_run(lines, bounds, line, end) if _leads_in(lines, line - 1) else None
            run = run or _shaped_run(lines, line, end) or _cells_run(lines, line, end)
            if run:
                yield run
            line = run.last if run else line + 1


def _spaced_runs(lines: Lines, bounds: Bounds) -> Iterator[Run]:
    """The runs under a lead-in whose lines are parted by blank lines, each from the next and from what is around."""
    for line in range(len(lines)):
        if not _leads_in(lines, line) or not _stands_free(lines, line + 1):
            continue
        below = takewhile(lambda item: _stands_free(lines, item), _filled(lines, line + 1, len(lines)))
        items = list(takewhile(lambda item: _may_be_item(lines, bounds, item), below))
        if items and _titles_below(lines, items):
            items.pop()
        if len(items) >= LEAST_LABELLED:
            yield Run(items[0], items[-1] + 1, LED)


def _stands_free(lines: Lines, line: int) -> bool:
    """Is the line blank, or one of text between blank lines?"""
    around = lines.kinds[line - 1 : line + 2]
    return lines.kinds[line : line + 1] == BLANK or around in (f"{BLANK}{TEXT}{BLANK}", f"{BLANK}{TEXT}")


def _filled(lines: Lines, first: int, end: int) -> Iterator[int]:
    return (line for line in range(first, end) if lines.kinds[line] != BLANK)


def _leads_in(lines: Lines, line: int) -> bool:
    return line >= 0 and lines.kinds[line] == TEXT and lines.content(line)[-1:] in (":", "\uff1a")


def _led_run(lines: Lines, bounds: Bounds, first: int, end: int) -> Run | None:
    """The lines under a lead-in, up to the first that is prose or titles the prose below it."""
    last = first
    while last < end and _may_be_item(lines, bounds, last):
        last += 1
    if last < len(lines) and last - first > 1 and _titles_below(lines, range(first, last)):
        last -= 1
    least = LEAST_LABELLED if len(words(lines.content(first - 1))) <= LABEL else LEAST_LED
    return Run(first, last, LED) if last - first >= least else None


def _may_be_item(lines: Lines, bounds: Bounds, line: int) -> bool:
    """Is the line short, whole and no sentence?"""
    content = lines.content(line)
    if (
        not content
        or len(content) > LONGEST_ITEM
        or line in lines.quoted
        or (begins(content) == "lower" and "@" not in content)
    ):
        return False
    if (
        "   " in content
        or content[-1] in ":\uff1a"
        or ends_sentence(content)
        or ends_open(content)
        or holds_sentence_end(content)
    ):
        return False
    return bounds.chances.get(line, 1.0) >= 0.5 and ("@" in content or not is_certain(content))


def _titles_below(lines: Lines, run: Sequence[int]) -> bool:
    """Does the last line of the run title what follows: written unlike the others, or with a word of its text?"""
    *others, title = map(lines.content, run)
    below = next(_filled(lines, run[-1] + 1, len(lines)), None)
    if below is None:
        return False
    if lines.kinds[below] == TEXT and not ends_sentence(lines.content(below)):
        return False
    if begins(title) != "upper":
        return False
    shared = set(map(str.lower, _LONG_WORD.findall(title))) & set(map(str.lower, words(lines.content(below))))
    styles = set(map(style, others))
    return bool(shared) or (len(styles) == 1 and style(title) not in styles)


def _cells_run(lines: Lines, first: int, end: int) -> Run | None:
    """The cells of a table, one to a line: many short lines, no sentence among them, many bare figures."""
    last = first
    figures = 0
    while last < end and len(lines.content(last)) <= LONGEST_CELL and not ends_sentence(lines.content(last)):
        figures += _FIGURE.match(lines.content(last)) is not None
        last += 1
        if last - first == LEAST_CELLS and figures * 4 < LEAST_CELLS:
            return None
    return Run(first, last, SHAPED) if last - first >= LEAST_CELLS else None


def _shaped_run(lines: Lines, first: int, end: int) -> Run | None:
    """The lines of one shape from this one on."""
    for shape, least in SHAPES.items():
        last = first
        while last < end and len(lines.content(last)) <= LONGEST_ITEM and shape.match(lines.content(last)):
            last += 1
        if last - first >= least and not ends_sentence(lines.content(last - 1)):
            return Run(first, last, SHAPED)
    return None
