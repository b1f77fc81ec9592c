"""What is counted or measured, as words of the sentence: ``cocoa exports Ghana``, ``people killed``, ``banks``.

Things counted stand behind their number; what a measure is of stands behind "of", before it, or is the subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from brief_extract.figures import vocabulary
from brief_extract.figures.amount import Amount
from brief_extract.figures.phrases import LONGEST, Phrases
from brief_extract.figures.tokens import Token, Tokens

_FARTHEST = 3
"""Tokens between two figures of one thing: ``by 50 basis points to 7.25 %``."""


def concepts_of(tokens: Tokens, amounts: Sequence[Amount], dates: Sequence[bool]) -> list[str | None]:
    """The words of what each figure of a sentence is of, in the order of the sentence, or None.

    ``dates`` says of each token whether it belongs to a date: neither these nor other figures name what is measured.
    """
    taken = list(dates)
    for amount in amounts:
        taken[amount.first : amount.stop] = [True] * (amount.stop - amount.first)
    reader = _Reader(tokens, taken)
    concepts: list[str | None] = []
    for number, amount in enumerate(amounts):
        if number and concepts[-1] and reader.continues(amounts[number - 1], amount):
            concepts.append(concepts[-1])
        else:
            words = reader.counted(amount) if amount.unit is None else reader.measured(amount)
            concepts.append(" ".join(token.text for token in words[:LONGEST]) or None)
    return concepts


class _Reader:
    """Reads what the figures of one sentence are of."""

    def __init__(self, tokens: Tokens, taken: Sequence[bool]) -> None:
        self.tokens = tokens
        self.phrases = Phrases(tokens, taken)

    def continues(self, before: Amount, amount: Amount) -> bool:
        """Whether a figure is of what the one before it is of: ``46,300 t (-17 %)``, ``$40, down from $50``."""
        tokens = self.tokens
        between = [token.low for token in tokens[before.stop : amount.first][-_FARTHEST - 1 :]]
        after = tokens.at(amount.stop)
        has_noun = after.kind == "word" and after.low not in vocabulary.words("function")
        if not between or (amount.unit is None and has_noun):
            return False
        near = len(between) <= _FARTHEST
        if after.low in ("more", "less", "fewer") and amount.symbol in (before.symbol, "%"):
            return near
        contrast, continuing = vocabulary.words("contrast"), vocabulary.words("continuing")
        if not contrast.isdisjoint(between[-2:]) and between[-1] in continuing | contrast:
            return not any(map(self.phrases.is_verb, range(before.stop, amount.first)))
        return near and continuing.issuperset(between) and not {"to", "from", "("}.isdisjoint(between)

    def counted(self, amount: Amount) -> list[Token]:
        """The thing counted: ``17 men``, ``31 of 36 drones``, ``dozens wounded``; or else what a measure is of."""
        within = self._within(amount)
        if within:
            return within
        found, stop = self.phrases.after(self._first_counted(amount))
        if not found:
            return self._participle(amount) or self.measured(amount)
        if self.tokens.low(stop) == "of":
            found += self.phrases.after(self.phrases.skip(stop + 1))[0]
        return found

    def measured(self, amount: Amount) -> list[Token]:
        """What a measure is of: ``tonnes of flour``, ``a budget of``, the object before "by", or the subject."""
        after = self._after(amount)
        if amount.unit not in ("%", None) and after and self.tokens.low(amount.stop) == "of":
            return after
        if after and self.tokens.low(amount.first - 1) in vocabulary.words("determiners"):
            return after  # a 16.5m mast
        before = self._before(amount)
        return [*before, *(token for token in after if token not in before)]

    # --- things counted ----------------------------------------------------------------------------------------

    def _first_counted(self, amount: Amount) -> int:
        """Where the thing counted may begin: past "of the" and the number of the whole in ``31 of 36 drones``."""
        tokens, place = self.tokens, amount.stop
        if amount.rate:  # 24 ships a day
            return amount.first + 1
        if tokens.low(place) == "or" and tokens.low(place + 1) in ("more", "less", "fewer", "so"):
            place += 2
        place = tokens.on(place, vocabulary.words("before_counted"))
        if tokens.at(place).kind == "number" and tokens.low(place - 1) in vocabulary.words("before_counted"):
            place += 1
        return place + 1 if place > amount.stop and tokens.low(place) in vocabulary.ones() else place

    def _within(self, amount: Amount) -> list[Token]:
        """The thing counted within a range or a rate: ``from three employees to 140``, ``24 ships a day``."""
        if amount.unit or not (amount.form == "from" or amount.rate):
            return []
        no_nouns = vocabulary.words("function") | vocabulary.words("counted_time") | vocabulary.beginnings()
        some = self.tokens[amount.first + 1 : amount.stop - 1]
        return [token for token in some if token.kind == "word" and token.low not in no_nouns]

    def _participle(self, amount: Amount) -> list[Token]:
        """``dozens wounded``."""
        token = self.tokens.at(amount.stop)
        return [token] if self.phrases.is_verb(amount.stop) and token.low.endswith("ed") else []

    # --- what is measured --------------------------------------------------------------------------------------

    def _after(self, amount: Amount) -> list[Token]:
        """The phrase behind a measure: ``of flour``, ``drop in visitors``, ``GDP growth``."""
        tokens, skip = self.tokens, self.phrases.skip
        low, next = tokens.low(amount.stop), tokens.low(amount.stop + 1)
        if low in ("of", "in", "worth"):
            start = skip(amount.stop + (2 if next == "of" else 1))
            is_where = low == "in" and tokens.at(start).is_capital
            return [] if is_where else self.phrases.after(start)[0]
        if low in vocabulary.words("change_nouns"):
            return self.phrases.after(skip(amount.stop + 2))[0]
        return [] if low in vocabulary.words("qualities") else self.phrases.after(amount.stop)[0]

    def _before(self, amount: Amount) -> list[Token]:
        """The phrase that leads to a measure: directly before it, before "of" or "by", or the subject of its clause."""
        place = self._before_bounds(amount.first - 1)
        link = self.tokens.low(place)
        if link in vocabulary.words("loose_links"):
            return self.phrases.object(place) or self.phrases.subject(amount.first)
        if link in vocabulary.words("links"):
            phrase = self.phrases.before(place - 1)
            if not phrase and link == "of" and self.tokens.low(place - 1) in vocabulary.words("down_after"):
                phrase = [self.tokens[place - 1]]
            if phrase:
                return self._with_owner(phrase, place - 1)
        phrase = self.phrases.before(place) if self.tokens.at(place).kind == "word" else []
        return phrase or self.phrases.subject(amount.first)

    def _before_bounds(self, place: int) -> int:
        """The place before "about", "at least", "the" and "a" that lead to an amount."""
        bounds = vocabulary.words("about") | vocabulary.words("bounds_between")
        place = self.tokens.back(place, bounds)
        if self.tokens.match(place - 1, ("up", "to")):
            place = self.tokens.back(place - 2, bounds)
        is_comparative = self.tokens.low(place + 1) == "than" and self.tokens.low(place).endswith("er")
        return place - 1 if is_comparative else place

    def _with_owner(self, phrase: list[Token], place: int) -> list[Token]:
        """A phrase with the one that "of", "for" or "in" ties it to: ``forecast for the Polish economy``."""
        link = self.phrases.skip_back(place - len(phrase))
        if self.tokens.low(link) in ("of", "for", "in"):
            return [*self.phrases.before(link - 1), *phrase]
        return phrase
