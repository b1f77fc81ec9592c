"""A file packed with zstd, as a stream that says when it was cut off; zstandard's own stream ends without a word."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from zstandard import ZstdDecompressionObj, ZstdDecompressor

_STEP = 1024
"""Packed bytes taken at once. Four of them can unpack to 128 KiB, so a step is 32 MiB at the worst."""


def open_zstd(path: Path) -> IO[bytes]:
    """The unpacked bytes of a file. Reading raises ``EOFError`` where it was cut off or is broken.

    Raises:
        ImportError: zstandard is not installed.
    """
    import zstandard

    return io.BufferedReader(_Unpacked(path.open("rb"), zstandard.ZstdDecompressor()))


class _Unpacked(io.RawIOBase):
    def __init__(self, file: IO[bytes], unpacker: ZstdDecompressor) -> None:
        self._file = file
        self._unpacker = unpacker
        self._frame: ZstdDecompressionObj | None = None
        self._packed = b""
        self._plain = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        while not self._plain and self._more():
            pass
        target = memoryview(buffer).cast("B")
        size = min(len(target), len(self._plain))
        target[:size] = self._plain[:size]
        self._plain = self._plain[size:]
        return size

    def _more(self) -> bool:
        """Unpack another step; False at the end."""
        from zstandard import ZstdError

        packed = self._packed or self._file.read(_STEP)
        if not packed:
            if self._frame is not None:
                raise EOFError("the file ends before the end of its data")
            return False
        self._frame = self._frame or self._unpacker.decompressobj()
        try:
            self._plain = memoryview(self._frame.decompress(packed))
        except ZstdError as error:
            raise EOFError(str(error)) from error
        self._packed = self._frame.unused_data
        if self._frame.eof:
            self._frame = None
        return True

    def close(self) -> None:
        self._file.close()
        super().close()
