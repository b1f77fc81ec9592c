"""What a projection is: which rows a document has in a file, and of which columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from brief_extract.model import Document
from brief_extract.table import Range, Value


class Row(NamedTuple):
    """What a row is about: a document, an element of it, a part of that: as far down as the projection goes."""

    document: Document
    element: Any = None
    part: Any = None
    stale: bool = False


class Column(NamedTuple):
    """One column: its name, its Data Package type, what it means, and where its value is found in a row."""

    name: str
    type: str
    description: str
    value: str | Callable[[Row], Value]


class Projection(NamedTuple):
    """One file: which rows a document has in it, and of which columns."""

    name: str
    description: str
    key: tuple[str, ...]
    rows: Callable[[Document], Iterator[Row]]
    columns: tuple[Column, ...]

    def getter(self) -> Callable[[Row], Sequence[Value]]:
        """The function that gives the values of a row; a string is a path of attributes."""
        paths = [column.value for column in self.columns if isinstance(column.value, str)]
        if len(paths) == len(self.columns):
            return attrgetter(*paths)  # one call for all of them
        getters = [attrgetter(it.value) if isinstance(it.value, str) else it.value for it in self.columns]
        return lambda row: [get(row) for get in getters]


def elements(kind: str) -> Callable[[Document], Iterator[Row]]:
    """A row for each element of this kind: ``elements("headings")``."""
    return lambda document: (Row(document, element) for element in getattr(document, kind))


def parts(kind: str, of_element: str) -> Callable[[Document], Iterator[Row]]:
    """A row for each part of each element: ``parts("tables", "cells")``."""
    return lambda document: (
        Row(document, element, part) for element in getattr(document, kind) for part in getattr(element, of_element)
    )


DOCUMENT = Column("document", "string", "Id of the document", "document.id")


def number_of(value: Value) -> int | float | None:
    """The value where it is one number."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def end_of(value: Value, end: str) -> int | float | None:
    """The ``low`` or ``high`` end of a range of numbers."""
    return number_of(getattr(value, end)) if isinstance(value, Range) else None


def place(of: str) -> tuple[Column, Column]:
    """The columns of a place in the source text."""
    return (
        Column("start_char", "integer", "First code point in the text, counted from 0", f"{of}.start"),
        Column("end_char", "integer", "Code point after the last", f"{of}.end"),
    )
