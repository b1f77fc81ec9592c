"""The language of a text, told from it. Needs ``pip install 'brief-extract[lang]'``."""

from __future__ import annotations

from brief_extract.errors import ModelError

ENGLISH = "en"

LOOKED_AT = 5_000
"""Code points from the start of a text that tell its language; more only take longer."""

LEAST_LETTERS = 40
"""With fewer letters a text is taken for English: a lone name or headline has no language that could be told."""


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the language.

    Raises:
        ModelError: py3langid is not installed.
    """
    try:
        import py3langid
    except ImportError as error:
        raise ModelError(
            "language=\"auto\" needs py3langid, which is not installed; fix: pip install 'brief-extract[lang]'"
        ) from error
    start = text[:LOOKED_AT]
    if sum(map(str.isalpha, start)) < LEAST_LETTERS:
        return ENGLISH
    code: str = py3langid.classify(start)[0]
    return code
