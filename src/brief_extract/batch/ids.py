"""Names of inputs -> ids: readable, unique, and safe as a file name on any system.

An id is the input's path without its suffix: ``2025/mali`` for ``2025/mali.txt``. Letters and digits of any
script and ``_ .`` stay; a run of other characters becomes one hyphen. A part in which nothing would be left is
percent-encoded byte by byte, as in a URL.
"""

from __future__ import annotations

import hashlib
import heapq
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, pairwise

SUFFIXES = (".txt", ".md")
"""What the file name of a plain text ends in, in any case. It is left out of the id, as the others are."""

MAIL = (".eml",)
"""What the file name of a message ends in."""

COLLECTIONS = (".jsonl", ".zip", ".warc", ".mbox")
"""What the file name of many articles ends in."""

PAGES = (".html", ".htm")
"""What the file name of a web page ends in."""

OFFICE = (".docx", ".odt", ".rtf")
"""What the file name of an office document ends in."""

TABLES = (".csv", ".tsv", ".parquet")
"""What the file name of a table ends in."""

COMPRESSED = (".gz", ".zst")
"""What may stand after any of these."""

MAX_BYTES = 200
"""Of an id in UTF-8. File names end at 255 bytes; a suffix and a temporary name must still fit."""

_DIGEST = 16
_RUN = 4096
# ".json" and ".csv" are for our own files.
_OUR_SUFFIX = re.compile(r"\.(?=(?:json|csv)$)", re.IGNORECASE)
# A leading dot hides a file and ".." climbs; Windows drops a dot at the end; a leading hyphen reads as an option.
_NOT_AT_AN_END = ".-"
# Windows takes these names, with any suffix, for devices.
_DEVICE = re.compile(r"(?i)^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))(.)")
_SAFE = re.compile(r"[\w.-]+", re.ASCII)
"""Needs no look at each character, as most parts do not: a sixth of the time."""
_CUT_ESCAPE = re.compile(r"%[0-9A-F]?$")


def assign_ids(names: Sequence[str], *, apart: Sequence[str]) -> list[str]:
    """An id for each name (a relative path, separators ``/``), in the same order, no two alike.

    Ids that differ only in case or in Unicode normal form count as alike. Inputs that would share one keep their
    suffix (``mali.txt`` and ``mali.md``); if that is not enough, a digest of ``apart``, which is unique, is added.

    >>> assign_ids(["a.txt", "b.txt", "b.md"], apart=["1", "2", "3"])
    ['a', 'b.txt', 'b.md']
    """
    ids = list(map(plain_id, names))
    if len(set(map(_fold, ids))) == len(ids):
        return ids
    levels = bytearray(len(names))
    while True:
        uses = Counter(map(_fold, ids))
        alike = [at for at, level in enumerate(levels) if level < 2 and uses[_fold(ids[at])] > 1]
        if not alike:
            return ids
        for at in alike:
            levels[at] += 1
            ids[at] = safe_id(names[at], mark=apart[at] if levels[at] == 2 else None)


def may_clash(names: Iterable[str]) -> bool:
    """Whether two of the names may have one id; False is certain."""
    return any(one == other for one, other in pairwise(hashes(_fold(plain_id(name)) for name in names)))


def hashes(ids: Iterable[str]) -> array[int]:
    """The hashes of ids, sorted, in 8 bytes each; sorting all of them at once would take 40 more for a moment."""
    rest = iter(ids)
    runs = []
    while run := sorted(map(hash, islice(rest, _RUN))):
        runs.append(array("q", run))
    return array("q", heapq.merge(*runs))


def plain_id(name: str) -> str:
    """The id of a name that no other one comes near."""
    return safe_id(without_suffix(name))


def safe_id(name: str, *, mark: str | None = None) -> str:
    """The id for a relative path: at most ``MAX_BYTES``, never outside the folder it is put in.

    Args:
        mark: Its digest is added at the end. One of the whole name is added where the id had to be cut.

    >>> safe_id("../Mali: what next?")
    '%2E%2E/Mali-what-next'
    """
    parts = [_safe_part(part) for part in name.split("/") if part]
    full = "/".join(parts) or "%2F"
    if mark is None and len(full.encode()) <= MAX_BYTES:
        return full
    head = full.encode()[: MAX_BYTES - _DIGEST - 1].decode(errors="ignore")
    return f"{_CUT_ESCAPE.sub('', head).rstrip('/')}~{_digest(name if mark is None else mark)}"


@lru_cache(maxsize=1000)
def id_prefix(name: str) -> str:
    """What the ids of all articles begin with whose names begin with ``name``, a path that ends in ``/`` or is empty.

    >>> id_prefix("2025/south east/")
    '2025/south-east/'
    """
    full = "".join(f"{_safe_part(part)}/" for part in name.split("/") if part)
    # Longer ids are cut, and then no more than this is sure to be in them.
    return full.encode()[: MAX_BYTES - _DIGEST - 3].decode(errors="ignore")


def without_suffix(name: str) -> str:
    """The name without the suffixes of an article or a collection; others belong to the name.

    >>> without_suffix("2025/mali.txt.gz")
    '2025/mali'
    """
    for suffixes in (COMPRESSED, SUFFIXES + MAIL + PAGES + OFFICE + COLLECTIONS + TABLES):
        name = next((name[: -len(suffix)] for suffix in suffixes if name.lower().endswith(suffix)), name)
    return name


def _safe_part(part: str) -> str:
    readable = part if _SAFE.fullmatch(part) else _hyphenated(part)
    readable = _OUR_SUFFIX.sub("-", readable.strip(_NOT_AT_AN_END))
    if not readable:
        return "".join(map(_percent, part))
    return _DEVICE.sub(lambda match: _percent(match[1]), readable)


def _hyphenated(part: str) -> str:
    """The part in composed letters, with one hyphen for each run of what is no letter, mark, digit, ``_`` or ``.``."""
    kept = (char if char in "_." or unicodedata.category(char)[0] in "LMN" else " " for char in _composed(part))
    return "-".join("".join(kept).split())


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in _bytes(char))


def _bytes(text: str) -> bytes:
    """UTF-8, where a byte that Python could not decode in a file name is that byte again."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _digest(text: str) -> str:
    return hashlib.sha256(_bytes(text)).hexdigest()[:_DIGEST]


def _fold(id: str) -> str:
    if id.isascii() and id.islower():
        return id  # the most, for which no second string is made
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", id).casefold())
