"""One article to stdout, in one of several forms."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, get_args

from typer import BadParameter

from brief_extract.batch import discover
from brief_extract.batch.collections import Reader
from brief_extract.batch.run import read_article
from brief_extract.batch.worker import source_of
from brief_extract.cli.messages import DONE, SET_ASIDE, complain, stdout
from brief_extract.config import Config
from brief_extract.errors import Failure, InputError, ReadError
from brief_extract.extractor import Extractor
from brief_extract.model import Document
from brief_extract.read import Source, printable, read_bytes
from brief_extract.signals import Late, time_limit

STDIN = "-"

Form = Literal["json", "markdown", "csv", "text"]
FORMS: tuple[Form, ...] = get_args(Form)


def show(path: Path, config: Config, form: Form = "json") -> int:
    """One article to stdout."""
    if path.is_dir():
        raise BadParameter(
            f"{printable(path)} is a folder: say where to write, as in: brief-extract {printable(path)} outputs/"
        )
    extractor = Extractor(config)
    id, source = _source(path, config)
    _ = extractor.generator  # loads the model, in no article's time
    with _in_time(path, config):
        result = next(extractor.pipe_sources([(id, source)]))
    if isinstance(result, Failure):
        complain(result.message)
        return SET_ASIDE
    with stdout() as out:
        out.write(_WRITERS[form](result))
    return DONE


def _tables(document: Document) -> bytes:
    """All tables as CSV, a blank line between two."""
    return "\r\n".join(table.to_csv() for table in document.tables).encode()


def _names(document: Document) -> bytes:
    """What a reader wants to see first: the outline, what there is, and who is named most."""
    lines = [repr(document), ""]
    lines += [f"{'  ' * (heading.level - 1)}{heading.text}" for heading in document.headings]
    named = sorted(document.entities, key=lambda entity: -len(entity.mentions))
    lines += ["", *(f"{len(entity.mentions):4}  {entity.label:9} {entity.name}  {entity.id}" for entity in named)]
    return ("\n".join(lines).rstrip() + "\n").encode()


_WRITERS: dict[Form, Callable[[Document], bytes]] = {
    "json": Document.to_json,
    "markdown": lambda document: document.to_markdown().encode(),
    "csv": _tables,
    "text": _names,
}


@contextlib.contextmanager
def _in_time(path: Path, config: Config) -> Iterator[None]:
    """The time limit of the one article. A process of its own, as in a batch, would make the start half as long again.

    Raises:
        ReadError: ``timeout``.
    """
    try:
        with time_limit(config.timeout):
            yield
    except Late:
        what, fix = f"not done after {config.timeout:g} s", "give it more time with --timeout; else please report it"
        raise ReadError("timeout", place=printable(path), what=what, fix=fix) from None


def _source(path: Path, config: Config) -> tuple[str, Source]:
    """The id and the source of the article named, or of what stands on stdin."""
    if str(path) == STDIN:
        try:
            data = sys.stdin.buffer.read(config.max_bytes + 1)  # one byte over the cap is enough to know
        except OSError as error:
            raise InputError(f"stdin cannot be read: {error.strerror}; fix: give the article on it") from error
        return "article", read_bytes(data, max_bytes=config.max_bytes)
    found = discover([path], max_bytes=config.max_bytes)
    if len(found) > 1:
        raise BadParameter(
            f"{printable(path)} holds {len(found):,} articles: say where to write, as in: "
            f"brief-extract {printable(path)} outputs/"
        )
    with contextlib.closing(Reader(config.max_bytes)) as reader:
        article = read_article(found[0], reader)
    with _in_time(path, config):
        return article.id, source_of(article, config)
