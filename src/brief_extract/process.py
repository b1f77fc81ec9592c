"""Settings of a whole process. Only the command and the worker processes may choose them: a library is a guest."""

from __future__ import annotations

import os

_KEPT_BYTES = 2**25 - 2**16
"""The largest block whose release makes glibc keep freed memory (``DEFAULT_MMAP_THRESHOLD_MAX`` is 32 MiB, with a
header)."""


def tune_process() -> None:
    """Set up a process that belongs to brief-extract: matrix products in one thread, and freed memory is kept.

    The layers of the model are too small for threads: with two, OpenBLAS takes 2.5 times the CPU seconds for the same
    words. NumPy reads the setting when it is first imported, so call this before. A value that the user has set is
    kept.

    glibc's malloc returns what is free at the top of the heap beyond twice the largest block that was ever freed, so
    that each batch would ask the system for the same few megabytes again: 700 page faults an article, a tenth of all
    time. One large block that is freed teaches it not to. The block is zeroed by the system on first use and is never
    used, so it takes no memory. Elsewhere than with glibc this does nothing.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    bytes(_KEPT_BYTES)
