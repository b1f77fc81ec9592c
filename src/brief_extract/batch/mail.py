"""Mail: the text of a message (``.eml``), and the messages in a mailbox (``.mbox``). By the standard library."""

from __future__ import annotations

import contextlib
import mailbox
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple, cast

from brief_extract.errors import ReadError

SIZE_FACTOR = 20
"""A message may be so many times as long as an article: its attachments, which are not read, are in it."""

_SOFT_BREAK = re.compile(r"(?m)(?<!^--) \r?\n")
_STUFFED = re.compile(r"(?m)^ ")


class Mail(NamedTuple):
    """What is taken from a message: its text, or a web page in place of one, and what its headers say.

    ``data`` is bytes where the message names no encoding that is known.
    """

    data: str | bytes
    html: bool
    extra: dict[str, str]


def read_message(data: bytes, place: str) -> Mail:
    """The text of a message, decoded, and its subject, sender, date (ISO 8601) and id.

    Raises:
        ReadError: ``no-article`` where it has no text.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not message.keys():
        return Mail(data, False, {})
    body = message.get_body(("plain", "html"))
    if body is None:
        what, fix = "a message without a text", "leave it out, or give its attachment"
        raise ReadError("no-article", place=place, what=what, fix=fix)
    text = _text(body)
    if isinstance(text, str) and str(body.get_param("format", "")).lower() == "flowed":
        text = _unwrapped(text)
    return Mail(text, body.get_content_type() == "text/html", _headers(message))


def messages(path: Path) -> Iterator[tuple[int, bytes]]:
    """The messages of a mailbox, each with its number, from 1; one at a time in memory.

    Raises:
        OSError: the file cannot be read.
    """
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            yield number, box.get_bytes(key)
    finally:
        box.close()


def _text(body: MIMEPart) -> str | bytes:
    try:
        return str(body.get_content())
    except (LookupError, UnicodeError):  # an encoding that there is not, or that the bytes are not in
        return cast(bytes, body.get_payload(decode=True))


def _unwrapped(text: str) -> str:
    """Text of RFC 3676: a line that ends in a space goes on in the next, a space at the start of a line is stuffed."""
    return _STUFFED.sub("", _SOFT_BREAK.sub(" ", text))


def _headers(message: EmailMessage) -> dict[str, str]:
    found = {"title": message["Subject"], "author": message["From"], "message_id": message["Message-ID"]}
    headers = {name: " ".join(str(value).split()) for name, value in found.items() if value}
    with contextlib.suppress(ValueError):  # none, or none that can be read
        headers["date"] = parsedate_to_datetime(str(message["Date"])).isoformat()
    return headers
