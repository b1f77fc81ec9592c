"""What the command line says: documents on stdout, one line for each error on stderr, and exit codes."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from typer import Abort, BadParameter, Exit

from brief_extract.batch import progress
from brief_extract.errors import BriefExtractError, ReadError, one_line
from brief_extract.faults import REPORT, place_of, where
from brief_extract.read import printable
from brief_extract.signals import Stopped
from brief_extract.write import unwritable

DONE, SET_ASIDE, USAGE, CANNOT_GO_ON, FAULT, SIGNALLED = 0, 1, 2, 3, 70, 128
"""Exit codes. 70 is ``EX_SOFTWARE`` of sysexits.h: an error in this program, which no other code stands for. The number
of the signal that ended the run is added to the last: 130 for Ctrl-C, 143 for SIGTERM."""

LogFormat = Literal["text", "json"]


def exit_with(work: Callable[[], int], log_format: LogFormat = "text") -> None:
    """Do the work of a command and exit with its code, or with that of the error that ended it.

    Raises:
        typer.Exit: always.
    """
    try:
        code = work()
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
    raise Exit(code)


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
