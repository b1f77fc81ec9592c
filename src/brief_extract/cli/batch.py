"""Inputs to an output folder."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typer import BadParameter

from brief_extract.batch import discover, passed_over, progress, run_batch
from brief_extract.batch.discovery import EVERYTHING, Selection
from brief_extract.batch.ids import COLLECTIONS, COMPRESSED, OFFICE, PAGES, SUFFIXES, TABLES
from brief_extract.batch.inputs import Inputs
from brief_extract.cli.messages import DONE, SET_ASIDE, LogFormat, complain, stdout
from brief_extract.cli.show import STDIN
from brief_extract.config import Config
from brief_extract.errors import InputError
from brief_extract.formats import Format
from brief_extract.office import can_read_office
from brief_extract.read import printable
from brief_extract.views.columns import PROJECTIONS

if TYPE_CHECKING:
    from brief_extract.batch.run import Progress

NOT_A_FOLDER = (
    *(*SUFFIXES, *PAGES, *OFFICE, *COLLECTIONS, *TABLES, *COMPRESSED),
    *(".json", ".xlsx", ".sqlite", ".duckdb", ".db"),
)
"""What is a slip as the name of an output folder."""


class RunOptions(NamedTuple):
    """How a batch is run; see ``run_batch``."""

    jobs: int
    force: bool
    prune: bool
    overwrite: bool
    fail_fast: bool
    formats: list[Format]
    excel: bool
    only: tuple[str, ...]
    corrections: Path | None


class Talk(NamedTuple):
    """How much a run says."""

    quiet: bool = False
    verbose: bool = False
    log_format: LogFormat = "text"


def run(
    inputs: Sequence[Path],
    output: Path,
    config: Config,
    options: RunOptions,
    talk: Talk,
    *,
    selection: Selection = EVERYTHING,
    text_column: str | None = None,
    dry: bool = False,
) -> int:
    """Inputs to an output folder, or with ``dry`` a list of what would be read."""
    if STDIN in map(str, (*inputs, output)):
        raise BadParameter('"-" reads one article and prints it: it stands alone, as in: brief-extract -')
    if output.suffix.lower() in NOT_A_FOLDER and not output.is_dir():
        raise BadParameter(f"several inputs need a folder to write to: name it last, after {printable(output)}")
    found = discover(inputs, besides=output, max_bytes=config.max_bytes, selection=selection, text_column=text_column)
    if dry:
        return _list(found)
    with _progress(len(found), talk) as update:
        report = run_batch(found, output, config, **options._asdict(), progress=update)
    if talk.quiet and talk.log_format == "text":  # a log of JSON lines has them already
        for failure in (*report.failures, *report.left_out):
            complain(failure.message)
    if not talk.quiet:
        others = passed_over(inputs, besides=output, selection=selection)
        with stdout() as out:
            out.write(f"{report.summary()}\n{_others(others)}".encode())
            out.write(f"written to {printable(output)}\n".encode())
    return SET_ASIDE if report.failures or report.left_out else DONE


def projections_of(only: str | None) -> tuple[str, ...]:
    """The files over all articles that ``--only`` names; none means all of them.

    Raises:
        typer.BadParameter: there is no such file.
    """
    names = [name.strip() for name in (only or "").split(",") if name.strip()]
    known = {projection.name: (projection.name,) for projection in PROJECTIONS} | _TOGETHER
    for name in names:
        if name not in known:
            raise BadParameter(f"{name!r} is none of {', '.join(known)}")
    return tuple(dict.fromkeys(of_name for name in names for of_name in known[name]))


_TOGETHER = {
    "tables": ("tables", "cells"),
    "lists": ("list_items",),
    "entities": ("entities", "mentions", "places", "countries"),
}
"""What is meant by the name of a kind: all files of its parts."""


def paths_from(file: Path, *, nul: bool) -> list[Path]:
    """The paths that a file lists, one a line or ended by NUL; ``-`` is stdin.

    Raises:
        InputError: it cannot be read, or lists nothing.
    """
    try:
        data = sys.stdin.buffer.read() if str(file) == STDIN else file.read_bytes()
    except OSError as error:
        raise InputError(f"{printable(file)}: {(error.strerror or str(error)).lower()}; fix: check the path") from error
    names = data.split(b"\0") if nul else data.splitlines()
    paths = [Path(name.decode("utf-8", "surrogateescape")) for name in names if name.strip()]
    if not paths:
        raise InputError(f"{printable(file)}: lists no path; fix: give one on each line")
    return paths


def _list(found: Inputs) -> int:
    """What would be read: an id and a name on each line."""
    with stdout() as out:
        for item in found:
            out.write(f"{item.id}\t{printable(item.name)}\n".encode())
    return DONE


def _others(files: Mapping[str, int]) -> str:
    """A line on what else lies in the folders, if anything does."""
    if not files:
        return ""
    kinds = ", ".join(f"{count:,} {printable(suffix)}" for suffix, count in sorted(files.items()))
    hints = []
    if any(suffix in PAGES for suffix in files):
        hints.append("web pages need pip install 'brief-extract[html]'")
    if any(suffix in OFFICE for suffix in files) and not can_read_office():
        hints.append("office documents need pip install 'brief-extract[office]'")
    if any(suffix in TABLES for suffix in files):
        hints.append("tables are read when they are named, with --text-column")
    if any(suffix in (*COLLECTIONS, *COMPRESSED) for suffix in files):
        hints.append("collections and packed files are read when they are named")
    return "; ".join([f"not read: {kinds}", *hints]) + "\n"


def _progress(total: int, talk: Talk) -> AbstractContextManager[Progress | None]:
    """Lines of JSON if asked for, a line for each article, or a bar, on a terminal only."""
    if talk.log_format == "json":
        return progress.lines(total)
    if talk.verbose:
        return progress.names()
    return contextlib.nullcontext() if talk.quiet or not sys.stderr.isatty() else progress.bar(total)
