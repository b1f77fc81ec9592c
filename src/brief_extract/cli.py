"""Arguments -> Config -> one article on stdout, or a batch. What it says, and with which exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal, NamedTuple, cast, get_args

import typer

from brief_extract.about import __version__
from brief_extract.batch import discover, progress, run_batch
from brief_extract.batch.collections import Reader
from brief_extract.batch.ids import COLLECTIONS, COMPRESSED, PAGES, SUFFIXES
from brief_extract.batch.run import read_article
from brief_extract.batch.worker import source_of
from brief_extract.config import DEFAULT_MODEL, Config, Lines
from brief_extract.errors import BriefExtractError, Failure, ReadError
from brief_extract.extractor import CHUNK, Extractor
from brief_extract.formats import Format
from brief_extract.jsonl import run as run_filter
from brief_extract.read import Source, printable, read_bytes
from brief_extract.schema import schema_bytes
from brief_extract.stage import Stage
from brief_extract.write import unwritable

if TYPE_CHECKING:
    from brief_extract.batch.run import Progress

DONE, SET_ASIDE, USAGE, CANNOT_GO_ON, INTERRUPTED = 0, 1, 2, 3, 130
"""Exit codes."""

STDIN = "-"
NOT_A_FOLDER = (*SUFFIXES, *PAGES, *COLLECTIONS, *COMPRESSED)

LogFormat = Literal["text", "json"]


class Options(NamedTuple):
    """How a batch is run; see ``run_batch``."""

    jobs: int
    force: bool
    prune: bool
    fail_fast: bool
    formats: list[Format]
    spreadsheet_safe: bool


_HELP = """Turn articles into data: headings, paragraphs, lists, tables and the names in them.

\b
  brief-extract articles/ outputs/   every .txt and .md below a folder: JSON and CSV; --report adds pages to look at
  brief-extract 2025.jsonl.gz o/     each line {"id": ..., "text": ...}; also .zip, .gz, .zst, "2025/**/*.txt"
  brief-extract article.txt          one article, as JSON on stdout ("-" reads stdin)
  brief-extract --jsonl < in > out   a line of JSON in, a line of JSON out
"""
_EPILOG = """\b
Exit codes: 0 all done, 1 articles were set aside, 2 wrong usage, 3 the run could not go on.
"""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"brief-extract {__version__}")
        raise typer.Exit(DONE)


def _format(value: str) -> str:
    if value not in get_args(Format):
        raise typer.BadParameter(f"{value!r} is none of {', '.join(get_args(Format))}")
    return value


def _models(given: list[str]) -> dict[str, str]:
    """``["fr=fr_core_news_sm"]`` as ``Config.models``."""
    models = dict(pair.partition("=")[::2] for pair in given)
    if not all(models.values()):
        raise typer.BadParameter("--model-for takes a code and a pipeline, as in: --model-for fr=fr_core_news_sm")
    return models


def _print_schema(wanted: bool) -> None:
    if wanted:
        with _stdout() as stdout:
            stdout.write(schema_bytes())
        raise typer.Exit(DONE)


@app.command(help=_HELP, epilog=_EPILOG)
def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="INPUT", help="One article; or files and folders and, last, the folder to write to."),
    ] = None,
    entities: Annotated[
        bool, typer.Option("--entities/--no-entities", help="Find names too, or the structure alone (much quicker).")
    ] = True,
    model: Annotated[
        str, typer.Option(metavar="NAME|PATH", help="An installed spaCy pipeline, or the folder of one.")
    ] = DEFAULT_MODEL,
    language: Annotated[
        str, typer.Option(metavar="CODE|auto", help="Language of the articles; auto tells that of each.")
    ] = "en",
    model_for: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE=NAME", help="A pipeline for another language: fr=fr_core_news_sm; repeatable."),
    ] = None,
    lines: Annotated[
        Lines,
        typer.Option(help="In text without blank lines, a line is a paragraph, or one was wrapped; auto decides."),
    ] = "auto",
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes to work in; as many as there are cores.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do again what an earlier run has done already.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove results of earlier runs whose input is gone.")] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="End after the first article that is set aside.")
    ] = False,
    formats: Annotated[
        list[str] | None,  # typer knows no lists of literals
        typer.Option(
            "--format",
            "-f",
            parser=_format,
            metavar="|".join(get_args(Format)),
            help="What the tables over all articles are written as, csv if not said; repeatable.",
        ),
    ] = None,
    spreadsheet_safe: Annotated[
        bool,
        typer.Option("--spreadsheet-safe", help="Guard cells of CSV files that a spreadsheet would run as a formula."),
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Write report/ too: pages to look at, which open from disk.")
    ] = False,
    report_only: Annotated[
        bool, typer.Option("--report-only", help="Write report/ from what an earlier run left in the one folder named.")
    ] = False,
    jsonl: Annotated[
        bool,
        typer.Option("--jsonl", help='A filter: a line {"id": ..., "text": ...} on stdin, a line of JSON on stdout.'),
    ] = False,
    errors: Annotated[
        Path | None,
        typer.Option("--errors", metavar="FILE", help="With --jsonl: where the records go that cannot be done."),
    ] = None,
    batch_size: Annotated[
        int, typer.Option(min=1, help="With --jsonl: lines done together, if they come quickly.")
    ] = CHUNK,
    log_format: Annotated[
        LogFormat, typer.Option(help="What is said on stderr: a bar and words, or a line of JSON for each event.")
    ] = "text",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; errors only.")] = False,
    _schema: Annotated[
        bool,
        typer.Option(
            "--schema", callback=_print_schema, is_eager=True, help="Print the documents' JSON Schema and exit."
        ),
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Check how the arguments fit together, run, and turn errors into one line and an exit code."""
    config = Config(entities=entities, model=model, language=language, models=_models(model_for or []), lines=lines)
    try:
        if jsonl:
            code = _filter(paths, config, errors, batch_size, fail_fast=fail_fast)
        elif not paths:
            raise typer.BadParameter(
                "name an article, or inputs and an output folder: brief-extract articles/ outputs/"
            )
        elif report_only:
            code = _report(paths, quiet=quiet)
        elif len(paths) == 1 and report:
            raise typer.BadParameter("--report needs a folder to write to: brief-extract articles/ outputs/ --report")
        elif len(paths) == 1:
            code = _one(paths[0], config)
        else:
            options = Options(
                jobs=jobs or _cores(),
                force=force,
                prune=prune,
                fail_fast=fail_fast,
                formats=cast("list[Format]", formats or ["csv"]),
                spreadsheet_safe=spreadsheet_safe,
            )
            code = _many(paths[:-1], paths[-1], config, options, quiet=quiet, log_format=log_format)
            if report:
                _report(paths[-1:], quiet=quiet)
    except ReadError as error:
        _complain(str(error), log_format)
        code = SET_ASIDE
    except BriefExtractError as error:
        _complain(str(error), log_format)
        code = CANNOT_GO_ON
    except KeyboardInterrupt:
        _complain("interrupted; what is done is kept", log_format)
        code = INTERRUPTED
    raise typer.Exit(code)


def main() -> None:
    """The console script."""
    app(prog_name="brief-extract")


def _filter(paths: list[Path] | None, config: Config, errors: Path | None, batch_size: int, *, fail_fast: bool) -> int:
    """Lines of JSON from stdin to stdout."""
    if paths:
        raise typer.BadParameter("--jsonl reads stdin and writes stdout: brief-extract --jsonl < in.jsonl > out.jsonl")
    # Not sys.stdin, which Python closes at its end: it would wait there for a reading thread that waits for lines.
    stdin = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115
    failed = 0
    with _stdout() as stdout, errors.open("wb") if errors else contextlib.nullcontext() as aside:
        failed = run_filter(Stage(config), stdin, stdout, aside, batch_size=batch_size, fail_fast=fail_fast)
    return SET_ASIDE if failed else DONE


def _one(path: Path, config: Config) -> int:
    """One article to stdout."""
    if path.is_dir():
        raise typer.BadParameter(
            f"{printable(path)} is a folder: say where to write, as in: brief-extract {printable(path)} outputs/"
        )
    id, source = _source(path, config)
    result = next(Extractor(config).pipe_sources([(id, source)]))
    if isinstance(result, Failure):
        _complain(result.message)
        return SET_ASIDE
    with _stdout() as stdout:
        stdout.write(result.to_json())
    return DONE


def _source(path: Path, config: Config) -> tuple[str, Source]:
    """The id and the source of the article named, or of what stands on stdin."""
    if str(path) == STDIN:
        data = sys.stdin.buffer.read(config.max_bytes + 1)  # one byte over the cap is enough to know
        return "article", read_bytes(data, max_bytes=config.max_bytes)
    found = discover([path])
    if len(found) > 1:
        raise typer.BadParameter(
            f"{printable(path)} holds {len(found):,} articles: say where to write, as in: "
            f"brief-extract {printable(path)} outputs/"
        )
    with contextlib.closing(Reader(config.max_bytes)) as reader:
        article = read_article(found[0], reader)
    return article.id, source_of(article, config)


def _many(
    inputs: Sequence[Path], output: Path, config: Config, options: Options, *, quiet: bool, log_format: LogFormat
) -> int:
    """Inputs to an output folder."""
    if STDIN in map(str, (*inputs, output)):
        raise typer.BadParameter('"-" reads one article and prints it: it stands alone, as in: brief-extract -')
    if output.suffix.lower() in NOT_A_FOLDER and not output.is_dir():
        raise typer.BadParameter(f"several inputs need a folder to write to: name it last, after {printable(output)}")
    found = discover(inputs, besides=output)
    with _progress(len(found), quiet=quiet, log_format=log_format) as tell:
        report = run_batch(found, output, config, **options._asdict(), progress=tell)
    if not quiet:
        with _stdout() as stdout:
            stdout.write(f"{report.summary()}\nwritten to {printable(output)}\n".encode())
    return SET_ASIDE if report.failures else DONE


def _report(paths: Sequence[Path], *, quiet: bool) -> int:
    """The report on an output folder."""
    from brief_extract.report import write_report

    if len(paths) != 1:
        raise typer.BadParameter("--report-only takes the output folder alone: brief-extract --report-only outputs/")
    first_page = write_report(paths[0])
    if not quiet:
        with _stdout() as stdout:
            stdout.write(f"look at {printable(first_page)}\n".encode())
    return DONE


def _progress(total: int, *, quiet: bool, log_format: LogFormat) -> AbstractContextManager[Progress | None]:
    """Lines of JSON if asked for, else a bar, on a terminal only."""
    if log_format == "json":
        return progress.lines(total)
    return contextlib.nullcontext() if quiet or not sys.stderr.isatty() else progress.bar(total)


def _cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def _stdout() -> Iterator[BinaryIO]:
    """Standard output for bytes. A reader that closes the pipe early, such as ``head``, is no error."""
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes stdout once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise unwritable(Path("<stdout>"), error) from error


def _complain(message: str, log_format: LogFormat = "text") -> None:
    if log_format == "json":
        progress.log("error", message=message)
    else:
        print(f"error: {message}", file=sys.stderr)
