"""Whether a document that was read from a file is one that this package wrote: its parts fit together."""

from __future__ import annotations

from collections.abc import Iterator

from brief_extract.element import Element
from brief_extract.errors import SchemaError
from brief_extract.model import Document, List, Table


def check_integrity(document: Document) -> None:
    """See that places lie within the text, that ids exist where others refer to them, and that tables are rectangular.

    JSON and schema cannot say so much. A file that was edited by hand passes both and would raise later, in the middle
    of a table or a page.

    Raises:
        SchemaError: the message names the element.
    """
    fault = next(_faults(document), None)
    if fault:
        raise SchemaError(fault)


def _faults(document: Document) -> Iterator[str]:
    length = len(document.text)
    for element in _elements(document):
        if not 0 <= element.start <= element.end <= length:
            yield f"{element.id}: {element.start} to {element.end} is no place in a text of {length} characters"
    for table in document.tables:
        yield from _faults_of_table(table)
    yield from _faults_of_names(document)


def _elements(document: Document) -> Iterator[Element]:
    yield from document.sections
    yield from document.mentions
    yield from document.figures
    for block in document.blocks:
        yield block
        yield from block.items if isinstance(block, List) else block.cells if isinstance(block, Table) else ()


def _faults_of_table(table: Table) -> Iterator[str]:
    width, height = len(table.columns), len(table.rows)
    if any(len(row) != width for row in table.rows):
        yield f"{table.id}: a row with another number of cells than there are columns"
    for cell in table.cells:
        if not (0 <= cell.row < height and 0 <= cell.column < width):
            yield f"{cell.id}: no such row or column in {table.id}"


def _faults_of_names(document: Document) -> Iterator[str]:
    blocks = {block.id for block in document.blocks}
    mentions = {mention.id for mention in document.mentions}
    entities = {entity.id for entity in document.entities}
    figures = {figure.id for figure in document.figures}
    for kind, ids, all in (
        ("blocks", blocks, document.blocks),
        ("mentions", mentions, document.mentions),
        ("entities", entities, document.entities),
        ("figures", figures, document.figures),
    ):
        if len(ids) != len(all):
            yield f"two {kind} with one id"
    for mention in document.mentions:
        if mention.block not in blocks:
            yield f"{mention.id}: no block {mention.block!r}"
        if mention.entity is not None and mention.entity not in entities:
            yield f"{mention.id}: no entity {mention.entity!r}"
    for figure in document.figures:
        if figure.block not in blocks:
            yield f"{figure.id}: no block {figure.block!r}"
        if not entities.issuperset(figure.entities) or not figures.issuperset(figure.dates):
            yield f"{figure.id}: entities or dates that are not there"
    for entity in document.entities:
        if not entity.mentions or not mentions.issuperset(entity.mentions):
            yield f"{entity.id}: mentions that are not there"
