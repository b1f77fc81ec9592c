"""Cells that hold a time of day, a span of it, or a time taken: ``9:30 am``, ``14:00–16:00``, ``1:02:45``."""

from __future__ import annotations

import re

from brief_extract.cells.readings import Reading
from brief_extract.table import Range

_HALF = r"(?P<half>[ap])\.?m\.?"
_ZONE = r"(?:\s*+(?P<zone>UTC|GMT|[A-Z]{1,3}ST|[A-Z]{1,3}DT|CET|CEST|EET|MSK|ET|PT|CT|local|hrs|h)(?:[+-]\d{1,2})?)?"
_CLOCK = re.compile(
    rf"(?P<hour>\d{{1,2}})[:.h](?P<minute>\d\d)(?::(?P<second>\d\d))?\s*+(?:{_HALF})?{_ZONE}", re.I | re.A
)
_HOUR = re.compile(rf"(?P<hour>\d{{1,2}})\s*+{_HALF}{_ZONE}", re.I | re.A)
_SPAN = re.compile(r"(\d(?:[^–—-]{0,40}?[^\s–—-])??)\s*+(?:-|–|—|\bto\b)\s*+(\d[^–—-]*+)", re.I)
_TAKEN = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:\.(\d{1,3}))?", re.A)


def clock(text: str) -> Reading | None:
    """A time of day as ``HH:MM``, or a range of two.

    >>> clock("9:30 am").value, clock("3-6pm").value
    ('09:30', Range(low='15:00', high='18:00'))
    """
    match = _CLOCK.fullmatch(text) or _HOUR.fullmatch(text)
    if match:
        return _time(match)
    span = _SPAN.fullmatch(text)
    if span is None:
        return None
    half = re.search(_HALF, span[2], re.I)
    low = clock(span[1]) or (clock(span[1] + half.group()) if half else None)
    high = clock(span[2])
    if low and half and isinstance(low.value, str) and high and isinstance(high.value, str):
        bare = not re.search(_HALF, span[1], re.I)
        low = clock(span[1] + half.group()) if bare else low
        if low and bare and str(low.value) > high.value:
            low = clock(span[1] + ("am" if half["half"].lower() == "p" else "pm"))
    if low is None or high is None or not isinstance(low.value, str) or not isinstance(high.value, str):
        return None
    return Reading("range", Range(low=low.value, high=high.value), high.unit)


def taken(text: str) -> Reading | None:
    """``1:02:45`` or ``43:02`` as a duration in seconds.

    >>> taken("1:02:45")
    Reading(kind='duration', value=3765, unit='s', odd=None)
    """
    match = _TAKEN.fullmatch(text)
    if match is None or int(match[3]) > 59:
        return None
    seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    return Reading("duration", seconds + float(f"0.{match[4]}") if match[4] else seconds, "s")


def _time(match: re.Match[str]) -> Reading | None:
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
    if parts["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["half"].lower() == "p" else 0)
    elif "." in match.group() and not parts["zone"]:
        return None  # 9.30 without am or pm is a number
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    second = f":{parts['second']}" if parts.get("second") else ""
    zone = (parts["zone"] or "").upper()
    return Reading("time", f"{hour:02}:{minute:02}{second}", zone if zone not in ("", "H", "HRS", "LOCAL") else None)
