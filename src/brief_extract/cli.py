"""Arguments -> Config and a form of the command; errors -> one line and an exit code."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Annotated, cast

import typer

from brief_extract import process
from brief_extract.about import __version__
from brief_extract.commands import (
    CANNOT_GO_ON,
    DONE,
    SET_ASIDE,
    SIGNALLED,
    LogFormat,
    Options,
    complain,
    complain_of_fault,
    filter_lines,
    many,
    one,
    report_on,
    stdout,
)
from brief_extract.config import DEFAULT_MODEL, Config, Lines
from brief_extract.errors import BriefExtractError, ReadError
from brief_extract.extractor import CHUNK
from brief_extract.formats import FORMATS, Format
from brief_extract.schema import schema_bytes
from brief_extract.signals import Stopped, heed_signals, ignore_signals
from brief_extract.streams import open_closed_streams, was_closed

_TAKEN_BY = {
    "jobs": "batch, --report-only",
    "force": "batch",
    "prune": "batch",
    "overwrite": "batch, --report-only",
    "formats": "batch",
    "excel": "batch",
    "report": "batch",
    "fail_fast": "batch, --jsonl",
    "errors": "--jsonl",
    "batch_size": "--jsonl",
}
"""Options that only some forms of the command take; to pass over one in silence would mislead."""

_HELP = """Turn articles into data: headings, paragraphs, lists, tables and the names in them.

\b
  brief-extract articles/ outputs/   every .txt and .md below a folder: JSON and CSV; --report adds pages to look at
  brief-extract 2025.jsonl.gz o/     each line {"id": ..., "text": ...}; also .zip, .gz, .zst, "2025/**/*.txt"
  brief-extract article.txt          one article, as JSON on stdout ("-" reads stdin)
  brief-extract --jsonl < in > out   a line of JSON in, a line of JSON out
"""
_EPILOG = """\b
Exit codes: 0 all done, 1 articles were set aside, 2 wrong usage, 3 the run could not go on, 70 an error in
brief-extract, 130 Ctrl-C, 143 SIGTERM.
"""

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"brief-extract {__version__}")
        raise typer.Exit(DONE)


def _format(value: str) -> str:
    if value not in FORMATS:
        raise typer.BadParameter(f"{value!r} is none of {', '.join(FORMATS)}")
    return value


def _models(given: list[str]) -> dict[str, str]:
    """``["fr=fr_core_news_sm"]`` as ``Config.models``."""
    models = dict(pair.partition("=")[::2] for pair in given)
    if not all(code and name for code, name in models.items()):
        raise typer.BadParameter("--model-for takes a code and a pipeline, as in: --model-for fr=fr_core_news_sm")
    return models


def _print_schema(wanted: bool) -> None:
    if wanted:
        with stdout() as out:
            out.write(schema_bytes())
        raise typer.Exit(DONE)


@app.command(help=_HELP, epilog=_EPILOG)
def command(
    ctx: typer.Context,
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
    heading_threshold: Annotated[
        float, typer.Option(min=0, max=1, help="Confidence from which a line without a mark is a heading.")
    ] = Config().heading_threshold,
    max_bytes: Annotated[int, typer.Option(min=1, help="Larger inputs are set aside.")] = Config().max_bytes,
    timeout: Annotated[
        float,
        typer.Option(min=0, metavar="SECONDS", help="An article that takes longer is set aside; 0: no limit."),
    ] = Config().timeout,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes to work in; default: number of cores.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do again what an earlier run has done already.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove results of earlier runs whose input is gone.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files in the output folder that no run wrote, or you edited.")
    ] = False,
    fail_fast: Annotated[
        bool, typer.Option("--fail-fast", help="End after the first article that is set aside.")
    ] = False,
    formats: Annotated[
        list[str] | None,  # typer knows no lists of literals
        typer.Option(
            "--format",
            "-f",
            parser=_format,
            metavar="|".join(FORMATS),
            help="Format of the tables over all articles; default: csv; repeatable.",
        ),
    ] = None,
    excel: Annotated[
        bool,
        typer.Option("--excel", help="CSV files for Excel: a byte order mark, and formulas in cells made harmless."),
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
        typer.Option("--errors", metavar="FILE", help="With --jsonl: file for the records that failed."),
    ] = None,
    batch_size: Annotated[
        int, typer.Option(min=1, help="With --jsonl: lines done together, if they come quickly.")
    ] = CHUNK,
    log_format: Annotated[
        LogFormat, typer.Option(help="Messages on stderr: a bar and words, or a line of JSON for each event.")
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
    form = (
        "--jsonl" if jsonl else "--report-only" if report_only else "batch" if len(paths or []) > 1 else "one article"
    )
    _refuse_idle_options(ctx, form)
    quiet = quiet or was_closed(1)  # who closes stdout wants no summary; a document that goes there is another matter
    try:
        config = Config(
            entities=entities,
            model=model,
            language=language,
            models=_models(model_for or []),
            lines=lines,
            heading_threshold=heading_threshold,
            max_bytes=max_bytes,
            timeout=timeout,
        )
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    try:
        if jsonl:
            if paths:
                raise typer.BadParameter(
                    "--jsonl reads stdin and writes stdout: brief-extract --jsonl < in.jsonl > out.jsonl"
                )
            code = filter_lines(config, errors, batch_size, fail_fast=fail_fast)
        elif not paths:
            raise typer.BadParameter(
                "name an article, or inputs and an output folder: brief-extract articles/ outputs/"
            )
        elif report_only:
            code = report_on(paths, jobs=jobs or _cores(), timeout=timeout, overwrite=overwrite, quiet=quiet)
        elif len(paths) == 1:
            code = one(paths[0], config)
        else:
            options = Options(
                jobs=jobs or _cores(),
                force=force,
                prune=prune,
                overwrite=overwrite,
                fail_fast=fail_fast,
                formats=cast("list[Format]", formats or ["csv"]),
                excel=excel,
            )
            code = many(paths[:-1], paths[-1], config, options, quiet=quiet, log_format=log_format)
            if report:
                left = report_on(paths[-1:], jobs=options.jobs, timeout=timeout, overwrite=overwrite, quiet=quiet)
                code = max(code, left)
    except ReadError as error:
        complain(str(error), log_format)
        code = SET_ASIDE
    except BriefExtractError as error:
        complain(str(error), log_format)
        code = CANNOT_GO_ON
    except (Stopped, KeyboardInterrupt) as stopped:
        number = stopped.number if isinstance(stopped, Stopped) else signal.SIGINT
        how = "interrupted" if number == signal.SIGINT else "terminated"
        complain(f"{how}; what is done is kept", log_format)
        code = SIGNALLED + number
    except Exception as error:  # noqa: BLE001 - the last place that can name it and give it an exit code of its own
        code = complain_of_fault(error, log_format)
    raise typer.Exit(code)


def _refuse_idle_options(ctx: typer.Context, form: str) -> None:
    """Refuse an option that this form of the command would pass over."""
    for name, forms in _TAKEN_BY.items():
        source = ctx.get_parameter_source(name)  # by name, for typer has brought an enumeration of its own
        if source and source.name == "COMMANDLINE" and form not in forms:
            option = next(param.opts[0] for param in ctx.command.params if param.name == name)
            usage = f"{forms} {option}" if forms.startswith("--") else f"articles/ outputs/ {option}"
            raise typer.BadParameter(f"{option} is an option of {forms}, not of {form}, as in: brief-extract {usage}")


def main() -> None:
    """The console script."""
    open_closed_streams()
    heed_signals()
    process.tune_process()
    try:
        app(prog_name="brief-extract")
    except Stopped as stopped:  # before or after the work
        raise SystemExit(SIGNALLED + stopped.number) from None
    finally:
        ignore_signals()


def _cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
