"""What own names cost: ``python benchmarks/names.py [--names 200000] [--articles 100]``.

Three ways to hold a list are compared, each in a process of its own: packed, as the package does; a dict of entries;
SQLite, asked at each word that may begin a name. CPU seconds and memory for the loading, counted from the moment when
everything else is loaded, then CPU seconds for the names of some articles, against those without a list.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from articles import article

from brief_extract import Config, Extractor
from brief_extract.entities import lexicon
from brief_extract.entities.lexicon import Entry, Match, Sense
from brief_extract.entities.name_lists import OwnName, read_list, rows_of
from brief_extract.entities.names import WORD, NameIndex, ends_word, fold
from brief_extract.entities.own_names import OwnNames, default_id

WAYS = ("packed", "dict", "sqlite")
SYLLABLES = "ba ka mo re ti lu san dor vel min ros tar pel qui zen hap gor wex lin dra".split()
OPENINGS = "The New United National First General West East Bank Royal Saint Great International Global".split()
ENDINGS = "Group Holdings Bank Ltd Foundation Party University Institute Energy Mining".split()


def write_list(path: Path, count: int) -> None:
    """A list of persons, organisations and places, of two to four words; a fifth begins with a common word."""
    choose = random.Random(3)

    def word() -> str:
        return "".join(choose.choice(SYLLABLES) for _ in range(choose.randint(2, 4))).capitalize()

    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "label", "id", "country", "same_as"])
        for number in range(count):
            kind = choose.random()
            words = [choose.choice(OPENINGS) if kind < 0.2 else word(), word()]
            name = " ".join(words if 0.2 <= kind < 0.6 else [*words, choose.choice(ENDINGS)])
            label = choose.choice(["PERSON", "ORG", "GPE"])
            rows.writerow([name, label, f"own/{number}", choose.choice(["", "KE", "FR"]), f"Q{number * 7}"])


def entry_of(own: OwnName) -> Entry:
    """What a row says."""
    id = own.id or default_id(own)
    sense = Sense(id, own.name, own.label, tuple(f"country/{code}" for code in own.countries), own.same_as)
    return Entry(own.name, own.label, (sense,))


def rows(path: Path) -> Iterator[OwnName]:
    """The rows of the list."""
    countries = {id.removeprefix("country/") for id in lexicon.load().senses if id.startswith("country/")}
    return rows_of(read_list(str(path)), countries)


class InADict:
    """The obvious way: an object for each name."""

    def __init__(self, path: Path) -> None:
        self._entries = {own.name: entry_of(own) for own in rows(path)}
        self._index = NameIndex(self._entries)

    def find(self, text: str) -> list[Match]:
        """The names in the text."""
        text = fold(text)
        return [
            Match(word.start(), word.start() + len(name), self._entries[name])
            for word in WORD.finditer(text)
            if word[0] in self._index
            for name in self._index.at(text, word.start(), word[0])
        ]


class InSqlite:
    """One row a name, found by its first word; a set of the first words would take the memory that this saves."""

    def __init__(self, path: Path) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".sqlite")  # noqa: SIM115 - as long as the process
        self._file = file
        self._database = sqlite3.connect(file.name)
        self._database.execute("CREATE TABLE names (first TEXT, name TEXT, row BLOB)")
        packed = ((own.name.split()[0], own.name, json.dumps(own[2:])) for own in rows(path))
        self._database.executemany("INSERT INTO names VALUES (?, ?, ?)", packed)
        self._database.execute("CREATE INDEX by_first ON names (first)")
        self._database.commit()

    def find(self, text: str) -> list[Match]:
        """The names in the text."""
        text = fold(text)
        found: list[Match] = []
        ask = self._database.execute
        for word in WORD.finditer(text):
            if word[0][0].isupper():
                for name, row in ask("SELECT name, row FROM names WHERE first = ?", (word[0],)):
                    end = word.start() + len(name)
                    if text.startswith(name, word.start()) and ends_word(text, end):
                        found.append(Match(word.start(), end, entry_of(OwnName(0, name, *json.loads(row)))))
        return found


def memory() -> tuple[float, float]:
    """Megabytes of the process: now, and at most so far."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def measure(way: str, path: Path, articles: int, rounds: int) -> None:
    """Print the figures of one way as JSON."""
    extractor = Extractor(Config(language="en"))
    extractor.extract("Mali and Niger.")  # loads all but the list
    texts = [article(number) for number in range(articles)]
    before, started = memory(), time.process_time()
    make = {"dict": InADict, "sqlite": InSqlite}
    names = make[way](path) if way != "packed" else OwnNames([read_list(str(path))], lexicon.load())
    load, after = time.process_time() - started, memory()
    taken: dict[bool, float] = {}
    for turn in range(2 * rounds):  # in turns, for a machine may have other work
        extractor.recogniser._names = names if turn % 2 else None
        started = time.process_time()
        deque(extractor.pipe(texts), 0)
        seconds = time.process_time() - started
        taken[bool(turn % 2)] = min(seconds, taken.get(bool(turn % 2), seconds))
    print(json.dumps([load, after[0] - before[0], after[1] - before[1], taken[False], taken[True]]))


def main() -> None:
    """All ways, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=200_000)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--way", choices=WAYS)
    parser.add_argument("--list", type=Path)
    given = parser.parse_args()
    if given.way:
        measure(given.way, given.list, given.articles, given.rounds)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.csv"
        write_list(path, given.names)
        print(f"{given.names:,} names, {path.stat().st_size / 1e6:.1f} MB; {given.articles} articles")
        for way in WAYS:
            command = [sys.executable, __file__, "--way", way, "--list", str(path), "--articles", str(given.articles)]
            load, grown, peak, plain, taken = json.loads(subprocess.check_output(command))
            print(
                f"{way:7} loading {load:5.2f} s, +{grown:4.0f} MB (peak +{peak:4.0f}); "
                f"articles {plain:6.2f} s, with names {taken:6.2f} s, {100 * (taken / plain - 1):+5.1f} %"
            )


if __name__ == "__main__":
    main()
