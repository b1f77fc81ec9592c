"""Lists of names that users keep: CSV, JSON Lines or Parquet files in, rows out. Errors name file, row and fix."""

from __future__ import annotations

import csv
import difflib
import hashlib
import io
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence, Set
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import msgspec

from brief_extract.config import read_names
from brief_extract.errors import FormatError, InputError
from brief_extract.read import printable

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE")
"""The OntoNotes labels of names."""

_LABELS = frozenset(LABELS)

COLUMNS = ("name", "label", "id", "aliases", "country", "same_as", "case", "drop")
CASES = ("", "exact", "any")

LONGEST_NAME = 200
"""Characters of the longest name of a list: what is looked for at each word of a text has a bound."""

_LISTS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
_YES = {"true", "yes", "y", "1", "x", "drop"}
_NO = {"", "false", "no", "n", "0"}
_BLANKS = re.compile(r"\s+")
_ID = re.compile(r"[^\s;]{1,200}")


class OwnName(NamedTuple):
    """A row of a list: what a name is, or with ``drop`` that it is none. ``id`` may be empty. ``row`` counts from 1;
    in a CSV file it is the line, and the header is line 1.
    """

    row: int
    name: str
    label: str
    id: str = ""
    aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    case: str = ""
    drop: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


class NameList(NamedTuple):
    """A file as it was read: its path, its bytes and their digest, in hexadecimal digits."""

    path: str
    data: bytes
    digest: str


def read_list(path: str) -> NameList:
    """The bytes of a list.

    Raises:
        InputError: it cannot be read.
    """
    data = read_names(path)
    return NameList(path, data, hashlib.sha256(data).hexdigest())


def rows_of(names: NameList, countries: Set[str]) -> Iterator[OwnName]:
    """The rows of a list, in order.

    Args:
        countries: The ISO 3166 codes that a row may have.

    Raises:
        InputError: the file is no list, or a row has a mistake; the message names file, row and fix.
        FormatError: it is a Parquet file, and pyarrow is not installed.
    """
    read = _ReadRow(names.path, countries)
    for number, fields in _fields(names):
        yield read(number, fields)


def _fields(names: NameList) -> Iterator[tuple[int, Mapping[str, Any]]]:
    place = printable(names.path)
    kind = _LISTS.get(Path(names.path).suffix.lower())
    if kind is None:
        raise InputError(f"{place}: no list of names; fix: give a .csv, .jsonl or .parquet file")
    if kind == "parquet":
        return _of_parquet(names, place)
    try:
        names.data.decode()
    except UnicodeDecodeError as error:
        line = names.data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{place}, row {line}: not UTF-8; fix: save the list as UTF-8") from error
    return _of_csv(names.data, place) if kind == "csv" else _of_jsonl(names.data, place)


def _of_csv(data: bytes, place: str) -> Iterator[tuple[int, dict[str, Any]]]:
    # Spreadsheets write semicolons in countries with a decimal comma.
    delimiter = max(",;\t", key=data.partition(b"\n")[0].decode(errors="replace").count)
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = [_BLANKS.sub("_", column.strip().lower()) for column in next(reader, [])]
        _check_columns(header, place)
        for fields in reader:
            if any(fields):
                if len(fields) > len(header):
                    what = f"{len(fields)} fields, but the header has {len(header)}"
                    fix = "put quotes around a field that holds a comma"
                    raise InputError(f"{place}, row {reader.line_num}: {what}; fix: {fix}")
                yield reader.line_num, dict(zip(header, fields, strict=False))
    except csv.Error as error:
        raise InputError(f"{place}, row {reader.line_num}: not CSV: {error}; fix: mend that row") from error


def _of_jsonl(data: bytes, place: str) -> Iterator[tuple[int, dict[str, Any]]]:
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    known: set[str] = set()
    for number, line in enumerate(io.BytesIO(data.removeprefix(BOM_UTF8)), 1):
        if not line.strip():
            continue
        try:
            fields = decode(line)
        except msgspec.MsgspecError as error:
            fix = 'write an object on each line: {"name": "Acme", "label": "ORG"}'
            raise InputError(f"{place}, row {number}: not a JSON object: {error}; fix: {fix}") from error
        if not known.issuperset(fields):
            _check_slips(fields, f"{place}, row {number}")
            known.update(fields)
        yield number, fields


def _of_parquet(names: NameList, place: str) -> Iterator[tuple[int, dict[str, Any]]]:
    if not find_spec("pyarrow"):
        raise FormatError(f"{place} needs pyarrow, which is not installed; fix: pip install 'brief-extract[parquet]'")
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(io.BytesIO(names.data))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{place}: not a Parquet file: {error}; fix: write it again") from error
    _check_columns(file.schema_arrow.names, place)
    wanted = [column for column in file.schema_arrow.names if column in COLUMNS]
    number = 0
    for batch in file.iter_batches(batch_size=1000, columns=wanted):
        for fields in batch.to_pylist():
            number += 1
            yield number, fields


def _check_columns(columns: Sequence[str], place: str) -> None:
    if "name" not in columns or not {"label", "drop"} & set(columns):
        have = ", ".join(columns) or "none"
        raise InputError(f"{place}, row 1: its columns are {have}; fix: name one 'name' and one 'label'")
    _check_slips(columns, f"{place}, row 1")


def _check_slips(columns: Sequence[str] | Mapping[str, Any], place: str) -> None:
    """Refuse columns that are one of ours but for a slip. Others, such as notes, are passed over."""
    for column in columns:
        if column not in COLUMNS and (close := difflib.get_close_matches(column, COLUMNS, 1, 0.75)):
            raise InputError(f"{place}: no column is called {column!r}; fix: did you mean {close[0]!r}?")


def _text(value: object) -> str:
    return str(value).strip()


class _ReadRow:
    """Makes a row of its fields."""

    def __init__(self, path: str, countries: Set[str]) -> None:
        self._path = path
        self._countries = countries

    def __call__(self, row: int, fields: Mapping[str, Any]) -> OwnName:
        get = fields.get
        name = self._name(row, get("name"))
        drop = self._flag(row, value) if (value := get("drop")) else False
        label = _text(value) if (value := get("label")) else ""
        if label not in _LABELS and not (drop and not label):
            self._refuse(row, f"label {label!r}", f"use one of {', '.join(LABELS)}")
        case = _text(value) if (value := get("case")) else ""
        if case not in CASES:
            self._refuse(row, f"case {case!r}", "say 'exact', 'any' or nothing")
        id = _text(value) if (value := get("id")) else ""
        if id and not _ID.fullmatch(id):
            self._refuse(row, f"id {id!r}", "an id is text of at most 200 characters without blanks and semicolons")
        aliases = self._several(row, "aliases", value) if (value := get("aliases")) else ()
        countries = self._several(row, "country", value) if (value := get("country")) else ()
        return OwnName(
            row,
            name,
            label,
            id,
            tuple([self._name(row, alias) for alias in aliases]),
            tuple([self._country(row, code) for code in countries]),
            self._several(row, "same_as", value) if (value := get("same_as")) else (),
            case,
            drop,
        )

    def _name(self, row: int, name: object) -> str:
        if not isinstance(name, str) or not name.strip():
            self._refuse(row, "no name", "write one, or remove the row")
        name = " ".join((name if name.isascii() else unicodedata.normalize("NFC", name)).split())
        if not name[0].isalnum():
            self._refuse(row, f"{name!r} begins with no letter or digit", f"leave {name[0]!r} out")
        if len(name) > LONGEST_NAME:
            self._refuse(row, f"a name of {len(name)} characters", f"give at most {LONGEST_NAME}")
        if not name.isprintable():
            self._refuse(row, f"{name!r} has characters that cannot be seen", "remove them")
        return name

    def _several(self, row: int, column: str, value: object) -> tuple[str, ...]:
        if isinstance(value, str) and ";" not in value:
            return (value.strip(),) if value.strip() else ()
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
            self._refuse(row, f"{column} {value!r}", "give text, several separated by ';'")
        return tuple(filter(None, map(str.strip, parts)))

    def _country(self, row: int, code: str) -> str:
        if code.upper() not in self._countries:
            self._refuse(row, f"country {code!r} is no ISO 3166 code", "use one of two letters, as KE for Kenya")
        return code.upper()

    def _flag(self, row: int, value: object) -> bool:
        word = str(value).strip().lower()
        if word not in _YES and word not in _NO:
            self._refuse(row, f"drop {value!r}", "say 'yes', or leave it empty")
        return word in _YES

    def _refuse(self, row: int, what: str, fix: str) -> NoReturn:
        raise InputError(f"{printable(self._path)}, row {row}: {what}; fix: {fix}")
