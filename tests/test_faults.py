"""Errors that nobody planned for: whose failure they are, where they happened, and that each message is one line."""

from __future__ import annotations

import gzip
import lzma
import pickle
import struct
import zipfile
import zlib

import msgspec
import pytest

from brief_extract.errors import BriefExtractError, Failure, ModelError, ReadError
from brief_extract.faults import about, failure, place_of, read_error, where
from brief_extract.read import fits

ESCAPES = "a\x1b[2J\x9b\r\nb\u2028"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (zipfile.BadZipFile("x"), "damaged"),
        (lzma.LZMAError("x"), "damaged"),
        (zlib.error("x"), "damaged"),
        (gzip.BadGzipFile("x"), "damaged"),
        (msgspec.DecodeError("x"), "damaged"),
        (struct.error("x"), "damaged"),
        (EOFError(), "damaged"),
        (RecursionError("x"), "damaged"),
        (OverflowError("x"), "damaged"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), "damaged"),
        (KeyError("raised by a parser"), "damaged"),
        (MemoryError(), "too-large"),
        (ReadError("empty", place="p", what="w", fix="f"), "empty"),
    ],
    ids=lambda it: type(it).__name__ if isinstance(it, Exception) else it,
)
def test_an_error_of_a_parser_is_the_failure_of_its_article(error: Exception, code: str) -> None:
    found = read_error("mali.zip", error)
    assert found.code == code
    assert str(found).startswith("p: " if code == "empty" else "mali.zip: ")
    assert "; fix: " in str(found)


def test_a_mistake_in_our_own_code_is_no_damage() -> None:
    with pytest.raises(TypeError) as caught:
        fits(None, 7)  # type: ignore[arg-type]
    found = read_error("mali.txt", caught.value)
    assert found.code == "internal"
    assert f"({where(caught.value)}); fix: this is an error in brief-extract" in str(found)
    assert where(caught.value).startswith("read.py:")


def test_what_was_never_raised_happened_nowhere() -> None:
    assert where(ValueError()) == "unknown"


def test_the_innermost_place_is_the_one_that_counts() -> None:
    with pytest.raises(ZeroDivisionError) as caught, about("the folder"), about("mali.txt"):
        _ = 1 / 0
    assert place_of(caught.value) == "mali.txt"
    with pytest.raises(ModelError) as planned, about("mali.txt"):
        raise ModelError("no such model")
    assert place_of(planned.value) is None


def test_every_message_is_one_line_that_commands_no_terminal() -> None:
    messages = [
        str(BriefExtractError(ESCAPES)),
        str(ModelError(f"no pipeline {ESCAPES}")),
        str(read_error(ESCAPES, ValueError(ESCAPES))),
        failure("id", ESCAPES, "extract", ValueError(ESCAPES)).message,
        Failure(id="id", stage="read", code="damaged", message=ESCAPES).message,
    ]
    assert all(message.isprintable() for message in messages)
    assert messages[0] == r"a\x1b[2J\x9b\r\nb\u2028"


def test_a_failure_comes_through_pickle_and_json_as_it_was() -> None:
    given = Failure(id="id", stage="read", code="damaged", message=ESCAPES)
    assert pickle.loads(pickle.dumps(given)) == given
    assert msgspec.json.decode(msgspec.json.encode(given), type=Failure) == given
