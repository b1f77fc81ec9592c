"""The gazetteer: names to the places that bear them, read from a mapped file, nothing of it before the first name."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from brief_extract.errors import ModelError
from brief_extract.places.layout import ALIAS, DEGREE, KINDS, MAGIC, SECTIONS, STEP, fold

PATH = Path(__file__).with_name("gazetteer.bin")


class Candidate(NamedTuple):
    """A place that may be meant by a name.

    Attributes:
        name: What it is called in English, or there.
        kind: One of ``KINDS``.
        country: ISO 3166-1 alpha-2; None of what lies in several countries.
        admin1: GeoNames code of the first-level area, ``US.KS``.
        admin2: Name of the second-level area, ``Sedgwick County``; empty where none is known.
        lat: Degrees north.
        lon: Degrees east.
        size: Natural logarithm of the population.
        geonames: GeoNames id, or None.
        is_alias: Whether the name that was looked up is another spelling.
    """

    name: str
    kind: str
    country: str | None
    admin1: str | None
    admin2: str
    lat: float
    lon: float
    size: float
    geonames: int | None
    is_alias: bool = False

    @property
    def is_area(self) -> bool:
        """Whether towns lie in it."""
        return self.kind in ("country", "admin1", "admin2")

    def holds(self, other: Candidate) -> bool:
        """Whether the other place lies in this area."""
        if self.kind == "country":
            return other.country == self.country
        if self.kind == "admin1":
            return self.admin1 is not None and other.admin1 == self.admin1
        return self.kind == "admin2" and other.admin1 == self.admin1 and other.admin2 == self.name


class Gazetteer:
    """The file of places. Threads and processes may share it: pages of the file are read as they are needed.

    Raises:
        ModelError: the file is missing, truncated, or no gazetteer of this version.
    """

    def __init__(self, path: Path = PATH) -> None:
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise _unusable(path, str(error)) from error
        self._at = _sections(self._data, path)
        start, end = self._at["areas"]
        self._areas = self._data[start:end].decode().split("\n")
        start, end = self._at["admin2"]
        self._seconds = self._data[start:end].split(b"\n")
        self.lookup = lru_cache(maxsize=4096)(self._lookup)

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        """All places of this name, whatever its case, accents and hyphens."""
        line = self._line(fold(name).encode())
        return tuple(self._candidate(number) for number in line.split())

    def _line(self, key: bytes) -> str:
        low, high = self._at["keys"]
        data = self._data
        while key and low + 1 < high:
            start = data.rfind(b"\n", low, (low + high) // 2 + 1)
            end = data.find(b"\n", start + 1, high)
            found, _, numbers = data[start + 1 : end].partition(b"\t")
            if found == key:
                return numbers.decode()
            if found < key:
                low = end
            else:
                high = start + 1
        return ""

    def _candidate(self, posting: str) -> Candidate:
        is_alias = posting.endswith(ALIAS)
        number = int(posting.removesuffix(ALIAS))
        start = self._at["names"][0] + self._value("starts", "<I", number)
        area = self._areas[self._value("area", "<H", number)]
        return Candidate(
            name=self._data[start : self._data.find(b"\n", start)].decode(),
            kind=KINDS[self._value("kind", "<B", number)],
            country=area[:2] or None,
            admin1=area if "." in area else None,
            admin2=self._seconds[self._value("second", "<H", number)].decode(),
            lat=self._value("lat", "<i", number) / DEGREE,
            lon=self._value("lon", "<i", number) / DEGREE,
            size=self._value("level", "<B", number) / STEP,
            geonames=self._value("geonames", "<I", number) or None,
            is_alias=is_alias,
        )

    def _value(self, section: str, form: str, number: int) -> int:
        value: int = struct.unpack_from(form, self._data, self._at[section][0] + number * struct.calcsize(form))[0]
        return value


def _sections(data: mmap.mmap, path: Path) -> Mapping[str, tuple[int, int]]:
    """Where each section begins and ends."""
    lengths = f"<{len(SECTIONS)}I"
    start = len(MAGIC) + struct.calcsize(lengths)
    if data[: len(MAGIC)] != MAGIC:
        raise _unusable(path, "it is no gazetteer of this version")
    if len(data) < start:
        raise _unusable(path, "it is truncated")
    found = {}
    for name, length in zip(SECTIONS, struct.unpack_from(lengths, data, len(MAGIC)), strict=True):
        found[name] = (start, start + length)
        start += length
    if start != len(data):
        raise _unusable(path, f"it has {len(data):,} bytes instead of {start:,}")
    return found


def _unusable(path: Path, why: str) -> ModelError:
    fix = "install brief-extract again, or leave places out (--no-places)"
    return ModelError(f"the gazetteer {path} cannot be used: {why}; fix: {fix}")


@cache
def load() -> Gazetteer:
    """The gazetteer of the package, opened once in a process."""
    return Gazetteer()
