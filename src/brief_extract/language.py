"""The language of a text, detected from it, offline."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from brief_extract.model import Issue

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"

LOOKED_AT = 5_000
"""Code points from the start of a text that its language is detected from; more only take longer."""

LEAST_LETTERS = 80
"""With fewer letters, some 16 words, a text is taken for English: a lone name or headline has no sure language."""

ENGLISH_SHARE = 0.18
"""A text in which so many of the words are function words of English is English, without a look at other languages.

It spares the 0.7 s that the identifier takes to load. Of 250 English texts of more than 300 words in the samples 244
have that many; German, Dutch, French and Spanish ones at most 0.11 (``in``, ``was``, ``on``).
"""

LEAST_PROBABILITY = 0.9
"""From which another language is believed. Of 2,798 texts of the samples, tweets and lists of names among them, 14 are
taken for another language than English, and 13 of these are in it; the last is half Turkish. At 0.5, English texts full
of names are French and Spanish."""

LANGUAGES = (
    "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv sw ta th"
    " tr uk ur vi zh"
).split()
"""Languages of news. Among all 97 that the identifier knows, one in eight texts full of names is Bikol or Pidgin."""

_FUNCTION_WORDS = frozenset(
    "a about after an and are as at be been but by for from had has have he her his in into is it its more no not of on"
    " or over said she than that the their there they this to was we were when which who will with would".split()
)
_WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language; English where nothing speaks for another."""
    start = text[:LOOKED_AT]
    words = _WORD.findall(start.lower())
    if sum(map(len, words)) < LEAST_LETTERS:
        return ENGLISH
    if sum(word in _FUNCTION_WORDS for word in words) >= ENGLISH_SHARE * len(words):
        return ENGLISH
    code, probability = _identifier().classify(start)
    return str(code) if probability >= LEAST_PROBABILITY else ENGLISH


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)
    return identifier


def without_model(language: str, chars: int) -> Issue:
    """The issue of a text of this length in a language that has no model."""
    message = f"no model for the language {language!r}: only the lexicon finds names; fix: models={{...}} (--model-for)"
    return Issue(code="no-model", message=message, start=0, end=chars)
