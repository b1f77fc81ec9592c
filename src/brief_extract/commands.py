"""What the forms of the command do: one article to stdout, a batch, a report, a filter. Each returns an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from typer import Abort, BadParameter, Exit

from brief_extract.batch import discover, passed_over, progress, run_batch
from brief_extract.batch.collections import Reader
from brief_extract.batch.ids import COLLECTIONS, COMPRESSED, PAGES, SUFFIXES
from brief_extract.batch.run import read_article
from brief_extract.batch.worker import source_of
from brief_extract.config import Config
from brief_extract.errors import Failure, InputError, ReadError, one_line
from brief_extract.extractor import Extractor
from brief_extract.faults import REPORT, place_of, where
from brief_extract.formats import Format
from brief_extract.jsonl import run as run_filter
from brief_extract.read import Source, printable, read_bytes
from brief_extract.signals import Late, time_limit
from brief_extract.stage import Stage
from brief_extract.write import unwritable

if TYPE_CHECKING:
    from brief_extract.batch.run import Progress

DONE, SET_ASIDE, USAGE, CANNOT_GO_ON, FAULT, SIGNALLED = 0, 1, 2, 3, 70, 128
"""Exit codes. 70 is ``EX_SOFTWARE`` of sysexits.h: an error in this program, which no other code stands for. The number
of the signal that ended the run is added to the last: 130 for Ctrl-C, 143 for SIGTERM."""

STDIN = "-"
NOT_A_FOLDER = (*SUFFIXES, *PAGES, *COLLECTIONS, *COMPRESSED, ".json", ".csv", ".parquet", ".xlsx", ".sqlite", ".db")
"""What is a slip as the name of an output folder."""

LogFormat = Literal["text", "json"]


class Options(NamedTuple):
    """How a batch is run; see ``run_batch``."""

    jobs: int
    force: bool
    prune: bool
    overwrite: bool
    fail_fast: bool
    formats: list[Format]
    excel: bool


def filter_lines(config: Config, errors: Path | None, batch_size: int, *, fail_fast: bool) -> int:
    """Lines of JSON from stdin to stdout."""
    # Not sys.stdin, which Python closes at its end: it would wait there for a reading thread that waits for lines.
    stdin = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115
    failed = 0
    stage = Stage(config, guarded=config.timeout > 0)
    with _created(errors) as aside, stdout() as out, contextlib.closing(stage):
        failed = run_filter(stage, stdin, out, aside, batch_size=batch_size, fail_fast=fail_fast)
    return SET_ASIDE if failed else DONE


@contextlib.contextmanager
def _created(path: Path | None) -> Iterator[IO[bytes] | None]:
    """A new file. What is written to it must be flushed: errors of closing it are dropped."""
    if path is None:
        yield None
        return
    try:
        file = path.open("wb")
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        yield file
    finally:
        # After a failed write, closing tries it once more and fails again; the first error is the one to report.
        with contextlib.suppress(OSError):
            file.close()


def one(path: Path, config: Config) -> int:
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
        out.write(result.to_json())
    return DONE


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


def many(
    inputs: Sequence[Path], output: Path, config: Config, options: Options, *, quiet: bool, log_format: LogFormat
) -> int:
    """Inputs to an output folder."""
    if STDIN in map(str, (*inputs, output)):
        raise BadParameter('"-" reads one article and prints it: it stands alone, as in: brief-extract -')
    if output.suffix.lower() in NOT_A_FOLDER and not output.is_dir():
        raise BadParameter(f"several inputs need a folder to write to: name it last, after {printable(output)}")
    found = discover(inputs, besides=output, max_bytes=config.max_bytes)
    with _progress(len(found), quiet=quiet, log_format=log_format) as update:
        report = run_batch(found, output, config, **options._asdict(), progress=update)
    if not quiet:
        with stdout() as out:
            out.write(f"{report.summary()}\n{_others(passed_over(inputs, besides=output))}".encode())
            out.write(f"written to {printable(output)}\n".encode())
    return SET_ASIDE if report.failures or report.left_out else DONE


def _others(files: Mapping[str, int]) -> str:
    """A line on what else lies in the folders, if anything does."""
    kinds = ", ".join(f"{count:,} {printable(suffix)}" for suffix, count in sorted(files.items()))
    return f"passed over: {kinds}; web pages and collections are read when they are named\n" if files else ""


def report_on(paths: Sequence[Path], *, jobs: int, timeout: float, overwrite: bool, quiet: bool) -> int:
    """The report on an output folder."""
    from brief_extract.report import write_report

    if len(paths) != 1:
        raise BadParameter("--report-only takes the output folder alone: brief-extract --report-only outputs/")
    left_out: list[Failure] = []
    first_page = write_report(paths[0], jobs=jobs, timeout=timeout, overwrite=overwrite, on_failure=left_out.append)
    for failure in left_out:
        complain(f"left out of the report: {failure.message}")
    if not quiet:
        with stdout() as out:
            out.write(f"look at {printable(first_page)}\n".encode())
    return SET_ASIDE if left_out else DONE


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
    except OSError as error:
        # Python flushes stdout once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise unwritable(Path("<stdout>"), error) from error


def complain(message: str, log_format: LogFormat = "text") -> None:
    """One line on stderr."""
    if log_format == "json":
        progress.log("error", message=message)
    else:
        print(f"error: {one_line(message)}", file=sys.stderr)


def complain_of_fault(error: Exception, log_format: LogFormat = "text") -> int:
    """One line on stderr about an error that nobody planned for, and the exit code.

    The traceback goes into a file, for the run may be one that nobody watches and that fails only once.
    """
    if isinstance(error, BadParameter | Exit | Abort):
        raise error  # how the command line itself speaks
    if isinstance(error, MemoryError):
        complain("memory ran out; fix: fewer --jobs, a lower --max-bytes, or a machine with more memory", log_format)
        return CANNOT_GO_ON
    about = place_of(error)
    place = f"{about}, {where(error)}" if about else where(error)
    kept = _keep_traceback(error)
    complain(f"{type(error).__name__} at {place}: {error}; {REPORT}, with {kept}", log_format)
    return FAULT


def _keep_traceback(error: Exception) -> str:
    """Where the traceback is: in a file for temporary files, or, if none can be written, on stderr."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="brief-extract-", suffix=".traceback.txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.writelines(traceback.format_exception(error))
    except OSError:
        traceback.print_exception(error)
        return "the lines above"
    return printable(file.name)
