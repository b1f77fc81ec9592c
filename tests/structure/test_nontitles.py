"""Lines that title nothing, and lines like them that may."""

from __future__ import annotations

import pytest

from brief_extract.blocks.nontitles import KINDS, is_nontitle

LINES = {
    "a figure or a time (a year alone may title a part of a chronicle)": [
        "78,000", "4419111", "$1.2m", "+3.4%", "14:30", "9.30 pm", "12 kg", "1 204", "\u20ac 12.50", "1600 GMT",
    ],
    "all in brackets: (2 rows), [END OF TAPE 1]": ["(2 rows)", "[END OF TAPE 1]", "(Laughter)", "(continued)"],
    "columns: Yes      401,220": ["Yes      401,220", "O hills        O rivers"],
    "nothing but tags: </rant>": ["</rant></soapbox>", "<Sedio N.V.>"],
    "nothing but hashtags: #roads #kerin": ["#roads #kerin", "#Mali"],
    "a result: Arden 2 Bellmore 1 (aet)": ["Arden 2 Bellmore 1", "Corby Town 0, Dunmore 0", "St. Gallen 3 Zug 2 (aet)"],
    "a fixture: Ilford v Jarrow (16:30)": ["Ilford v Jarrow (16:30)", "Mali - Niger, 19:00", "Mali vs. Niger 2-1"],
    "a credit: Maria Delgado/AP": ["Maria Delgado/AP", "Jo Example / Reuters", "Ana Ruiz/Getty Images"],
    "a turn of speech: PRIME MINISTER: No.": ["PRIME MINISTER: No.", "MS. O'HARA: \u201cNever!\u201d"],
    "an address": ["Ministry, PO Box 12, Lilongwe", "12 Main Street, Arden", "Doylestown, PA 18901", "London NW1 6XE"],
    "a telephone number or the like": ["Tel: +265 1 234 567", "+44 20 7946 0011", "Email: press@example.org"],
    "the end of a dispatch: -30-, - ends -, (more)": ["-30-", "- ends -", "ENDS", "--end--", "continued", "more -"],
    "what is said of a term on the line above": [": A part of a loan"],
    "a page number": ["Page 2", "page 3 of 12", "- 12 -", "\u2013 3 \u2013"],
}  # fmt: skip

CONTROLS = [
    "2024",
    "1994",
    "2.7.1 (2025-03-18)",
    "2.7.1",
    "12 Ways to Save",
    "45 destination countries",
    "What (and Who) Comes Next",
    "Mali v Niger",
    "Apollo 11 Lands",
    "Route 66 Turns 100",
    "G20: A Guide",
    "AC/DC",
    "Input/Output",
    "WATCH: What the minister said",
    "OPINION: Who will pay?",
    "Main Street Reopens",
    "Downing Street Divided",
    "The End of an Era",
    "Ends and Means",
    "More Than a Game",
    "Page Turners",
    "Telephones Go Quiet",
    "Continued Fighting in Gao",
    "#MeToo in Mali",
    "\u65e5\u672c\u8a9e",
]


@pytest.mark.parametrize("kind", KINDS)
def test_lines_of_the_kind_title_nothing(kind: str) -> None:
    assert [line for line in LINES[kind] if not KINDS[kind].match(line)] == []


@pytest.mark.parametrize("line", CONTROLS)
def test_a_line_that_looks_like_one_may_title_something(line: str) -> None:
    assert not is_nontitle(line)
