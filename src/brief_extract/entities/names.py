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
        self._by_first_word: dict[str, list[str]] = {}
        for name in sorted(names, key=len, reverse=True):
            first = WORD.match(name)
            if first:
                self._by_first_word.setdefault(first[0], []).append(name)

    def __contains__(self, first_word: str) -> bool:
        return first_word in self._by_first_word

    def at(self, text: str, start: int, first_word: str) -> Iterator[str]:
        """The names that stand at ``start``, the longest first."""
        for name in self._by_first_word.get(first_word, ()):
            if text.startswith(name, start) and _ends_word(text, start + len(name)):
                yield name


def _ends_word(text: str, end: int) -> bool:
    """A name ends where no letter or digit follows; *US$* and *US $* are a currency and no country."""
    following = text[end : end + 2]
    return not following or not (following[0].isalnum() or following[0] in "_$" or following == " $")
