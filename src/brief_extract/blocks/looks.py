"""What a line of prose looks like: how it begins, how it ends, how it is written. Shared by breaks and headings."""

from __future__ import annotations

import re

CLOSERS = "\"'\u201d\u2019\u00bb)]*_"
_ENDS = re.compile(rf"[.!?\u2026\u3002\uff01\uff1f\u061f\u0964][{re.escape(CLOSERS)}]*$")
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_SMALL = frozenset(
    "a an the and or nor but of in on at to for from by with as is it its into over per via vs than that this these "
    "their his her our your not no if so be are was were has have had will would can could may might who which when "
    "while after before under about between through during against among because".split()
)
_NUMBERED = re.compile(r"(?:\(?\d{1,2}(?:\.\d{1,2})*[.):]?|[IVX]{1,5}[.)]|[A-Z][.)]|Q\d{1,2}[.:]|Step \d+:?)\s+\S")


def ends_sentence(line: str) -> bool:
    """Does the line end with a full stop, a question or an exclamation mark, closing quotes allowed?"""
    return bool(_ENDS.search(line[-6:]))


def begins(line: str) -> str:
    """How the line begins: ``upper``, ``lower``, ``digit``, ``quote`` or ``other`` (scripts without case too)."""
    for character in line[:4]:
        if character in "*_`":
            continue
        if character.islower():
            return "lower"
        if character.isupper():
            return "upper"
        if character.isdigit():
            return "digit"
        return "quote" if character in "\"'\u201c\u2018\u00ab" else "other"
    return "other"


def words(line: str) -> list[str]:
    """The words of the line that begin with a letter."""
    return _WORD.findall(line)


def ends_open(line: str) -> bool:
    """Does the line end in a word that a sentence or title cannot end in (``of``, ``the``, ``and``)?"""
    return line.rsplit(None, 1)[-1].lower() in _SMALL if line.strip() else False


def small_words(tokens: list[str]) -> int:
    """How many of the words are articles, prepositions, auxiliaries and the like."""
    return sum(token.lower() in _SMALL for token in tokens)


def title_share(tokens: list[str]) -> float:
    """The share of the longer words after the first that begin with a capital, 0 to 1."""
    rest = [token for token in tokens[1:] if token.lower() not in _SMALL]
    return sum(token[0].isupper() for token in rest) / len(rest) if rest else 0.0


def is_capitals(line: str) -> bool:
    """Is the line written in capitals (at least four letters)?"""
    return line.isupper() and sum(character.isalpha() for character in line) >= 4


def numbering(line: str) -> str | None:
    """The number the line begins with (``2.``, ``1.3``, ``IV.``), if it has one."""
    match = _NUMBERED.match(line)
    return match.group().split()[0] if match else None
