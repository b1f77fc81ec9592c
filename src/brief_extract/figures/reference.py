"""The day on which an article was written, which "last Tuesday" is relative to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

FIELDS = ("published", "date", "date_published", "published_at", "pub_date")
"""Fields of a record that say when its article was published, the surest first."""


def written_on(given: str | None, record: Mapping[str, Any], default: str) -> dt.date | None:
    """The day that was given for this article, or that its record states, or the default; None if there is none.

    Raises:
        ValueError: the given day is none.
    """
    if given:
        return dt.date.fromisoformat(given)
    stated = (_day(record.get(field)) for field in FIELDS)
    return next((day for day in stated if day), None) or (dt.date.fromisoformat(default) if default else None)


def _day(value: object) -> dt.date | None:
    """The day at the start of a field in ISO 8601; anything else states none."""
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
