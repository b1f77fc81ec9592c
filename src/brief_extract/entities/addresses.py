"""Addresses of the web and of mail, handles and hashtags: their letters name nothing."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"://|www\.|\w@\w|^[#@]\w")
_NO_BLANK = re.compile(r"\S+")


def without_addresses(text: str) -> str:
    """The text with web and mail addresses, handles and hashtags covered up: their letters name nothing."""
    if not any(mark in text for mark in ("@", "#", "www.", "://")):
        return text
    return _NO_BLANK.sub(lambda word: "_" * len(word[0]) if _ADDRESS.search(word[0]) else word[0], text)
