"""Rows to copy into ``corrections.csv``: what a reader may say of an entity on its page."""

from __future__ import annotations

import csv
import io

from brief_extract.batch.corrections import COLUMNS, Correction


def correction_rows(id: str, label: str) -> str:
    """A header, and a row for each thing that can be wrong with an entity: a reader keeps the one that is right.

    >>> print(correction_rows("person/zorb", "PERSON"))
    action,name,entity,into,label,id,document
    drop,,person/zorb,,,,
    relabel,,person/zorb,,ORG,,
    merge,,person/zorb,NAME OF THE OTHER,,,
    link,,person/zorb,,,Q123,
    """
    rows = (
        Correction("drop", entity=id),
        Correction("relabel", entity=id, label="PERSON" if label == "ORG" else "ORG"),
        Correction("merge", entity=id, into="NAME OF THE OTHER"),
        Correction("link", entity=id, id="Q123"),
    )
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *rows])
    return text.getvalue().rstrip("\n")
