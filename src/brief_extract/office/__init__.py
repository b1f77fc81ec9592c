"""Office documents (``.docx``, ``.odt``, ``.rtf``) -> their text as Markdown. Needs ``brief-extract[office]``.

Headings, lists and tables become marks that the reader knows. Offsets refer to the text so made, which is kept in the
document; the digest is of the file. Headers, footers, notes, comments and what was deleted under tracking are left out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from importlib.util import find_spec
from typing import Literal, NamedTuple

import msgspec

from brief_extract.errors import ReadError
from brief_extract.office.parts import Part, to_markdown
from brief_extract.read import Source, check_text, fits, read_text, sha256, too_large

Office = Literal["docx", "odt", "rtf"]

SIZE_FACTOR = 20
"""A file may be so many times as long as an article: its pictures, which are not read, are in it."""

_UNPACKED = 2 * SIZE_FACTOR
"""Its parts together may unpack to so many times an article, and one of XML to a quarter of it: a tree takes ten times
the memory."""

_PACKAGES = ("docx", "lxml", "striprtf")


class Read(NamedTuple):
    """What is in a file: its parts, in order, and its title and author where it names them."""

    parts: Iterable[Part]
    facts: dict[str, str | None]


@cache
def can_read_office() -> bool:
    """Whether the libraries for it are installed."""
    return all(find_spec(package) for package in _PACKAGES)


def read_office(data: bytes, form: Office, *, name: str, max_bytes: int) -> Source:
    """The text of a document; ``extra`` holds its title and author, where it says so.

    Raises:
        ReadError: ``unreadable`` if the libraries are not installed, ``too-large`` or ``empty``; ``damaged`` if it is
            no such file.
    """
    if not can_read_office():
        what, fix = f"an office document (.{form})", "pip install 'brief-extract[office]'"
        raise ReadError("unreadable", place=name, what=what, fix=fix)
    if len(data) > SIZE_FACTOR * max_bytes:
        raise too_large(name, SIZE_FACTOR * max_bytes)
    try:
        read = _reader(form)(data, _UNPACKED * max_bytes)
        text = to_markdown(read.parts)
    except TooLargeError:
        raise too_large(name, _UNPACKED * max_bytes) from None
    except Exception as error:
        kind = str(error) or type(error).__name__
        what, fix = f"no .{form} file that can be read ({kind})", "save it anew, or as plain text"
        raise ReadError("damaged", place=name, what=what, fix=fix) from error
    check_text(text, name, size=len(data))
    if not fits(text, max_bytes):
        raise too_large(name, max_bytes)
    extra = {fact: value.strip() for fact, value in read.facts.items() if value and value.strip()}
    return msgspec.structs.replace(read_text(text, name=name), sha256=sha256(data), extra=extra)


class TooLargeError(Exception):
    """The parts of a file unpack to more than they may."""


def check_size(archive: zipfile.ZipFile, most: int) -> None:
    """See that the parts of a file together unpack to at most so many bytes, and each of XML to a quarter.

    Raises:
        TooLargeError: they do not.
    """
    members = archive.infolist()
    of_xml = max((it.file_size for it in members if it.filename.endswith(".xml")), default=0)
    if sum(it.file_size for it in members) > most or of_xml > most // 4:
        raise TooLargeError


def _reader(form: Office) -> Callable[[bytes, int], Read]:
    if form == "docx":
        from brief_extract.office.docx import read_docx

        return read_docx
    if form == "odt":
        from brief_extract.office.odt import read_odt

        return read_odt
    from brief_extract.office.rtf import read_rtf

    return read_rtf
