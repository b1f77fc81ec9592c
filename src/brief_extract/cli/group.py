"""The group of commands: a line that names none is a run, and settings of the file become defaults."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from typer.core import TyperGroup

from brief_extract.cli.messages import CANNOT_GO_ON, complain
from brief_extract.cli.settings import read_settings
from brief_extract.errors import InputError

DEFAULT = "run"

FORMER = {"--jsonl": "stream", "--report-only": "report", "--schema": "schema"}
"""Commands that were options in earlier versions."""

_OF_THE_GROUP = {"--help", "-h", "--version", "--install-completion", "--show-completion"}


class DefaultGroup(TyperGroup):
    """A group with a default command. Its own help and errors are plain lines; commands show options in groups."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.rich_markup_mode = None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the name of the command first, and take the defaults from the file."""
        try:
            ctx.default_map = self._defaults()
        except InputError as error:
            complain(str(error))
            ctx.exit(CANNOT_GO_ON)
        return super().parse_args(ctx, with_command(args, self.commands))

    def _defaults(self) -> dict[str, dict[str, Any]]:
        """For each command, by its parameters, what the file sets."""
        names = {command: _options(it) for command, it in self.commands.items()}
        settings = read_settings({option for options in names.values() for option in options})
        return {
            command: {parameter: settings[option] for option, parameter in options.items() if option in settings}
            for command, options in names.items()
        }


def with_command(args: Sequence[str], commands: Collection[str]) -> list[str]:
    """The arguments, with the name of the command first.

    >>> with_command(["articles/", "outputs/"], ["run", "show"])
    ['run', 'articles/', 'outputs/']
    >>> with_command(["show", "a.txt"], ["run", "show"]), with_command(["--version"], ["run"])
    (['show', 'a.txt'], ['--version'])
    """
    former = next((argument for argument in args if argument in FORMER), None)
    if former:
        return [FORMER[former], *(argument for argument in args if argument != former)]
    if args and args[0] in commands:
        return [*args]
    return [argument for argument in args if argument in _OF_THE_GROUP] or [DEFAULT, *args]


def _options(command: Any) -> dict[str, str]:
    """The options of a command as a file names them, each with its parameter."""
    return {
        name.removeprefix("--"): parameter.name
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--") and parameter.name != "help"
    }
