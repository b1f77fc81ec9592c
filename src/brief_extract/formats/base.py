"""What a format is: how it takes rows, and how it writes them to files.

Rows are encoded as a format takes them, which any process can do; what was encoded is written, in order, to files that
are opened once. Both go in a stream.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Protocol

from brief_extract.errors import FormatError
from brief_extract.table import Value

Rows = Iterable[Sequence[Value]]
Encoded = bytes | list[Sequence[Value]]
"""Rows as a format takes them: as lines of text, or as they are."""

Encode = Callable[[str, Rows], Encoded]
"""Encodes some rows of the projection of this name."""

Sink = Callable[[str, Any], None]
"""Takes the name of a projection and more of what was encoded of it."""


class Column(Protocol):
    """What a format must know of a column: its name, and its type in the Data Package form."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def type(self) -> str:
        """``string``, ``integer``, ``number``, ``boolean`` or ``any``."""


class Projection(Protocol):
    """What a format must know of a projection."""

    @property
    def name(self) -> str:
        """The name of its file, sheet or table."""

    @property
    def key(self) -> Sequence[str]:
        """The columns that tell its rows apart; none where nothing does."""

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns, in their order."""


class Writer(ABC):
    """One format. Stateless: what is open belongs to the block of ``open``."""

    media_type: ClassVar[str]
    package: ClassVar[str | None] = None
    """What it needs beyond the core install; the extra of the same name as the format installs it."""

    single: ClassVar[str | None] = None
    """The name of the one file that holds all projections, or ``None`` where each has a file."""

    def __init__(self, name: str) -> None:
        self.name = name

    def path_of(self, projection: str) -> str:
        """The file, by its name in the folder, that holds a projection."""
        return self.single or f"{projection}.{self.name}"

    def check_installed(self) -> None:
        """See that the format can be written here.

        Raises:
            FormatError: its package is not installed.
        """
        if self.package and not find_spec(self.package):
            raise FormatError(
                f"{self.name} needs {self.package}, which is not installed; "
                f"fix: pip install 'brief-extract[{self.name}]'"
            )

    def encoder(self, projections: Sequence[Projection], *, excel: bool = False) -> Encode:  # noqa: ARG002
        """The first step. Unless a format is of text, rows stay as they are.

        Args:
            projections: Names, columns and types of what is encoded.
            excel: In CSV, put an apostrophe before text that a spreadsheet would run as a formula. The other formats
                say what is text, and need none.
        """
        return lambda _, rows: list(rows)

    @abstractmethod
    def open(
        self, folder: Path, projections: Sequence[Projection], *, excel: bool = False
    ) -> AbstractContextManager[Sink]:
        """The second step: the files, all of them whole when the block ends well and none when it does not.

        Args:
            folder: Where they go.
            projections: As for ``encoder``, whose results the sink takes.
            excel: Begin CSV files with a byte order mark, without which Excel misreads letters with accents.

        Raises:
            FormatError: the package that writes this format is not installed.
            OutputError: a file cannot be written.
        """


def as_text(value: Value) -> str | None:
    """A value in a column of strings, as CSV has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)
