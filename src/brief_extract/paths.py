"""File names as Unicode text. Python decodes them by the locale, and in the C locale that is ASCII."""

from __future__ import annotations

import os
import sys

_UTF8 = sys.getfilesystemencoding() == "utf-8"


def text_of(path: str) -> str:
    """A path as the system gave it -> its text, the same in any locale. Bytes that are not UTF-8 become surrogates."""
    return path if _UTF8 or path.isascii() else os.fsencode(path).decode("utf-8", "surrogateescape")


def path_of(text: str) -> str:
    """The text of a path -> the path as the system takes it; undoes ``text_of``."""
    return text if _UTF8 or text.isascii() else os.fsdecode(text.encode("utf-8", "surrogateescape"))
