"""Near-matches for a regular expression, made from its parse tree: texts that repeat what the pattern repeats.

A pattern is slow when it can read one text in many ways. That shows only if the text almost matches: a prefix that
leads into a repeat, a long run that the repeat accepts, and an end that makes the match fail. ``attacks`` builds such
texts for each repeat, for each pair of repeats that follow one another, and for the pattern as a whole.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from regextree import REPEATS, Node, flattened, is_set, parsed, sets_of, values_of

PLAIN = (
    "".join(map(chr, range(32, 127)))
    + "\t\n\x00\u00a0\u00bd\u00b7\u00c9\u00e9\u2013\u2014\u2019\u201c\u201d\u2022\u2026\u4e2d"
)
"""Characters to choose from, besides those that the pattern names."""

LEAST = 8
"""A repeat that stops earlier cannot be pumped; its surroundings can."""

MOST_PUMPS = 8
MOST_PREFIXES = 4
MOST_ENDS = 6
MOST_PAIRS = 1000
MOST = 2000
"""Attacks on one pattern. Only five patterns have more; a slow one is found by many of them."""


class Attack(NamedTuple):
    """The text ``prefix + pump * n + middle + second * n + end``, where ``second`` may be empty."""

    prefix: str
    pump: str
    middle: str = ""
    second: str = ""
    end: str = ""

    def text(self, length: int) -> str:
        """A text of about this many characters."""
        count = max(1, length // (len(self.pump) + len(self.second)))
        return self.prefix + self.pump * count + self.middle + self.second * count + self.end

    def coded(self, length: int) -> bytes:
        """The same as bytes."""
        return self.text(length).encode("latin-1", "replace")


@dataclass(slots=True)
class Spot:
    """A repeat in the tree, with the nodes that lead to it and those that follow it."""

    before: list[Node]
    node: Node
    after: list[Node]


def attacks(pattern: re.Pattern[Any]) -> list[Attack]:
    """The attacks on a pattern, each once, the same ones each time."""
    attacker = _Attacker(pattern)
    found = list(dict.fromkeys(attacker.attacks()))
    return attacker.chance.sample(found, min(len(found), MOST))


@dataclass(slots=True)
class _Attacker:
    pattern: re.Pattern[Any]
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    letters: list[str] = field(default_factory=list)
    groups: dict[int, str] = field(default_factory=dict)
    ignorecase: bool = False
    ascii: bool = False

    def attacks(self) -> Iterator[Attack]:
        flags = self.pattern.flags
        self.ignorecase, self.ascii = bool(flags & re.IGNORECASE), bool(flags & re.ASCII)
        tree = parsed(self.pattern.pattern, flags)
        self.letters = self._letters(tree)
        spots = list(self._spots([], tree, []))
        for spot in spots:
            yield from self._single(spot)
        pairs = [
            attack
            for place, spot in enumerate(spots)
            for other in spots[place + 1 :]
            for attack in self._pair(spot, other)
        ]
        yield from self.chance.sample(pairs, min(len(pairs), MOST_PAIRS))
        yield from self._whole(tree)

    # --- the three kinds of attacks ---------------------------------------------------------------------------

    def _single(self, spot: Spot) -> Iterator[Attack]:
        """The repeat alone, after each prefix and before each end; and over and over from the start of the pattern."""
        pumps = self._pumps(spot.node)
        prefixes = self._variants(spot.before, MOST_PREFIXES)
        for pump in pumps:
            for prefix in dict.fromkeys(["", *prefixes]):
                for end in self._ends(spot):
                    yield Attack(prefix, pump, end=end)
        for pump in pumps[:3]:
            for prefix in prefixes:
                for glue in ("", " ", ","):
                    for end in self._ends(spot)[:3]:
                        yield Attack("", prefix + pump + glue, end=end)
                        yield Attack("", pump + glue, "", prefix + pump + glue, end)

    def _pair(self, spot: Spot, other: Spot) -> Iterator[Attack]:
        """Two repeats, both long, where the second follows the first."""
        place = next((i for i, node in enumerate(other.before) if node is spot.node), None)
        if place is None:
            return
        middles = self._variants(other.before[place + 1 :], 2)
        firsts, seconds = self._pumps(spot.node)[:4], self._pumps(other.node)[:4]
        for prefix in self._variants(spot.before, 2):
            for first in firsts:
                for second in seconds:
                    for middle in middles:
                        for end in self._ends(other)[:4]:
                            yield Attack(prefix, first, middle, second, end)

    def _whole(self, tree: list[Node]) -> Iterator[Attack]:
        """What the whole pattern matches, again and again, and the same without its last character."""
        for example in self._variants(flattened(tree), 6):
            for whole in (example, example[:-1]):
                for glue in ("", " ", "x"):
                    if whole + glue:
                        for end in ("", "!", "\x00"):
                            yield Attack("", whole + glue, end=end)

    def _pumps(self, node: Node) -> list[str]:
        """Texts that one turn of the repeat accepts: each kind of character, or some examples."""
        body = flattened(list(node[1][2]))
        if len(body) == 1 and is_set(body[0]):
            accepted = [letter for letter in self.letters if self._accepts(body[0], letter)]
            self.chance.shuffle(accepted)
            first = [self._letter(body[0])]
            pairs = [a + b for a, b in pairwise(accepted)][:2]
            return list(dict.fromkeys([*first, *accepted[: MOST_PUMPS + 4], *pairs]))
        found = self._variants(body, MOST_PUMPS)
        both = [a + b for a, b in pairwise(found)]
        return [pump for pump in dict.fromkeys([*found, *both[:3]]) if pump]

    def _ends(self, spot: Spot) -> list[str]:
        """Ends at which the match fails, or only seems to go on; and the one at which it succeeds."""
        body = flattened(list(spot.node[1][2]))
        refused = [letter for letter in self.letters if not any(self._accepts(node, letter) for node in body)]
        self.chance.shuffle(refused)
        after = self._variants(spot.after, 2)
        near = [example[:-1] + "\x00" for example in after[:1] if example]
        return list(dict.fromkeys(["!", "\x00", "", *near, *after, *refused[:MOST_ENDS], "\n", " ("]))[: MOST_ENDS + 3]

    # --- examples ---------------------------------------------------------------------------------------------

    def _variants(self, nodes: Sequence[Node], most: int) -> list[str]:
        """Some texts that the nodes accept: the shortest, one with all options, and others by chance."""
        found: dict[str, None] = {}
        for number in range(most * 3):
            self.groups.clear()
            found[self._example(nodes, min(number, 2))] = None
            if len(found) == most:
                break
        return list(found)

    def _example(self, nodes: Iterable[Node], style: int) -> str:
        return "".join(self._of(node, style) for node in nodes)

    def _of(self, node: Node, style: int) -> str:
        kind, value = str(node[0]), node[1]
        if is_set(node):
            return self._letter(node, style)
        if kind in REPEATS:
            least, most, body = value
            count = least if style == 0 else max(least, 1) if style == 1 else self.chance.choice((least, least + 1))
            return "".join(self._example(body, style) for _ in range(min(count, most)))
        if kind == "BRANCH":
            branches = value[1]
            return self._example(branches[0] if style == 0 else self.chance.choice(branches), style)
        if kind == "SUBPATTERN":
            text = self._example(value[3], style)
            if value[0] is not None:
                self.groups[value[0]] = text
            return text
        if kind == "ATOMIC_GROUP":
            return self._example(value, style)
        if kind == "GROUPREF":
            return self.groups.get(value, "")
        if kind == "ASSERT" and value[0] < 0:  # what stands before is part of the text
            return self._example(value[1], style)
        return ""

    def _letter(self, node: Node, style: int = 0) -> str:
        if str(node[0]) == "LITERAL":
            return chr(node[1])
        accepted = [letter for letter in self.letters if self._accepts(node, letter)]
        accepted = accepted or [letter for letter in PLAIN if self._accepts(node, letter)]
        if not accepted:
            return ""
        return accepted[0] if style == 0 else self.chance.choice(accepted)

    # --- the tree ---------------------------------------------------------------------------------------------

    def _spots(self, before: list[Node], nodes: Iterable[Node], after: list[Node]) -> Iterator[Spot]:
        flat = flattened(list(nodes))
        for place, node in enumerate(flat):
            kind, value = str(node[0]), node[1]
            lead, rest = before + flat[:place], flat[place + 1 :] + after
            if kind in REPEATS:
                if value[1] >= LEAST:
                    yield Spot(lead, node, rest)
                yield from self._spots(lead, value[2], [node, *rest] if value[1] > 1 else rest)
            elif kind == "BRANCH":
                for branch in value[1]:
                    yield from self._spots(lead, branch, rest)
            elif kind in ("ASSERT", "ASSERT_NOT"):
                yield from self._spots(lead, value[1], rest)

    def _letters(self, tree: list[Node]) -> list[str]:
        """One character of each kind that the sets of the pattern tell apart, and some that it names."""
        sets, named = list(sets_of(tree)), []
        for node in sets:
            named += [chr(value) for value in values_of(node)]
        kinds: dict[tuple[bool, ...], list[str]] = {}
        for letter in dict.fromkeys("a1A x." + PLAIN + "".join(named)):
            kinds.setdefault(tuple(self._accepts(node, letter) for node in sets), []).append(letter)
        return [letter for alike in kinds.values() for letter in alike[:1]]

    def _accepts(self, node: Node, letter: str) -> bool:
        kind, value = str(node[0]), node[1]
        if kind == "ANY":
            return letter != "\n" or bool(self.pattern.flags & re.DOTALL)
        forms = {letter, letter.lower(), letter.upper()} if self.ignorecase else {letter}
        codes = [ord(form) for form in forms if len(form) == 1]
        if kind == "LITERAL":
            return value in codes
        if kind == "NOT_LITERAL":
            return value not in codes
        if kind != "IN":
            return False
        found = any(self._in_set(item, codes) for item in value)
        return found != (str(value[0][0]) == "NEGATE")

    def _in_set(self, item: Node, codes: list[int]) -> bool:
        kind, value = str(item[0]), item[1]
        if kind == "LITERAL":
            return value in codes
        if kind == "RANGE":
            return any(value[0] <= code <= value[1] for code in codes)
        if kind != "CATEGORY":
            return False
        name = str(value)
        character = chr(codes[0])
        plain = character.isascii() or not self.ascii
        if name.endswith("DIGIT"):
            found = character.isdecimal() and plain
        elif name.endswith("SPACE"):
            found = character.isspace() and plain
        else:
            found = (character.isalnum() or character == "_") and plain
        return found != ("_NOT_" in name)
