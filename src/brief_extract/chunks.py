"""A stream in chunks, of which nothing is lost when the stream breaks off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")


def in_chunks(
    items: Iterable[_T], size: int, *, weigh: Callable[[_T], int] = lambda _: 0, most: int = 0
) -> Iterator[list[_T]]:
    """The items in lists of ``size``, the last one shorter.

    An error of ``items`` is raised only after the items before it have been delivered.

    Args:
        weigh: The weight of an item, such as its length.
        most: A chunk of several items weighs no more than this, so that large ones do not gather in memory.

    >>> list(in_chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    >>> list(in_chunks(["a", "bb", "c", "ddddd"], 9, weigh=len, most=3))
    [['a', 'bb'], ['c'], ['ddddd']]
    """
    stream = iter(items)
    chunk: list[_T] = []
    weight = 0
    while True:
        try:
            item = next(stream)
        except StopIteration:
            break
        except Exception:
            if chunk:
                yield chunk
            raise
        if chunk and weight + weigh(item) > most:
            yield chunk
            chunk, weight = [], 0
        chunk.append(item)
        weight += weigh(item)
        if len(chunk) == size:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk
