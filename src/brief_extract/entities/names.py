"""Finding many names in a text at once, by their first word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

WORD = re.compile(r"\w+")

_FOLD = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ", "\n": " "}
)


def fold(text: str) -> str:
    """The text with the typographic variants of apostrophe, hyphen and blank made plain; offsets stay."""
    return text.translate(_FOLD)


class NameIndex:
    """A set of names, as they are written; whole words only."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: set[str] = set()
        self._lengths: dict[str, list[int]] = {}  # by first word, the longest first
        for name in sorted(names, key=len, reverse=True):
            first = WORD.match(name)
            if first:
                self._names.add(name)
                lengths = self._lengths.setdefault(first[0], [])
                if lengths[-1:] != [len(name)]:
                    lengths.append(len(name))

    def __contains__(self, first_word: str) -> bool:
        return first_word in self._lengths

    def at(self, text: str, start: int, first_word: str) -> Iterator[str]:
        """The names that stand at ``start``, the longest first."""
        for length in self._lengths.get(first_word, ()):
            name = text[start : start + length]
            if len(name) == length and name in self._names and ends_word(text, start + length):
                yield name


def ends_word(text: str, end: int) -> bool:
    """A name ends where no letter or digit follows; *US$* and *US $* are a currency and no country."""
    following = text[end : end + 2]
    return not following or not (following[0].isalnum() or following[0] in "_$" or following == " $")
