"""Noun phrases and verbs of a sentence without a parser: function words, common verbs and endings bound them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from brief_extract.figures import vocabulary
from brief_extract.figures.tokens import Token, Tokens

LONGEST = 6
"""Words of a phrase. A longer run is no phrase but a list, or words that no table has."""

WINDOW = 60
"""Tokens before a figure in which its clause is looked for, more than a sentence of news has."""

_SHORTEST_PARTICIPLE = 6
"""Letters: ``heated``, but no ``seed`` and ``breed``."""


class Phrases:
    """The phrases of one sentence. Tokens that are ``taken``, by dates and figures, belong to none."""

    def __init__(self, tokens: Tokens, taken: Sequence[bool]) -> None:
        self.tokens = tokens
        self.taken = taken

    def after(self, place: int) -> tuple[list[Token], int]:
        """The nouns and adjectives from a place on, and the place after them."""
        found: list[Token] = []
        while self.is_noun(place) and len(found) < LONGEST:
            found.append(self.tokens[place])
            place += 1
            if self.tokens.low(place) == "-" and self.tokens.at(place).touches:
                place += 1
        return found, place

    def before(self, place: int) -> list[Token]:
        """The nouns and adjectives that end at a place."""
        found: list[Token] = []
        if self._is_participle(place) and not self._is_named(place):
            return found
        while place >= 0 and self.is_noun(place) and len(found) < LONGEST:
            found.append(self.tokens[place])
            place -= 1
        return found[::-1]

    def skip(self, place: int) -> int:
        """The next place that is no article or possessive."""
        return self.tokens.on(place, vocabulary.words("determiners") | {"all", "them", ",", "other"})

    def skip_back(self, place: int) -> int:
        """The place before articles and possessives."""
        return self.tokens.back(place, vocabulary.words("determiners"))

    def subject(self, place: int) -> list[Token]:
        """The nouns of the clause that a place is in, up to its first verb; else those behind the next comma."""
        start = self._clause(place)
        found = self._nouns(start, place) or self._nouns(max(0, place - WINDOW), place)
        return found or self._nouns(self._comma(place), place + WINDOW)

    def _comma(self, place: int) -> int:
        """The place behind the next comma, or far away if none is near."""
        near = (other for other in range(place, place + LONGEST) if self.tokens.low(other) == ",")
        return next(near, place + WINDOW) + 1

    def object(self, place: int) -> list[Token]:
        """The nouns between a preposition and the nearest verb before it: ``cut its forecast for 2026 by``."""
        verb = place - 1
        while verb >= max(0, place - WINDOW) and not self.is_verb(verb):
            verb -= 1
        if verb < 0 or not self.is_noun(self.skip(verb + 1)):
            return []
        return [self.tokens[other] for other in range(verb + 1, place) if self.is_noun(other)]

    def is_noun(self, place: int) -> bool:
        """Whether a token may be in a noun phrase: no function word, no adverb, no verb unless an article says so."""
        token = self.tokens.at(place)
        if token.kind != "word" or self.taken[place] or len(token.text) == 1:
            return False
        low = token.low
        if low in vocabulary.words("function") or (low.endswith("ly") and low not in vocabulary.words("no_adverbs")):
            return False
        return low not in _verbs() or token.is_capital or self._is_named(place)

    def is_verb(self, place: int) -> bool:
        """Whether a token is a verb, by the table or by its ending."""
        token = self.tokens.at(place)
        if token.kind != "word" or token.is_capital or self._is_named(place):
            return False
        return token.low in _verbs() or self._is_participle(place)

    def _is_participle(self, place: int) -> bool:
        token = self.tokens.at(place)
        return not token.is_capital and len(token.low) >= _SHORTEST_PARTICIPLE and token.low.endswith("ed")

    def _is_named(self, place: int) -> bool:
        """Whether what stands beside makes a noun of a word that may be a verb: ``four counts``, ``the vote``."""
        before, after, low = self.tokens.at(place - 1), self.tokens.at(place + 1), self.tokens.low(place)
        if low in vocabulary.words("auxiliaries"):
            return False
        if (after.text == "-" and after.touches) or (before.text == "-" and self.tokens[place].touches):
            return True
        if before.low in vocabulary.words("determiners") or before.low == "of" or before.kind == "number":
            return True
        if before.low in vocabulary.ones():
            return low.endswith("s")
        if after.low in vocabulary.words("auxiliaries") or (low.endswith("s") and after.low in _verbs()):
            return True  # pay has risen, exports rose
        return low.endswith("ing") and (before.low in _verbs() or before.text == ",")  # cut spending

    def _clause(self, place: int) -> int:
        """Where the clause of a place begins: after a joint with a verb on either side."""
        first = max(0, place - WINDOW)
        verbs = [other for other in range(first, place) if self.is_verb(other)]
        for back in range(place - 1, first - 1, -1):
            token = self.tokens[back]
            if token.text in ";:":
                return back + 1
            is_joint = token.low in vocabulary.words("clause_joints") and verbs and verbs[0] < back < verbs[-1]
            if is_joint and self.is_noun(self.skip(back + 1)):
                return back + 1
        return first

    def _nouns(self, start: int, stop: int) -> list[Token]:
        """The nouns from a place to the first verb after one of them."""
        found: list[Token] = []
        for place in range(start, min(stop, len(self.tokens))):
            if found and self.is_verb(place):
                break
            if self.is_noun(place) and not self.is_verb(place):
                found.append(self.tokens[place])
        return found


@cache
def _verbs() -> frozenset[str]:
    return vocabulary.words("verbs") | vocabulary.words("up") | vocabulary.words("down")
