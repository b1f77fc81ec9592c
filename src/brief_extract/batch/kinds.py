"""What a file holds, told from its name alone: one article, or many."""

from __future__ import annotations

from pathlib import Path

from brief_extract.batch.ids import COMPRESSED, MAIL, OFFICE, PAGES, TABLES
from brief_extract.batch.worker import Form


def is_collection(path: Path, *, with_tables: bool = False) -> bool:
    """Whether a file holds many articles.

    Args:
        with_tables: A table is one too: it is known which column holds the texts.
    """
    return path.is_file() and (is_named_like_one(path) or (with_tables and is_table(path)))


def is_named_like_one(path: Path) -> bool:
    """Whether the name is that of a collection, be it there or not. Tables are none by their name alone."""
    return is_lines(path) or is_zip(path) or is_archive(path) or is_mailbox(path)


def is_lines(path: Path) -> bool:
    """JSON Lines."""
    return plain_name(path).endswith(".jsonl")


def is_zip(path: Path) -> bool:
    """A zip archive."""
    return path.suffix.lower() == ".zip"


def is_archive(path: Path) -> bool:
    """A web archive."""
    return path.name.lower().endswith((".warc", ".warc.gz"))


def is_mailbox(path: Path) -> bool:
    """A mailbox."""
    return path.suffix.lower() == ".mbox"


def is_table(path: Path) -> bool:
    """A table, which as prose would be one long article without a sentence."""
    return plain_name(path).endswith(TABLES)


def is_mail(path: Path) -> bool:
    """A message."""
    return plain_name(path).endswith(MAIL)


def form_of(path: Path) -> Form:
    """The form of the one article in a file."""
    name = plain_name(path)
    if name.endswith(OFFICE):
        return "docx" if name.endswith(".docx") else "odt" if name.endswith(".odt") else "rtf"
    return "html" if name.endswith(PAGES) else "text"


def plain_name(path: Path) -> str:
    """The name of a file in lower case, without the suffix of what packs it."""
    return (path.stem if path.suffix.lower() in COMPRESSED else path.name).lower()
