"""Functions for those who need no ``Extractor``: one text, one file, many files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Unpack

from brief_extract.config import Config, Options
from brief_extract.errors import Failure
from brief_extract.extractor import Extractor
from brief_extract.model import Document


def extract(text: str, config: Config | None = None, *, id: str = "article", **options: Unpack[Options]) -> Document:
    r"""The document of one article. The model stays loaded for the next one; for many, ``Extractor.pipe`` is quicker.

    >>> doc = extract("Seen in Mali:\n- smoke\n- dust", entities=False)
    >>> [item.text for item in doc.lists[0].items]
    ['smoke', 'dust']

    Args:
        options: Those of ``Config``, which win over the config given.

    Raises:
        TypeError: the text is no string, or there is no such option.
        ModelError: no such spaCy pipeline, or one without entities.
    """
    return Extractor(config, **options).extract(text, id=id)


def extract_file(
    path: str | os.PathLike[str], config: Config | None = None, *, id: str | None = None, **options: Unpack[Options]
) -> Document:
    """The document of a text file, see ``Extractor.extract_file``."""
    return Extractor(config, **options).extract_file(path, id=id)


def extract_files(
    paths: Iterable[str | os.PathLike[str]], config: Config | None = None, **options: Unpack[Options]
) -> Iterator[Document | Failure]:
    """The documents of many text files, in order, a few read ahead. A file that cannot be read is a ``Failure``.

    Ids are the names of the files without their suffixes; they need not be unique.

    Raises:
        ModelError: no such spaCy pipeline, or one without entities.
    """
    return Extractor(config, **options).pipe_files(paths)
