"""The exceptions of brief-extract, and the vocabulary of issue and failure codes.

    BriefExtractError
    |-- SchemaError      a file is not a document of this major version
    |-- InputError       an input cannot be read: missing, unreadable, nothing to do
    |   `-- ReadError    one article cannot become text: binary, empty, undecodable, too large
    |-- OutputError      an output cannot be written, or another run is writing there
    |-- FormatError      the package that writes a format of output is not installed
    |-- ModelError       no such spaCy pipeline, or one without entities
    `-- WorkerError      worker processes die before they have begun, or take too long over an output

An oddity *in* a text never raises: it becomes an ``Issue`` on the document. An article that cannot be done
becomes a ``Failure``, and the run goes on.
"""

from __future__ import annotations

import msgspec


def one_line(text: str) -> str:
    r"""The text with every character escaped that is not printable, such as ``\n`` and ``\x1b``.

    Messages repeat names of files and values of fields, which may hold line ends and commands to a terminal.

    >>> one_line("a\x1b[2J")
    'a\\x1b[2J'
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


class BriefExtractError(Exception):
    """Base of all exceptions that the package raises on purpose. The message is one line and says what to do."""

    def __init__(self, message: str = "") -> None:
        super().__init__(one_line(message))


class SchemaError(BriefExtractError):
    """A file or dict is not a document that this version can read."""


class InputError(BriefExtractError):
    """An input does not exist, cannot be read or holds nothing to do."""


class ReadError(InputError):
    """An input that cannot become text. ``code`` is one of ``errors.FAILURES``; the message has place and way out."""

    def __init__(self, code: str, *, place: str, what: str, fix: str) -> None:
        super().__init__(f"{place}: {what}; fix: {fix}")
        self.code = code


class OutputError(BriefExtractError):
    """The output folder or a file in it cannot be written."""


class FormatError(BriefExtractError):
    """The package that writes a format of output is not installed."""


class ModelError(BriefExtractError):
    """The spaCy pipeline asked for is not installed or finds no entities."""


class WorkerError(BriefExtractError):
    """Worker processes die before they have begun, or take too long over a part of the output."""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """One article that could not be done: who, in which stage, why, and the way out. The message is one line."""

    id: str
    stage: str
    code: str
    message: str

    def __post_init__(self) -> None:
        """Escape what is not printable in the message."""
        msgspec.structs.force_setattr(self, "message", one_line(self.message))


ISSUES: dict[str, str] = {
    "guessed-encoding": "the bytes are not UTF-8; the encoding was told from the text",
    "replaced-bytes": "bytes without meaning in the encoding were replaced",
    "glued-table": "a table touched the text around it; it was cut out",
    "glued-list": "a list touched the text around it; it was cut out",
    "glued-paragraphs": "paragraphs stood line under line; each was taken apart",
    "lost-delimiter": "a table had lost its delimiter row",
    "odd-delimiter": "a table's delimiter row was malformed or repeated",
    "ragged-row": "a table row has another number of cells than its header",
    "wrapped-cell": "a table row went on over several lines",
    "inferred-list": "parallel lines without marks were read as the items of a list",
    "html-elements": "tags of HTML stood in the text; they were read as the blocks they bound",
    "joined-rows": "several table rows stood on one line",
    "spaced-rows": "blank lines stood between the rows of a table",
    "odd-table": "a table drawn with tabs or box characters",
    "aligned-table": "a table whose columns are aligned with blanks",
    "delimited-table": "a table whose cells are parted by commas, semicolons, dashes, blanks or LaTeX's marks",
    "lost-header": "a table without a header: its columns have no names",
    "odd-cell": "a cell that does not fit its column, or a date whose day and month cannot be told apart",
    "no-model": "no model for the language of the text: the lexicon alone finds names",
    "unread-names": "the model failed on a part of the text: only the lexicon found names there",
    "odd-bullet": "list items marked by signs that are no Markdown",
    "joined-items": "several list items stood on one line",
    "split-bullet": "a bullet stood alone, its text on the next line",
    "inferred-heading": "a heading without a mark, told from its form and place",
    "unclosed-fence": "a code fence was never closed",
    "no-prose": "the text is no article",
    "unparsed": "text that no block claimed; kept as a paragraph",
}
"""Every issue code with its meaning. A code is never renamed within a major version."""

FAILURES: dict[str, str] = {
    "unreadable": "the file cannot be opened or read",
    "too-large": "the input is over the size cap",
    "binary": "the input is binary, not text",
    "undecodable": "the encoding cannot be told",
    "empty": "the input holds no text",
    "damaged": "a compressed file, an archive, a message, a line of JSON or a document is broken",
    "no-article": "a web page, a message or a table holds no article",
    "foreign": "a file is in the place of its outputs that no run wrote, or that was edited since",
    "crash": "the process died over the article, twice",
    "timeout": "the article was not done within the time limit",
    "redelivered": "a broker delivered the message too often: it was never acknowledged",
    "internal": "an error in brief-extract itself; the message has its module and line",
}
"""Every failure code with its meaning."""
