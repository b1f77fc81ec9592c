"""Options from a file and from the environment: ``brief-extract.toml``, ``BRIEF_EXTRACT_*``.

What is given on the command line wins over the environment, the environment over the file, the file over the default.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from brief_extract.errors import InputError
from brief_extract.read import printable

FILE = "brief-extract.toml"
"""Read from the working directory, unless ``BRIEF_EXTRACT_CONFIG`` names another file."""

VARIABLE = "BRIEF_EXTRACT_CONFIG"


def variable_of(option: str) -> str:
    """The environment variable of an option.

    >>> variable_of("heading-threshold")
    'BRIEF_EXTRACT_HEADING_THRESHOLD'
    """
    return f"BRIEF_EXTRACT_{option.upper().replace('-', '_')}"


def read_settings(known: Collection[str]) -> dict[str, Any]:
    """The settings of the file, by option; none if there is no file.

    Args:
        known: The options that a file may set.

    Raises:
        InputError: the file that the variable names is missing, it is no TOML, or it sets what is no option.
    """
    named = os.environ.get(VARIABLE)
    path = Path(named or FILE)
    if not named and not path.is_file():
        return {}
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"{printable(path)}: {(error.strerror or str(error)).lower()}; fix: check {VARIABLE}"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{printable(path)}: not TOML: {error}; fix: mend that line") from error
    for key in settings:
        if key not in known:
            raise InputError(f"{printable(path)}: {key!r} is no option; fix: use one of {', '.join(sorted(known))}")
    return {key: _as_given(value) for key, value in settings.items()}


def _as_given(value: object) -> object:
    """A setting as the command line would give it: ``{fr = "x"}`` is ``fr=x``."""
    return [f"{key}={name}" for key, name in value.items()] if isinstance(value, Mapping) else value
