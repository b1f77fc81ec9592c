"""Names of one document to places, by what follows a name, the areas of the document, nearness and population."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from brief_extract.places.candidates import candidates
from brief_extract.places.clusters import Clusters, clusters
from brief_extract.places.evidence import Evidence, distance, gather
from brief_extract.places.gazetteer import Candidate, Gazetteer, load
from brief_extract.places.layout import fold

ROUNDS = 2
"""How often the choice is made anew with the evidence of the choice before; a third round changes nothing."""

_AREA_FOLLOWS = re.compile(r",? (?:in )?(?:the )?|,? \(|, (?:in|near) (?:the )?")
_LISTED = re.compile(r"\.?,? (?:and|or|to) (?:the )?[A-Z]|\.?, [A-Z]")
_STATE_BEFORE = re.compile(r"\b(?:state|province|region|governor|governorate|legislature) (?:of|in) $", re.I)
_STATE_AFTER = re.compile(r"(?:'s|’s)? (?:state|province|region|oblast|governor|legislature|lawmakers)\b", re.I)
_AREA_NAME = re.compile(r"\b(?:County|Parish|Borough|Co\.)$|shire$")

KIND_WORTH = {"country": 9.0, "admin1": -1.5, "admin2": -6.0, "town": 0.0, "district": 0.0}
"""What the kind adds to the logarithm of the population; that of an area counts all who live in it."""

SAME_PLACE_KM = 60.0
NEIGHBOURS = 3.0
"""What neighbours that other names may mean count at most."""

VILLAGE, FOREIGN_VILLAGE = 9.2, 0.1
"""The size of 10,000 people, and the confidence in a smaller place of a country that nothing else in the text is in, or
for a name that the recogniser takes for a region or water."""

CITY_STATE = 1.0
"""A city with more than a third of the people of its state, as a difference of logarithms, is the state."""


class Name(NamedTuple):
    """A name to resolve: its span, what the recogniser says of it, and where the lexicon has it."""

    start: int
    end: int
    text: str
    label: str = "GPE"
    entity: str = ""
    known_as: str = ""
    within: tuple[str, ...] = ()
    is_state: bool = False
    is_town: bool = False


class Choice(NamedTuple):
    """The place chosen for a name; ``confidence`` is the chance that it is the one, 0 to 1.

    ``is_told`` says that the text itself told it: an area followed.
    """

    place: Candidate
    confidence: float
    is_told: bool = False


def resolve(
    text: str,
    names: Sequence[Name],
    *,
    named: Sequence[tuple[str, float]] = (),
    home: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Choice | None]:
    """The place of each name, in the order given, or None where the gazetteer has none that fits.

    Args:
        text: The whole document.
        names: The names in it that may be places, in order of their place.
        named: Areas that other names of the document point to, as codes (``ML``, ``US.MS``), each with a weight.
        home: Code of the area that the writer writes for.
        gazetteer: Another one than the package's.
    """
    gazetteer = gazetteer or load()
    found = [_candidates(name, gazetteer) for name in names]
    told = _told(text, names, found, gazetteer)
    groups: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        if found[number]:
            groups.setdefault(fold(name.text), []).append(number)
    evidence = _first_evidence(names, found, told, groups, named=named, home=home)
    near = clusters({key: [(it, _prior(it)) for it in found[numbers[0]]] for key, numbers in groups.items()})
    chosen: dict[str, Choice] = {}
    for _ in range(ROUNDS):
        chosen = {
            key: _choose(names[numbers[0]], found[numbers[0]], _cue(text, names, numbers), (evidence, near))
            for key, numbers in groups.items()
        }
        votes = [
            (key, choice.place, choice.confidence * min(len(groups[key]), 3) / 1.5)
            for key, choice in chosen.items()
            if choice.confidence >= 0.3
        ]
        votes += [(fold(names[it].text), place, 1.5) for it, place in told.items()]
        evidence = gather(votes, named, home)
    return _answers(names, groups, chosen, told)


def _answers(
    names: Sequence[Name],
    groups: Mapping[str, Sequence[int]],
    chosen: Mapping[str, Choice],
    told: Mapping[int, Candidate],
) -> list[Choice | None]:
    """One sense for each name in the document, but where an area follows; what was told last counts from there on."""
    answers: list[Choice | None] = [None] * len(names)
    for key, numbers in groups.items():
        first = next((told[it] for it in numbers if it in told), None)
        current = Choice(first, 0.9) if first else chosen[key]
        for number in numbers:
            if number in told:
                answers[number] = Choice(told[number], 0.97, is_told=True)
                current = Choice(told[number], 0.9)
            else:
                answers[number] = current
    return answers


def _candidates(name: Name, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """The places of a name; a country, state or region of the lexicon is that, and nothing else of that name."""
    own = candidates(name.text, gazetteer)
    kind, _, code = name.entity.partition("/")
    if kind in ("country", "region") or name.is_state:
        both = [place for it in dict.fromkeys((name.known_as, name.text)) if it for place in gazetteer.lookup(it)]
        countries = {it.removeprefix("country/") for it in name.within}
        if kind == "country":
            sure = [it for it in both if it.kind == "country" and it.country == code]
        elif kind == "region":
            sure = [it for it in both if it.kind in ("region", "water", "mountain")]
        else:
            sure = [it for it in both if it.kind == "admin1" and it.country in countries]
        if sure:
            return tuple(sure[:1])
    if own or not name.known_as or name.label == "FAC":
        return own
    return candidates(name.known_as, gazetteer)


def _told(
    text: str, names: Sequence[Name], found: Sequence[Sequence[Candidate]], gazetteer: Gazetteer
) -> dict[int, Candidate]:
    """The places that the area right after them tells: *Perth, Scotland*; from the back, for areas told themselves."""
    told: dict[int, Candidate] = {}
    for number in range(len(names) - 2, -1, -1):
        name, area = names[number], names[number + 1]
        if not found[number] or not _AREA_FOLLOWS.fullmatch(text, name.end, area.start):
            continue
        known = [told[number + 1]] if number + 1 in told else _areas(area, found[number + 1])
        anew = [] if number + 1 in told else _areas(area, candidates(area.text, gazetteer))  # Athens, Georgia
        pairs = _inside(found[number], known) or _inside(found[number], anew)
        if not pairs or (pairs[0][1].kind == "country" and _LISTED.match(text, area.end) and _is_listed(found[number])):
            continue
        told[number], told[number + 1] = max(pairs, key=lambda pair: _prior(pair[0]))
    return told


def _inside(places: Sequence[Candidate], areas: Sequence[Candidate]) -> list[tuple[Candidate, Candidate]]:
    """Those of the places that lie in one of the areas, each with the area."""
    towns = (it for it in places if it.kind not in ("country", "admin1"))
    return [(it, area) for it in towns for area in areas if area.holds(it) and area != it]


def _is_listed(places: Sequence[Candidate]) -> bool:
    """Whether a name before a country may be another country of a list: *Georgia, Armenia and Turkey*."""
    return any(it.kind == "country" for it in places)


def _areas(name: Name, found: Sequence[Candidate]) -> list[Candidate]:
    """The areas that a name may be: countries and first-level ones; second-level ones that are called so."""
    areas = [it for it in found if it.kind in ("country", "admin1")]
    return areas + ([it for it in found if it.kind == "admin2"] if _AREA_NAME.search(name.text) else [])


def _prior(place: Candidate) -> float:
    """How likely a place is meant by its name if nothing else is known."""
    return place.size + KIND_WORTH.get(place.kind, 0.0) - (3.0 if place.is_alias else 0.0)


class _Cue(NamedTuple):
    """Whether a word beside one of the mentions calls it a first-level area."""

    is_state: bool = False


def _cue(text: str, names: Sequence[Name], numbers: Sequence[int]) -> _Cue:
    near = (names[number] for number in numbers[:5])
    return _Cue(
        any(
            _STATE_BEFORE.search(text, max(0, it.start - 20), it.start) or _STATE_AFTER.match(text, it.end)
            for it in near
        )
    )


def _choose(name: Name, found: Sequence[Candidate], cue: _Cue, context: tuple[Evidence, Clusters]) -> Choice:
    """The best place of a name. Its confidence grows with the distance in score to the next one elsewhere."""
    (evidence, near), key = context, fold(name.text)

    def score(place: Candidate) -> float:
        neighbours = 0.0 if place.is_area else min(NEIGHBOURS, near.support(place, key))
        return _score(place, name, cue) + evidence.score(place, key) + neighbours

    scored = sorted(((score(it), it) for it in found), key=_by_score)
    best_score, best = scored[0]
    best = best if cue.is_state else _city_of(best, found)
    rival = next((score for score, it in scored[1:] if not _same(best, it)), None)
    margin = best_score - rival if rival is not None else 6.0
    if best.size < VILLAGE and (name.label == "LOC" or evidence.is_elsewhere(best, key)):
        return Choice(best, FOREIGN_VILLAGE)
    return Choice(best, confidence(margin, best_score))


def _city_of(place: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Of a city that is its own state, *Vienna*, the city; any other place as it is."""
    if place.kind != "admin1":
        return place
    cities = (it for it in found if it.kind == "town" and place.holds(it) and it.size > place.size - CITY_STATE)
    return next(cities, place)


def confidence(margin: float, score: float) -> float:
    """The chance that a choice is right, by its lead over the next place elsewhere and its own score."""
    return 1 / (1 + math.exp(-(0.2 + 0.55 * min(margin, 6.0) + 0.12 * min(score - 12.0, 8.0))))


def _by_score(scored: tuple[float, Candidate]) -> tuple[float, str, int]:
    return -scored[0], scored[1].kind, scored[1].geonames or 0


def _same(one: Candidate, other: Candidate) -> bool:
    return distance(one, other.lat, other.lon) < SAME_PLACE_KM


def _score(place: Candidate, name: Name, cue: _Cue) -> float:
    score = _prior(place)
    if place.country and f"country/{place.country}" in name.within:
        score += 2.5
    if name.is_town and place.kind == "admin1":
        score -= 3.0
    if name.label == "LOC" and place.kind in ("town", "admin2"):
        score -= 3.0
    if cue.is_state and place.kind == "admin1":
        score += 4.0
    return score


def _first_evidence(
    names: Sequence[Name],
    found: Sequence[Sequence[Candidate]],
    told: Mapping[int, Candidate],
    groups: Mapping[str, Sequence[int]],
    **outside: Any,
) -> Evidence:
    """The evidence before any choice: what was told, what has one reading, and a little of what is much the largest."""
    votes = [(fold(names[it].text), place, 1.5) for it, place in told.items()]
    for key, numbers in groups.items():
        ranked = sorted(found[numbers[0]], key=_prior, reverse=True)
        lead = _prior(ranked[0]) - _prior(ranked[1]) if len(ranked) > 1 else 6.0
        weight = 1.0 if lead >= 5.0 else 0.4 if lead >= 2.5 else 0.15
        votes.append((key, ranked[0], weight * min(len(numbers), 3)))
    return gather(votes, **outside)
