"""Names in the cells of a column whose header tells that it holds persons: *Jordan Hendry* under *Player*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from brief_extract.entities.lexicon import Match
from brief_extract.entities.units import Unit

_PERSONS = re.compile(
    r"(?:(?:top|leading|senior|deputy|prime) )?(?:player|goal ?scorer|scorer|goalkeeper|defender|midfielder|captain"
    r"|coach|rider|driver|athlete|runner|swimmer|boxer|golfer|batsman|batter|bowler|pitcher|senator|congressman|representative"
    r"|candidate|nominee|minister|president|governor|mayor|judge|justice|chairman|chairwoman|chairperson|ceo|director"
    r"|actor|actress|author|artist|laureate|spokesperson|victim|suspect|defendant|person)s?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'\u2019.-]*")
_PARTICLES = frozenset({"van", "von", "de", "der", "den", "del", "da", "dos", "bin", "al", "el", "la", "le"})

LONGEST_NAME = 5
"""Words of the longest full name."""


def is_person(unit: Unit, known: Sequence[Match]) -> bool:
    """Whether a cell is the full name of a person: its column says so, and it is no name of the lexicon as a whole."""
    if not _PERSONS.fullmatch(unit.header.rpartition(" / ")[2].strip()):
        return False
    whole = any(match.start == 0 and match.end == len(unit.text) for match in known)
    return not whole and _is_full_name(unit.text)


def _is_full_name(text: str) -> bool:
    words = text.split(" ")
    return (
        2 <= len(words) <= LONGEST_NAME
        and words[-1] not in _PARTICLES
        and all(_WORD.fullmatch(word) and (word[0].isupper() or word in _PARTICLES) for word in words)
    )
