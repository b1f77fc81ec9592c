"""Text that is no article gets an issue that says what it looks like; whatever is one gets none."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from brief_extract import extract
from brief_extract.nonarticle import CODE
from structure.caseformat import load

ROOT = Path(__file__).parents[1]
NEWS = "The ministry in Bamako closed the border with Niger on Friday, and said so on the radio in the evening. " * 3
CSV = """id,title,text
1,Border,"Mali closed its border, officials said on Friday. The ministry gave no reason."
2,Port,"Togo opened a port,
and ships came."
"""
MAIL = f"""Return-Path: <ama@desk.example>
Received: from mx.example (mx.example [192.0.2.1])
\tby desk.example; Fri, 2 May 2025 10:00:00 +0000
Subject: =?utf-8?q?B=C5=99eclav?=
MIME-Version: 1.0

{NEWS}"""
SCRIPT = (
    '!function(e,t){"object"==typeof exports?module.exports=t():e.Desk=t()}(this,function(){"use strict";'
    "var e=Object.freeze({});function t(e){return null==e}function n(e){return!0===e}return{a:t,b:n,c:e}});"
)
STYLE = (
    "body{margin:0;font-family:Arial,sans-serif}.nav{display:flex;padding:0 12px}.nav a:hover{color:#fff;"
    "background:rgba(0,0,0,.5)}@media(max-width:600px){.nav{display:none}}"
)
RECORDS = json.dumps({"items": [{"id": number, "tags": ["a", "b"], "ok": True} for number in range(20)]})
ENCODED = base64.encodebytes(Random(1).randbytes(900)).decode()


def kinds(text: str) -> Iterator[str]:
    """What an issue says that the text looks like."""
    for issue in extract(text, entities=False).issues:
        if issue.code == CODE:
            assert (issue.start, issue.end) == (0, len(text))
            assert issue.message.startswith("the text is no article: it looks like ")
            yield issue.message.partition("it looks like ")[2].partition(";")[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (CSV, "a table of articles in CSV"),
        (CSV.replace(",", ";"), "a table of articles in CSV"),
        (f"{CSV}3,Rail,Drivers went on strike.\nA line of its own.\n", "a table of articles in CSV"),
        (MAIL, "the source of a message"),
        (SCRIPT, "code or JSON"),
        (STYLE, "code or JSON"),
        (RECORDS, "code or JSON"),
        (ENCODED, "encoded data (base64)"),
        (f"Attached:\n\n{ENCODED}", "encoded data (base64)"),
    ],
)
def test_what_is_no_article_is_told_with_what_it_looks_like(text: str, kind: str) -> None:
    assert list(kinds(text)) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        MAIL.partition("\n\n")[2],
        f"From: Ama\nTo: the desk\nSubject: Border\nDate: Friday\n\n{NEWS}",
        f"MIME-Version: 1.0 is a line that mail programs write.\n\n{NEWS}",
        f"{NEWS}\n\nReceived: 2 May 2025\nMessage-ID: 7\n",
        f"{NEWS}\n\n```\n{SCRIPT}\n```\n",
        f"{NEWS}\n\n{STYLE[:40]}\n",
        f"{NEWS}\n\nKey: {'aB3' * 30}\n",
        "date,city,dead\n2025-01-02,Kano,3\n2025-01-03,Lomé,4\n",
        "Title, text and images by Ama, in Lomé\n\nA port, a road, a rail\n",
        "title,text\nA port, a road.\nA line.\nA line again.\nAnd one more.\n",
        "Language, and what it hides\n\n" + NEWS,
        "{x} = {y}; {z} = ()",
        "",
    ],
)
def test_an_article_is_none_of_these(text: str) -> None:
    assert list(kinds(text)) == []


def test_no_case_of_the_reader_is_none() -> None:
    assert [case.id for case in load() if list(kinds(case.input))] == []


def test_no_article_of_the_corpus_is_none() -> None:
    texts = {path.name: path.read_text("utf-8", errors="replace") for path in (ROOT / "corpus").rglob("*.txt")}
    assert texts
    assert [name for name, text in texts.items() if list(kinds(text))] == []
