"""The command ``brief-extract`` in its first half second, while the package is imported.

This module is beside the package, for to import anything in it imports the whole. A signal in that time would show a
traceback. There are no files or processes to clean up yet, so the process leaves at once.
"""

from __future__ import annotations

import contextlib
import os
import signal
from typing import NoReturn


def main() -> None:
    """Import the command line and run it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as in the background of a shell, or under nohup
            signal.signal(number, _leave)
    from brief_extract.cli import main as run

    run()


def _leave(number: int, _frame: object) -> NoReturn:
    with contextlib.suppress(OSError):
        os.write(2, b"error: interrupted before anything was done\n")
    os._exit(128 + number)


if __name__ == "__main__":
    main()
