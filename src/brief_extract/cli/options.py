"""The options that several commands share, and how those of an extraction become a ``Config``."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, cast, get_type_hints

import typer

from brief_extract.cli.messages import LogFormat
from brief_extract.cli.settings import variable_of
from brief_extract.config import DEFAULT_MODEL, Config, Lines, Options

READING, WRITING, RUNNING, MESSAGES = "How articles are read", "What is written", "How it runs", "Messages"
"""The groups in which the help shows options."""


def option(name: str, *names: str, panel: str, help: str, **more: Any) -> Any:
    """An option that has an environment variable too."""
    plain = name.partition("/")[0].removeprefix("--")
    return typer.Option(
        name, *names, envvar=variable_of(plain), show_envvar=False, rich_help_panel=panel, help=help, **more
    )


Jobs = Annotated[
    int | None,
    option("--jobs", "-j", min=1, panel=RUNNING, help="Processes to work in; default: number of cores."),
]
Overwrite = Annotated[
    bool,
    option(
        "--overwrite", panel=WRITING, help="Replace files in the output folder that no run wrote, or that you edited."
    ),
]
FailFast = Annotated[
    bool, option("--fail-fast", panel=RUNNING, help="End after the first article that cannot be done.")
]
Quiet = Annotated[bool, option("--quiet", "-q", panel=MESSAGES, help="No progress and no summary; errors only.")]
Log = Annotated[
    LogFormat,
    option("--log-format", panel=MESSAGES, help="Messages on stderr: a bar and words, or a JSON line for each event."),
]


def _extraction(
    entities: Annotated[
        bool,
        option(
            "--entities/--no-entities", panel=READING, help="Find names too, or the structure alone (much quicker)."
        ),
    ] = True,
    figures: Annotated[
        bool, option("--figures/--no-figures", panel=READING, help="Find the numbers and dates of the prose too.")
    ] = True,
    reference_date: Annotated[
        str,
        option(
            "--reference-date",
            panel=READING,
            metavar="YYYY-MM-DD",
            help='Day that "last Tuesday" is relative to, where the article does not say.',
        ),
    ] = "",
    places: Annotated[
        bool, option("--places/--no-places", panel=READING, help="Tell where on Earth the places are that are named.")
    ] = True,
    home: Annotated[
        str,
        option(
            "--home",
            panel=READING,
            metavar="CODE",
            help="State or country that the articles are written for: US-KS, GB. Places there are likelier meant.",
        ),
    ] = Config().home,
    model: Annotated[
        str,
        option(
            "--model", panel=READING, metavar="NAME|PATH", help="An installed spaCy pipeline, or the folder of one."
        ),
    ] = DEFAULT_MODEL,
    language: Annotated[
        str,
        option(
            "--language", panel=READING, metavar="CODE|auto", help="Language of the articles; auto detects it in each."
        ),
    ] = Config().language,
    models: Annotated[
        list[str] | None,
        option(
            "--model-for",
            panel=READING,
            metavar="CODE=NAME",
            help="A pipeline for another language: fr=fr_core_news_sm; repeatable.",
        ),
    ] = None,
    names: Annotated[
        list[Path] | None,
        option(
            "--names",
            panel=READING,
            metavar="FILE",
            help="A list of your own names (CSV, JSONL, Parquet), which win over all others; repeatable.",
        ),
    ] = None,
    lines: Annotated[
        Lines,
        option(
            "--lines",
            panel=READING,
            help="In text without blank lines, a line is a paragraph, or one was wrapped; auto decides.",
        ),
    ] = "auto",
    heading_threshold: Annotated[
        float,
        option(
            "--heading-threshold",
            panel=READING,
            min=0,
            max=1,
            help="Confidence from which a line without marks is a heading.",
        ),
    ] = Config().heading_threshold,
    max_bytes: Annotated[
        int, option("--max-bytes", panel=READING, min=1, help="Larger inputs are refused.")
    ] = Config().max_bytes,
    timeout: Annotated[
        float,
        option(
            "--timeout", panel=RUNNING, min=0, metavar="SECONDS", help="Limit for one article in one stage; 0: none."
        ),
    ] = Config().timeout,
    model_batch_size: Annotated[
        int,
        option("--model-batch-size", panel=RUNNING, min=1, help="Paragraphs and items that the model reads at once."),
    ] = Config().model_batch_size,
) -> Options:
    """The options of ``Config``, one parameter for each of its fields."""
    return {
        "entities": entities,
        "figures": figures,
        "reference_date": reference_date,
        "places": places,
        "home": home,
        "model": model,
        "language": language,
        "models": _models(models or []),
        "names": tuple(map(str, names or [])),
        "lines": lines,
        "heading_threshold": heading_threshold,
        "max_bytes": max_bytes,
        "timeout": timeout,
        "model_batch_size": model_batch_size,
    }


def takes_config(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose ``config`` is given by the options of an extraction, which follow its own."""
    own = inspect.signature(command).parameters
    shared = inspect.signature(_extraction).parameters

    @functools.wraps(command)
    def with_options(**given: Any) -> None:
        options = _extraction(**{name: given.pop(name) for name in shared})
        try:
            config = Config(**options)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        command(config=config, **given)

    parameters = [it for name, it in own.items() if name != "config"] + list(shared.values())
    hints = get_type_hints(command, include_extras=True) | get_type_hints(_extraction, include_extras=True)
    keywords = [it.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[it.name]) for it in parameters]
    wrapped = cast("Any", with_options)
    wrapped.__signature__ = inspect.Signature(keywords)
    wrapped.__annotations__ = {it.name: hints[it.name] for it in keywords}
    return with_options


def _models(given: list[str]) -> dict[str, str]:
    """``["fr=fr_core_news_sm"]`` as ``Config.models``."""
    models = dict(pair.partition("=")[::2] for pair in given)
    if not all(code and name for code, name in models.items()):
        raise typer.BadParameter("--model-for takes a code and a pipeline, as in: --model-for fr=fr_core_news_sm")
    return models


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
