"""Which blank lines a text has kept, and what a missing one is worth as evidence.

A *bound* lies between two neighbouring lines of the text, blank lines between them left out. Crawlers, mail gateways
and copying drop some blank lines and keep others, so a bound without one proves little by itself. What it proves
follows from the other bounds of the text. ``keep`` is the chance that a true bound has kept its blank line, and each
form of bound (after a title, after a sentence with room left on its line, ...) has a share of true bounds. Both are
unknown; the kept and the lost blank lines of each form make some of their values likely and others not. From these
follows, for each form, how likely a bound without a blank line is a true one:

* All titles are spaced but most sentence ends are not: the writer ends each sentence with a line break.
* Titles and sentence ends are spaced at the same rate: blank lines were lost, and all of them are bounds.
* Nothing that is surely a bound lacks its blank line: the text is as its writer left it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.common.html_blocks import block_names

from brief_extract.blocks.furniture import is_certain
from brief_extract.blocks.kinds import BLANK, BULLET, HEADING, ORDERED, ROW, TABLE, TEXT
from brief_extract.blocks.lines import Lines
from brief_extract.blocks.looks import (
    begins,
    ends_open,
    ends_sentence,
    holds_sentence_end,
    is_capitals,
    is_speech,
    numbering,
    title_share,
    words,
)

MARK, TITLE, ITEM, SENTENCE, OPEN = "mark", "title", "item", "sentence", "open"
"""Forms of bounds: at a marked heading or a table; after or before a line like a title, or after a colon; between an
item and a line that is not indented; after a closed sentence; after any other line."""

PROSE = (TEXT, ROW)
"""Kinds of lines that hold prose; a row of no table is a line with a pipe in it."""

_HTML = re.compile(rf"</?(?:{'|'.join(block_names)})(?=[\s/>]|$)|<!--|<[?!]", re.I)

LONGEST_TITLE = 100
"""Characters of the longest line that looks like a title, see ``headings.LONGEST_SENTENCE``."""

SHORT_TITLE = 60
"""Characters of the longest line that looks like a title because it follows a closed sentence and is open itself."""

KEEP = (0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.93, 0.97, 1.0)
"""Chances that a true bound keeps its blank line; the last one is a text as its writer left it."""

INTACT, INTACT_MARKED = 0.1, 0.5
"""How likely a text is as its writer left it: without heading marks, and with them (a page that was copied has lost
them first)."""

SHARES = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.995)
"""Shares of true bounds that a form can have where its lines alone leave the question open."""

LOW_SHARES = (0.05, 0.15, 0.25, 0.35, 0.45, 0.55)
"""Shares of true bounds among sentence ends where the writer ends sentences with line breaks."""

OWN = 0.98
"""The chance of what is surely a bound."""

CERTAINTY = 6.0
"""How far, in pairs of lines, the lines alone are trusted on an open question."""

Choice = tuple[float, float | None, float]
"""A share of true bounds, the rate at which they keep blank lines (``None``: as the text does), and its prior."""


@dataclass(frozen=True, slots=True)
class Bound:
    """Two neighbouring lines: ``above`` and ``line``.

    Attributes:
        form: What form the bound has.
        spaced: Is a blank line between them?
        inside: Are both in what would be a block of code or HTML in a text that has kept its blank lines?
    """

    above: int
    line: int
    form: str
    spaced: bool
    inside: bool


def find_bounds(lines: Lines, *, formed: bool = True) -> Iterator[Bound]:
    """The bounds of a text, in order: all pairs of neighbouring lines but those inside a table, list or code block.

    Their forms only matter where blank lines are weighed; without ``formed`` all but marks are ``OPEN``.
    """
    above = -1
    in_item = in_code = in_html = False
    for line, kind in enumerate(lines.kinds):
        if kind == BLANK:
            continue
        spaced = line - above > 1
        in_item = kind in (BULLET, ORDERED) or (in_item and kind in PROSE and lines.indent(line) > 1)
        in_code = not in_item and kind in PROSE and (spaced or in_code) and lines.indent(line) > 3
        in_html = (in_html and not spaced) or (spaced and _HTML.match(lines.view, lines.firsts[line]) is not None)
        if above >= 0 and not (in_item and kind in PROSE):
            form = _form(lines, above, line, formed)
            if form:
                yield Bound(above, line, form, spaced, (in_code or in_html) and not spaced)
        above = line


def _form(lines: Lines, above: int, line: int, formed: bool) -> str:
    """The form of a bound, empty where there is no question."""
    before, kind = lines.kinds[above], lines.kinds[line]
    spaced = line - above > 1
    if TABLE in (before, kind):
        return "" if before == kind else MARK
    if HEADING in (before, kind):
        return MARK if spaced or before != HEADING else ""  # text may stand right under a marked heading
    if (
        kind not in PROSE
        or before not in (*PROSE, BULLET, ORDERED)
        or (above in lines.quoted) != (line in lines.quoted)
    ):
        return ""
    here, there = lines.content(above), lines.content(line)
    if not here or not there:
        return ""
    if not formed:
        return OPEN
    lower = begins(there) == "lower"
    if before not in PROSE:
        return OPEN if lower else ITEM
    if ends_sentence(here):
        return OPEN if lower else TITLE if _is_open_and_short(there) else SENTENCE
    if lower or here[-1] in ",;" or ends_open(here):
        return OPEN
    return TITLE if here[-1] in ":\uff1a" or _is_title(here, there) else OPEN


def _is_title(here: str, there: str) -> bool:
    """Does an open line look like a title: short, and written as one or followed by a longer line?"""
    if len(here) > LONGEST_TITLE:
        return False
    return len(there) > 2 * len(here) or is_capitals(here) or title_share(words(here)) > 0.6 or bool(numbering(here))


def _is_open_and_short(there: str) -> bool:
    """Does the line after a closed sentence look like a title?"""
    return len(there) <= SHORT_TITLE and there[0].isalnum() and there[-1].isalnum() and not ends_open(there)


# --- what a missing blank line proves -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Style:
    """What is known of a text's lines before its blank lines are looked at.

    Attributes:
        cut: Were lines cut at a width?
        marked: Has it marked headings?
        inner: Share of its closed lines that hold a sentence end inside, too: 0 to 0.1 where each sentence has its
            line or lines were cut, 0.13 and more (median 0.6) in 99 of 100 texts whose lines are paragraphs.
        news: Does it quote speech, or has it bylines and datelines? News has paragraphs of one sentence.
    """

    cut: bool
    marked: bool
    inner: float
    news: bool

    @property
    def breaks_sentences(self) -> float:
        """How likely the writer ended each sentence with a line break, paragraphs with a blank line."""
        if self.inner >= 0.2:
            return 0.002
        if self.cut or self.news:
            return 0.02
        return 0.3 if self.inner < 0.1 else 0.1


def style_of(lines: Lines, *, cut: bool) -> Style:
    """Look at the lines of a text."""
    contents = [lines.content(line) for line, kind in enumerate(lines.kinds) if kind == TEXT]
    closed = [content for content in contents if ends_sentence(content)]
    inner = sum(map(holds_sentence_end, closed)) / max(len(closed), 1)
    news = any(is_speech(content) or is_certain(content) for content in contents)
    return Style(cut, HEADING in lines.kinds, inner, news)


def weigh(bounds: Sequence[Bound], chances: Mapping[int, float], style: Style) -> dict[int, float]:
    """How likely a block ends before each line that has no blank line above it.

    ``chances`` gives, by line, how likely that is if nothing is known of blank lines, also for the spaced ones.
    """
    kept: dict[tuple[str, int], int] = defaultdict(int)
    lost: dict[tuple[str, int], int] = defaultdict(int)
    sums: dict[tuple[str, int], float] = defaultdict(float)
    for bound in bounds:
        chance = chances.get(bound.line, OWN)
        group = bound.form, _grade(chance)
        (kept if bound.spaced else lost)[group] += 1
        sums[group] += chance
    means = {group: sums[group] / (kept[group] + lost[group]) for group in sums}
    shifts = {
        group: _logit(after) - _logit(means[group]) for group, after in _posterior(kept, lost, means, style).items()
    }
    found = {}
    for bound in bounds:
        if not bound.spaced and bound.line in chances:
            chance = chances[bound.line]
            found[bound.line] = _chance(_logit(chance) + shifts[bound.form, _grade(chance)])
    return found


def _grade(chance: float) -> int:
    """Bounds of one form are counted apart by what their lines alone say."""
    return 0 if chance < 0.15 else 1 if chance < 0.5 else 2 if chance < 0.9 else 3


def _posterior(
    kept: Mapping[tuple[str, int], int],
    lost: Mapping[tuple[str, int], int],
    means: Mapping[tuple[str, int], float],
    style: Style,
) -> dict[tuple[str, int], float]:
    """For each group with bounds that have no blank line: the share of true ones among these."""
    choices = {group: _choices(group[0], max(mean, 0.02), style) for group, mean in means.items()}
    intact = INTACT_MARKED if style.marked else INTACT
    totals = []
    shares = []
    for keep in KEEP:
        total = math.log(intact if keep == 1.0 else (1 - intact) / (len(KEEP) - 1))
        share = {}
        for group, some in choices.items():
            likely = true = 0.0
            for part, own, prior in some:
                seen = part * (keep if own is None else own)
                weight = prior * seen ** kept[group] * (1 - seen) ** lost[group]
                likely += weight
                true += weight * (part - seen) / (1 - seen)
            total += math.log(likely + 1e-300)
            if lost[group]:
                share[group] = true / (likely + 1e-300)
        totals.append(total)
        shares.append(share)
    most = max(totals)
    weights = [math.exp(total - most) for total in totals]
    return {
        group: sum(weight * share[group] for weight, share in zip(weights, shares, strict=True)) / sum(weights)
        for group in shares[0]
    }


def _choices(form: str, chance: float, style: Style) -> list[Choice]:
    """What a form can be in one text, each with its prior: see ``Choice``."""
    if form == MARK:
        return [(OWN, None, 0.9), (OWN, 0.03, 0.1)]
    if chance > 0.5 and (form == ITEM or (form == TITLE and not style.marked)):
        # Titles and ends of lists are bounds, and writers space them in their own way. (Where titles have marks, lines
        # without one that look like titles are none.)
        return [
            (max(chance, OWN), None, 0.5),
            *((OWN, own, 0.123) for own in (0.03, 0.3, 0.6, 0.9)),
            (0.3, None, 0.008),
        ]
    if chance > 0.5:
        low = style.breaks_sentences
        most = 0.97 if low > 0.01 else 0.995
        return [(min(chance, most), None, 1 - low), *((share, None, low / len(LOW_SHARES)) for share in LOW_SHARES)]
    a, b = chance * CERTAINTY, (1 - chance) * CERTAINTY
    priors = [share ** (a - 1) * (1 - share) ** (b - 1) for share in SHARES]
    return [(share, None, prior / sum(priors)) for share, prior in zip(SHARES, priors, strict=True)]


def _logit(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(chance / (1 - chance))


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
