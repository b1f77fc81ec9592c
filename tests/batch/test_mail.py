"""Mail: a message is its text, decoded, with what its headers say; a mailbox is its messages."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from batch.samples import Run
from brief_extract import Document
from brief_extract.batch.mail import read_message
from brief_extract.errors import ReadError

STORY = "Tomáš waits in Mali.\n\n| Port | Ships |\n|---|---|\n| Tema | 12 |\n"


def message(text: str = STORY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    fields = {"Subject": "Břeclav: ports reopen", "From": "Desk <desk@example.org>", "Message-ID": "<1@example.org>"}
    fields |= {"Date": "Mon, 03 Feb 2025 14:05:00 +0100"} | headers
    for name, value in fields.items():
        made[name] = value
    made.set_content(text, cte="quoted-printable")
    return made


def test_a_message_is_its_text_and_what_its_headers_say() -> None:
    mail = read_message(message().as_bytes(), "a.eml")
    assert mail.data == STORY
    assert not mail.html
    assert mail.extra == {
        "title": "Břeclav: ports reopen",
        "author": "Desk <desk@example.org>",
        "message_id": "<1@example.org>",
        "date": "2025-02-03T14:05:00+01:00",
    }


def test_plain_text_goes_before_html_and_html_before_nothing() -> None:
    both = message()
    both.add_alternative("<p>Other</p>", subtype="html")
    both.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    assert read_message(both.as_bytes(), "a.eml").data == STORY
    page = EmailMessage()
    page.set_content("<p>Mali waits.</p>", subtype="html")
    assert read_message(page.as_bytes(), "a.eml")[:2] == ("<p>Mali waits.</p>\n", True)


def test_a_message_without_a_text_is_told() -> None:
    empty = EmailMessage()
    empty.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(ReadError, match=r"a\.eml: a message without a text; fix: leave it out") as raised:
        read_message(empty.as_bytes(), "a.eml")
    assert raised.value.code == "no-article"


def test_lines_of_flowing_text_are_joined() -> None:
    head = b"Content-Type: text/plain; charset=utf-8; format=flowed\n\n"
    mail = read_message(head + b"The strike \nended on \nMonday.\n From here.\n-- \nDesk\n", "a.eml")
    assert mail.data == "The strike ended on Monday.\nFrom here.\n-- \nDesk\n"
    as_it_is = read_message(head.replace(b"; format=flowed", b"") + b"The strike \nended.\n", "a.eml")
    assert as_it_is.data == "The strike \nended.\n"


def test_an_encoding_that_there_is_not_leaves_the_bytes() -> None:
    mail = read_message(b"Subject: x\nContent-Type: text/plain; charset=klingon\n\ncaf\xc3\xa9\n", "a.eml")
    assert mail.data in (b"caf\xc3\xa9\n", "caf\xe9\n", "caf\udcc3\udca9\n")


def test_a_file_without_headers_is_a_text() -> None:
    assert read_message(b"\nMali waits.\n", "a.eml").data == b"\nMali waits.\n"


def test_messages_in_a_folder_are_articles(articles: Path, output: Path, run: Run) -> None:
    (articles / "port strike.eml").write_bytes(message().as_bytes())
    report = run()
    assert report.done == 1
    document = Document.from_file(output / "documents" / "port-strike.json")
    assert document.text == STORY
    assert document.tables[0].rows == (("Tema", "12"),)
    assert document.source.extra["title"] == "Břeclav: ports reopen"
    assert run().skipped == 1


def test_attachments_do_not_count_as_the_article(articles: Path, run: Run) -> None:
    long = message("Mali waits.")
    long.add_attachment(b"%PDF" * 500, maintype="application", subtype="pdf", filename="a.pdf")
    (articles / "long.eml").write_bytes(long.as_bytes())
    assert run(max_bytes=1000).done == 1


def test_a_mailbox_is_its_messages(articles: Path, output: Path, run: Run) -> None:
    path = articles / "desk.mbox"
    box = mailbox.mbox(path)
    box.add(message("First."))
    box.add(EmailMessage())
    box.add(message("Third."))
    box.close()
    before = path.read_bytes()
    report = run(path)
    assert (report.done, len(report.failures)) == (2, 1)
    assert Document.from_file(output / "documents" / "message-3.json").text == "Third.\n"
    assert path.read_bytes() == before
