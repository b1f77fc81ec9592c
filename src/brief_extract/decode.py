"""Bytes -> text: byte order marks, strict UTF-8, and only then a guess, marked as one."""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from brief_extract.errors import ReadError
from brief_extract.model import Issue

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch, CharsetMatches


class Decoded(NamedTuple):
    """Text, the codec that gave it, and what had to be guessed or replaced.

    ``data.decode(encoding) == text``, unless an issue says that bytes were replaced.
    """

    text: str
    encoding: str
    issues: tuple[Issue, ...] = ()


# UTF-32 stands before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# Magic numbers of what ends up in article folders by mistake: (offset, bytes, what it is).
_MAGIC = (
    (0, b"%PDF-", "a PDF"),
    (0, b"PK\x03\x04", "a zip archive or an office document (docx, xlsx, odt)"),
    (0, b"PK\x05\x06", "an empty zip archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (doc, xls)"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (0, b"\x1f\x8b", "a gzip file"),
    (4, b"1AY&SY", "a bzip2 file"),
    (0, b"\xfd7zXZ\x00", "an xz file"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd file"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a rar archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
)

# C0 controls without tab, line feed, vertical tab, form feed, carriage return and escape, which texts do hold.
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b") | {0x7F})
# Text has next to none; compressed or random bytes have 10 %, programs and UTF-16 more. One in a hundred
# leaves room for a stray NUL or an old end-of-file sign.
_MAX_CONTROLS = 0.01

# Share of characters that are ASCII with a NUL beside them from which bytes are UTF-16; Western text has nearly all.
UTF16_NULS = 0.8
_ASCII = frozenset(b"\t\n\r") | frozenset(range(0x20, 0x7F))

# A guess is made among the encodings that the WHATWG Encoding Standard lists: those in which text really comes.
_MULTIBYTE = ("big5", "big5hkscs", "cp932", "cp949", "euc_jp", "euc_kr", "gb18030")
_WINDOWS = ("cp874", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258")
_ISO = ("iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_15")
_CANDIDATES = [*_MULTIBYTE, *_WINDOWS, *_ISO, "koi8_r", "koi8_u", "mac_roman"]
# The likeliest one where the text itself does not decide, as in a browser, and the languages that are written in it.
_DEFAULT = "cp1252"
# Where Latin-9 has the euro sign, the Windows encodings have a sign for any currency, which nobody prints.
_LATIN_9, _EURO = "iso8859_15", b"\xa4"
_DEFAULT_LANGUAGES = (
    *("Danish", "Dutch", "English", "Finnish", "French", "German", "Italian", "Norwegian", "Portuguese", "Spanish"),
    *("Swedish", "Unknown"),
)


def decode(data: bytes, *, place: str) -> Decoded:
    """The text of ``data``; ``place`` stands at the head of an error's message.

    Raises:
        ReadError: ``binary`` or ``undecodable``.
    """
    likeness = _magic(data)
    if likeness:
        raise _binary(place, likeness)
    decoded = _marked(data, place) or _unmarked_utf16(data) or _utf8(data)
    plain = decoded.text.encode() if decoded and decoded.encoding.startswith(("utf-16", "utf-32")) else data
    if _share_of_controls(plain) > _MAX_CONTROLS:
        raise _binary(place, _guess_binary(data))
    return decoded or _mended_utf8(data) or _guessed(data, place)


def _magic(data: bytes) -> str | None:
    return next((kind for at, magic, kind in _MAGIC if data.startswith(magic, at)), None)


def _binary(place: str, likeness: str) -> ReadError:
    return ReadError(
        "binary", place=place, what=f"not a text but {likeness}", fix="take the text out and save it as UTF-8"
    )


def _share_of_controls(data: bytes) -> float:
    return 1 - len(data.translate(None, _CONTROLS)) / len(data) if data else 0.0


def _guess_binary(data: bytes) -> str:
    """UTF-16 that is damaged still has many of its NULs."""
    for first, name in ((1, "UTF-16-LE"), (0, "UTF-16-BE")):
        if data[first::2].count(0) > 0.4 * len(data):
            return f"binary, perhaps {name} without a byte order mark"
    return "binary"


def _marked(data: bytes, place: str) -> Decoded | None:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is None:
        return None
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        decoded = _replacing(data, encoding)
    if len(decoded.issues) > 0.01 * len(decoded.text):
        what = f"the byte order mark says {encoding.removesuffix('-sig').upper()}, the bytes are something else"
        raise ReadError("undecodable", place=place, what=what, fix="save it as UTF-8")
    return decoded


def _unmarked_utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark is told by its NULs: nearly every other byte of Western text is one."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        nuls, others = data[first::2].count(0), data[1 - first :: 2].count(0)
        readable = sum(map(_ASCII.__contains__, data[1 - first :: 2]))
        if len(data) % 2 or others or min(nuls, readable) <= UTF16_NULS * len(data) / 2:
            continue
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            message = f"no byte order mark; read as {encoding}, told from its NULs"
            return Decoded(text, encoding, (Issue(code="guessed-encoding", message=message, start=0, end=len(text)),))
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _mended_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes. Other encodings hardly ever form valid sequences, so the greater number tells."""
    decoded = _replacing(data, "utf-8")
    replaced = sum(issue.end - issue.start for issue in decoded.issues)
    valid = sum(not char.isascii() for char in decoded.text) - replaced
    return decoded if valid > replaced else None


def _replacing(data: bytes, encoding: str) -> Decoded:
    """Decode with U+FFFD for what has no meaning, and an issue for each run of them."""
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, replacement_issues(re.finditer("\ufffd+", text), f"bytes that are no {encoding}"))


def replacement_issues(runs: Iterable[re.Match[str]], what: str) -> tuple[Issue, ...]:
    """A ``replaced-bytes`` issue for each run of characters that had to be replaced."""
    message = f"{what} were replaced by U+FFFD"
    return tuple(Issue(code="replaced-bytes", message=message, start=run.start(), end=run.end()) for run in runs)


def _guessed(data: bytes, place: str) -> Decoded:
    from charset_normalizer import from_bytes  # 40 ms, needed for a few inputs only

    match = _choose(from_bytes(data, cp_isolation=_CANDIDATES), data)
    if match is None:
        what = "the bytes are not UTF-8, and no other encoding makes sense of them"
        raise ReadError("undecodable", place=place, what=what, fix="save it as UTF-8")
    encoding, confidence = match
    if _EURO in data and data.decode(_LATIN_9).replace("\u20ac", "\xa4") == data.decode(encoding):
        encoding = _LATIN_9
    text = data.decode(encoding)
    message = f"not UTF-8; read as {encoding}, told from the text"
    issue = Issue(code="guessed-encoding", message=message, start=0, end=len(text), confidence=confidence)
    return Decoded(text, encoding, (issue,))


def _choose(matches: CharsetMatches, data: bytes) -> tuple[str, float] | None:
    """The encoding and how sure it is, or None. A single-byte encoding is believed only where a language shows."""
    best = matches.best()
    if best is None:
        return None
    default = next((match for match in matches if _DEFAULT in match.could_be_from_charset), None)
    mostly_ascii = len(data.decode("ascii", errors="ignore")) > len(data) / 2
    if default and mostly_ascii and default.chaos <= best.chaos and default.language in _DEFAULT_LANGUAGES:
        return _DEFAULT, _confidence(default)
    if best.coherence == 0 and best.encoding not in _MULTIBYTE:
        return None
    return best.encoding, _confidence(best)


def _confidence(match: CharsetMatch) -> float:
    """0.9 at most, for it stays a guess; half of it where no language shows."""
    return round((0.9 if match.coherence else 0.45) * (1 - match.chaos), 2)
