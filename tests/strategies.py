"""What Hypothesis makes of texts: anything at all, heaps of markup, and well-formed documents with their damages."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))

_LINE_STARTS = (
    "# ¦## ¦#¦- ¦* ¦+ ¦-¦• ¦•¦– ¦— ¦· ¦・¦→ ¦o ¦1. ¦2. ¦1) ¦(1) ¦a. ¦b. ¦i. ¦ii. ¦IV. ¦10. ¦> ¦>¦>> ¦```¦~~~¦```py\n"
    "¦---¦***¦===¦    "
)
_TABLES = (
    "|¦ | ¦| a | b |\n¦|---|---|\n¦|---|¦| 1 | 2 |¦| – | – |\n¦a | b\n--- | ---\n1 | 2\n¦|–|–|¦:-:¦\\|¦`a|b`"
    "¦+---+---+\n¦│ a │ b │\n¦| a | b | |---|---| | 1 | 2 |¦a\tb\tc\n"
)
_INLINE = (
    "*¦**¦_¦__¦`¦``¦~~¦[¦]¦](¦)¦![¦[a]: /b\n¦[a]¦<b>¦</b>¦<br>¦<!--¦-->¦<div>\n¦&amp;¦&#0;¦&#65;¦&nbsp¦\\¦\\*"
    "¦<http://a.b>¦<a@b.c>¦http://a.b "
)
TAGS = (
    "<p>¦</p>¦<P class='a'>¦<ul>¦</ul>¦<ol>¦</ol>¦<li>¦<li class=\"a\">¦</li>¦<h2>¦</h2>¦<br>¦<br/>¦<hr>¦<blockquote>"
    "¦<table>¦</table>¦<tr>¦</tr>¦<td>¦</td>¦<th colspan=2>¦</th>¦<caption>¦</caption>¦<b>¦</b>¦<Sedio N.V.>¦</rant>"
    "¦<script>¦</script>¦<!-- x -->¦<p\nid=a>¦<p"
).split("¦")
"""Tags of HTML and what looks like them."""
_SPACES = "\n¦\n\n¦\r\n¦\r\n\r\n¦\r¦  \n¦ ¦  ¦\t¦\xa0¦\u2009¦\u3000¦\u2028¦\u2029¦\x0b¦\x0c¦\x1c¦\x85"
_UNSEEN = "\x00¦\ufeff¦\u200b¦\u200d¦\u2060¦\xad¦\u202e"
_NEWS = (
    "a¦Word¦the¦lower case words go on¦Ministers met in Bamako on Friday.¦What Comes Next?¦REACTIONS"
    "¦Key points include:¦By Awa Diarra¦PARIS (AP) —¦“Yes,” she said.¦12 May 2024¦3.5%¦日本語の文。¦・項目¦Текст.¦مرحبا"
    "¦👩\u200d👩\u200d👧¦e\u0301¦ß¦İ¦ﬁ"
)
FRAGMENTS = [
    *"¦".join([_LINE_STARTS, _TABLES, _INLINE, _SPACES, _UNSEEN, _NEWS]).split("¦"),
    *TAGS,
    "x" * 90,  # as wide as a wrapped line
]
"""Pieces of which damaged pages are made."""

MARKUP = st.lists(st.sampled_from(FRAGMENTS) | ANY_TEXT.map(lambda text: text[:8]), max_size=25).map("".join)

TEXTS = ANY_TEXT | MARKUP | MARKUP
"""Any text, with a liking for what looks like markup."""


# --- well-formed documents ------------------------------------------------------------------------------------

_WORDS = (
    "ministers port harvest villages reported council bridge workers figures river signed carried prices grain".split()
)
_NAMES = "Bamako Lagos Nairobi Gao Kidal Dakar Accra Lusaka".split()


def _sentence(words: list[str], name: str) -> str:
    return f"{' '.join(words).capitalize()} in {name}."


_words = st.lists(st.sampled_from(_WORDS), min_size=5, max_size=12)
_names = st.sampled_from(_NAMES)
_sentences = st.builds(_sentence, _words, _names)
_prose = st.lists(_sentences, min_size=2, max_size=4).map(" ".join)
_title = st.builds(lambda words, name: " ".join([*words, name]).title(), _words.map(lambda words: words[:3]), _names)
_item = st.builds(lambda words, name: f"{' '.join(words[:5]).capitalize()} near {name}", _words, _names)
_cell = st.sampled_from(_NAMES) | st.integers(0, 99_999).map("{:,}".format) | st.sampled_from(["4.1%", "$2m", "–"])


@st.composite
def _grid(draw: st.DrawFn) -> tuple[tuple[str, ...], ...]:
    width, height = draw(st.integers(2, 4)), draw(st.integers(2, 5))
    header = draw(st.lists(st.sampled_from(_WORDS).map(str.title), min_size=width, max_size=width, unique=True))
    rows = [draw(st.lists(_cell, min_size=width, max_size=width)) for _ in range(height)]
    return tuple(map(tuple, [header, *rows]))


@dataclass(frozen=True)
class Part:
    """One block of an article: ``kind`` and what it holds (a text, items, or rows)."""

    kind: str
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def lines(self) -> list[str]:
        """The block in Markdown."""
        match self.kind:
            case "heading":
                return [f"## {self.text}"]
            case "list":
                return [f"- {item}" for item in self.items]
            case "table":
                head, *body = ["| " + " | ".join(row) + " |" for row in self.rows]
                return [head, "|" + "---|" * len(self.rows[0]), *body]
        return [self.text]


@dataclass(frozen=True)
class Article:
    """A made-up article as blocks; its Markdown is ``text``, and it can be damaged in one way at a time."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Well-formed Markdown, blocks apart by a blank line."""
        return "\n\n".join("\n".join(part.lines()) for part in self.parts) + "\n"

    @property
    def lists(self) -> list[tuple[str, ...]]:
        """The items of each list."""
        return [part.items for part in self.parts if part.kind == "list"]

    @property
    def tables(self) -> list[tuple[tuple[str, ...], ...]]:
        """The rows of each table, header first."""
        return [part.rows for part in self.parts if part.kind == "table"]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Sections of a heading and prose, some with a list or a table after a lead-in; no two of them stand together."""
    parts: list[Part] = []
    for _ in range(draw(st.integers(1, 4))):
        parts += [Part("heading", draw(_title)), Part("paragraph", draw(_prose))]
        kind = draw(st.sampled_from(["", "list", "table"]))
        if kind:
            parts.append(Part("paragraph", f"{draw(_sentences)} The main {kind} includes:"))
        if kind == "list":
            parts.append(Part("list", items=tuple(draw(st.lists(_item, min_size=2, max_size=5)))))
        elif kind == "table":
            parts.append(Part("table", rows=draw(_grid())))
        if kind:
            parts.append(Part("paragraph", draw(_prose)))
    return Article(tuple(parts))


DAMAGES: dict[str, Callable[[str], str]] = {
    "blank lines lost": lambda text: text.replace("\n\n", "\n"),
    "heading marks lost": lambda text: re.sub(r"^#+ ", "", text, flags=re.M),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "no-break spaces": lambda text: re.sub(r"(?<=\w) (?=\w)", "\xa0", text),
    "no-break spaces after bullets": lambda text: re.sub(r"^- ", "-\xa0", text, flags=re.M),
    "byte order mark": lambda text: "\ufeff" + text,
    "blanks at the end of lines": lambda text: re.sub(r"$", "  ", text, flags=re.M),
    "zero-width spaces": lambda text: text.replace(". ", ".\u200b "),
    "round bullets": lambda text: re.sub(r"^- ", "• ", text, flags=re.M),
    "starred bullets": lambda text: re.sub(r"^- ", "* ", text, flags=re.M),
    "dashes for bullets": lambda text: re.sub(r"^- ", "– ", text, flags=re.M),
    "no outer pipes": lambda text: re.sub(r"^\| ?(.*?) ?\|$", r"\1", text, flags=re.M),
    "delimiter rows of dashes": lambda text: re.sub(
        r"^[|-]+$", lambda row: row[0].replace("---", "–––"), text, flags=re.M
    ),
    "box-drawing bars": lambda text: text.replace("|", "│"),
    "blank lines doubled": lambda text: text.replace("\n\n", "\n\n\n\n"),
}
"""Ways in which pasting and scraping damage a text, by name. None of them loses a list item or a cell."""


def damages() -> SearchStrategy[list[str]]:
    """The names of one to three damages."""
    return st.lists(st.sampled_from(sorted(DAMAGES)), min_size=1, max_size=3, unique=True)


def damage(text: str, names: Collection[str]) -> str:
    """The text after the named damages, in their own order: what marks a line comes before what hides the mark."""
    for name, change in DAMAGES.items():
        if name in names:
            text = change(text)
    return text


# --- all of Markdown ------------------------------------------------------------------------------------------

_words_only = _words.map(lambda words: " ".join(words[:4]))
_inline = st.one_of(
    _words_only,
    _words_only.map("*{}*".format),
    _words_only.map("**{}**".format),
    _words_only.map("_{}_".format),
    _words_only.map("***{}***".format),
    _words_only.map("**a *{}* b**".format),
    _words_only.map("`{} *x* | y`".format),
    _words_only.map("`` a ` {} ``".format),
    _words_only.map("[{}](https://example.org/a_(b) 'A title')".format),
    _words_only.map("[*{}*](<a b>)".format),
    _words_only.map("![{}](image.png)".format),
    st.sampled_from(
        ["snake_case_name", "2 * 3 * 4", "a&amp;b", "&copy; 2024", "\\*not\\*", "AT&T", "<https://example.org>"]
    ),
    st.sampled_from(
        ["C:\\dir", "5 < 6", "[sic]", "f(x)", "<b>bold</b>", "e.g.", "“quoted”", "1.5%", "**half", "a * b"]
    ),
)


def phrases() -> SearchStrategy[str]:
    """One line of prose with inline markup of every kind."""
    return st.lists(_inline, min_size=1, max_size=5).map(" ".join)


_sentence_lines = phrases().map("The {}.".format)
_nested = st.builds(
    lambda items, inner: "\n".join(
        [f"- {items[0]}", *(f"  - {item}" for item in inner), *(f"- {item}" for item in items)]
    ),
    st.lists(_item, min_size=1, max_size=3),
    st.lists(_item, min_size=1, max_size=3),
)
_block = st.one_of(
    _sentence_lines,
    st.lists(_sentence_lines, min_size=2, max_size=3).map("\n".join),
    _title.map("### {} ###".format),
    _title.map("{}\n-------".format),
    _nested,
    st.lists(_item, min_size=2, max_size=4).map(
        lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    ),
    st.lists(_item, min_size=2, max_size=3).map(lambda items: "\n\n".join(f"* {item}" for item in items)),
    st.builds("- {}\n  which goes on\n\n  and on.".format, _item),
    st.lists(_sentence_lines, min_size=1, max_size=2).map(lambda lines: "\n".join(f"> {line}" for line in lines)),
    st.sampled_from(
        ["```\n| a | b |\n- no item\n# no title\n```", "~~~ py\nx = 1\n\ny = 2\n~~~", "    indented\n    code"]
    ),
    st.sampled_from(["---", "***", "<!-- raw -->"]),
    _grid().map(lambda rows: "\n".join(Part("table", rows=rows).lines())),
)


def well_formed() -> SearchStrategy[str]:
    """A document with a marked title and blocks of every kind, a blank line after each."""
    return st.builds("# {}\n\n{}\n".format, _title, st.lists(_block, min_size=1, max_size=8).map("\n\n".join))
