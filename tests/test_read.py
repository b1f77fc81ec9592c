"""Reading: what becomes text, what is set aside, and what either says."""

from __future__ import annotations

import codecs
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brief_extract.errors import FAILURES, ISSUES, ReadError
from brief_extract.read import Source, printable, read_bytes, read_file, read_text

FRENCH = "Le président a déclaré jeudi que l’opération s’achèverait à l’été. « Nous réduirons la présence », dit-il."
ENGLISH = "The £5m plan was approved by the council on Tuesday, officials said. “It’s late,” one of them added."
SAMPLES = {
    "cp1252": FRENCH,
    "latin-1": "El ministro señaló que la misión continuará en España. ¿Qué pasará mañana?",
    "mac_roman": FRENCH,
    "cp1250": "Minister oświadczył, że liczba dyplomatów będzie mniejsza: rośnie zagrożenie. Łódź, źródło, żółw.",
    "cp1251": "Франция объявила о сокращении дипломатического персонала в Мали из-за ухудшения безопасности.",
    "koi8_r": "Франция объявила о сокращении дипломатического персонала в Мали из-за ухудшения безопасности.",
    "cp1253": "Η Γαλλία ανακοίνωσε μείωση του διπλωματικού προσωπικού της στο Μάλι λόγω της επιδείνωσης της ασφάλειας.",
    "cp1256": "أعلنت فرنسا تخفيض عدد موظفيها الدبلوماسيين في مالي بسبب تدهور الوضع الأمني في المنطقة.",
    "shift_jis": "フランス政府は木曜日、マリに駐在する外交官の数を減らすと発表した。安全保障上の懸念のためである。",
    "gb18030": "法国周四宣布减少驻马里外交人员，理由是安全形势不断恶化。官方声明称，此举是一项预防措施。",
}
"""Encoding -> a text that people write in it."""


def codes(source: Source) -> list[str]:
    return [issue.code for issue in source.issues]


def failure(data: bytes, **options: int) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name="paper/story.txt", **options)
    return caught.value


def outcome(data: bytes) -> Source | ReadError:
    try:
        return read_bytes(data)
    except ReadError as error:
        return error


class TestUtf8:
    def test_is_taken_as_it_stands(self) -> None:
        data = "Mali’s\r\n\tfuture\u00a0…".encode()
        source = read_bytes(data, name="story.txt")
        assert source == Source(
            text="Mali’s\r\n\tfuture\u00a0…",
            name="story.txt",
            sha256=hashlib.sha256(data).hexdigest(),
            encoding="utf-8",
        )

    def test_a_byte_order_mark_is_told_by_the_encoding_and_is_no_text(self) -> None:
        source = read_bytes(codecs.BOM_UTF8 + b"Mali")
        assert (source.text, source.encoding, source.issues) == ("Mali", "utf-8-sig", ())

    def test_a_few_broken_bytes_are_replaced_each_with_an_issue(self) -> None:
        source = read_bytes("Été à Bamako…".encode() + b" \xff\xfe and \x92 now")
        assert source.text == "Été à Bamako… \ufffd\ufffd and \ufffd now"
        assert codes(source) == ["replaced-bytes", "replaced-bytes"]
        assert [source.text[issue.start : issue.end] for issue in source.issues] == ["\ufffd\ufffd", "\ufffd"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_utf_16_and_32_are_told_by_their_mark(encoding: str) -> None:
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    marks |= {"utf-32-le": codecs.BOM_UTF32_LE, "utf-32-be": codecs.BOM_UTF32_BE}
    source = read_bytes(marks.get(encoding, b"") + "Mali’s 🙂".encode(encoding))
    assert (source.text, source.encoding, source.issues) == ("Mali’s 🙂", encoding[:6], ())


class TestGuess:
    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf_16_without_a_mark_is_told_by_its_nuls(self, encoding: str) -> None:
        source = read_bytes("Mali’s government said so.".encode(encoding))
        assert (source.text, source.encoding) == ("Mali’s government said so.", encoding)
        assert codes(source) == ["guessed-encoding"]

    def test_the_euro_sign_tells_latin_9(self) -> None:
        text = (
            "Ölpreis fällt auf 12 € je Fass. Händler rechnen für Juni mit 10,50 €, weil die Lager überall voll sind.\n"
        )
        assert read_bytes(text.encode("iso8859_15")).text == text
        assert read_bytes(text.encode("cp1252")).text == text

    @pytest.mark.parametrize("encoding", SAMPLES)
    def test_other_encodings_are_told_from_the_text(self, encoding: str) -> None:
        data = SAMPLES[encoding].encode(encoding)
        source = read_bytes(data)
        assert source.text == SAMPLES[encoding]
        assert source.text == data.decode(source.encoding)

    def test_a_guess_is_an_issue_that_names_the_encoding_and_how_sure_it_is(self) -> None:
        source = read_bytes(FRENCH.encode("cp1252"))
        assert codes(source) == ["guessed-encoding"]
        issue = source.issues[0]
        assert "cp1252" in issue.message
        assert (issue.start, issue.end) == (0, len(source.text))
        assert 0 < issue.confidence < 1

    def test_english_with_a_few_odd_bytes_is_windows_1252(self) -> None:
        assert read_bytes(ENGLISH.encode("cp1252")).text == ENGLISH
        assert read_bytes(b"caf\xe9").text == "café"

    def test_what_makes_no_sense_in_any_encoding_is_not_guessed(self) -> None:
        assert failure(bytes(range(0xA0, 0x100)) * 4).code == "undecodable"

    def test_a_byte_order_mark_that_lies_is_not_believed(self) -> None:
        assert failure(codecs.BOM_UTF16_LE + b"\x00\xd8" * 50).code == "undecodable"


class TestBinary:
    @pytest.mark.parametrize(
        ("data", "likeness"),
        [
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
            (b"PK\x03\x04\x14\x00\x06\x00", "docx"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
            (b"\x1f\x8b\x08\x00\x00", "a gzip file"),
            (b"{\\rtf1\\ansi Mali}", "an RTF document"),
            (b"\x00\x01\x02\x03 some bytes", "binary"),
            (b"\x00\xff\x00\xfe" * 50, "binary"),
            ("Mali has a government.".encode("utf-16-le") + b"\x00", "UTF-16-LE without a byte order mark"),
            ("Mali has a government.".encode("utf-16-be") + b"\x00", "UTF-16-BE without a byte order mark"),
        ],
    )
    def test_is_set_aside_and_told_by_what_it_looks_like(self, data: bytes, likeness: str) -> None:
        error = failure(data)
        assert error.code == "binary"
        assert likeness in str(error)

    def test_one_stray_control_character_does_not_make_a_text_binary(self) -> None:
        text = "The ministry said on Friday that it would not comment. " * 4 + "\x00\x1a"
        assert read_bytes(text.encode()).text == text


@pytest.mark.parametrize("data", [b"", b" \t\r\n", b"\xef\xbb\xbf", "\u00a0\u2028\u200b".encode()])
def test_input_without_anything_to_see_is_empty(data: bytes) -> None:
    assert failure(data).code == "empty"


def test_input_over_the_cap_is_too_large_and_at_the_cap_is_not() -> None:
    assert read_bytes(b"Mali", max_bytes=4).text == "Mali"
    assert failure(b"Mali!", max_bytes=4).code == "too-large"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", bytes(range(0xA0, 0x100)), b"x" * 9])
def test_every_message_names_the_place_and_the_way_out(data: bytes) -> None:
    message = str(failure(data, max_bytes=100 if len(data) != 9 else 8))
    assert message.startswith("paper/story.txt: ")
    assert "; fix: " in message


class TestText:
    def test_any_string_can_be_hashed_and_written(self) -> None:
        source = read_text("a\ud800\udc00b\udfff")
        assert source.text == "a\ufffd\ufffdb\ufffd"
        assert codes(source) == ["replaced-bytes", "replaced-bytes"]
        assert source.sha256 == hashlib.sha256(source.text.encode()).hexdigest()

    def test_an_empty_string_is_a_source_too(self) -> None:
        assert read_text("").text == ""


class TestFile:
    def test_is_named_by_its_path_unless_told_otherwise(self, tmp_path: Path) -> None:
        path = tmp_path / "story.txt"
        path.write_bytes(b"Mali")
        assert read_file(path).name == path.as_posix()
        assert read_file(path, name="story.txt").name == "story.txt"

    def test_that_is_missing_is_unreadable(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match=r"story\.txt: no such file or directory; fix: ") as caught:
            read_file(tmp_path / "story.txt")
        assert caught.value.code == "unreadable"

    def test_that_is_a_folder_is_unreadable(self, tmp_path: Path) -> None:
        with pytest.raises(ReadError, match="a folder, not a file; fix: "):
            read_file(tmp_path)

    def test_that_is_a_link_to_nowhere_is_unreadable(self, tmp_path: Path) -> None:
        link = tmp_path / "story.txt"
        link.symlink_to("gone.txt")
        with pytest.raises(ReadError, match="a link to nowhere; fix: "):
            read_file(link)

    def test_that_is_a_pipe_is_refused_and_not_waited_for(self, tmp_path: Path) -> None:
        pipe = tmp_path / "story.txt"
        os.mkfifo(pipe)
        with pytest.raises(ReadError, match="a device or a pipe, not a file"):
            read_file(pipe)

    def test_over_the_cap_is_refused_before_it_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "story.txt"
        with path.open("wb") as file:
            file.truncate(10**12)  # a sparse file: a terabyte in no space
        with pytest.raises(ReadError, match="larger than 2,000,000 bytes; fix: ") as caught:
            read_file(path)
        assert caught.value.code == "too-large"


def test_names_become_one_printable_line() -> None:
    assert printable("a\nb\udce9\u202ec") == "a\\nb\\xe9\\u202ec"
    assert printable(Path("données") / "Mali 🙂.txt") == "données/Mali 🙂.txt"


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: text.encode("utf-16")))
def test_any_bytes_give_a_source_or_a_failure_from_the_vocabulary(data: bytes) -> None:
    source = outcome(data)
    if isinstance(source, ReadError):
        assert source.code in FAILURES
        return
    source.text.encode()  # no half of a surrogate pair
    assert set(codes(source)) <= ISSUES.keys()
    if "replaced-bytes" not in codes(source):
        assert source.text == data.decode(source.encoding)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_string_gives_a_source_of_the_same_length(text: str) -> None:
    source = read_text(text)
    assert len(source.text) == len(text)
    source.text.encode()  # no half of a surrogate pair
