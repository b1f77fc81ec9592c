"""Every option of an extraction, with its default and the reason for it."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NoReturn, TypedDict, Unpack, get_args

import msgspec

from brief_extract.errors import InputError, one_line

Lines = Literal["auto", "paragraphs", "wrapped"]

DEFAULT_MODEL = "brief_news"
"""The package's own model, see ``entities/brief_news/MODEL_CARD.md``."""

MAX_BYTES = 2_000_000
"""Ordinary news takes 16 bytes of memory for each byte of text, but the worst kinds of text 500 to 700: tables, lists
and headings of one letter (``benchmarks/memory.py``; much of it is the document itself, whose JSON is up to 150 times
as long as such a text). So a process with 1.7 GB holds any text of this size. News articles are a tenth of it at most;
what is larger is an archive or an accident."""


class _Frozen(dict[str, str]):
    """A dict that can be hashed and not changed. A dict it is, so that msgspec writes it and equality is a dict's."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the models of a Config cannot be changed; make a new Config")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[Any, ...]:
        return _Frozen, (dict(self),)


class Options(TypedDict, total=False):
    """The options of ``Config``, as keywords: ``extract(text, entities=False)``."""

    entities: bool
    figures: bool
    reference_date: str
    places: bool
    home: str
    model: str
    language: str
    models: Mapping[str, str]
    names: Sequence[str]
    lines: Lines
    heading_threshold: float
    max_bytes: int
    timeout: float
    model_batch_size: int


_TYPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "entities": (bool, "True or False"),
    "figures": (bool, "True or False"),
    "reference_date": (str, "a day as YYYY-MM-DD"),
    "places": (bool, "True or False"),
    "home": (str, "a string"),
    "model": (str, "a string"),
    "language": (str, "a string"),
    "models": (Mapping, "a dict of codes and pipelines"),
    "names": (tuple, "paths of lists"),
    "lines": (str, "a string"),
    "heading_threshold": ((int, float), "a number"),
    "max_bytes": (int, "a whole number"),
    "timeout": ((int, float), "a number of seconds"),
    "model_batch_size": (int, "a whole number"),
}


def read_names(path: str) -> bytes:
    """What a list of names holds.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise InputError(f"{one_line(path)}: {what}; fix: check the path given as names (--names)") from error


def _paths(given: object) -> object:
    """The paths as strings: one, or several; what is none is left as it is."""
    several = [given] if isinstance(given, str | os.PathLike) else given
    if not isinstance(several, Sequence) or not all(isinstance(path, str | os.PathLike) for path in several):
        return given if not isinstance(given, tuple) else list(given)
    return tuple(map(os.fspath, several))


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """How an article is read. Immutable and hashable; two equal configs give the same bytes.

    Raises:
        TypeError: an option has the wrong type; the message names it.
        ValueError: an option is out of its range; the message names it.

    Attributes:
        entities: Find names. Without it spaCy is never imported, which saves about 1.5 s at the start.
        figures: Find the numbers and dates of the prose.
        reference_date: The day, as YYYY-MM-DD, that relative dates ("last Tuesday") are relative to in articles that do
            not say when they were published. Empty if none is known: such dates then have no value.
        places: Tell where on Earth the entities that are places are, by the gazetteer of the package.
        home: The state or country that the articles are written for, as ISO 3166 has it: ``US-KS``, ``GB``. Of places
            with one name, one there is likelier meant. Empty for none.
        model: The package's own news model, an installed spaCy pipeline, or a path to one. Only its ``ner``
            component is loaded.
        language: ISO 639 code of the language of the articles, whose region is left out (``en-GB`` is ``en``), or
            ``auto``: detected in each of them, offline. In a language without a model the lexicon alone finds names,
            and the issue ``no-model`` says so.
        models: spaCy pipelines for other languages than English, by code: ``{"fr": "fr_core_news_sm"}``. In a
            language without one, the lexicon alone finds names: an English model would guess.
        names: Paths of lists of names (CSV, JSON Lines, Parquet) that win over lexicon and model; see
            ``docs/names.md``. A later list wins over an earlier one. They are read when the first article is.
        lines: What a line is in text without blank lines: ``paragraphs`` (one each), ``wrapped`` (cut at a
            width), or ``auto``, decided for each document from where its lines end.
        heading_threshold: Confidence from which a line without marks becomes a heading, 0 to 1. Higher
            finds fewer and surer ones.
        max_bytes: Inputs above this size are set aside, see ``MAX_BYTES``. Of a JSON record the text counts, of a
            web page the whole page.
        timeout: Seconds that one article may take in one stage (decoding, structure, names) where a process of ours
            does the work: in a batch, in the filter, and in a guarded ``Stage``. Its worker is then ended and the
            article fails with the code ``timeout``. 0 for no limit. Measured: 5 s of CPU time for a megabyte of news,
            a third of it for the structure, and up to 42 s for the worst texts (``benchmarks/memory.py``), so the
            default lets any input through that ``max_bytes`` does.
        model_batch_size: Units (paragraphs, items, cells) given to the model at once. 64 is the measured best of
            8 to 256 for units of this size.
    """

    entities: bool = True
    figures: bool = True
    reference_date: str = ""
    places: bool = True
    home: str = ""
    model: str = DEFAULT_MODEL
    language: str = "auto"
    models: Mapping[str, str] = _Frozen()
    names: Sequence[str] = ()
    lines: Lines = "auto"
    heading_threshold: float = 0.5
    max_bytes: int = MAX_BYTES
    timeout: float = 300.0
    model_batch_size: int = 64

    def __post_init__(self) -> None:
        """Check the options, and leave the region out of the language."""
        msgspec.structs.force_setattr(self, "names", _paths(self.names))
        for name, (types, what) in _TYPES.items():
            value = getattr(self, name)
            if not isinstance(value, types) or (isinstance(value, bool) and types is not bool):
                raise TypeError(f"{name} is {value!r}, of type {type(value).__name__}; give {what}")
        msgspec.structs.force_setattr(self, "models", _Frozen(self.models))
        msgspec.structs.force_setattr(self, "language", re.split("[-_]", self.language.lower())[0])
        if not re.fullmatch("[a-z]{2,3}|auto", self.language):
            raise ValueError(f"language is {self.language!r}; give a code such as 'en' or 'fr', or 'auto'")
        if self.reference_date and not _is_day(self.reference_date):
            raise ValueError(f"reference_date is {self.reference_date!r}; give a day as YYYY-MM-DD")
        msgspec.structs.force_setattr(self, "home", self.home.upper())
        if not re.fullmatch("(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?)?", self.home):
            raise ValueError(f"home is {self.home!r}; give the code of a country or state, such as 'GB' or 'US-KS'")
        if self.lines not in get_args(Lines):
            raise ValueError(f"lines is {self.lines!r}; it is one of {', '.join(get_args(Lines))}")
        if not 0 <= self.heading_threshold <= 1:
            raise ValueError(f"heading_threshold is {self.heading_threshold!r}; it is a confidence from 0 to 1")
        if not 0 <= self.timeout < math.inf:
            raise ValueError(f"timeout is {self.timeout!r}; it is a number of seconds, or 0 for no limit")
        for name in ("max_bytes", "model_batch_size"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} is {getattr(self, name)!r}; it is at least 1")

    def with_options(self, **options: Unpack[Options]) -> Config:
        """The same but for these options.

        >>> Config(lines="wrapped").with_options(entities=False).lines
        'wrapped'

        Raises:
            TypeError: there is no such option, or it has the wrong type.
            ValueError: an option is out of its range.
        """
        if unknown := options.keys() - Options.__annotations__.keys():
            raise TypeError(f"{min(unknown)!r} is no option; options are {', '.join(Options.__annotations__)}")
        return msgspec.structs.replace(self, **options) if options else self

    @property
    def digest(self) -> str:
        """16 hexadecimal digits that tell apart options under which one text may give two documents.

        Of ``names`` the content counts, not the paths.

        ``max_bytes``, ``timeout`` and ``model_batch_size`` are left out: they decide whether and when, never what.

        >>> Config().digest == Config(model_batch_size=8).digest != Config(entities=False).digest
        True

        Raises:
            InputError: a list of names cannot be read.
        """
        names = self.names if self.entities else ()
        return self.digest_with([hashlib.sha256(read_names(path)).hexdigest() for path in names])

    def digest_with(self, names: Sequence[str]) -> str:
        """The same, with the digests of the lists as they were when they were read."""
        models = (self.model, sorted(self.models.items())) if self.entities else None
        dates = self.reference_date if self.figures else None
        places = (self.places, self.home) if self.entities else None
        read = (self.lines, self.heading_threshold, self.figures, dates)
        shaping = (self.entities, places, models, self.language, *read, *names)
        return hashlib.sha256(msgspec.json.encode(shaping)).hexdigest()[:16]


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
