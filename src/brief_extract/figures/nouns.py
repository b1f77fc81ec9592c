"""Whether a thing counted follows a number: a plural in lower case that is no verb."""

from __future__ import annotations

from brief_extract.figures import vocabulary
from brief_extract.figures.tokens import Tokens


def is_plural(tokens: Tokens, place: int) -> bool:
    """Whether the word at a place is a plural in lower case, and no verb."""
    token = tokens.at(place)
    if token.kind != "word" or token.text != token.low or token.low in vocabulary.words("verbs"):
        return False
    return (token.low.endswith("s") and token.low not in vocabulary.words("function")) or token.low in vocabulary.words(
        "plurals"
    )


def counts(tokens: Tokens, place: int) -> bool:
    """Whether a plural is at a place, perhaps behind an adjective."""
    if is_plural(tokens, place):
        return True
    adjective = tokens.at(place)
    is_adjective = adjective.kind == "word" and adjective.text == adjective.low
    no_adjectives = vocabulary.words("function") | vocabulary.words("verbs")
    return is_adjective and adjective.low not in no_adjectives and is_plural(tokens, place + 1)
