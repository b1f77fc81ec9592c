"""Records for every engine: articles, and poison of ten kinds among them."""

from __future__ import annotations

import json
import random
from typing import Any

from brief_extract import Config

CONFIG = Config(entities=False, max_bytes=10_000)
NAMES = Config(max_bytes=10_000)
"""With the model."""

ARTICLE = """\
Talks resume
In France Emmanuel Macron spoke of talks.
Two reasons:
- Cost of {number}
- Safety
| Year | Posts |
|---|---|
| 2025 | {number} |
"""

POISON: list[str | None] = [
    None,
    "",
    " \n\t ",
    "x" * 10_001,
    "\u200b\ufeff",
    "\n" * 50,
    "😀" * 10_001,
    "\x00",
    "\r",
    "a" * 20_000,
]
"""Texts of which no document can be made."""


def records(count: int) -> list[dict[str, Any]]:
    """Articles with ids of their own, one in twenty of them poison, always the same ones."""
    chance = random.Random(count)
    return [
        {
            "id": f"article-{number}",
            "text": chance.choice(POISON) if number % 20 == 7 else ARTICLE.format(number=number),
            "desk": f"desk {number % 3}",
        }
        for number in range(count)
    ]


def bad_ids(given: list[dict[str, Any]]) -> set[str]:
    """The ids of those that cannot be done."""
    return {record["id"] for record in given if record["text"] in POISON}


def names_in(document: str) -> set[str]:
    """What a document, as JSON, names."""
    return {entity["name"] for entity in json.loads(document)["entities"]}
