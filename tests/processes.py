"""Runs of the command in processes of their own, and what the system says of their children."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from limits import PATIENCE

TESTS = str(Path(__file__).parent)


def start(code: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """The command after ``code``, with its streams on pipes, in a session of its own."""
    script = f"import sys; sys.path.append({TESTS!r})\n{code}\nfrom brief_extract.cli import main\nmain()"
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | environment,
        # The background jobs of a shell, CI among them, start with the signal ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - there are no threads
    )


def children(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in read(task).split()]
    return [child for child in found if read(Path(f"/proc/{child}/cmdline"))]


def workers(pid: int) -> list[int]:
    """The worker processes of a run; multiprocessing has a process of its own as well, which is none."""
    return [child for child in children(pid) if b"spawn_main" in read(Path(f"/proc/{child}/cmdline"))]


def is_alive(pid: int) -> bool:
    """Does a process still run? A dead one that nobody has waited for has no command line."""
    return bool(read(Path(f"/proc/{pid}/cmdline")))


def read(path: Path) -> bytes:
    """What the system says of a process, nothing of one that has just ended."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until something is the case."""
    for _ in range(int(PATIENCE * 100)):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("waited in vain")
