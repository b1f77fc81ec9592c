"""Files that an earlier version wrote, before there was a manifest: told from their content."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec

from brief_extract.formats import WRITERS
from brief_extract.views.columns import PROJECTIONS

_HEAD = 100_000
_FORMER = {"name", "table", "row", "column", "list", "start", "end", "first"}
"""Names that columns had in earlier versions."""

_COLUMNS = {it.name: {column.name for column in it.columns} | _FORMER for it in PROJECTIONS}


def is_recognised(path: Path) -> bool:
    """Whether a file at the top of an output folder is what a run writes under that name."""
    stem, suffix = path.stem, path.suffix
    try:
        if path.name == WRITERS["xlsx"].single:
            return _is_workbook(path)
        if path.name in ("run.json", "datapackage.json"):
            return _is_description(path)
        if stem not in _COLUMNS:
            return False
        if suffix == ".parquet":
            return _is_parquet(path, _COLUMNS[stem])
        return suffix in (".csv", ".jsonl") and _is_ours(_first_columns(path), _COLUMNS[stem])
    except (OSError, ValueError, zipfile.BadZipFile, msgspec.MsgspecError):
        return False


def _first_columns(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as file:
        line = file.readline(_HEAD)
    if path.suffix == ".csv":
        return line.rstrip("\r\n").split(",")
    record = msgspec.json.decode(line)
    return list(record) if isinstance(record, dict) else []


def _is_ours(columns: list[str], known: set[str]) -> bool:
    """Whether these are columns of a projection. Earlier versions had fewer of them."""
    return columns[:1] == ["document"] and len(columns) > 1 and known.issuperset(columns)


def _is_parquet(path: Path, known: set[str]) -> bool:
    with path.open("rb") as file:
        if file.read(4) != b"PAR1":
            return False
        file.seek(max(0, path.stat().st_size - _HEAD))
        footer = file.read()
    return footer.endswith(b"PAR1") and b"document" in footer and sum(name.encode() in footer for name in known) > 1


def _is_workbook(path: Path) -> bool:
    with zipfile.ZipFile(path) as book:
        sheets = book.read("xl/workbook.xml")
    return all(f'name="{name}"'.encode() in sheets for name in _COLUMNS)


def _is_description(path: Path) -> bool:
    # The whole of run.json may be large; what tells it is at its start.
    with path.open("rb") as file:
        head = file.read(1000)
    mark = b'"schema": "brief-extract/run"' if path.name == "run.json" else b'"name": "brief-extract"'
    return head.lstrip().startswith(b"{") and mark in head
