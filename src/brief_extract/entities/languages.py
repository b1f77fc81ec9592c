"""Languages: *written in Spanish* names no country, *Spanish police* does."""

from __future__ import annotations

import re
from functools import lru_cache

from brief_extract.entities.lexicon import Match, Sense, lines

_SPOKEN = re.compile(
    r"\b(?:[Ii]n|into|from|speak|speaks|spoke|speaking|spoken|learns?|learnt|learned|learning|studies|studied|taught) "
    r"(?:[A-Z][a-z]+,? (?:and )?){0,4}$"
)
_NO_NOUN = re.compile(
    r"$|[.;:!?)\"\u201d]|,(?! [A-Z])"
    r"| (?:with|on|at|by|for|to|into|is|was|were|are|as|that|when|while|before|after|only|or) "
    r"|(?:, [A-Z][a-z]+){0,4},? and [A-Z][a-z]+(?:[.,;]|$)"
)
"""What follows a name that is no adjective; in a list what follows the whole list."""
_OF_LANGUAGE = re.compile(
    r"-(?:language|speaking|speakers?|medium|dubbed|subtitled)\b"
    r"| (?:languages?|subtitles?|translations?|translators?|dialects?|alphabet|grammar|dictionary|dictionaries|lessons?"
    r"|vocabulary|pronunciation|speakers?)\b"
)


def is_language(text: str, match: Match, model_label: str | None) -> bool:
    """Whether a name of a people is that of its language at this place: what stands beside it or the model says so.

    A noun behind it makes it an adjective: *in French cities*.
    """
    if match.entry.name not in lines("languages"):
        return False
    if _OF_LANGUAGE.match(text, match.end):
        return True
    if not _NO_NOUN.match(text, match.end):
        return False
    return model_label == "LANGUAGE" or _SPOKEN.search(text, max(0, match.start - 60), match.start) is not None


@lru_cache
def language(name: str) -> Sense:
    """The language as an entity, which points to no country."""
    return Sense(f"language/{name.lower()}", name, "LANGUAGE", ())
