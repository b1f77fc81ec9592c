"""Bytes, files and strings -> ``Source``: the text as it stands, with its name, digest and encoding."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import msgspec

from brief_extract.config import Config
from brief_extract.decode import decode, replacement_issues
from brief_extract.errors import Failure, ReadError, one_line
from brief_extract.model import Issue

MAX_NESTING = 100
"""Levels of lists and objects in the fields of a record. Every step that copies them, such as the way to another
process, has a limit of its own, of 500 levels and more; below this one all of them agree, whatever the number of jobs.
"""

_AT_ONCE = 65_536
_MAX_BYTES = Config().max_bytes
_SURROGATES = re.compile("[\ud800-\udfff]+")


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A text and where it came from.

    Attributes:
        text: The decoded input, unedited; the byte order mark is no part of it.
        name: What the input is called, or None.
        sha256: Of the bytes read, or of the UTF-8 text when given a ``str``.
        encoding: The Python codec: ``data.decode(encoding) == text``, unless an issue says that bytes were replaced.
        issues: What was guessed or replaced on the way.
        extra: What else is known of the article; it goes into the document as it is.
    """

    text: str
    name: str | None = None
    sha256: str
    encoding: str
    issues: tuple[Issue, ...] = ()
    extra: dict[str, Any] = {}


def read_text(text: str, *, name: str | None = None) -> Source:
    """The source of a given string. Any string will do; half a surrogate pair, which no file can hold, is replaced.

    >>> read_text("Mali").encoding
    'utf-8'

    Raises:
        TypeError: it is no string.
    """
    if not isinstance(text, str):
        raise TypeError(
            f"an article is a str, not {type(text).__name__}; extract_file reads a file, whatever its encoding"
        )
    halves = replacement_issues(_SURROGATES.finditer(text), "halves of surrogate pairs")
    if halves:
        text = _SURROGATES.sub(lambda run: "\ufffd" * len(run[0]), text)
    return Source(text=text, name=name, sha256=sha256(text.encode()), encoding="utf-8", issues=halves)


def read_bytes(data: bytes, *, name: str | None = None, max_bytes: int = _MAX_BYTES) -> Source:
    """The source of the given bytes: by byte order mark, as strict UTF-8, else by a guess that is an issue.

    >>> read_bytes(b"Mali").text
    'Mali'

    Raises:
        ReadError: ``too-large``, ``binary``, ``undecodable`` or ``empty``.
    """
    place = name or "the input"
    if len(data) > max_bytes:
        raise too_large(place, max_bytes)
    decoded = decode(data, place=place)
    check_text(decoded.text, place, size=len(data))
    return Source(text=decoded.text, name=name, sha256=sha256(data), encoding=decoded.encoding, issues=decoded.issues)


def read_file(path: str | os.PathLike[str], *, name: str | None = None, max_bytes: int = _MAX_BYTES) -> Source:
    """The source of a file; ``name`` is its path unless given.

    Raises:
        ReadError: as ``read_bytes``, and ``unreadable``.
    """
    path = Path(path)
    name = name or printable(path)
    return read_bytes(file_bytes(path, name, max_bytes), name=name, max_bytes=max_bytes)


def file_bytes(path: Path, name: str, max_bytes: int) -> bytes:
    """What a file holds.

    Raises:
        ReadError: ``unreadable`` or ``too-large``; ``name`` stands at the head of the message.
    """
    try:
        # Asked before it is opened: opening a named pipe would wait for its other end.
        if path.exists() and not path.is_file():
            kind = "a folder" if path.is_dir() else "a device or a pipe"
            raise ReadError("unreadable", place=name, what=f"{kind}, not a file", fix="name a text file")
        if path.stat().st_size > max_bytes:
            raise too_large(name, max_bytes)
        with path.open("rb") as file:
            return read_up_to(file, max_bytes + 1)  # no more, should it grow meanwhile
    except OSError as error:
        raise unreadable(name, path, error) from error


def read_up_to(file: IO[bytes], most: int) -> bytes:
    """At most so many bytes of a file. To ask for 50 MB at once has them set aside, even for an article."""
    data = file.read(min(most, _AT_ONCE))
    return data if len(data) < _AT_ONCE else data + file.read(most - len(data))


def fits(text: str | bytes, max_bytes: int) -> bool:
    """Whether a text takes at most ``max_bytes`` in UTF-8."""
    if isinstance(text, bytes) or len(text) > max_bytes or text.isascii():
        return len(text) <= max_bytes
    return 4 * len(text) <= max_bytes or len(text.encode(errors="replace")) <= max_bytes


def check_text(text: str, place: str, *, size: int) -> None:
    """See that a text, which took ``size`` bytes, holds anything.

    Raises:
        ReadError: ``empty``.
    """
    if not any(char.isprintable() and not char.isspace() for char in text):
        what = "only white space" if size else "empty, 0 bytes"
        raise ReadError("empty", place=place, what=what, fix="put the article into it, or leave it out")


def check_nesting(fields: object, place: str) -> None:
    """See that the fields of a record are nested no deeper than ``MAX_NESTING``.

    Raises:
        ReadError: ``damaged``.
    """
    level = [fields]
    for _ in range(MAX_NESTING + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    what = f"fields nested deeper than {MAX_NESTING} levels"
    raise ReadError("damaged", place=place, what=what, fix="make them flatter, or leave them out")


def _inside(value: object) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()


def printable(path: Path | str) -> str:
    r"""A path as one line of text that any file and terminal can take.

    Separators are ``/``; bytes that are no UTF-8 and what cannot be printed are escaped, as ``\xe9`` and ``\n``.
    """
    posix = path.as_posix() if isinstance(path, Path) else path
    if posix.isprintable():
        return posix
    text = posix.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")
    return one_line(text)


def too_large(place: str, max_bytes: int) -> ReadError:
    """The error for an input over the cap."""
    what = f"larger than {max_bytes:,} bytes"
    return ReadError(
        "too-large", place=place, what=what, fix="split it into articles, or raise max_bytes (--max-bytes)"
    )


def unreadable(place: str, path: Path, error: OSError) -> ReadError:
    """The error for a file that the system does not let us read."""
    if isinstance(error, PermissionError):
        return ReadError("unreadable", place=place, what="no permission to read it", fix="allow it with chmod +r")
    if path.is_symlink():
        return ReadError("unreadable", place=place, what="a link to nowhere", fix="mend or remove the link")
    what = (error.strerror or str(error)).lower()
    return ReadError("unreadable", place=place, what=what, fix="see that the file is there and can be read")


def sha256(data: bytes) -> str:
    """The digest of an input, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def source_of(number: int, text: object) -> tuple[str, Source] | Failure:
    """The source of the text with this number, from 1; what is no string is a failure."""
    if isinstance(text, str):
        return "article", read_text(text)
    message = f"text {number}: of type {type(text).__name__}, not a string; fix: give the article as a string"
    return Failure(id=f"text-{number}", stage="read", code="damaged", message=message)
