"""The examples of the CommonMark specification, each inside a well-formed text, read as the stock parser reads them.

``commonmark/`` holds the specification, unmodified, with its own licence.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from structure.test_differential import ours, stock

SPEC = Path(__file__).with_name("commonmark") / "spec.txt"
SHA256 = "257c41ad946f7a1414a499aca402a1aa8fdac3678532266611348c1cf54f4b80"
"""Version 0.31.2. Its licence asks to mark changes; there are none."""

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.M | re.S)
WELL_FORMED = "# Title\n\nOne came.\n\nTwo came.\n\nThree came.\n\nFour came.\n\n"
"""Some text with its blank lines, so that an example of two lines is not taken for damaged text."""

LAYOUT = (*range(148, 152), *range(155, 163), *range(164, 167), 169, 171, 184, 185, 186, 189, 190, 191)
UNKNOWN = (163, 201, 491, 524, 536, 613, 614, 615, 617, 623)
DIFFERENCES = {
    **dict.fromkeys((45, 48, 49, 97), "a line of equals signs is a rule, and a rule however deep its indent"),
    **dict.fromkeys(LAYOUT, "tags of layout bound blocks, whose words are kept"),
    **dict.fromkeys(UNKNOWN, "what is no name of an HTML element is text"),
    139: "a line of tildes that no other line closes is a rule",
    173: "a tag that goes on over lines and never closes its element is text",
    174: "raw HTML in a quote holds text, which is kept",
    193: "a link definition over three lines, indented, is text: none is lost",
    208: "a link definition that opens with a bracket alone on its line is text",
    353: "a no-break space after a bullet is a space",
    541: "a link definition whose label goes on over two lines is text",
}


def examples() -> dict[int, str]:
    """Markdown by the number that the specification gives it; an arrow in the file stands for a tab."""
    found = EXAMPLE.findall(SPEC.read_text(encoding="utf-8"))
    return {number: example.replace("→", "\t") for number, example in enumerate(found, 1)}


def test_the_specification_is_unmodified_and_whole() -> None:
    assert hashlib.sha256(SPEC.read_bytes()).hexdigest() == SHA256
    assert len(examples()) == 652


def test_every_example_but_the_listed_ones_is_read_alike() -> None:
    texts = {number: WELL_FORMED + example for number, example in examples().items()}
    assert [number for number, text in texts.items() if ours(text) != stock(text)] == sorted(DIFFERENCES)
