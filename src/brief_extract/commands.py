"""What the forms of the command do: one article to stdout, a batch, a report, a filter. Each returns an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from typer import BadParameter

from brief_extract.batch import discover, passed_over, progress, run_batch
from brief_extract.batch.collections import Reader
from brief_extract.batch.ids import COLLECTIONS, COMPRESSED, PAGES, SUFFIXES
from brief_extract.batch.run import read_article
from brief_extract.batch.worker import source_of
from brief_extract.config import Config
from brief_extract.errors import Failure
from brief_extract.extractor import Extractor
from brief_extract.formats import Format
from brief_extract.jsonl import run as run_filter
from brief_extract.read import Source, printable, read_bytes
from brief_extract.stage import Stage
from brief_extract.write import unwritable

if TYPE_CHECKING:
    from brief_extract.batch.run import Progress

DONE, SET_ASIDE, USAGE, CANNOT_GO_ON, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes."""

STDIN = "-"
NOT_A_FOLDER = (*SUFFIXES, *PAGES, *COLLECTIONS, *COMPRESSED, ".json", ".csv", ".parquet", ".xlsx")
"""What is a slip as the name of an output folder."""

LogFormat = Literal["text", "json"]


class Options(NamedTuple):
    """How a batch is run; see ``run_batch``."""

    jobs: int
    force: bool
    prune: bool
    fail_fast: bool
    formats: list[Format]
    spreadsheet_safe: bool


def filter_lines(config: Config, errors: Path | None, batch_size: int, *, fail_fast: bool) -> int:
    """Lines of JSON from stdin to stdout."""
    # Not sys.stdin, which Python closes at its end: it would wait there for a reading thread that waits for lines.
    stdin = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115
    failed = 0
    with _created(errors) as aside, stdout() as out:
        failed = run_filter(Stage(config), stdin, out, aside, batch_size=batch_size, fail_fast=fail_fast)
    return SET_ASIDE if failed else DONE


def _created(path: Path | None) -> AbstractContextManager[IO[bytes] | None]:
    try:
        return path.open("wb") if path else contextlib.nullcontext()
    except OSError as error:
        raise unwritable(path or Path(), error) from error


def one(path: Path, config: Config) -> int:
    """One article to stdout."""
    if path.is_dir():
        raise BadParameter(
            f"{printable(path)} is a folder: say where to write, as in: brief-extract {printable(path)} outputs/"
        )
    id, source = _source(path, config)
    result = next(Extractor(config).pipe_sources([(id, source)]))
    if isinstance(result, Failure):
        complain(result.message)
        return SET_ASIDE
    with stdout() as out:
        out.write(result.to_json())
    return DONE


def _source(path: Path, config: Config) -> tuple[str, Source]:
    """The id and the source of the article named, or of what stands on stdin."""
    if str(path) == STDIN:
        data = sys.stdin.buffer.read(config.max_bytes + 1)  # one byte over the cap is enough to know
        return "article", read_bytes(data, max_bytes=config.max_bytes)
    found = discover([path])
    if len(found) > 1:
        raise BadParameter(
            f"{printable(path)} holds {len(found):,} articles: say where to write, as in: "
            f"brief-extract {printable(path)} outputs/"
        )
    with contextlib.closing(Reader(config.max_bytes)) as reader:
        article = read_article(found[0], reader)
    return article.id, source_of(article, config)


def many(
    inputs: Sequence[Path], output: Path, config: Config, options: Options, *, quiet: bool, log_format: LogFormat
) -> int:
    """Inputs to an output folder."""
    if STDIN in map(str, (*inputs, output)):
        raise BadParameter('"-" reads one article and prints it: it stands alone, as in: brief-extract -')
    if output.suffix.lower() in NOT_A_FOLDER and not output.is_dir():
        raise BadParameter(f"several inputs need a folder to write to: name it last, after {printable(output)}")
    found = discover(inputs, besides=output)
    with _progress(len(found), quiet=quiet, log_format=log_format) as update:
        report = run_batch(found, output, config, **options._asdict(), progress=update)
    if not quiet:
        with stdout() as out:
            out.write(f"{report.summary()}\n{_others(passed_over(inputs, besides=output))}".encode())
            out.write(f"written to {printable(output)}\n".encode())
    return SET_ASIDE if report.failures else DONE


def _others(files: Mapping[str, int]) -> str:
    """A line on what else lies in the folders, if anything does."""
    kinds = ", ".join(f"{count:,} {printable(suffix)}" for suffix, count in sorted(files.items()))
    return f"passed over: {kinds}; web pages and collections are read when they are named\n" if files else ""


def report_on(paths: Sequence[Path], *, jobs: int, quiet: bool) -> int:
    """The report on an output folder."""
    from brief_extract.report import write_report

    if len(paths) != 1:
        raise BadParameter("--report-only takes the output folder alone: brief-extract --report-only outputs/")
    first_page = write_report(paths[0], jobs=jobs)
    if not quiet:
        with stdout() as out:
            out.write(f"look at {printable(first_page)}\n".encode())
    return DONE


def _progress(total: int, *, quiet: bool, log_format: LogFormat) -> AbstractContextManager[Progress | None]:
    """Lines of JSON if asked for, else a bar, on a terminal only."""
    if log_format == "json":
        return progress.lines(total)
    return contextlib.nullcontext() if quiet or not sys.stderr.isatty() else progress.bar(total)


@contextlib.contextmanager
def stdout() -> Iterator[BinaryIO]:
    """Standard output for bytes. A reader that closes the pipe early, such as ``head``, is no error."""
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise unwritable(Path("<stdout>"), error) from error


def complain(message: str, log_format: LogFormat = "text") -> None:
    """One line on stderr."""
    if log_format == "json":
        progress.log("error", message=message)
    else:
        print(f"error: {message}", file=sys.stderr)
