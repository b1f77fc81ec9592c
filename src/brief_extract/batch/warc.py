"""Web archives: the pages in a WARC file. Needs ``brief-extract[html]``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from brief_extract.errors import ReadError
from brief_extract.read import printable


class Page(NamedTuple):
    """An archived answer of a server that is a web page: its place among all answers, from 1, URL and bytes."""

    number: int
    url: str
    data: bytes


def pages(path: Path, max_bytes: int) -> Iterator[Page]:
    """The pages of an archive, in order; of each at most one byte more than ``max_bytes``.

    Raises:
        ReadError: FastWARC is not installed.
        OSError: the file cannot be read.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        what, fix = "a web archive, for which FastWARC is needed", "pip install 'brief-extract[html]'"
        raise ReadError("unreadable", place=printable(path.name), what=what, fix=fix) from None
    with path.open("rb") as file:
        for number, record in enumerate(ArchiveIterator(file, record_types=WarcRecordType.response), 1):
            if "html" in (record.http_content_type or ""):
                yield Page(number, record.headers.get("WARC-Target-URI") or "", record.reader.read(max_bytes + 1))
