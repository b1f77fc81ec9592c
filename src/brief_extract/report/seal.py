"""Pages that say whose they are: the last line of each file is a comment with a digest of its name and content.

A report has as many pages as there are articles and entities, and several processes write them. A seal needs no record
beside them, cannot be out of step with them, and goes along when the report is copied.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from brief_extract.batch.manifest import digest

_MARK = b"brief-extract wrote this, digest "
_COMMENTS = {".html": (b"<!-- ", b" -->\n"), ".js": (b"// ", b"\n"), ".css": (b"/* ", b" */\n")}

# How a file of the version before there were seals is recognised: by what is in its first bytes.
_HEAD = 600
_OLDER = {
    ".html": (b'<meta name="brief-extract" content="',),
    ".js": (b"briefRows(", b"/* What the pages can do beyond being read: "),
    ".css": (b"/* One style sheet for all pages: ",),
}


def sealed(name: str, content: bytes) -> bytes:
    """A file of the report with its seal; ``name`` is its path in the report."""
    before, after = _COMMENTS[PurePosixPath(name).suffix]
    return b"".join((content, before, _MARK, digest(name, content).hex().encode(), after))


def is_sealed(data: bytes) -> bool:
    """Whether a file has a seal, be it its own or broken."""
    return _MARK in data[-200:]


def is_ours(name: str, data: bytes) -> bool:
    """Whether a file is as a report wrote it. One that is empty holds nothing to lose."""
    suffix = PurePosixPath(name).suffix
    if not data:
        return True
    if not is_sealed(data):
        return any(mark in data[:_HEAD] for mark in _OLDER.get(suffix, ()))
    content = data[: data.rindex(_MARK)]
    return data == sealed(name, content.removesuffix(_COMMENTS[suffix][0]))
