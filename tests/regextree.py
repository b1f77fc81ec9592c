"""The parse tree of a regular expression, as Python's own parser gives it: nodes, and what is in them."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import Any

Node = tuple[Any, Any]
"""An operation and its argument."""

REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")

_parser = importlib.import_module("re._parser")


def parsed(pattern: str | bytes, flags: int) -> list[Node]:
    """The nodes of a pattern."""
    return list(_parser.parse(pattern, flags))


def is_set(node: Node) -> bool:
    return str(node[0]) in ("IN", "LITERAL", "NOT_LITERAL", "ANY")


def flattened(nodes: list[Node]) -> list[Node]:
    """The nodes with groups replaced by what is in them, so that repeats in groups are neighbours as well."""
    flat: list[Node] = []
    for node in nodes:
        kind, value = str(node[0]), node[1]
        if kind == "ATOMIC_GROUP":
            flat += flattened(list(value))
        elif kind == "SUBPATTERN":
            flat += flattened(list(value[3]))
        else:
            flat.append(node)
    return flat


def sets_of(nodes: Iterable[Node]) -> Iterator[Node]:
    """The sets of characters in the tree, and single characters that are no letters (those are parts of words)."""
    for node in nodes:
        kind, value = str(node[0]), node[1]
        if kind in ("IN", "ANY", "NOT_LITERAL") or (kind == "LITERAL" and not chr(value).isalnum()):
            yield node
        elif kind in REPEATS:
            yield from sets_of(value[2])
        elif kind == "BRANCH":
            for branch in value[1]:
                yield from sets_of(branch)
        elif kind == "SUBPATTERN":
            yield from sets_of(value[3])
        elif kind == "ATOMIC_GROUP":
            yield from sets_of(value)
        elif kind in ("ASSERT", "ASSERT_NOT"):
            yield from sets_of(value[1])


def values_of(node: Node) -> list[int]:
    """Codes of characters that a set names."""
    kind, value = str(node[0]), node[1]
    if kind in ("LITERAL", "NOT_LITERAL"):
        return [value]
    if kind != "IN":
        return []
    singles = [item[1] for item in value if str(item[0]) == "LITERAL"]
    return singles + [item[1][0] for item in value if str(item[0]) == "RANGE"]
