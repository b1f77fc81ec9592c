"""Texts that are made to be slow to read: each shape is a unit of text, repeated, often with an end that does not fit.

``SHAPES`` gives for each name a function from a length to a text of about that many characters, so that one can see
how the cost of a shape grows. The tests and ``benchmarks/hostile.py`` use the same ones.
"""

from __future__ import annotations

from collections.abc import Callable

Shape = Callable[[int], str]


def repeated(unit: str, before: str = "", after: str = "") -> Shape:
    """``unit`` again and again, between ``before`` and ``after``."""
    return lambda length: before + unit * max(1, (length - len(before) - len(after)) // len(unit)) + after


def counted(unit: str, before: str = "", after: str = "") -> Shape:
    """A unit with a number in it, from 1 on."""

    def text(length: int) -> str:
        count = max(1, length // (len(unit.format(0)) + len(str(length)) // 2))
        return before + "".join(unit.format(number) for number in range(1, count + 1)) + after

    return text


def in_cell(shape: Shape) -> Shape:
    """A table of one row whose second cell is the text, without line ends and pipes."""
    return lambda length: f"| Name | Value |\n|---|---|\n| x | {_flat(shape(length))} |\n"


def in_header(shape: Shape) -> Shape:
    """A table whose second header is the text."""
    return lambda length: f"| Name | {_flat(shape(length))} |\n|---|---|\n| x | 12 |\n"


def in_item(shape: Shape) -> Shape:
    """A list whose second item is the text."""
    return lambda length: f"- one\n- {_flat(shape(length))}\n- three\n"


def in_heading(shape: Shape) -> Shape:
    """A heading that is the text, above a paragraph."""
    return lambda length: f"# {_flat(shape(length))}\n\nA paragraph of text follows here.\n"


def as_lines(shape: Shape, width: int = 200) -> Shape:
    """The text on lines of one width."""

    def text(length: int) -> str:
        whole = shape(length)
        return "\n".join(whole[place : place + width] for place in range(0, len(whole), width))

    return text


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("|", "/")


UNIFORM = {
    "a word": repeated("x"),
    "words": repeated("word "),
    "capitals": repeated("A"),
    "capitals and spaces": repeated("A "),
    "words with capitals": repeated("Word "),
    "digits": repeated("1"),
    "numbers": repeated("12 "),
    "spaces": repeated(" ", "x", "y"),
    "tabs": repeated("\t", "x", "y"),
    "line ends": repeated("\n", "x", "y"),
    "carriage returns": repeated("\r"),
    "full stops": repeated("."),
    "full stops and spaces": repeated(". "),
    "commas": repeated(", "),
    "colons": repeated(": "),
    "question marks": repeated("?!"),
    "hyphens": repeated("-"),
    "hyphens and spaces": repeated("- "),
    "dashes": repeated("–"),
    "dashes and spaces": repeated("– "),
    "equals signs": repeated("="),
    "underscores": repeated("_"),
    "underscores and letters": repeated("_a"),
    "asterisks": repeated("*"),
    "asterisks and letters": repeated("*a "),
    "plus signs": repeated("+"),
    "hash signs": repeated("#"),
    "hash signs and spaces": repeated("# "),
    "tildes": repeated("~"),
    "backticks": repeated("`"),
    "backticks and letters": repeated("`a"),
    "backslashes": repeated("\\"),
    "ampersands": repeated("&"),
    "at signs": repeated("@"),
    "at signs and letters": repeated("a@"),
    "dollar signs": repeated("$"),
    "per cent signs": repeated("%"),
    "slashes": repeated("/"),
    "apostrophes": repeated("'"),
    "possessives": repeated("a's "),
    "quotation marks": repeated('"'),
    "curly quotation marks": repeated("“"),
    "low quotation marks": repeated("„"),
    "guillemets": repeated("«"),
    "brackets that open": repeated("["),
    "brackets that close": repeated("]"),
    "round brackets that open": repeated("("),
    "round brackets that close": repeated(")"),
    "angle brackets that open": repeated("<"),
    "angle brackets that close": repeated(">"),
    "pipes": repeated("|"),
    "semicolons": repeated(";"),
}

NEAR_MISSES = {
    "a byline of capitals": repeated("A", "By ", "!"),
    "a byline of names": repeated("Ann Lee and ", "By ", "!"),
    "a byline of commas": repeated("Ann, ", "By ", "3"),
    "names and a role": repeated("Ann Lee, the ", "", "."),
    "mail addresses without an end": repeated("a@", "", " x"),
    "web addresses": repeated("https://www.example.org/a "),
    "a dateline of capitals": repeated("AB ", "", "-"),
    "a date line of dashes": repeated("-", "Jan 1 ", "1"),
    "a date line of spaces": repeated(" ", "Updated:", "x"),
    "photo credits": repeated("photo by "),
    "scores": repeated("1-2 "),
    "a long key": repeated("key_", "", ": "),
    "labels": repeated("Label: value "),
    "abbreviations": repeated("U.S. "),
    "initials": repeated("J. R. "),
    "sentences": repeated("He came. "),
    "sentences in quotation marks": repeated('"He came," she said. '),
    "sentence ends and brackets": repeated('." ) '),
    "questions": repeated("Who? Me! "),
    "ellipses": repeated("... "),
    "a version": repeated(".1", "1", " x"),
    "an address of a machine": repeated("_internal", "10.0.0.1", " (down)"),
    "a number": repeated(",111", "1", " x"),
    "a number of points": repeated("1.", "", "x"),
    "numbers with hyphens": repeated("11-"),
    "numbers with letters": repeated("1a"),
    "a phone number": repeated("1 ", "+1 ", "x"),
    "a range of spaces": repeated(" ", "1", "x"),
    "ranges": repeated("1 to "),
    "a time of spaces": repeated(" ", "9:30", "x"),
    "a date of dashes": repeated("–", "1 May", "x"),
    "percentages": repeated("12% of "),
    "amounts": repeated("$3.2bn "),
    "fractions": repeated("½"),
    "footnote marks": repeated("*", "12", "!"),
    "footnotes": repeated("[1] ", "12 "),
    "units": repeated("per tonne "),
    "the word in": repeated("in ", "", "("),
    "the word of": repeated("of ", "", "("),
    "brackets with words": repeated("(t) "),
    "letters in brackets": repeated("(a) "),
    "numbers with full stops": counted("{}. x "),
    "numbers in brackets": counted("({}) x "),
    "roman numbers": repeated("iv. x "),
}

MARKUP = {
    "links": repeated("[a](b) "),
    "links without an end": repeated("[a]("),
    "links with titles without an end": repeated('[a](b "'),
    "links in links": repeated("[a [b](c) "),
    "links with targets in angle brackets": repeated("[a](<"),
    "links with escaped brackets": repeated("[\\](\\["),
    "images": repeated("![a](b) "),
    "references": repeated("[a][b] "),
    "references and a definition": repeated("[a][b] ", after="\n\n[b]: x\n"),
    "definitions": counted("[a{}]: x\n"),
    "a label without an end": repeated("\\]", "[a", "\n"),
    "brackets in brackets": lambda length: "[" * (length // 2) + "]" * (length // 2),
    "round brackets in brackets": lambda length: "[a](" + "(" * (length // 2) + ")" * (length // 2),
    "bold": repeated("**a** "),
    "bold without an end": repeated("**a "),
    "emphasis of two kinds": repeated("*a_ "),
    "emphasis of three kinds": repeated("c* ", "a**b"),
    "strikes": repeated("~~a "),
    "code": repeated("`a` "),
    "code without an end": repeated("a", "`"),
    "runs of backticks that differ": lambda length: "".join(
        "`" * count + "a" for count in range(1, int((2 * length) ** 0.5))
    ),
    "escapes": repeated("\\*"),
    "entities": repeated("&amp;"),
    "entities without an end": repeated("&amp"),
    "numeric entities": repeated("&#1234567"),
    "tags": repeated("<b>x</b> "),
    "tags without an end": repeated("<a "),
    "a tag with attributes": repeated(' b="c"', "<a", "!"),
    "a tag with bare attributes": repeated(" b=c", "<a", "!"),
    "a tag with spaces": repeated(" ", "<a", "!"),
    "tags that open quotes": repeated("<a b='<a b=\""),
    "comments": repeated("<!-- a -->"),
    "comments without an end": repeated("<!-- a "),
    "instructions without an end": repeated("<? a "),
    "declarations without an end": repeated("<!A "),
    "CDATA without an end": repeated("<![CDATA[ a "),
    "automatic links": repeated("<a@b.c> "),
    "automatic links without an end": repeated("<a@b."),
    "web links without an end": repeated("<http://a"),
    "breaks": repeated("a<br>"),
    "HTML blocks": repeated("<div>\n"),
    "HTML blocks and blank lines": repeated("<div>\n\n"),
    "HTML paragraphs": repeated("<p>One two three.</p>\n"),
    "scripts": repeated("<script>\n"),
    "lines of code": repeated("    code\n"),
    "fences": repeated("```\n"),
    "fences of two kinds": repeated("```\n~~~\n"),
    "fences that grow": lambda length: "".join("`" * count + "\n" for count in range(3, int((2 * length) ** 0.5))),
}

LISTS = {
    "bullets": repeated("- x\n"),
    "bullets of three kinds": repeated("- x\n* y\n+ z\n"),
    "bullets and blank lines": repeated("- x\n\n"),
    "bullets and text": repeated("- x\ntext of some words\n"),
    "round bullets": repeated("• x\n"),
    "round bullets on one line": repeated("• x "),
    "dash bullets": repeated("– x\n"),
    "dashes and speech": repeated("– He came, he said.\n"),
    "dashes and questions": repeated("– Who?\n– Me.\n"),
    "bullets on one line": repeated(" - Abc", "- A"),
    "bullets after colons": repeated("a: - b "),
    "bullets alone": repeated("-\n"),
    "bullets alone and text": repeated("•\ntext\n"),
    "bullets in bullets": lambda length: "".join("  " * level + "- x\n" for level in range(int(length**0.5))),
    "bullets on bullets": repeated("- "),
    "numbered lines": counted("{}. x\n"),
    "numbers that stay": repeated("1. x\n"),
    "numbers that fall": lambda length: "".join(f"{number}. x\n" for number in range(length // 7, 0, -1)),
    "lettered lines": repeated("a) x\nb) y\n"),
    "letters that could be numbers": repeated("i. x\nv. y\n"),
    "arrows": repeated("→ x\n"),
    "tasks": repeated("- [ ] x\n"),
    "items that wrap": repeated("- some words here\n  and here\n"),
    "a lead-in and blank lines": repeated("\n", "Of these:\n", "- x\n- y\n"),
}

TABLES = {
    "rows": repeated("| a | b |\n"),
    "rows and a delimiter row": repeated("| a | 12 |\n", "| a | b |\n|---|---|\n"),
    "rows of many widths": lambda length: (
        "| a | b |\n|---|---|\n" + "".join("| x " * (number % 50 + 1) + "|\n" for number in range(length // 100))
    ),
    "a row of many cells": repeated("| a ", after="|\n"),
    "a table of many columns": lambda length: "".join(
        cell * (length // 12) + "|\n" for cell in ("| a ", "|---", "| 1 ")
    ),
    "a table of many headers": lambda length: "".join(
        "".join(f"| {word} {number} " for number in range(length // 24)) + "|\n" for word in ("before", "---", "12")
    ),
    "delimiter rows": repeated("|---|---|\n"),
    "delimiter cells": repeated("|---"),
    "delimiter rows on one line": repeated("|---| "),
    "rows on one line": repeated(" | 1 | 2 |", "| a | b | |---|---|"),
    "single dashes": repeated("| - | - |\n", "| a | b |\n|---|---|\n"),
    "single dashes and empty cells": repeated("| ", "| a | b |\n|---|---|\n| - ", ":|\n"),
    "a delimiter row of single dashes": repeated("| - ", "| a | b |\n", "|:|\n|---|---|\n"),
    "headers without bodies": repeated("| a | b |\n|---|---|\n"),
    "headers of another width": repeated("a | b | c\n|---|\n"),
    "rows that never close": repeated("| a\n", "| a | b |\n|---|---|\n"),
    "rows and blank lines": repeated("| a | b |\n\n", "| a | b |\n|---|---|\n"),
    "rows and text": repeated("| a | b |\ntext\n"),
    "bars in code": repeated("\\|", "| a | b |\n|---|---|\n| `", "` | c |\n"),
    "code that hides bars": repeated("`|", "| a | b |\n|---|---|\n| ", " | c |\n"),
    "tabs between cells": repeated("a\tb\n"),
    "many tabs": repeated("a\t", after="\n"),
    "frames": repeated("+---+---+\n| a | b |\n"),
    "frames of lines": repeated("├──┼──┤\n│ a │ b │\n"),
    "rows of numbers": counted("| {0} | {0}% |\n", "| a | b |\n|---|---|\n"),
    "rows of dates": repeated("| 12 May 2024 | 9:30 pm |\n", "| a | b |\n|---|---|\n"),
    "rows of words": repeated("| some words | and 3 more |\n", "| a | b |\n|---|---|\n"),
}

LINES = {
    "short lines": repeated("Title Here\n"),
    "short lines and blank lines": repeated("Title Here\n\n"),
    "lines of one letter": repeated("a\n"),
    "lines of sentences": repeated("He came to the house and saw it.\n"),
    "lines that differ": counted("Line {} of the text says a thing\n"),
    "lines that go on": repeated("the line goes on and on without a stop to the next and\n"),
    "long lines": repeated("word " * 60 + "\n"),
    "headings": repeated("# Title\n"),
    "headings and text": repeated("## Title\nText of a paragraph.\n\n"),
    "underlines": repeated("a\n=\n"),
    "rules": repeated("---\n"),
    "rules of three kinds": repeated("---\n***\n___\n"),
    "quotes": repeated("> x\n"),
    "quotes in quotes": repeated("> "),
    "quotes that deepen": lambda length: "".join("> " * level + "x\n" for level in range(1, int(length**0.5))),
    "lists in quotes": repeated("> - "),
    "bylines": repeated("By Ann Lee\n"),
    "boilerplate": repeated("Read more: the story\nAdvertisement\n"),
    "captions": counted("Table {}: a title\n"),
    "lead-ins": repeated("The following:\n"),
    "indents": lambda length: "".join(" " * (number % 40) + "x\n" for number in range(length // 22)),
}

UNICODE = {
    "zero-width spaces": repeated("\u200b"),
    "no-break spaces": repeated("\xa0", "x", "y"),
    "marks of direction": repeated("\u202ea\u202c "),
    "combining marks": repeated("\u0301", "a"),
    "emoji": repeated("👍🏽 "),
    "Chinese": repeated("中文句子。"),
    "Arabic": repeated("كلمة، "),
    "Devanagari": repeated("शब्द। "),
    "Thai": repeated("คำ"),
    "Cyrillic": repeated("Слово и дело. "),
    "accents": repeated("É"),
    "surrogate-like characters": repeated("𐀀"),
    "line separators": repeated("a\u2028"),
    "control characters": repeated("\x01a "),
    "byte order marks": repeated("\ufeffa "),
}

NAMES = {
    "compounds of peoples": repeated("Mali-"),
    "compounds of two peoples": repeated("Franco-Malian-"),
    "countries": repeated("Mali, Kenya, "),
    "countries without commas": repeated("Mali "),
    "countries in capitals": repeated("MALI "),
    "names in doubt": repeated("Georgia and Jordan "),
    "full names": repeated("Ann Lee "),
    "names with titles": repeated("Mr President "),
    "titles": repeated("Former President "),
    "acronyms": repeated("World Health Organization (WHO) "),
    "names with hyphens": repeated("Stoke-on-Trent-"),
    "names and possessives": repeated("Mali's "),
    "institutions": repeated("Bank of China of "),
    "names that differ": counted("Mr Smith{0} of Town{0} said. "),
    "names with one first name": counted("Mali Smith{0} came, said Ann Smith{0}. "),
    "names with one first name, in lines": counted("Ann Smith{}\n"),
    "names in headings": repeated("Ann Lee: "),
    "small words": repeated("i am the man. "),
    "dollars": repeated("US $5 million, "),
    "dates": repeated("12 May 2024, "),
}

PLACES: dict[str, Callable[[Shape], Shape]] = {
    "in a cell": in_cell,
    "in a header": in_header,
    "in an item": in_item,
    "in a heading": in_heading,
    "on lines": as_lines,
}

MOVED = (
    "words with capitals, numbers, capitals and spaces, hyphens, spaces, a version, an address of a machine, "
    "numbers with hyphens, numbers with letters, a range of spaces, a time of spaces, a date of dashes, "
    "footnote marks, the word in, the word of, brackets with words, links, backticks and letters, "
    "asterisks and letters, low quotation marks, abbreviations, a byline of capitals, compounds of peoples, "
    "full names, acronyms"
).split(", ")
"""Shapes that are tried in other places than a paragraph too."""

PLAIN = UNIFORM | NEAR_MISSES | MARKUP | LISTS | TABLES | LINES | UNICODE | NAMES

SHAPES: dict[str, Shape] = PLAIN | {
    f"{name}, {place}": move(PLAIN[name]) for name in MOVED for place, move in PLACES.items()
}
"""All shapes by name."""
