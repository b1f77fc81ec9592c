"""Dates and periods in prose, resolved to ISO 8601: ``7 May 2024``, ``last Tuesday``, ``the first quarter``."""

from brief_extract.dates.find import FoundDate, find_dates

__all__ = ["FoundDate", "find_dates"]
