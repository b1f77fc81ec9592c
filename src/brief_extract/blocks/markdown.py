"""Layout -> tokens: markdown-it-py's block parser, run over our lines instead of its own.

Only the block stage runs; its inline stage carries no positions and costs half of the time. Two rules differ
from the stock parser: ``table`` gives way to one that is told where the tables are (its own body rows run on
until a blank line and take prose with them), and headings without marks are told likewise. So is what can be
nothing but a paragraph or a flat list, which saves asking ten rules about each of its lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.token import Token

from brief_extract.blocks.inline import is_markup
from brief_extract.blocks.layout import Layout


@dataclass(slots=True)
class Parsed:
    """The block tokens, their maps counting lines of the layout, and the labels of link definitions."""

    tokens: list[Token]
    labels: frozenset[str]


class _State(StateBlock):
    """The parser's state over a layout: its line arrays are given, not cut from the source."""

    def __init__(self, layout: Layout, parser: MarkdownIt) -> None:
        super().__init__("", parser, {}, [])
        end = len(layout.view)
        self.src = layout.view
        self.bMarks = [*layout.starts, end]
        self.eMarks = [*layout.ends, end]
        self.tShift = [*layout.shifts, 0]
        self.sCount = [*layout.indents, 0]
        self.bsCount = [0] * (len(layout.starts) + 1)
        self.lineMax = len(layout.starts)
        self.layout = layout
        self._last: dict[str, int] = {}

    def last(self, sign: str) -> int:
        """Where the source has this sign, in small letters, for the last time; -1 if nowhere."""
        if sign not in self._last:
            self._last[sign] = self.src.lower().rfind(sign)
        return self._last[sign]


def parse(layout: Layout) -> Parsed:
    """Run the block parser over the layout's lines."""
    parser = _parser()
    state = _State(layout, parser)
    parser.block.tokenize(state, 0, state.lineMax)
    return Parsed(state.tokens, frozenset(state.env.get("references", {})))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    rules = parser.block.ruler
    rules.before("table", "given_prose", _given_prose, {"alt": []})
    rules.before("table", "given_list", _given_list, {"alt": []})
    rules.before("table", "given_run", _given_run, {"alt": []})
    rules.before("table", "given_rule", _given_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    rules.before("code", "given_table", _given_table, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    rules.before("paragraph", "given_heading", _given_heading, {"alt": ["paragraph", "reference", "blockquote"]})
    rules.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    rules.getRules()  # compiles them now: the first text would, and a second thread would see half of them
    return parser


_HTML = re.compile(
    r"<(?:(?P<raw>script|style)(?=[\s>])|(?P<comment>!--)|(?P<data>!\[CDATA\[)|(?P<pi>\?)|(?P<other>![A-Za-z]))", re.I
)
_ENDS = {"comment": "-->", "data": "]]>", "pi": "?>", "other": ">"}
"""What ends the blocks of HTML that hold no words of the article."""


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The stock rule, for scripts, styles, comments and declarations that end: all other tags hold text."""
    assert isinstance(state, _State)
    match = _HTML.match(state.src, state.bMarks[start] + state.tShift[start])
    if match is None:
        return not silent and _tags_alone(state, start)
    ending = _ENDS.get(match.lastgroup or "", f"</{match['raw']}")
    return state.last(ending.lower()) > match.end() and html_block(state, start, end, silent)


def _tags_alone(state: StateBlock, start: int) -> bool:
    """A line of nothing but tags that stand inside sentences, ``<a id="top">``, above a paragraph or alone."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not is_markup(line):
        return False
    state.push("html_block", "", 0).map = [start, start + 1]
    state.line = start + 1
    return True


def _given_prose(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The paragraph that the layout names at this line: no other rule need be asked."""
    assert isinstance(state, _State)
    end = state.layout.prose.get(start)
    if end is None or silent or state.level:
        return False
    state.push("given_prose", "p", 0).map = [start, end]
    state.line = end
    return True


def _given_list(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The flat list that the layout names at this line, with the tokens of the stock rule that the drafter reads."""
    assert isinstance(state, _State)
    lines = state.layout.lists.get(start)
    if lines is None or silent or state.level:
        return False
    ordered = state.src[state.bMarks[start] + state.tShift[start]].isdigit()
    name, tag = ("ordered_list", "ol") if ordered else ("bullet_list", "ul")
    state.push(f"{name}_open", tag, 1).map = [start, lines[-1]]
    for first, end in pairwise(lines):
        state.push("list_item_open", "li", 1).map = [first, end]
        state.push("given_prose", "p", 0).map = [first, end]
        state.push("list_item_close", "li", -1)
    state.push(f"{name}_close", tag, -1)
    state.line = lines[-1]
    return True


def _given_run(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The list without marks that the layout names at this line."""
    assert isinstance(state, _State)
    given = state.layout.runs.get(start)
    if given is None or silent:
        return False
    run, end = given
    token = state.push("given_run", "ul", 0)
    token.map = [start, end]
    token.meta = {"confidence": run.confidence}
    state.line = end
    return True


def _given_table(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The table that the layout names at this line."""
    assert isinstance(state, _State)
    given = state.layout.tables.get(start)
    if given is None or state.is_code_block(start):
        return False
    if not silent:
        token = state.push("given_table", "table", 0)
        token.map = [start, given[1]]
        token.meta = {"region": given[0]}
        state.line = given[1]
    return True


def _given_rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The rule that the layout names at this line, of signs that the stock rule does not know, or under a sentence."""
    assert isinstance(state, _State)
    if start not in state.layout.rules:
        return False
    if not silent:
        state.push("hr", "hr", 0).map = [start, start + 1]
        state.line = start + 1
    return True


def _given_heading(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """The heading without a mark that the layout names at this line."""
    assert isinstance(state, _State)
    guess = state.layout.headings.get(start)
    if guess is None:
        return False
    if not silent:
        token = state.push("given_heading", f"h{guess.level}", 0)
        token.map = [start, start + 1]
        token.meta = {"guess": guess}
        state.line = start + 1
    return True
