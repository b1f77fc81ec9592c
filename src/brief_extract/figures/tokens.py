"""A sentence as tokens: numbers as printed, words, and single marks. Tokens know whether they touch the one before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from brief_extract.cells.numerals import FRACTIONS
from brief_extract.cells.vocabulary import glued_currencies

_SPACES = " \u00a0\u2009\u202f"
_TOKEN = re.compile(
    rf"(?P<number>(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}}){{1,4}}(?!\d)|\d+)(?:[.,'’]\d+)*)"
    rf"|(?P<fraction>[{''.join(FRACTIONS)}])"
    r"|(?P<name>[^\W\d_]+(?:-?\d++[^\W\d_]*+)++(?![.,]\d))"
    r"|(?P<word>[^\W\d_]+(?:['’.](?=[^\W\d_])[^\W\d_]+)*)"
    r"|(?P<mark>\S)"
)
_LETTERS = re.compile(r"[^\W\d_]+(?=\d)")
_GLUED = glued_currencies() | {"r"}
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}}){{1,4}}(?![{_SPACES}]?\d)")


class Token(NamedTuple):
    """A piece of a sentence. ``start`` and ``end`` are its place in the text, ``low`` is it in lower case."""

    kind: Literal["number", "fraction", "word", "mark"]
    text: str
    low: str
    start: int
    end: int
    touches: bool

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


NONE = Token("mark", "", "", 0, 0, False)
"""What stands beyond the ends of a sentence."""


FARTHEST = 12
"""Tokens that a look around skips. What goes on for longer is no phrase."""


class Tokens(tuple[Token, ...]):
    """The tokens of a sentence. Beyond both ends stand empty marks, so that a look around needs no bounds."""

    __slots__ = ()

    def at(self, place: int) -> Token:
        """The token at a place, or an empty one beyond the ends."""
        return self[place] if 0 <= place < len(self) else NONE

    def low(self, place: int) -> str:
        """The token at a place in lower case, empty beyond the ends."""
        return self[place].low if 0 <= place < len(self) else ""

    def back(self, place: int, words: Collection[str]) -> int:
        """The nearest place from one on back that has none of these words, a few tokens away at most."""
        last = place - FARTHEST
        while place > last and self.low(place) in words:
            place -= 1
        return place

    def on(self, place: int, words: Collection[str]) -> int:
        """The nearest place from one on that has none of these words, a few tokens away at most."""
        last = place + FARTHEST
        while place < last and self.low(place) in words:
            place += 1
        return place

    def match(self, place: int, words: tuple[str, ...]) -> bool:
        """Whether these words, in lower case, stand from a place on."""
        return all(self.low(place + number) == word for number, word in enumerate(words))


def tokens_of(text: str, start: int, end: int) -> Tokens:
    """The tokens of ``text[start:end]``, with their places in the text."""
    return Tokens(_tokens(text, start, end))


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    previous = -1
    for match in _TOKEN.finditer(text, start, end):
        first, last = match.span()
        kind, piece = match.lastgroup, match[0]
        stop = last
        if kind == "name":
            kind, stop = "word", _end_of_letters(piece, first, last)
        elif kind == "number" and any(space in piece for space in _SPACES):
            stop = _end_of_groups(text, match)
        if stop < last:
            piece = text[first:stop]
        yield Token(kind, piece, piece.lower(), first, stop, first == previous)  # type: ignore[arg-type]
        if stop < last:
            yield from _rest(text, stop, last)
        previous = last


def _rest(text: str, start: int, end: int) -> Iterator[Token]:
    """What follows the first part of a token that was taken apart; it touches that part unless a space is between."""
    for token in _tokens(text, start, end):
        yield token._replace(touches=token.touches or token.start == start)


def _end_of_letters(piece: str, first: int, last: int) -> int:
    """Where a word with digits in it ends: at its first digit where it begins with a currency, as in ``EUR5``."""
    letters = _LETTERS.match(piece)
    return first + letters.end() if letters and letters[0].lower() in _GLUED else last


def _end_of_groups(text: str, match: re.Match[str]) -> int:
    """Where a number with spaces in it ends: at its first space where the groups are none, as in a telephone number."""
    before = text[max(0, match.start() - 2) : match.start()]
    if _GROUPED.match(text, match.start()) and not any(sign.isdigit() or sign == "+" for sign in before):
        return match.end()
    return match.start() + re.match(r"\d+", match[0]).end()  # type: ignore[union-attr]
