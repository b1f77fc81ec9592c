"""Persons by parts of their names: *Macron* is whom *Emmanuel Macron* names, *van Sebelen* is *Erik van Sebelen*.

A part belongs to a person if no other one in the document has it; where two have one surname, it names neither.
"""

from __future__ import annotations

import re
from collections.abc import Set

from brief_extract.entities.findings import Reading

LONGEST_SURNAME = 4
"""Words of the longest surname: *van den Berg Visser*. Without a limit a run of names takes quadratic time."""

_FAMILY_NAME_FIRST = re.compile(r"^[A-Z]\w+-[a-z]\w*$")
"""A given name that stands behind the family name: *Moon Jae-in*."""

_SUFFIXES = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})


def extend_to_parts(readings: dict[str, Reading], placed: Set[str] = frozenset()) -> None:
    """Give surnames, and first and middle names that stand alone, the reading of the full name; one to each person.

    ``placed`` are the names that stand as a place somewhere: *in Austin*. They are nobody's first name.
    """
    persons = _persons(readings)
    surnames: dict[str, set[str]] = {}
    first_names: dict[str, set[str]] = {}
    middle: dict[str, set[str]] = {}
    for full, words in persons.items():
        for start in range(max(1, len(words) - LONGEST_SURNAME), len(words)):
            surnames.setdefault(" ".join(words[start:]), set()).add(full)
        for word in words[1:-1][:LONGEST_SURNAME]:
            middle.setdefault(word, set()).add(full)
        if len(words) == 2 and _FAMILY_NAME_FIRST.search(words[1]):
            surnames.setdefault(words[0], set()).add(full)
        first_names.setdefault(words[0], set()).add(full)
    for part, owners in surnames.items():
        if len(owners) == 1 and not _is_known(readings, part):
            readings[part] = readings[next(iter(owners))]
    for part, owners in (*first_names.items(), *middle.items()):
        known = readings.get(part)
        is_free = known and known.sense is None and (known.label == "PERSON" or part not in placed)
        if is_free and len(owners) == 1 and part not in surnames:
            readings[part] = readings[next(iter(owners))]


def _persons(readings: dict[str, Reading]) -> dict[str, list[str]]:
    """The words of each full name without suffixes; a middle name or initial makes no other person."""
    full = {
        name: [word for word in name.split() if word not in _SUFFIXES]
        for name, reading in readings.items()
        if reading.label == "PERSON"
    }
    persons = {name: words for name, words in full.items() if len(words) > 1}
    short = {
        (words[0], words[-1]): name for name, words in persons.items() if words == name.split() and len(words) == 2
    }
    for name, words in list(persons.items()):
        one = short.get((words[0], words[-1]))
        if one and one != name and name.split() == words:
            readings[name] = readings[one]
            del persons[name]
    return persons


def _is_known(readings: dict[str, Reading], name: str) -> bool:
    return name in readings and readings[name].sense is not None
