"""The commands. Each is a few lines: its arguments, and the function that does its work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast

import typer

from brief_extract import process
from brief_extract.about import __version__
from brief_extract.batch.discovery import Selection
from brief_extract.cli import batch, names
from brief_extract.cli import export as exports
from brief_extract.cli import report as reports
from brief_extract.cli import show as shows
from brief_extract.cli import stream as streams
from brief_extract.cli.batch import RunOptions
from brief_extract.cli.explain import explanation
from brief_extract.cli.group import DefaultGroup
from brief_extract.cli.messages import DONE, SIGNALLED, exit_with, stdout
from brief_extract.cli.options import (
    MESSAGES,
    READING,
    RUNNING,
    WRITING,
    FailFast,
    Jobs,
    Log,
    Overwrite,
    Quiet,
    cores,
    option,
    takes_config,
)
from brief_extract.cli.show import FORMS, Form
from brief_extract.config import Config
from brief_extract.export import TARGETS, Target
from brief_extract.extractor import CHUNK
from brief_extract.formats import FORMATS, Format
from brief_extract.schema import schema_bytes
from brief_extract.signals import Stopped, heed_signals, ignore_signals
from brief_extract.streams import open_closed_streams, was_closed

_EXAMPLES = """Turn articles into data: headings, paragraphs, lists, tables and the names in them.

\b
  brief-extract articles/ outputs/           all .txt and .md: JSON and CSV
  brief-extract 2025.jsonl.gz o/ -f sqlite   {"id": ..., "text": ...} a line
  brief-extract show article.txt --to csv    its tables; "-" reads stdin
  brief-extract stream < in.jsonl > out      a line in, a line out

A line that names no command is a run, or shows one article. brief-extract COMMAND -h lists the options of a command.
"""
_EPILOG = """Options may stand in brief-extract.toml (jobs = 4) and in variables (BRIEF_EXTRACT_JOBS=4) too.

Exit codes: 0 all done, 1 some articles failed, 2 wrong usage, 3 the run could not go on, 70 an error in
brief-extract, 130 Ctrl-C, 143 SIGTERM.
"""

app = typer.Typer(
    cls=DefaultGroup,
    help=_EXAMPLES,
    epilog=_EPILOG,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"brief-extract {__version__}")
        raise typer.Exit(DONE)


def _chosen(*names: str, choices: tuple[str, ...], help: str) -> Any:
    """An option of which each value is one of some: typer knows no lists of literals."""

    def parse(value: str) -> str:
        if value not in choices:
            raise typer.BadParameter(f"{value!r} is none of {', '.join(choices)}")
        return value

    return option(*names, panel=WRITING, parser=parse, metavar="|".join(choices), help=help)


@app.callback()
def group(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The options of the group itself; its help is above."""


@app.command()
@takes_config
def run(
    ctx: typer.Context,
    config: Config,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="INPUT... OUTPUT", help="Files, folders, patterns and, last, the folder to write to."),
    ] = None,
    formats: Annotated[
        list[str] | None,
        _chosen("--format", "-f", choices=FORMATS, help="Format of the files over all articles (csv); repeatable."),
    ] = None,
    only: Annotated[
        str | None,
        option("--only", panel=WRITING, metavar="NAME,NAME", help="Of these files only some: tables,lists,entities."),
    ] = None,
    excel: Annotated[
        bool,
        option("--excel", panel=WRITING, help="CSV files for Excel: a byte order mark, formulas made harmless."),
    ] = False,
    report: Annotated[
        bool, option("--report", panel=WRITING, help="Write report/ too: pages to look at, which open from disk.")
    ] = False,
    corrections: Annotated[
        Path | None,
        option(
            "--corrections",
            panel=RUNNING,
            metavar="FILE",
            help="What is wrong with names (CSV); default: corrections.csv in the output folder.",
        ),
    ] = None,
    include: Annotated[
        list[str] | None,
        option("--include", panel=RUNNING, metavar="GLOB", help="Of a folder, read only what matches; repeatable."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        option("--exclude", panel=RUNNING, metavar="GLOB", help="Of a folder, do not read what matches; repeatable."),
    ] = None,
    files_from: Annotated[
        Path | None,
        option("--files-from", panel=RUNNING, metavar="FILE|-", help="Read the inputs from a list, one path a line."),
    ] = None,
    nul: Annotated[bool, option("--null", "-0", panel=RUNNING, help="Paths of --files-from end with NUL.")] = False,
    dry_run: Annotated[
        bool, option("--dry-run", "-n", panel=RUNNING, help="List the id and name of each article; do nothing.")
    ] = False,
    jobs: Jobs = None,
    force: Annotated[bool, option("--force", panel=RUNNING, help="Redo what an earlier run has done already.")] = False,
    prune: Annotated[
        bool, option("--prune", panel=WRITING, help="Remove results of earlier runs whose input is gone.")
    ] = False,
    overwrite: Overwrite = False,
    fail_fast: FailFast = False,
    quiet: Quiet = False,
    verbose: Annotated[
        bool, option("--verbose", "-v", panel=MESSAGES, help="A line for each article on stderr.")
    ] = False,
    log_format: Log = "text",
    text_column: Annotated[
        str | None,
        option("--text-column", panel=READING, metavar="NAME", help="Read the rows of .csv, .tsv and .parquet files."),
    ] = None,
) -> None:
    """Read articles into a folder of JSON and CSV (the default command).

    Run again, it does only what has changed. With one input and no folder it shows that article, as JSON.
    """
    quiet = quiet or was_closed(1)  # who closes stdout wants no summary
    options = RunOptions(
        jobs=jobs or cores(),
        force=force,
        prune=prune,
        overwrite=overwrite,
        fail_fast=fail_fast,
        formats=cast("list[Format]", formats or ["csv"]),
        excel=excel,
        only=batch.projections_of(only),
        corrections=corrections,
    )
    talk = batch.Talk(quiet, verbose, log_format)
    selection = Selection(tuple(include or ()), tuple(exclude or ()))

    def work() -> int:
        given = list(paths or [])
        if files_from:
            if len(given) != 1:
                raise typer.BadParameter("--files-from takes the output folder alone: --files-from LIST outputs/")
            given = [*batch.paths_from(files_from, nul=nul), *given]
        elif not given:
            raise typer.BadParameter("name an article, or inputs and an output folder: articles/ outputs/")
        elif len(given) == 1:
            _refuse_options_of_a_batch(ctx)
            return shows.show(given[0], config)
        code = batch.run(
            given[:-1], given[-1], config, options, talk, selection=selection, text_column=text_column, dry=dry_run
        )
        if report and not dry_run:
            left = reports.report(
                given[-1], jobs=options.jobs, timeout=config.timeout, overwrite=overwrite, quiet=quiet
            )
            code = max(code, left)
        return code

    exit_with(work, log_format)


_OF_A_BATCH = (
    "formats only excel report corrections include exclude text_column files_from nul dry_run "
    "jobs force prune overwrite fail_fast"
).split()
"""Options that say nothing of one article; to ignore one in silence would mislead."""


def _refuse_options_of_a_batch(ctx: typer.Context) -> None:
    for name in _OF_A_BATCH:
        source = ctx.get_parameter_source(name)  # by name, for typer has brought an enumeration of its own
        if source and source.name == "COMMANDLINE":
            option = next(param.opts[0] for param in ctx.command.params if param.name == name)
            raise typer.BadParameter(f"{option} is an option of a batch: brief-extract articles/ outputs/ {option}")


@app.command()
@takes_config
def show(
    config: Config,
    path: Annotated[Path, typer.Argument(metavar="ARTICLE", help="A file, or - for stdin.")],
    form: Annotated[
        str,
        _chosen("--to", "-t", choices=FORMS, help="The form in which it is written."),
    ] = "json",
) -> None:
    """Print one article: as JSON or Markdown, its tables as CSV, or its outline and names as text."""
    exit_with(lambda: shows.show(path, config, cast("Form", form)))


@app.command()
@takes_config
def stream(
    config: Config,
    errors: Annotated[
        Path | None, option("--errors", panel=WRITING, metavar="FILE", help="A file for the records that failed.")
    ] = None,
    batch_size: Annotated[
        int, option("--batch-size", panel=RUNNING, min=1, help="Lines done together, if they come quickly.")
    ] = CHUNK,
    fail_fast: FailFast = False,
    log_format: Log = "text",
) -> None:
    """Filter lines of JSON: {"id": ..., "text": ...} on stdin, a document or an error on stdout."""
    exit_with(lambda: streams.stream(config, errors, batch_size, fail_fast=fail_fast), log_format)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder that a run wrote to.")],
    jobs: Jobs = None,
    timeout: Annotated[
        float, option("--timeout", panel=RUNNING, min=0, metavar="SECONDS", help="Limit for a part of it; 0: none.")
    ] = Config().timeout,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Write report/ from what an earlier run left: pages to look at, which open from disk."""
    exit_with(lambda: reports.report(folder, jobs=jobs or cores(), timeout=timeout, overwrite=overwrite, quiet=quiet))


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="OUTPUT", help="The folder that a run wrote to.")],
    form: Annotated[
        str,
        _chosen("--to", "-t", choices=TARGETS, help="The form in which it is written."),
    ],
    output: Annotated[
        Path | None,
        option("--output", "-o", panel=WRITING, metavar="PATH", help="File, or folder for Markdown; default: stdout."),
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Write what an earlier run left for other tools: chunks for retrieval, training data, search, Markdown."""
    exit_with(lambda: exports.export(folder, cast("Target", form), output, overwrite=overwrite))


app.add_typer(names.app, name="names")


@app.command()
def explain(
    code: Annotated[str | None, typer.Argument(help="A code such as lost-delimiter; without one, all of them.")] = None,
) -> None:
    """Say what the code of an issue or of a failure means."""
    text = explanation(code)
    with stdout() as out:
        out.write(text.encode())


@app.command()
def schema() -> None:
    """Print the JSON Schema of documents."""
    with stdout() as out:
        out.write(schema_bytes())


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
