"""Rows and items that run together on one line -> where each of them begins."""

from __future__ import annotations


def find_cuts(view: str) -> list[int]:
    """Positions inside lines at which a new line begins, in order."""
    return []
