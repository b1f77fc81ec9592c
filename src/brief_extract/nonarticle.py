"""Text that is no article: rows of CSV, the source of a message, code, encoded data. Read as prose, it gets an issue.

The thresholds were measured on 1,696 texts, the samples and the tests' cases, none of which gets one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from brief_extract.errors import ISSUES
from brief_extract.model import Block, Code, Issue, Markup, Table

CODE = "no-prose"

LEAST = 150
"""With fewer characters of prose that are not blank, nothing is said: a formula or a link may be all of it."""

BRACES_SHARE, SIGNS_SHARE = 0.03, 0.075
"""Of code, the share of ``{};=`` and of these with brackets. In the samples no text of any length has both: the most
is 0.06 and 0.06, in a post full of smileys; minified JavaScript, CSS and JSON have at least 0.04 and 0.085."""

ENCODED_SHARE = 0.5
"""Of encoded data, the share of runs of 60 characters and more without a blank or a point. Articles have none."""

_BRACES, _SIGNS = "{};=", "{};=()[]<>"
_ENCODED = re.compile(r"(?<![\w+/=-])[A-Za-z0-9+/_-]{60,}={0,2}(?![\w+/=-])")
_LINES, _HEAD = 40, 100_000
"""Lines and characters from the start that are looked at. The csv module takes no field longer than 131,072."""

_HEADER_LINE = re.compile(r"([A-Z][\w-]{1,40}):[ \t]")
_COLUMN = re.compile(r"\w[\w .-]{0,30}\s*")
_OF_TRANSPORT = set("Return-Path Received MIME-Version Content-Type Content-Transfer-Encoding Message-ID".split())
_OF_RECORDS = set(
    "id text title headline body content article date published author byline url link source language lang".split()
)


def issues_of(text: str, blocks: Sequence[Block]) -> Iterator[Issue]:
    """The issue of a text that is no article, if it is none. What was read as a table or as code counts for nothing."""
    kind = _kind(text, blocks)
    if kind:
        yield Issue(code=CODE, message=f"{ISSUES[CODE]}: it looks like {kind}", start=0, end=len(text))


def _kind(text: str, blocks: Sequence[Block]) -> str | None:
    """What the text looks like, with the way out."""
    lines = text[:_HEAD].lstrip("\ufeff\r\n").splitlines(keepends=True)[:_LINES]
    if _is_mail(lines):
        return "the source of a message; fix: call the file .eml"
    if not any(isinstance(block, Table) for block in blocks) and _is_csv(lines):
        return "a table of articles in CSV; fix: call the file .csv and name its column with --text-column"
    prose = "".join(text[it.start : it.end] for it in blocks if not isinstance(it, Table | Code | Markup))
    count = len(prose) - sum(map(prose.count, " \n\r\t"))
    if count < LEAST:
        return None
    if sum(len(run) for run in _ENCODED.findall(prose)) >= ENCODED_SHARE * count:
        return "encoded data (base64); fix: decode it first, or leave it out"
    braces, signs = (sum(map(prose.count, of)) for of in (_BRACES, _SIGNS))
    if braces >= BRACES_SHARE * count and signs >= SIGNS_SHARE * count:
        return "code or JSON; fix: leave it out, or give the article alone"
    return None


def _is_mail(lines: Sequence[str]) -> bool:
    """Do headers of the transport of mail stand above everything else, two of them at least?"""
    names = set()
    for line in lines:
        header = _HEADER_LINE.match(line)
        if header:
            names.add(header[1])
        elif not line.startswith((" ", "\t")):  # a header may go on in the next line
            break
    return len(names & _OF_TRANSPORT) >= 2


def _is_csv(lines: Sequence[str]) -> bool:
    """Does the first line name columns, among them one of records, and have most records below as many fields?"""
    for delimiter in ",;\t|":
        if lines and delimiter in lines[0]:
            header, *rows = csv.reader(lines, delimiter=delimiter)
            if all(map(_COLUMN.fullmatch, header)) and _OF_RECORDS & {name.strip().lower() for name in header}:
                whole = sum(len(row) == len(header) for row in rows)
                return whole > 0 and 2 * whole >= len([row for row in rows if row])
    return False
