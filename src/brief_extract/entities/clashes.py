"""What in lists of names contradicts the built-in names, or other rows. All of it works; some may be a slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from brief_extract.entities.lexicon import Entry, Lexicon
from brief_extract.entities.name_lists import NameList, OwnName, rows_of
from brief_extract.entities.names import fold
from brief_extract.entities.own_names import default_id, key_of, known_as
from brief_extract.read import printable


class _Placed(NamedTuple):
    """A row with its list, and the entity that it names; none if it is dropped."""

    place: str
    own: OwnName
    entity: str | None


class Checked(NamedTuple):
    """How many rows there are, and a line for each clash."""

    rows: int
    clashes: list[str]


def check(lists: Sequence[NameList], lexicon: Lexicon) -> Checked:
    """The clashes of some lists, in the order of their rows.

    Raises:
        InputError: a list has a mistake; the message names file, row and fix.
        FormatError: a list is a Parquet file, and pyarrow is not installed.
    """
    placed = list(_placed(lists, lexicon))
    by_key: dict[str, tuple[str, _Placed]] = {}
    by_id: dict[str, _Placed] = {}
    clashes: list[str] = []
    for it in placed:
        clashes += _with_lexicon(it, lexicon)
        clashes += _with_others(it, by_key)
        if it.entity:
            first = by_id.setdefault(it.entity, it)
            if first.own.label != it.own.label:
                clashes.append(
                    f"{it.place}: {it.entity} is labelled {it.own.label}, but {first.own.label} in {first.place}; "
                    "fix: give both one label, or each an id"
                )
    return Checked(len(placed), clashes)


def _placed(lists: Sequence[NameList], lexicon: Lexicon) -> Iterator[_Placed]:
    countries = {id.removeprefix("country/") for id in lexicon.senses if id.startswith("country/")}
    for names in lists:
        for own in rows_of(names, countries):
            known = known_as(own, lexicon)
            entity = None if own.drop else own.id or (known.entity if known else default_id(own))
            yield _Placed(f"{printable(names.path)}, row {own.row}", own, entity)


def _with_lexicon(it: _Placed, lexicon: Lexicon) -> Iterator[str]:
    for name in it.own.spellings:
        entry = lexicon.get(name)
        if it.entity and entry and entry.senses and all(sense.entity != it.entity for sense in entry.senses):
            yield (
                f"{it.place}: {name!r} is {_told(entry)} in the built-in names, and {it.entity} from now on; "
                f"fix: if both are one, give it the id {entry.senses[0].entity}"
            )


def _told(entry: Entry) -> str:
    return f"{' or '.join(sense.entity for sense in entry.senses)} ({entry.label})"


def _with_others(it: _Placed, by_key: dict[str, tuple[str, _Placed]]) -> Iterator[str]:
    """Names that an earlier row has too, be it in another case. The later one counts."""
    for name in it.own.spellings:
        key = key_of(fold(name))
        spelled, other = by_key.get(key, (name, it))
        by_key[key] = name, it
        if other.own is it.own or (spelled != name and "exact" in (it.own.case, other.own.case)):
            continue
        if other.entity == it.entity:
            yield f"{it.place}: {name!r} stands in {other.place} already; fix: remove one of them"
        else:
            told = f"{it.entity or 'dropped'} here, and {other.entity or 'dropped'} in {other.place}"
            yield f"{it.place}: {name!r} is {told}; the later row counts; fix: remove one, or make it longer"
