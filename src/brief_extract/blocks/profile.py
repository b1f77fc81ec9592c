"""How the lines of a text end whose blank lines are gone: cut at a width, after each sentence, or as paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from brief_extract.blocks.furniture import is_certain
from brief_extract.blocks.kinds import BULLET, ORDERED, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.looks import begins, ends_open, ends_sentence, holds_sentence_end, is_address, is_speech
from brief_extract.config import Lines as LineMode

WIDEST = 140
"""No hard-wrapped text is wider: editors wrap at 65 to 100 columns, the widest of the sample documents at 124."""

WIDEST_CUT = 240
"""Lines of at most this length can show where a text was cut; some pages are wrapped far wider than a reader likes."""

SHORTEST_CUT = 30
"""A line that was cut is at least so long."""

CUT_SHARE = 12
"""Text is wrapped when one line in so many was surely cut. In the wrapped documents of the sample it is one in 2 to 6,
in the others under one in 40."""

LOOSE = 0.12
"""Share of surely cut lines on which the next word would have fitted, up to which the wrap is a program's: 0 to 0.1
where it is, 0.13 to 0.6 in documents wrapped by hand."""

LONG_WORD = 30
"""A line that ends in a word of this length (an address, mostly) may go past the width."""

FEWEST_SENTENCES = 12
"""Lines that end a sentence, from which a text can be said to have one sentence a line."""

SENTENCE_SHARE = 0.5
"""Share of its lines that end a sentence, from which a text can have one a line: 0.62 to 0.93 in those of the sample at
any damage, 0.3 to 0.4 in wrapped ones without a sentence end inside a line."""

INNER_SHARE = 0.1
"""Lines with a sentence end inside them, to one that ends a sentence, up to which it has: none has any in the texts of
the sample that do, a third and more have one where each line is a paragraph or where lines were cut."""

ADDRESS_SHARE = 0.15
"""Share of lines that speak of *we* or *you*, from which a text is no news story: 0 in 13 stories of ours that have one
sentence a paragraph, 0.2 to 0.5 in six of seven explanatory texts with one a line."""

FEWEST_CUTS = 2
"""Lines of letters without case that were cut, which tell the same."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How the lines of one text end.

    Attributes:
        width: The column at which its lines were cut, ``None`` where none were.
        apart: Is each line a paragraph because the caller says so?
        tidy: Were lines filled as far as words fitted? A program's are, a writer's less so.
        sentences: Did the writer end each sentence with a line break, within paragraphs too?
        lower, closed, long: Shares of its text lines that begin in lower case, that end a sentence, that are
            longer than any wrapped line.
    """

    width: int | None
    apart: bool
    tidy: bool
    sentences: bool
    lower: float
    closed: float
    long: float


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line that was surely cut: its length, the length it would have with the next word, its last word's."""

    length: int
    filled: int
    last_word: int

    def was_made_at(self, width: int) -> bool:
        """Would a program that fills lines up to ``width`` have cut here?"""
        return self.length <= width < self.filled or self.last_word >= LONG_WORD


def profile(lines: Lines, mode: LineMode) -> Profile:
    """Look at all text lines of a text whose blank lines are gone."""
    text = [line for line, kind in enumerate(lines.kinds) if kind == TEXT and _length(lines, line)]
    count = max(len(text), 1)
    cuts = []
    lower = closed = long = 0
    for line in text:
        content = lines.content(line)
        closed += ends_sentence(content)
        long += len(content) > WIDEST
        lower += begins(content) == "lower"
        if SHORTEST_CUT <= _length(lines, line - 1) <= WIDEST_CUT and lines.kinds[line - 1] in (TEXT, BULLET, ORDERED):
            above = lines.content(line - 1)
            if not ends_sentence(above) and above[-1] != ":" and (_carries_on(content) or ends_open(above)):
                filled = len(above) + 1 + len(content.split(None, 1)[0])
                cuts.append(_Cut(len(above), filled, len(above.rsplit(None, 1)[-1])))
    apart = mode == "paragraphs"
    wrapped = not apart and bool(cuts) and (len(cuts) * CUT_SHARE >= count or mode == "wrapped")
    width = _width(cuts) if wrapped else None
    return Profile(
        width=width,
        apart=apart,
        tidy=width is not None and sum(not cut.was_made_at(width) for cut in cuts) <= LOOSE * len(cuts),
        sentences=not apart and closed >= SENTENCE_SHARE * count and _has_one_sentence_a_line(lines, text),
        lower=lower / count,
        closed=closed / count,
        long=long / count,
    )


def _width(cuts: Sequence[_Cut]) -> int:
    """The column that explains most cuts: the line fits it, and with the next word it would not."""
    begin = Counter(cut.length for cut in cuts)
    end = Counter(cut.filled for cut in cuts)
    best = most = held = 0
    for column in sorted({*begin, *end}):
        held += begin[column] - end[column]
        if held >= most:
            best, most = column, held
    return best


def _has_one_sentence_a_line(lines: Lines, text: Sequence[int]) -> bool:
    """Does hardly a line hold more than one sentence, in a text that is surely no news story?

    News has paragraphs of one sentence, which look alike, so something has to speak against it: that the writer speaks
    of *we* or *you*, or that longer sentences were cut; and nothing for it: speech, bylines and dates.
    """
    contents = [lines.content(line) for line in text]
    closed = [content for content in contents if ends_sentence(content)]
    more = islice(filter(holds_sentence_end, contents), int(INNER_SHARE * len(closed)), None)
    if len(closed) < FEWEST_SENTENCES or next(more, None) is not None:
        return False
    if sum(map(is_address, closed)) < ADDRESS_SHARE * len(closed) and sum(map(was_cut, contents)) < FEWEST_CUTS:
        return False
    return not any(is_speech(content) or is_certain(content) for content in contents)


def was_cut(line: str) -> bool:
    """Is the line one of letters without case that goes on on the next? Only its length tells it from a title."""
    return len(line) >= SHORTEST_CUT and line[-1].isalpha() and line[-1].lower() == line[-1].upper()


def _carries_on(line: str) -> bool:
    """Does the line begin as no sentence does: in lower case, or (for want of better) in a script without case?"""
    return begins(line) == "lower" or (line[0].isalpha() and not line[0].isupper())


def _length(lines: Lines, line: int) -> int:
    return lines.ends[line] - lines.firsts[line] if line >= 0 else 0
