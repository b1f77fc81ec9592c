"""Words that a line break cuts: ``Sep-`` and ``tember`` are one word, ``long-`` and ``term`` one with a hyphen.

No dictionary tells which; the text itself does where it has the word elsewhere, and a few words that form compounds.
"""

from __future__ import annotations

import re
from functools import lru_cache

Drop = tuple[int, int, str]
"""What is not visible: start, end, what stands there instead."""

_BROKEN = re.compile(r"(?<![\w-])([^\W\d_]++)-\n([^\W\d_]++)")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]++-[^\W\d_]++")

BEFORE = frozenset(
    "all anti best co counter cross de double early eight ever ex far fast five four free full good half hard high ill "
    "inter large late left long low mid multi near nine non off old one open over part post pre pro re right second "
    "self semi seven short single six small so state sub ten third three time top two ultra under vice well wide world "
    "year".split()
)
"""First parts of compounds that English news writes with a hyphen."""

AFTER = frozenset(
    "aged backed based born bound building built called class controlled day driven elect end ever era facing fire "
    "free friendly funded general going held high hour in law led level like linked long made making market minded "
    "minister month off old on out owned party per person point president range rate related run running scale sized "
    "speed state style term thirds to trained up week wide winning world year".split()
)
"""Second parts of such compounds."""


def broken_words(source: str, text: str) -> list[Drop]:
    """What goes where the lines of ``source`` cut a word: its hyphen and the line end, or the line end alone.

    ``text`` is the whole text, in which the word may stand unbroken.
    """
    drops: list[Drop] = []
    for match in _BROKEN.finditer(source):
        first, second = match.groups()
        if not second[0].islower():
            continue
        keeps = f"{first}-{second}" in _compounds(text) or first.lower() in BEFORE or second in AFTER
        end = match.start(2)
        drops.append((end - 1 if keeps else end - 2, end, ""))
    return drops


@lru_cache(maxsize=2)
def _compounds(text: str) -> frozenset[str]:
    """The words with a hyphen that the text has."""
    return frozenset(_COMPOUND.findall(text))
