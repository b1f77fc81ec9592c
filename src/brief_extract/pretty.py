"""Records -> the JSON that all our files hold: indented by two spaces, with a final newline."""

from __future__ import annotations

import io
from typing import Any

import msgspec


def pretty_json(record: Any) -> bytes:
    r"""The indented JSON of anything that msgspec can encode, as UTF-8.

    >>> pretty_json({"a": [1]})
    b'{\n  "a": [\n    1\n  ]\n}\n'
    """
    # A buffer that is the only owner of its bytes grows in place; ``+ b"\n"`` would hold two copies for a moment.
    buffer = io.BytesIO(msgspec.json.format(msgspec.json.encode(record), indent=2))
    buffer.seek(0, io.SEEK_END)
    buffer.write(b"\n")
    return buffer.getvalue()
