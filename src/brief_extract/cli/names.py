"""Lists of names: what in them clashes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from brief_extract.cli.messages import DONE, SET_ASIDE, exit_with, stdout

app = typer.Typer(help="Look after your lists of names.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """The group has no options of its own."""


@app.command()
def check(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Lists as --names takes them.")]) -> None:
    """Say where a list clashes with the built-in names, with another list, or with itself; then the exit code is 1."""
    exit_with(lambda: _check(files))


def _check(files: list[Path]) -> int:
    from brief_extract.entities.clashes import check
    from brief_extract.entities.lexicon import load
    from brief_extract.entities.name_lists import read_list

    checked = check([read_list(str(path)) for path in files], load())
    count = len(checked.clashes)
    with stdout() as out:
        for clash in checked.clashes:
            out.write(f"{clash}\n".encode(errors="replace"))
        out.write(f"{checked.rows:,} rows, {count:,} {'clash' if count == 1 else 'clashes'}\n".encode())
    return SET_ASIDE if count else DONE
