"""Own news sentences: templates.txt with names filled in.

Every slot carries its label, so the spans are exact. Slots with the same number belong together: a country, its cities
and demonym; a person's full name and surname; an organisation and its acronym.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from names import LISTS, Names, Person
from rules import Span

TEMPLATES = Path(__file__).with_name("templates.txt")
ORGANISATIONS = tomllib.loads(Path(__file__).with_name("organisations.toml").read_text("utf-8"))
PERSON, PLACE, PEOPLE = "PSF", "CYZX", "NE"
SMALL_WORDS = frozenset({"of", "for", "the", "and", "in", "to", "de", "on"})
TWO_SURNAMES = frozenset("MX AR CL CO ES PE VE EC BO NI GT HN SV CU DO UY PY CR PA BR".split())
TWO_SURNAMES_SHARE, INITIAL_SHARE, SECOND_NAME_SHARE = 0.3, 0.12, 0.11
AT_HOME = 0.5  # share of people and organisations that are from the text's first country
_SLOT = re.compile(r"\{([A-Z]+)(\d*)([!^]?)\}|\[([^|\]]+)\|([A-Z_]+)\]")
_FIELD = re.compile(r"\{(\w+)\}")


class Filler:
    """Fills one template; a slot asked for twice gives the same name."""

    def __init__(self, names: Names) -> None:
        self.names, self.rng = names, names.rng
        self.drawn: dict[str, str] = {}
        self.codes: dict[str, str] = {}

    def fill(self, template: str) -> tuple[str, list[Span]]:
        """The text and its spans."""
        text, spans, at = "", [], 0
        for slot in _SLOT.finditer(template):
            text += template[at : slot.start()]
            kind, number, form, literal, label = slot.groups()
            if literal:
                name = self.fill(literal)[0]
            else:
                name, label = self.name(kind, number), label_of(kind)
                name = acronym(name) if form == "!" else name.upper() if form == "^" else name
            if kind == "C" and not form and name in LISTS["with_article"] and not text.lower().endswith("the "):
                text += "the " if text else "The "
            spans.append((len(text), len(text) + len(name), label))
            text, at = text + name, slot.end()
        return text + template[at:], spans

    def name(self, kind: str, number: str) -> str:
        if kind + number not in self.drawn:
            self.draw(kind, number)
        return self.drawn[kind + number]

    def draw(self, kind: str, number: str) -> None:
        code = self.code(number)
        if kind in PERSON:
            home = self.code("1") if self.rng.random() < AT_HOME else code
            full, surname, given = self.person(home)
            self.drawn |= {"P" + number: full, "S" + number: surname, "F" + number: given}
            return
        if kind == "C":
            name = self.rng.choice(self.names.countries[code])
        elif kind == "N":
            name = self.names.demonyms[code]
        elif kind == "E":
            name = self.rng.choice(self.names.peoples)
        elif kind in PLACE:
            name = self.names.city(code)
        else:
            name = self.organisation(kind, self.code("1") if self.rng.random() < AT_HOME else code)
        self.drawn[kind + number] = name

    def code(self, number: str) -> str:
        return self.codes.setdefault(number, self.rng.choice(self.names.codes))

    def person(self, code: str) -> tuple[str, str, str]:
        """Full name, surname and given name."""
        person = self.names.person(code)
        first, last = person.first, person.last
        chance = self.rng.random()
        if chance < INITIAL_SHARE:
            first += f" {self.rng.choice('ABCDEFGHJKLMNOPRSTW')}."
        elif chance < INITIAL_SHARE + SECOND_NAME_SHARE:
            first += f" {self.names.person(code).given}"
        if code in TWO_SURNAMES and self.rng.random() < TWO_SURNAMES_SHARE:
            last += f" {self.names.person(code).surname}"
            person = Person(person.first, last, person.surname_first)
        return f"{first} {last}", person.surname, person.given

    def organisation(self, kind: str, code: str) -> str:
        words = ORGANISATIONS["words"]

        def field(match: re.Match[str]) -> str:
            match match[1]:
                case "nation":
                    return str(self.rng.choice(self.names.countries[code]))
                case "demonym":
                    return self.names.demonyms[code]
                case "city":
                    return self.names.city(code)
                case "surname":
                    return self.names.person(code).surname
                case "coined":
                    return str(self.rng.choice(words["root"]) + self.rng.choice(words["ending"]))
                case "initials":
                    return "".join(self.rng.choices("ABCDEFGHIKLMNOPRSTUVZ", k=self.rng.choice((3, 4))))
                case other:
                    return str(self.rng.choice(words[other]))

        return _FIELD.sub(field, self.rng.choice(ORGANISATIONS["forms"][kind]))


def label_of(kind: str) -> str:
    """The label of a slot."""
    if len(kind) > 1:
        return "ORG"
    return "PERSON" if kind in PERSON else "GPE" if kind in PLACE else "NORP"


def acronym(name: str) -> str:
    """HRW of Human Rights Watch; the first letters of a single word."""
    letters = [word[0] for word in name.replace("-", " ").split() if word.lower() not in SMALL_WORDS]
    return "".join(letters).upper() if len(letters) > 1 else name[:4].upper()


def synthesize(count: int, seed: int) -> Iterator[tuple[str, list[Span]]]:
    """`count` filled templates, each template used about equally often."""
    rng = random.Random(seed)
    names = Names(rng)
    templates = [line for line in TEMPLATES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    order: list[str] = []
    while len(order) < count:
        order += rng.sample(templates, len(templates))
    for template in order[:count]:
        yield Filler(names).fill(template)
