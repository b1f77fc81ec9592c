"""The examples of the CommonMark specification, each inside a well-formed text, read as the stock parser reads them.

The specification is not part of this project: ``npm install commonmark-spec`` brings it, and ``COMMONMARK_SPEC`` names
its ``spec.txt``. CI does both.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from structure.test_differential import ours, stock

SPEC = os.environ.get("COMMONMARK_SPEC", "")
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.M | re.S)
WELL_FORMED = "# Title\n\nOne came.\n\nTwo came.\n\nThree came.\n\nFour came.\n\n"
"""Some text with its blank lines, so that an example of two lines is not taken for damaged text."""

DIFFERENCES = {
    174: "raw HTML in a quote holds text, which is kept",
    193: "a link definition over three lines, indented, is text: none is lost",
    208: "a link definition that opens with a bracket alone on its line is text",
    353: "a no-break space after a bullet is a space",
    541: "a link definition whose label goes on over two lines is text",
}

pytestmark = pytest.mark.skipif(not SPEC, reason="COMMONMARK_SPEC names no spec.txt (npm install commonmark-spec)")


def test_every_example_but_the_listed_ones_is_read_alike() -> None:
    examples = [found.replace("→", "\t") for found in EXAMPLE.findall(Path(SPEC).read_text(encoding="utf-8"))]
    assert len(examples) > 600
    texts = {number: WELL_FORMED + example for number, example in enumerate(examples, 1)}
    assert [number for number, text in texts.items() if ours(text) != stock(text)] == list(DIFFERENCES)
