"""Files with articles that damage, malice or another program has made unreadable, in whole or in part."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import zipfile
from collections.abc import Callable

from backports import zstd

GOOD = "Mali closes its border\n\nTwo reasons:\n\n- Cost\n- Safety\n"
PAGE = (
    "<html><head><title>Mali</title></head><body><article><h1>Mali closes its border</h1><p>The ministry in Bamako "
    "closed the border with Niger on Friday, and said so on the radio in the evening.</p></article></body></html>"
)
METHODS = {
    "stored": zipfile.ZIP_STORED,
    "deflated": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2,
    "lzma": zipfile.ZIP_LZMA,
}


def zipped(names: tuple[str, ...] = ("a.txt", "b.txt"), method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with the good article under each name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name in names:
            archive.writestr(name, GOOD * 20)
    return data.getvalue()


def lines(*extra: str) -> bytes:
    """Two good lines, with other lines between them."""
    first, last = (json.dumps({"id": id, "text": GOOD}) for id in ("first", "last"))
    return "\n".join([first, *extra, last]).encode() + b"\n"


def warc() -> bytes:
    """A web archive with two pages."""
    body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{}\r\nContent-Length: {}\r\n\r\n"
    return b"".join(head.format(number, len(body)).encode() + body + b"\r\n\r\n" for number in (1, 2))


def nested(depth: int) -> str:
    """A line whose other field is nested so deep."""
    return json.dumps({"id": "deep", "text": GOOD})[:-1] + ', "tags": ' + "[" * depth + "]" * depth + "}"


VALID: dict[str, bytes] = {
    "bad.txt": GOOD.encode(),
    "bad.txt.gz": gzip.compress(GOOD.encode() * 20, mtime=0),
    "bad.txt.zst": zstd.compress(GOOD.encode() * 20),
    "bad.txt.xz": lzma.compress(GOOD.encode() * 20),
    "bad.html": PAGE.encode(),
    "bad.jsonl": lines(nested(3)),
    "bad.jsonl.gz": gzip.compress(lines(nested(3)), mtime=0),
    "bad.jsonl.zst": zstd.compress(lines(nested(3))),
    "bad.warc": warc(),
    "bad.warc.gz": gzip.compress(warc(), mtime=0),
} | {f"bad {name}.zip": zipped(method=method) for name, method in METHODS.items()}
"""Files as they should be, by name, for a test to damage. All but the xz are read when named."""


def _patched_directory(data: bytes, offset: int, value: bytes) -> bytes:
    """A zip in whose directory the first entry has other bytes at an offset."""
    at = data.index(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


def _latin_1_name() -> bytes:
    data = zipped(("caf\u00e9.txt", "b.txt"))
    return data.replace("caf\u00e9".encode(), b"caf\xe9s")


def _broken_member(method: str) -> bytes:
    data = bytearray(zipped(method=METHODS[method]))
    start = data.index(b"a.txt") + 20
    for at in range(start, start + 20):
        data[at] ^= 0xFF
    return bytes(data)


def _wrong_checksum(data: bytes) -> bytes:
    return data[:-8] + bytes(byte ^ 0xFF for byte in data[-8:-4]) + data[-4:]


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bad UTF-8 flag with a Latin-1 name.zip": _latin_1_name,
    "bad version 9.0.zip": lambda: _patched_directory(zipped(), 6, struct.pack("<H", 90)),
    "bad method.zip": lambda: _patched_directory(zipped(), 10, struct.pack("<H", 77)),
    "bad offset.zip": lambda: _patched_directory(zipped(), 42, struct.pack("<I", 0x7FFF_FFFF)),
    "bad extra field.zip": lambda: _patched_directory(zipped(), 30, struct.pack("<H", 3)),
    "bad stored member.zip": lambda: _broken_member("stored"),
    "bad deflated member.zip": lambda: _broken_member("deflated"),
    "bad bzip2 member.zip": lambda: _broken_member("bzip2"),
    "bad lzma member.zip": lambda: _broken_member("lzma"),
    "bad empty.zip": lambda: b"",
    "bad no zip.zip": lambda: b"Mali",
    "bad nested 101.jsonl": lambda: lines(nested(101)),
    "bad nested 500.jsonl": lambda: lines(nested(500)),
    "bad nested 976.jsonl": lambda: lines(nested(976)),
    "bad nested 100000.jsonl": lambda: lines(nested(100_000)),
    "bad open brackets.jsonl": lambda: lines("[" * 100_000),
    "bad half a surrogate pair.jsonl": lambda: lines('{"id": "x", "text": "\\ud800"}'),
    "bad number.jsonl": lambda: lines('{"id": "x", "text": "Mali", "size": 1e999}'),
    "bad bytes.jsonl": lambda: lines('{"id": "x", "text": "?"}').replace(b"?", b"\xff"),
    "bad checksum.txt.gz": lambda: _wrong_checksum(VALID["bad.txt.gz"]),
    "bad rest.txt.gz": lambda: VALID["bad.txt.gz"] + b"Mali",
    "bad method.jsonl.gz": lambda: b"\x1f\x8b\x07" + VALID["bad.jsonl.gz"][3:],
    "bad start only.jsonl.gz": lambda: b"\x1f\x8b",
    "bad checksum.jsonl.gz": lambda: _wrong_checksum(VALID["bad.jsonl.gz"]),
    "bad frame.txt.zst": lambda: VALID["bad.txt.zst"][:5] + b"\xff" * 9,
    "bad rest.jsonl.zst": lambda: VALID["bad.jsonl.zst"] + b"Mali",
    "bad window.txt.zst": lambda: b"\x28\xb5\x2f\xfd\x00\xff" + b"\x00" * 20,
    "bad gzip.warc.gz": lambda: VALID["bad.warc.gz"][:40] + b"\xff" * 40 + VALID["bad.warc.gz"][80:],
    "bad other thing.warc.gz": lambda: bz2.compress(warc()),
    "bad binary.txt": lambda: b"\x00\x01\x02" * 99,
    "bad empty.html": lambda: b"<html>" + b"<div>" * 20_000,
}
"""Files of which something cannot be read, by name: at least one article of each is set aside."""
