"""A stretch of source -> its visible text, with the place of every character.

Inline markup (emphasis, links, code, tags, escapes, entities) is taken out as CommonMark reads it, soft line
breaks become blanks, odd spaces plain ones, and invisible characters go. The parser's own inline stage is not
used because its tokens carry no positions.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markdown_it.common.html_re import close_tag

from brief_extract.blocks.elements import LAYOUT, PHRASING
from brief_extract.blocks.hyphens import Drop, broken_words

Span = tuple[int, int]

_MARKUP = re.compile(r"[\\`*_~\[\]<&]")
_SIGN = re.compile(r"[\\`*_~!\[\]<&]")
"""What a token can begin with; a set of signs is found several times as fast as the tokens themselves."""
_ODD = re.compile(
    "[\x00\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
    "\t\r\x0b\x0c\x1c-\x1e\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_GONE = frozenset("\x00\xad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
_COMMENT = r"<!--(?:-?>|(?:[^<-]|<(?!!--)|-(?!->))*+-->)"
_INSTRUCTION = r"<\?(?:[^<?]|<(?!\?)|\?(?!>))*+\?>"
_CDATA = r"<!\[CDATA\[(?:[^<\]]|<(?!!\[)|\](?!\]>))*+\]\]>"
"""These three end at the next of their kind, where CommonMark looks on to the end of the text each time."""
_VALUE = r"(?:[^\"'=<>`\x00-\x20]++|'[^']*+'|\"[^\"]*+\")"
_OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9\-]*+(?:\s++[a-zA-Z_:][a-zA-Z0-9:._-]*+(?:\s*+=\s*+{_VALUE})?+)*+\s*+/?>"
"""As markdown-it reads it, in one way only: a no-break space is both a space and part of a bare value."""
_TOKEN = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~\n]))(?P<escaped>.)"
    r"|(?P<ticks>(?<!`)(?P<run>`+)(?!`))"
    r"|(?P<auto><(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)*)>)"
    rf"|(?P<tag>{_OPEN_TAG}|{close_tag}|{_COMMENT}|{_INSTRUCTION}|<![A-Za-z][^<>]*>|{_CDATA})"
    r"|(?P<entity>&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|(?P<open>!?\[)"
    r"|(?P<close>\])"
    r"|(?P<delimiter>(?P<sign>[*_])(?P=sign)*|~~)",
    re.S,
)
_LETTER = r"(?:\\\S|[^\s()\\\x00-\x1f\x7f])"
_BARE = rf"(?:{_LETTER}|\((?:{_LETTER}|\((?:{_LETTER}|\({_LETTER}*+\))*+\))*+\))*+"
"""A link's address without angle brackets; its own brackets are followed three deep."""
_TITLE = r"(?:\"(?:\\.|[^\"\\])*+\"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\))"
_TARGET = re.compile(rf"(?<=\])\(\s*+(?:<(?:\\.|[^<>\n\\])*+>|(?!<){_BARE})(?:\s++{_TITLE})?\s*+\)", re.S)
LONGEST_LABEL = 999
"""Characters of the longest link label that CommonMark knows; the bound keeps 10,000 nested brackets linear."""
_LABEL = re.compile(rf"(?<=\])\[((?:\\.|[^\[\]\\]){{0,{LONGEST_LABEL}}})\]", re.S)
_BREAK_TAG = re.compile(r"<br\b", re.I)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*+)")
_ESCAPED_PIPE = re.compile(r"\\(?=\|)")
_SPACE = re.compile(r"\s+")
_TICKS = re.compile(r"`+")


@dataclass(slots=True)
class _Run:
    """A run of ``*`` or ``_`` (or ``~~``) that may open or close emphasis; what is left of it is literal."""

    start: int
    end: int
    sign: str
    opens: bool
    closes: bool
    length: int


def visible(text: str, spans: Sequence[Span], labels: Collection[str] = (), *, cell: bool = False) -> str:
    """The visible text of ``spans`` of ``text``; between two spans stands a soft line break.

    ``labels`` are the normalised labels of the document's link definitions. In a table ``cell`` an escaped pipe
    is a pipe even inside code.
    """
    source = text[spans[0][0] : spans[0][1]] if len(spans) == 1 else "\n".join(text[a:b] for a, b in spans)
    hyphens = broken_words(source, text) if "-\n" in source else []
    if not hyphens and not _MARKUP.search(source):
        return _plain(source)
    return "".join(piece for piece, _ in _pieces(source, labels, hyphens, cell=cell))


def is_markup(line: str) -> bool:
    """Is the line nothing but tags of HTML elements?"""
    return line[:1] == "<" and line[-1:] == ">" and not visible(line, [(0, len(line))]).strip()


def visible_with_offsets(
    text: str, spans: Sequence[Span], labels: Collection[str] = (), *, cell: bool = False
) -> tuple[str, list[int]]:
    """As ``visible``, with the source offset of each character of the result."""
    source = "\n".join(text[a:b] for a, b in spans)
    places: list[int] = []
    for start, end in spans:
        places.extend(range(start, end + 1))
    letters: list[str] = []
    offsets: list[int] = []
    hyphens = broken_words(source, text) if "-\n" in source else []
    for piece, index in _pieces(source, labels, hyphens, cell=cell):
        for step, letter in enumerate(piece):
            letters.append(letter)
            offsets.append(places[min(index + step, len(source) - 1)] if index >= 0 else places[-index - 1])
    return "".join(letters), offsets


def _plain(source: str) -> str:
    if _ODD.search(source):
        source = "".join(" " if _ODD.match(c) else c for c in source if c not in _GONE)
    return source.replace("\n", " ") if "\n" in source else source


def _pieces(source: str, labels: Collection[str], hyphens: Sequence[Drop], *, cell: bool) -> list[tuple[str, int]]:
    """Visible pieces with their index in ``source``; a replaced piece of one place has index ``-place - 1``."""
    drops = [*_Scanner(source, labels, cell=cell).scan(), *hyphens]
    if cell:
        drops += [(pipe.start(), pipe.start() + 1, "") for pipe in _ESCAPED_PIPE.finditer(source)]
    drops.sort()
    pieces: list[tuple[str, int]] = []
    position = 0
    for start, end, instead in drops:
        if start < position:
            continue
        pieces.extend(_kept(source, position, start))
        if instead:
            pieces.append((instead, -start - 1))
        position = end
    pieces.extend(_kept(source, position, len(source)))
    return pieces


def _kept(source: str, start: int, end: int) -> list[tuple[str, int]]:
    piece = source[start:end].replace("\n", " ")
    if not _ODD.search(piece):
        return [(piece, start)] if piece else []
    return [(" " if _ODD.match(c) else c, start + i) for i, c in enumerate(piece) if c not in _GONE]


class _Scanner:
    """One pass over a source: what is not visible in it, as ``(start, end, what stands there instead)``."""

    def __init__(self, source: str, labels: Collection[str], *, cell: bool) -> None:
        self.source = source
        self.labels = labels
        self.cell = cell
        self.drops: list[Drop] = []
        self.runs: list[_Run] = []
        self.brackets: list[tuple[int, int, int]] = []
        self.linked = 0
        self.ticks: dict[int, list[int]] | None = None

    def scan(self) -> list[Drop]:
        """All drops, in no order."""
        sign = _SIGN.search(self.source)
        while sign:
            token = _TOKEN.match(self.source, sign.start())
            sign = _SIGN.search(self.source, self._take(token) if token else sign.end())
        return self.drops + _emphasis(self.runs)

    def _take(self, match: re.Match[str]) -> int:
        """Read one token; returns where to go on."""
        start, end = match.span()
        group = match.lastgroup
        if group == "escaped":
            self.drops.append((start, start + 1, ""))
        elif match.group("ticks"):
            return self._code(match)
        elif group == "auto":
            self.drops += [(start, start + 1, ""), (end - 1, end, "")]
        elif group == "tag":
            if not self._is_element(match.group()):
                return start + 1  # no markup: ``sold to <Sedio N.V.>``
            self.drops.append((start, end, " " if _BREAK_TAG.match(match.group()) else ""))
        elif group == "entity":
            self.drops.append((start, end, html.unescape(match.group())))
        elif group == "open":
            self.brackets.append((start, end, len(self.runs)))
        elif group == "close":
            return self._close(end)
        else:
            self.runs.append(_delimiter(self.source, start, end))
        return end

    def _is_element(self, tag: str) -> bool:
        """Is it the tag of an HTML element, or a comment? Tags of layout are gone from all but the cells of rows."""
        name = _NAME.match(tag)
        if name is None:
            return True
        return name[1].lower() in PHRASING or (self.cell and name[1].lower() in LAYOUT)

    def _code(self, match: re.Match[str]) -> int:
        start, end = match.span()
        close = self._ticks_after(end, end - start)
        if close is None:
            return end
        inner = self.source[end:close]
        pad = int(inner[:1] in (" ", "\n") and inner[-1:] in (" ", "\n") and bool(inner.strip()))
        self.drops += [(start, end + pad, ""), (close - pad, close + end - start, "")]
        return close + end - start

    def _ticks_after(self, position: int, length: int) -> int | None:
        """Where the next run of exactly ``length`` backticks begins; all runs are listed once, the last one first."""
        if self.ticks is None:
            self.ticks = {}
            for run in reversed([*_TICKS.finditer(self.source)]):
                self.ticks.setdefault(run.end() - run.start(), []).append(run.start())
        places = self.ticks.get(length, [])
        while places and places[-1] < position:
            places.pop()
        return places[-1] if places else None

    def _close(self, position: int) -> int:
        """A closing bracket: of a link or image, whose marks and target go, or of nothing."""
        if not self.brackets:
            return position
        start, inner, first_run = self.brackets.pop()
        is_image = inner - start > 1
        around_link = len(self.brackets) < self.linked
        self.linked = min(self.linked, len(self.brackets))
        end = None if around_link and not is_image else _link_end(self.source, inner, position, self.labels)
        if end is None:
            return position
        if not is_image:
            self.linked = len(self.brackets)  # no bracket that is open here can become a link: links hold no links
        self.drops += [(start, inner, ""), (position - 1, end, ""), *_emphasis(self.runs[first_run:])]
        del self.runs[first_run:]
        return end


def _link_end(source: str, inner: int, position: int, labels: Collection[str]) -> int | None:
    """Where the link whose text ends before ``position`` ends, or ``None`` when it is no link."""
    target = _TARGET.match(source, position)
    if target:
        return target.end()
    label = _LABEL.match(source, position)
    if label and label.group(1):
        return label.end() if normalised_label(label.group(1)) in labels else None
    own = source[inner : position - 1] if position - 1 - inner <= LONGEST_LABEL else ""
    if not own or normalised_label(own) not in labels:
        return None
    return label.end() if label else position


def normalised_label(label: str) -> str:
    """A link label as the parser keeps it: lower, then upper case, so that letters of one kind become one."""
    return _SPACE.sub(" ", label.strip()).lower().upper()


def _delimiter(source: str, start: int, end: int) -> _Run:
    sign = source[start]
    before = source[start - 1] if start else " "
    after = source[end] if end < len(source) else " "
    left = not after.isspace() and (not _punctuation(after) or before.isspace() or _punctuation(before))
    right = not before.isspace() and (not _punctuation(before) or after.isspace() or _punctuation(after))
    opens, closes = left, right
    if sign == "_":  # a word with underscores is no emphasis
        opens = left and (not right or _punctuation(before))
        closes = right and (not left or _punctuation(after))
    return _Run(start, end, sign, opens, closes, end - start)


def _punctuation(character: str) -> bool:
    return not (character.isalnum() or character.isspace() or ord(character) > 0x2E7F)


def _emphasis(runs: list[_Run]) -> list[Drop]:
    """The parts of delimiter runs that CommonMark pairs as emphasis, as drops."""
    drops: list[Drop] = []
    openers: list[_Run] = []
    barren: dict[tuple[str, bool, int], int] = {}  # kind of closer -> place up to which it has no opener
    for run in runs:
        kind = (run.sign, run.opens, run.length % 3)
        while run.closes and run.start < run.end:
            index = _opener(openers, run, barren.get(kind, 0))
            if index is None:
                barren[kind] = run.start
                break
            opener = openers[index]
            del openers[index + 1 :]
            used = 2 if opener.end - opener.start > 1 and run.end - run.start > 1 else 1
            drops += [(opener.end - used, opener.end, ""), (run.start, run.start + used, "")]
            opener.end -= used
            run.start += used
            if opener.start == opener.end:
                openers.pop()
        if run.opens and run.start < run.end:
            openers.append(run)
    return drops


def _opener(openers: list[_Run], closer: _Run, since: int) -> int | None:
    """The nearest opener at or after ``since`` that the closer pairs with."""
    for index in range(len(openers) - 1, -1, -1):
        opener = openers[index]
        if opener.start < since:
            return None
        if opener.sign != closer.sign:
            continue
        both = opener.closes or closer.opens
        if both and (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3):
            continue
        return index
    return None
