"""What the stages found of an article -> its document."""

from __future__ import annotations

from collections.abc import Iterable

from brief_extract.document import Structure, title_of
from brief_extract.figure import Figure
from brief_extract.model import Document, Generator, Issue, Origin
from brief_extract.read import Source
from brief_extract.recognisers import Names


def assemble(
    id: str,
    source: Source,
    structure: Structure,
    *,
    names: Names,
    figures: tuple[Figure, ...],
    issues: Iterable[Issue],
    generator: Generator,
    language: str,
) -> Document:
    """The document of an article. ``issues`` are those beside the ones of its source, structure and names."""
    mentions, entities, unread = names
    found = [*source.issues, *structure.issues, *unread, *issues]
    return Document(
        generator=generator,
        id=id,
        source=Origin(
            name=source.name,
            sha256=source.sha256,
            encoding=source.encoding,
            chars=len(source.text),
            language=language,
            extra=source.extra,
        ),
        text=source.text,
        **title_of(structure.title, source.extra.get("title")),
        sections=structure.sections,
        blocks=structure.blocks,
        mentions=mentions,
        entities=entities,
        figures=figures,
        issues=tuple(sorted(found, key=lambda issue: (issue.start, issue.end))),
    )
