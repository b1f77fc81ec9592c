"""Files that hold many articles, or one: what is in them, and how it is read."""

from __future__ import annotations

import contextlib
import gzip
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

import msgspec

from brief_extract.batch.ids import SUFFIXES
from brief_extract.batch.kinds import (
    form_of,
    is_archive,
    is_mail,
    is_mailbox,
    is_named_like_one,
    is_table,
    is_zip,
)
from brief_extract.batch.lines import Line, numbered, opened
from brief_extract.batch.mail import SIZE_FACTOR, messages, read_message
from brief_extract.batch.tables import Row, rows
from brief_extract.batch.warc import Page, pages
from brief_extract.batch.worker import Form
from brief_extract.config import Config
from brief_extract.errors import ReadError
from brief_extract.faults import read_error
from brief_extract.office import SIZE_FACTOR as OFFICE_FACTOR
from brief_extract.office import Office
from brief_extract.read import check_nesting, fits, printable, read_up_to, too_large, unreadable

MAX_RATIO = 100
"""A member of a zip that claims to unpack to more than so many times its size is none of an article: prose packs
three to six times, and the most that deflate can do is 1,032."""

_RATIO_FROM = 1_000_000
_MAX_BYTES = Config().max_bytes


class Content(NamedTuple):
    """What an article is made from: bytes as found, or a text that JSON has decoded already, and its other fields."""

    data: bytes | str
    extra: dict[str, Any]
    form: Form = "text"


class _Id(msgspec.Struct):
    id: str | int | None = None


def members(path: Path, max_bytes: int = _MAX_BYTES, column: str | None = None) -> Iterator[tuple[str, int | None]]:
    """The name of each article in a collection, and where in it that is.

    A line of JSONL and a row of a table go by their ``id``, else by their number. What is broken is an article as well,
    so that reading tells of it: the line at which a file breaks off, or the file itself if nothing can be told of its
    inside.

    Args:
        max_bytes: Of an article. A line that is far longer goes by its number, for its ``id`` is not read.
        column: Of a table, the one that holds the texts.
    """
    try:
        if is_archive(path):
            yield from ((page.url.partition("://")[2] or f"page-{page.number}", page.number) for page in pages(path, 0))
        elif column and is_table(path):
            yield from _row_members(path, max_bytes, column)
        elif is_mailbox(path):
            yield from ((f"message-{number}", number) for number, _ in messages(path))
        else:
            yield from _zip_members(path) if is_zip(path) else _line_members(path, max_bytes)
    except Exception:  # noqa: BLE001 - the parsers of archives raise anything; reading raises it again, with a place
        yield path.name, None


def _zip_members(path: Path) -> Iterator[tuple[str, int]]:
    with zipfile.ZipFile(path) as archive:
        for index, member in enumerate(archive.infolist()):
            hidden = any(part.startswith(".") and part != ".." for part in member.filename.split("/"))
            system = member.filename.startswith("__MACOSX/")
            if member.filename.lower().endswith(SUFFIXES) and not hidden and not system:
                yield member.filename, index


def _line_members(path: Path, max_bytes: int) -> Iterator[tuple[str, int]]:
    decode = msgspec.json.Decoder(_Id).decode
    number = 0
    with opened(path) as file:
        try:
            for number, line in numbered(file, max_bytes):
                id = None
                with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                    id = decode(line).id if line is not None else None
                yield f"line-{number}" if id is None else str(id), number
        except Exception:  # noqa: BLE001 - as above
            yield f"line-{number + 1}", number + 1


def _row_members(path: Path, max_bytes: int, column: str) -> Iterator[tuple[str, int]]:
    number = 0
    try:
        for number, id, *_ in rows(path, column, max_bytes, only_ids=True):
            yield id or f"row-{number}", number
    except Exception:
        if not number:  # not of one row: the file itself is at fault
            raise
        yield f"row-{number + 1}", number + 1


class Reader:
    """Reads articles out of files. Of the articles of one collection, in its order, each byte is unpacked once."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._location: str | None = None
        self._open = contextlib.ExitStack()
        self._archive: zipfile.ZipFile | None = None
        self._lines: Iterator[Line] = iter(())
        self._pages: Iterator[Page] = iter(())
        self._messages: Iterator[tuple[int, bytes]] = iter(())
        self._rows: Iterator[Row] = iter(())

    def read(self, location: str, part: int | None, name: str, column: str | None = None) -> Content:
        """The content of one article.

        Args:
            column: Of a table, the one that holds the texts.

        Raises:
            ReadError: ``unreadable``, ``damaged`` or ``too-large``, whatever a parser raised; the message begins with
                ``name``, or with the file and the number of the line.
        """
        path = Path(location)
        place = name if part is None or is_zip(path) else f"{printable(path.name)}:{part}"
        with _as_read_errors(place, path):
            of_rows = column if column and is_table(path) else None
            if part is None and not of_rows and not is_named_like_one(path):
                return self._file(path, place)
            if location != self._location:
                self._turn_to(path, of_rows)
            if part is None:
                raise self._uncounted(path, place)
            if of_rows:
                return self._row(part, place)
            if is_zip(path):
                return Content(self._member(part, place), {})
            if is_archive(path):
                return self._page(part, place)
            if is_mailbox(path):
                return self._message(part, place)
            return self._record(part, place)

    def close(self) -> None:
        """Close what is open."""
        self._open.close()
        self._location = None

    def _turn_to(self, path: Path, column: str | None) -> None:
        self.close()
        if column:
            self._rows = rows(path, column, self._max_bytes)
        elif is_zip(path):
            self._archive = self._open.enter_context(zipfile.ZipFile(path))
        elif is_archive(path):
            self._pages = pages(path, self._max_bytes)
        elif is_mailbox(path):
            self._messages = messages(path)
        else:
            self._lines = numbered(self._open.enter_context(opened(path)), self._max_bytes)
        self._location = os.fspath(path)

    def _uncounted(self, path: Path, place: str) -> ReadError:
        """What is wrong with a collection in which no articles were found, and which opens now: one is not all."""
        if is_archive(path):
            next(self._pages, None)  # an archive is opened only here, and raises what it has to tell
        next(self._rows, None)  # as is a table
        what = "could not be opened when its articles were looked for"
        return ReadError("unreadable", place=place, what=what, fix="run again")

    def _file(self, path: Path, place: str) -> Content:
        if is_table(path):
            what, fix = "a table, not an article", "name the column with the texts, as in: --text-column text"
            raise ReadError("no-article", place=place, what=what, fix=fix)
        form = form_of(path)
        with opened(path) as file:
            factor = SIZE_FACTOR if is_mail(path) else OFFICE_FACTOR if form in get_args(Office) else 1
            data = read_up_to(file, self._max_bytes * factor + 1)
        return _mail(data, place) if is_mail(path) else Content(data, {}, form)

    def _row(self, number: int, place: str) -> Content:
        row = next((row for row in self._rows if row.number >= number), None)
        if row is None:
            raise _gone(place)
        if not isinstance(row.text, str | bytes):
            raise ReadError("damaged", place=place, what="no text in this row", fix="fill it in, or leave the row out")
        if not fits(row.text, self._max_bytes):
            raise too_large(place, self._max_bytes)
        check_nesting(row.extra, place)
        return Content(row.text, row.extra)

    def _message(self, number: int, place: str) -> Content:
        message = next((message for at, message in self._messages if at >= number), None)
        if message is None:
            raise _gone(place)
        return _mail(message, place)

    def _member(self, index: int, place: str) -> bytes:
        assert self._archive
        if index >= len(self._archive.infolist()):
            raise _gone(place)
        member = self._archive.infolist()[index]
        if member.file_size > self._max_bytes:
            raise too_large(place, self._max_bytes)
        if member.file_size > max(_RATIO_FROM, MAX_RATIO * member.compress_size):
            what = f"unpacks to more than {MAX_RATIO} times its size, as no article does"
            raise ReadError("too-large", place=place, what=what, fix="unpack it by hand if it is to be trusted")
        if member.flag_bits & 1:
            raise ReadError("unreadable", place=place, what="encrypted", fix="unpack it with its password")
        with self._archive.open(member) as file:
            return read_up_to(file, self._max_bytes + 1)

    def _page(self, number: int, place: str) -> Content:
        page = next((page for page in self._pages if page.number >= number), None)
        if page is None:
            raise _gone(place)
        return Content(page.data, {"url": page.url}, "html")

    def _record(self, number: int, place: str) -> Content:
        at, line = next(((at, line) for at, line in self._lines if at >= number), (0, None))
        if not at:
            raise _gone(place)
        if line is None:
            raise too_large(place, self._max_bytes)
        record = msgspec.json.decode(line)
        fields = record if isinstance(record, dict) else {}
        html = fields.get("text") is None
        text = fields.pop("html" if html else "text", None)
        if not isinstance(text, str):
            raise ReadError("damaged", place=place, what='no "text" in it', fix='write {"id": ..., "text": ...}')
        if not fits(text, self._max_bytes):
            raise too_large(place, self._max_bytes)
        fields.pop("id", None)
        check_nesting(fields, place)
        return Content(text, fields, "html" if html else "text")


def _gone(place: str) -> ReadError:
    return ReadError("unreadable", place=place, what="gone: the file has changed", fix="run again")


def _mail(data: bytes, place: str) -> Content:
    mail = read_message(data, place)
    return Content(mail.data, dict(mail.extra), "html" if mail.html else "text")


@contextlib.contextmanager
def _as_read_errors(place: str, path: Path) -> Iterator[None]:
    """Whatever goes wrong over a file, as the failure of one article."""
    try:
        yield
    except ReadError:
        raise
    except msgspec.DecodeError as error:
        raise ReadError("damaged", place=place, what=f"invalid JSON ({error})", fix="write it as one line") from error
    except NotImplementedError as error:  # zipfile: a method or version that it does not know
        raise ReadError("unreadable", place=place, what=str(error), fix="unpack it by hand") from error
    except gzip.BadGzipFile as error:  # an OSError by name only
        raise read_error(place, error) from error
    except OSError as error:
        raise unreadable(place, path, error) from error
    except Exception as error:
        raise read_error(place, error) from error
