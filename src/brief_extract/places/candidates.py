"""The places that a name in a text may mean."""

from __future__ import annotations

import re
from functools import lru_cache

from brief_extract.places.gazetteer import Candidate, Gazetteer

_PART = re.compile(
    r"(?:the|greater|downtown|metropolitan|metro|central|mainland|old"
    r"|(?:city|town|village|state|province|region|county|district|borough|republic|kingdom|island|port) of"
    r"|(?:north|south)-?(?:east|west)(?:ern)?|(?:north|south|east|west)(?:ern)?|upper|lower) ",
    re.I,
)
_KIND_AFTER = re.compile(r" (?:city|state|province|region|district|metropolitan area|area|oblast|governorate)$", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORTEST = 3
"""Names of two letters are mostly codes, and parts of names of persons: *Lu*."""

_SAINT = re.compile(r"^(?:st|ste)\.? ", re.I)


@lru_cache(maxsize=4096)
def candidates(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The places of a name; without an article, a direction or the word for its kind, if it has none as it stands."""
    name = _POSSESSIVE.sub("", name.strip())
    found = _as_written(name, gazetteer)
    if not found:
        found = next(
            (found for short in _shorter(name) if (found := _as_written(short, gazetteer))),
            (),
        )
    if len(name.replace(".", "")) < _SHORTEST:
        short = name.isupper() or name.endswith(".")
        return tuple(it for it in found if it.kind == "country" or (short and it.kind == "admin1" and not it.is_alias))
    return found


def _as_written(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    found = gazetteer.lookup(name)
    if _SAINT.match(name):
        found += gazetteer.lookup(_SAINT.sub("Saint ", name))
    elif name.lower().startswith("saint "):
        found += gazetteer.lookup(f"St. {name[6:]}")
    elif name.lower().startswith("mt. "):
        found += gazetteer.lookup(f"Mount {name[4:]}")
    elif name.lower().startswith("ft. "):
        found += gazetteer.lookup(f"Fort {name[4:]}")
    return tuple(dict.fromkeys(found))


def _shorter(name: str) -> list[str]:
    match = _PART.match(name)
    ways = [name[match.end() :]] if match else []
    return [*ways, *(_KIND_AFTER.sub("", way) for way in (name, *ways) if _KIND_AFTER.search(way))]
