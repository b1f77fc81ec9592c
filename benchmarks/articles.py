"""Thousands of articles that all differ: ``python benchmarks/articles.py 1000 FOLDER``.

Sentences are put together from parts, so that hardly a block repeats and every one holds names and figures. One
article in two has lost its blank lines; one in three has a table, one in two a list. The same number always gives the
same article. The people, companies and events are invented.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

_FIRST = (
    "Amina Bilal Carla Dmitri Elena Farid Grace Hugo Ines Jonas Kofi Leila Marek Nadia Omar Priya Rosa Samuel Tariq"
)
_LAST = (
    "Abara Brandt Castellano Diallo Eriksen Fofana Grigoryan Haddad Ivanov Jansen Keita Lindqvist Mwangi Novak Okafor"
)
_PLACES = (
    "Mali|Niger|Chad|Senegal|Ghana|Kenya|Uganda|Zambia|Egypt|Jordan|Georgia|Armenia|Poland|Latvia|Portugal|Chile|Peru|"
    "Bolivia|Mexico|Vietnam|Laos|Nepal|Japan|Bamako|Niamey|Dakar|Accra|Nairobi|Lusaka|Cairo|Amman|Tbilisi|Yerevan|"
    "Warsaw|Riga|Lisbon|Santiago|Lima|La Paz|Hanoi|Kathmandu|Osaka|Brussels|Geneva|New York|the Sahel|Western Europe"
)
_KINDS = (
    "Ministry of Finance|Central Bank|Port Authority|Grain Board|Rail Company|Power Utility|Teachers’ Union|High Court"
)
_VERBS = "said|announced|confirmed|denied|told reporters|wrote in a letter|repeated|warned"
_MATTERS = (
    "the new border post|the price of diesel|a loan for the harbour|the harvest of wheat|the fishing licences|"
    "a bridge over the river|the closure of two mines|the census|the vaccination drive|the railway timetable|"
    "a tax on imported steel|the school calendar|the dispute over water|the price of electricity|visas for nurses"
)
_EFFECTS = (
    "would cost far more than planned|had been put off until spring|was discussed behind closed doors|"
    "could not be decided in one meeting|had divided the coalition|pleased the farmers|met resistance in parliament|"
    "had been agreed in principle|would be paid for by the region|was older than the present government"
)
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


class Writer:
    """One article's worth of chance."""

    def __init__(self, number: int) -> None:
        self._chance = random.Random(number)

    def _one(self, choices: str, apart: str = "|") -> str:
        return self._chance.choice(choices.split(apart))

    def _number(self) -> str:
        return f"{self._chance.randrange(2, 9000):,}"

    def _person(self) -> str:
        return f"{self._one(_FIRST, ' ')} {self._one(_LAST, ' ')}"

    def _body(self) -> str:
        return f"the {self._one(_PLACES).removeprefix('the ')} {self._one(_KINDS)}"

    def sentence(self) -> str:
        """One sentence of 15 to 40 words."""
        matter, effect = self._one(_MATTERS), self._one(_EFFECTS)
        forms = (
            lambda: (
                f"{self._person()} of {self._body()} {self._one(_VERBS)} on {self._one(_DAYS)} that {matter} {effect}."
            ),
            lambda: (
                f"In {self._one(_PLACES)}, {matter} {effect}, and {self._number()} people signed a petition against it."
            ),
            lambda: (
                f"“We have waited since {self._one(_MONTHS)} {self._chance.randrange(1990, 2026)},” {self._person()} "
                f"{self._one(_VERBS)}, “and nobody in {self._one(_PLACES)} has told us whether {matter} {effect}.”"
            ),
            lambda: (
                f"According to {self._body()}, about {self._number()} tonnes went from {self._one(_PLACES)} to "
                f"{self._one(_PLACES)} last year, which is {self._chance.randrange(2, 60)} percent more than before."
            ),
            lambda: (
                f"It was not the first time that {matter} {effect}, as older readers in the valley remember well, and "
                f"few of them believed that the {self._number()} jobs would ever come."
            ),
        )
        return self._chance.choice(forms)()

    def paragraph(self) -> str:
        """Three to six sentences in one line."""
        return " ".join(self.sentence() for _ in range(self._chance.randrange(3, 7)))

    def title(self) -> str:
        """A line in the style of headlines."""
        return f"{self._one(_PLACES)}: {self._one(_MATTERS).title()} Divides {self._one(_KINDS)}"

    def bullets(self) -> str:
        """A lead-in and a list, which stick together."""
        items = [
            f"- {self._one(_MATTERS).capitalize()} in {self._one(_PLACES)}" for _ in range(self._chance.randrange(3, 7))
        ]
        return "\n".join([f"{self._person()} named these points:", *items])

    def table(self) -> str:
        """A table of figures."""
        rows = [
            f"| {self._one(_PLACES)} | {self._number()} | {self._number()} | {self._chance.randrange(-40, 40)}% |"
            for _ in range(self._chance.randrange(3, 9))
        ]
        return "\n".join(["| Place | 2024 | 2025 | Change |", "|---|---|---|---|", *rows])


def article(number: int) -> str:
    """The article with this number: 300 to 900 words."""
    writer = Writer(number)
    blocks = [writer.title(), *(writer.paragraph() for _ in range(3 + number % 4))]
    if number % 2:
        blocks.insert(3, writer.bullets())
    if number % 3 == 0:
        blocks.insert(-1, writer.table())
    if number % 5 < 2:
        blocks.insert(-1, "## " + writer.title())
        blocks.append(writer.paragraph())
    return ("\n" if number % 4 < 2 else "\n\n").join(blocks) + "\n"


def markdown(size: int, *, damaged: bool) -> str:
    """About ``size`` characters of articles in Markdown, or the same without blank lines and heading marks."""
    pieces: list[str] = []
    length = 0
    while length < size:
        writer = Writer(len(pieces))
        blocks = [f"## {writer.title()}", writer.paragraph(), writer.bullets().replace(":\n", ":\n\n"), writer.table()]
        blocks += [writer.paragraph() for _ in range(3)]
        piece = "\n\n".join(blocks)
        pieces.append(piece.replace("\n\n", "\n").replace("## ", "") if damaged else piece)
        length += len(pieces[-1])
    return ("\n" if damaged else "\n\n").join(pieces) + "\n"


def write(count: int, folder: Path) -> None:
    """Fill a folder, a thousand articles to a subfolder."""
    for number in range(count):
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(number), encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
