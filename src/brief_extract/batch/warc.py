"""Web archives: the pages in a WARC file. Needs ``brief-extract[html]``."""

from __future__ import annotations

import contextlib
import zlib
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
    """The pages of an archive, in order, unpacked; of each at most one byte more than ``max_bytes``.

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
        records = ArchiveIterator(file, record_types=WarcRecordType.response, auto_decode="transfer")
        for number, record in enumerate(records, 1):
            if "html" in (record.http_content_type or ""):
                data = record.reader.read(max_bytes + 1)
                headers = record.http_headers
                packed = str(headers.get("Content-Encoding") or "").strip().lower() if headers else ""
                url = record.headers.get("WARC-Target-URI") or ""
                yield Page(number, url, _unpacked(data, packed, max_bytes + 1) if packed else data)


def _unpacked(data: bytes, packed: str, most: int) -> bytes:
    """The page as its server packed it, at most so many bytes of it; nothing of one that is broken."""
    if packed == "br":
        import brotli  # which FastWARC needs

        with contextlib.suppress(brotli.error):
            return bytes(brotli.Decompressor().process(data))[:most]
        return b""
    if packed not in ("gzip", "x-gzip", "deflate"):
        return data
    for form in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # with the head of gzip or zlib, or bare
        with contextlib.suppress(zlib.error):
            return zlib.decompressobj(form).decompress(data, most)
    return b""
