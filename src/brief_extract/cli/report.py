"""The report on an output folder: pages to look at."""

from __future__ import annotations

from pathlib import Path

from brief_extract.cli.messages import DONE, SET_ASIDE, complain, stdout
from brief_extract.errors import Failure
from brief_extract.read import printable


def report(folder: Path, *, jobs: int, timeout: float, overwrite: bool, quiet: bool) -> int:
    """Write the report of what an earlier run left in a folder."""
    from brief_extract.report import write_report

    left_out: list[Failure] = []
    first_page = write_report(folder, jobs=jobs, timeout=timeout, overwrite=overwrite, on_failure=left_out.append)
    for failure in left_out:
        complain(f"left out of the report: {failure.message}")
    if not quiet:
        with stdout() as out:
            out.write(f"look at {printable(first_page)}\n".encode())
    return SET_ASIDE if left_out else DONE
