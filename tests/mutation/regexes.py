"""Small changes to a regular expression, found in its source text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

MOST = 3
"""Of a longer list of alternatives the first, a middle and the last one are removed in turn: a test of every word of
a list would only repeat the list."""

_ANCHORS = ("^", "$", r"\b", r"\B")
_OPERATORS = ("(", "(?", "|", "+", "*", "?")
_QUANTIFIERS = {"+": "*", "*": "+", "?": ""}
_QUANTIFIER = re.compile(r"\{\{?(\d*)(,?)(\d*)\}?\}")


class Edit(NamedTuple):
    """Replace ``source[start:end]`` by ``text``."""

    start: int
    end: int
    text: str


class Piece(NamedTuple):
    """One string literal of an expression: where its body is, and whether it is raw or has replacement fields."""

    start: int
    end: int
    raw: bool
    formatted: bool


def pieces(source: str) -> Iterator[Piece]:
    """The string literals of an expression of literals that Python joins, comments left out."""
    at = 0
    while at < len(source):
        literal = re.compile(r"([A-Za-z]{0,2})(\"\"\"|'''|\"|')").match(source, at)
        if source[at] == "#":
            at = source.find("\n", at) if "\n" in source[at:] else len(source)
        elif literal:
            start = end = literal.end()
            while not source.startswith(literal[2], end):
                end += 2 if source[end] == "\\" else 1
            prefix = literal[1].lower()
            yield Piece(start, end, "r" in prefix, "f" in prefix)
            at = end + len(literal[2])
        else:
            at += 1


def chosen(count: int) -> list[int]:
    """Which of a list of alternatives are removed in turn."""
    return list(range(count)) if count <= MOST else [0, count // 2, count - 1]


def edits(source: str, found: list[Piece]) -> Iterator[Edit]:
    """The changes of a pattern: quantifiers, anchors, lookarounds, alternatives, the last member of a set."""
    groups: list[tuple[int, list[int]]] = [(found[0].start, [])]
    for piece in found:
        at, after_atom = piece.start, False
        while at < piece.end:
            end = _end_of_token(source, at, piece)
            token = source[at:end]
            if token in ("(", "(?"):
                groups.append((at, []))
            elif token == ")" and len(groups) > 1:
                yield from _group(source, *groups.pop(), at, found)
            elif token == "|":
                groups[-1][1].append(at)
            elif token[0] == "[" and len(token) > 1:
                yield from _without_last(source, at, end)
            elif after_atom or token in _ANCHORS:
                yield from _of_token(token, at, end, formatted=piece.formatted)
            at, after_atom = end, token not in _ANCHORS and token not in _OPERATORS and not _QUANTIFIER.fullmatch(token)
    yield from _alternatives(groups[0][0], groups[0][1], found[-1].end, found)


def _end_of_token(source: str, at: int, piece: Piece) -> int:
    """Where the token ends: an escape, a set, a count, a replacement field, a comment, or one character."""
    char = source[at]
    quantifier = _QUANTIFIER.match(source, at)
    if char == "\\":
        return at + 2
    if char == "#" and "\n" in source[at : piece.end] and source[at - 1].isspace():
        return source.index("\n", at)  # a comment in a verbose pattern
    if char == "{" and quantifier and source.startswith("{{", at) == piece.formatted:
        return quantifier.end()
    if char == "{" and piece.formatted:
        return source.index("}", at) + 1
    if char == "[":
        return _end_of_set(source, at)
    return at + 1 + (char == "(" and source[at + 1] == "?")


def _of_token(token: str, at: int, end: int, *, formatted: bool) -> Iterator[Edit]:
    if token in _ANCHORS:
        yield Edit(at, end, "")
    elif token in _QUANTIFIERS:
        yield Edit(at, end, _QUANTIFIERS[token])
    elif counts := _QUANTIFIER.fullmatch(token):
        yield from (Edit(at, end, text) for text in _counts(*counts.groups(), formatted=formatted))


def _counts(low: str, comma: str, high: str, *, formatted: bool) -> Iterator[str]:
    for least, most in ((low and int(low) + 1, high), (low, high and int(high) + 1)):
        if (str(least), str(most)) != (low, high):
            text = f"{{{least}{comma}{most}}}"
            yield f"{{{text}}}" if formatted else text


def _end_of_set(source: str, start: int) -> int:
    at = start + 1 + (source[start + 1] == "^")
    at += source[at] == "]"
    while source[at] != "]":
        at += 2 if source[at] == "\\" else 1
    return at + 1


def _without_last(source: str, start: int, end: int) -> Iterator[Edit]:
    members = re.compile(r"\\?.-\\?[^\]]|\\.|\{[^}]*\}|.", re.S)
    body = start + 1 + (source[start + 1] == "^")
    places = [match.span() for match in members.finditer(source, body, end - 1)]
    if len(places) > 1 and "{" not in source[slice(*places[-1])]:
        yield Edit(*places[-1], "")


def _group(source: str, start: int, bars: list[int], end: int, found: list[Piece]) -> Iterator[Edit]:
    opening = re.compile(r"\((?:\?(?:P<\w+>|<?[=!]|[:>]))?").match(source, start)
    assert opening is not None
    if opening[0][-1] in "=!" and _in_one(start, end, found):
        yield Edit(start, end + 1, "")
    yield from _alternatives(opening.end(), bars, end, found)


def _alternatives(start: int, bars: list[int], end: int, found: list[Piece]) -> Iterator[Edit]:
    if not bars:
        return
    bounds = list(pairwise([start - 1, *bars, end]))
    for place in chosen(len(bounds)):
        first, last = bounds[place]
        first, last = (first, last) if place else (first + 1, last + 1)
        ends = [piece.end for piece in found if piece.start <= first < piece.end]
        if ends and last > ends[0]:  # the next alternative begins in the next literal
            if any(piece.start == last for piece in found) and place:
                yield Edit(first, ends[0], "")
        elif ends and last > first:
            yield Edit(first, last, "")


def _in_one(start: int, end: int, found: list[Piece]) -> bool:
    return any(piece.start <= start and end < piece.end for piece in found)
