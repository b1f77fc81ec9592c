"""Things that are costly to make and safe to share: each is made once, whichever thread asks first."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar
from weakref import WeakValueDictionary

_T = TypeVar("_T")

KEPT = 2
"""How many things stay although nobody uses them: one user after the other then loads nothing again."""


class Shared(Generic[_T]):
    """Values by key. One lives as long as somebody holds it, and the last ``KEPT`` that were asked for live on.

    >>> shared = Shared[set[int]]()
    >>> shared.get("a", lambda: {1}) is shared.get("a", lambda: {2})
    True
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._alive: WeakValueDictionary[Hashable, _T] = WeakValueDictionary()
        self._recent: deque[_T] = deque(maxlen=KEPT)

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The value of a key. ``make`` is called if there is none; other threads wait for it, and its errors pass."""
        with self._lock:
            value = self._alive.get(key)
            if value is None:
                value = self._alive[key] = make()
            if all(value is not other for other in self._recent):
                self._recent.append(value)
            return value
