"""Errors that nobody planned for: whose fault they are, where they happened, and what the user reads.

Parsers written by other people raise errors of any class over damaged data: ``zlib.error``, ``struct.error``,
``RecursionError``. Lists of classes are never complete, so code that reads an article catches ``Exception`` and asks
this module for the failure of that article.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from brief_extract.errors import BriefExtractError, Failure, ReadError

_PACKAGE = Path(__file__).parent
_MISTAKES = (AssertionError, AttributeError, LookupError, NameError, TypeError)
"""Classes of errors that mean a mistake in a program, if our own code raised them."""

REPORT = "this is an error in brief-extract, please report it"


def read_error(place: str, error: Exception) -> ReadError:
    """The failure of an article over which a parser raised ``error``.

    Args:
        place: What the user knows the article by.
    """
    name = type(error).__name__
    if isinstance(error, ReadError):
        return error
    if isinstance(error, MemoryError):
        return ReadError("too-large", place=place, what="reading it takes more memory than there is", fix="split it")
    if isinstance(error, RecursionError):
        return ReadError("damaged", place=place, what="nested too deep", fix="make or fetch it again")
    if isinstance(error, _MISTAKES) and _is_ours(error):
        return ReadError("internal", place=place, what=f"{name}: {error} ({where(error)})", fix=REPORT)
    what = f"damaged ({name}: {error})" if str(error) else f"damaged ({name})"
    return ReadError("damaged", place=place, what=what, fix="make or fetch it again")


def failure(id: str, place: str, stage: str, error: Exception) -> Failure:
    """The failure of an article over which one of our own stages raised ``error``."""
    if isinstance(error, BriefExtractError):
        code = error.code if isinstance(error, ReadError) else "damaged"
        return Failure(id=id, stage=stage, code=code, message=str(error))
    if isinstance(error, MemoryError):
        message = f"{place}: takes more memory than there is; fix: split it, or use a machine with more memory"
        return Failure(id=id, stage=stage, code="too-large", message=message)
    message = f"{place}: {type(error).__name__}: {error} ({where(error)}); fix: {REPORT}"
    return Failure(id=id, stage=stage, code="internal", message=message)


def where(error: BaseException) -> str:
    """The innermost line of this package that ``error`` passed through, as ``batch/run.py:83``.

    The innermost line of all if none of them is in this package; ``unknown`` if it was never raised.
    """
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _PACKAGE in Path(frame.filename).parents]
    if ours:
        return f"{Path(ours[-1].filename).relative_to(_PACKAGE).as_posix()}:{ours[-1].lineno}"
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown"


@contextmanager
def about(place: str) -> Iterator[None]:
    """Note on an unplanned error which article it is about, for ``place_of``. The innermost note wins."""
    try:
        yield
    except BriefExtractError:
        raise  # its message names a place already
    except Exception as error:
        error.add_note(place)
        raise


def place_of(error: BaseException) -> str | None:
    """The article that an error is about, if anybody noted it."""
    notes: list[str] = getattr(error, "__notes__", [])
    return notes[0] if notes else None


def _is_ours(error: BaseException) -> bool:
    """Whether the line that raised it is in this package. A C extension has no lines: its caller counts."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and _PACKAGE in Path(frames[-1].filename).parents
