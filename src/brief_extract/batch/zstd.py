"""Files packed with zstd: the standard library from Python 3.14 on, the same module from PyPI before."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, cast


def open_zstd(path: Path) -> IO[bytes]:
    """The unpacked bytes of a file, frame after frame. Reading raises ``EOFError`` where the file was cut off.

    Raises:
        ImportError: backports.zstd is not installed.
    """
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return cast(IO[bytes], zstd.open(path))
