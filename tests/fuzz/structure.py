"""Coverage-guided fuzzing of the structure stage: ``python tests/fuzz/structure.py -max_total_time=600 FOLDER``.

Needs ``pip install atheris``. ``FOLDER`` collects the inputs that reach new code; what breaks the stage is written to
``crash-*`` and becomes an example of a test. Options are libFuzzer's.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["brief_extract", "markdown_it"]):
    from brief_extract import Config, Document, Extractor

EXTRACTOR = Extractor(Config(entities=False))
PIECES = (
    *("\n", "\n\n", "| a | b |\n", "|---|---|\n", "|–|–|\n", "- ", "* ", "• ", "– ", "1. ", "2) ", "a. ", "> ", "# "),
    *("```\n", "---\n", "===\n", "    ", "\t", "[a]: /b\n", "[a]", "[a](b)", "`", "**", "_", "~~", "\\", "<div>\n"),
    *("<!--", "&amp;", "Title Here\n", "A sentence ends here. ", "lower case goes on ", "by Anna Bello\n", "\r\n"),
    *("\u200b", "\xa0", "\u2028", "|"),
)


def check(data: bytes) -> None:
    """Any text comes out whole, in its place, and the same from its JSON form."""
    given = atheris.FuzzedDataProvider(data)
    text = ""
    while given.remaining_bytes():
        piece = given.ConsumeIntInRange(0, len(PIECES) + 7)
        text += PIECES[piece] if piece < len(PIECES) else given.ConsumeUnicodeNoSurrogates(4)
    document = EXTRACTOR.extract(text)
    position, rest = 0, []
    for block in document.blocks:
        assert position <= block.start < block.end <= len(text), block
        rest.append(text[position : block.start])
        position = block.end
    rest.append(text[position:])
    assert not any(letter.isalnum() for letter in "".join(rest)), rest
    assert Document.from_dict(document.to_dict()) == document


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
