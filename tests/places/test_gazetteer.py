"""The gazetteer file: what is in it, what it may cost, and one clear error where it is not what it should be."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from brief_extract import ModelError
from brief_extract.places.gazetteer import PATH, Gazetteer, load
from brief_extract.places.layout import MAGIC, fold

WHEEL_LIMIT = 8_000_000


def test_it_fits_in_a_wheel() -> None:
    assert len(zlib.compress(PATH.read_bytes(), 6)) < WHEEL_LIMIT


@pytest.mark.parametrize(
    ("name", "area", "geonames"),
    [
        ("Kansas City", "US.MO", 4393217),
        ("kansas-city", "US.MO", 4393217),
        ("Malmo", "SE.27", 2692969),
        ("Kiev", "UA.12", 703448),
        ("N’Djamena", "TD.21", 2427123),
        ("Illinois", "US.IL", 4896861),
        ("Fla.", "US.FL", 4155751),
        ("NSW", "AU.02", 2155400),
    ],
)
def test_places_are_found_by_any_spelling(name: str, area: str, geonames: int) -> None:
    assert (area, geonames) in {(place.admin1, place.geonames) for place in load().lookup(name)}


@pytest.mark.parametrize("name", ["", " ", "Qxqxqx", "\x00", "\t", "~", "zzzzzz", "\U0010ffff"])
def test_what_is_no_name_has_no_places(name: str) -> None:
    assert load().lookup(name) == ()


def test_points_are_in_degrees_and_sizes_in_logarithms() -> None:
    (town,) = [place for place in load().lookup("Wichita Falls") if place.kind == "town"]
    assert (round(town.lat, 1), round(town.lon, 1), town.country) == (33.9, -98.5, "US")
    assert 11 < town.size < 12


def test_the_first_and_the_last_key_are_found() -> None:
    gazetteer = load()
    start, end = gazetteer._at["keys"]
    keys = gazetteer._data[start:end].decode().strip("\n").split("\n")
    for line in (keys[0], keys[-1], *keys[:: len(keys) // 50]):
        key = line.partition("\t")[0]
        assert fold(key) == key
        assert gazetteer.lookup(key), key


def _truncated(path: Path) -> None:
    path.write_bytes(PATH.read_bytes()[:5_000_000])


BAD: dict[str, Callable[[Path], object]] = {
    "missing": lambda _: None,
    "empty": lambda path: path.write_bytes(b""),
    "foreign": lambda path: path.write_bytes(b"SQLite format 3\x00" * 100),
    "a layout to come": lambda path: path.write_bytes(MAGIC.replace(b"1", b"2") + bytes(1000)),
    "a head alone": lambda path: path.write_bytes(MAGIC + b"\x01"),
    "truncated": _truncated,
    "too long": lambda path: path.write_bytes(MAGIC + struct.pack("<12I", *[0] * 12) + b"more"),
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_one_clear_error(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.bin"
    BAD[kind](path)
    with pytest.raises(ModelError, match=r"^the gazetteer .*gazetteer\.bin cannot be used: .*; fix: .*--no-places"):
        Gazetteer(path)
