"""Documents -> HTML for a notebook: headings, paragraphs, lists and tables, with the names in them marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape

from brief_extract.model import Block, Code, Document, Heading, List, Markup, Mention, Table

_COLOURS = {"GPE": "#cfe8d5", "LOC": "#d9ead3", "NORP": "#fde8c8", "ORG": "#d6e4f7", "PERSON": "#f6d5e5"}
_OTHER = "#e6e6e6"
_DEEPEST = 6

_Mentions = dict[tuple[str, str | None], list[Mention]]
"""The mentions by the block, and the item or cell, that they stand in."""


def to_html(document: Document) -> str:
    """See ``Document._repr_html_``."""
    mentions: _Mentions = defaultdict(list)
    for mention in document.mentions:
        mentions[mention.block, mention.item or mention.cell].append(mention)
    body = "\n".join(_block(block, mentions) for block in document.blocks)
    return f'<article style="max-width: 46em">\n{body}\n</article>'


def _block(block: Block, mentions: _Mentions) -> str:
    match block:
        case Heading():
            level = min(block.level + 1, _DEEPEST)
            return f"<h{level}>{_marked(block.text, mentions[block.id, None])}</h{level}>"
        case List():
            items = (
                f'<li style="margin-left: {2 * item.depth}em">{_marked(item.text, mentions[block.id, item.id])}</li>'
                for item in block.items
            )
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>{''.join(items)}</{tag}>"
        case Table():
            return _table(block, mentions)
        case Code():
            return f"<pre>{escape(block.text)}</pre>"
        case Markup():
            return "<hr>" if block.kind == "rule" else ""
        case _:
            tag = "blockquote" if block.type == "quote" else "p"
            return f"<{tag}>{_marked(block.text, mentions[block.id, None])}</{tag}>"


def _table(table: Table, mentions: _Mentions) -> str:
    header = _row("th", (_marked(text, mentions[table.id, None]) for text in table.columns))
    rows: list[list[str]] = [[] for _ in table.rows]
    for cell in table.cells:
        rows[cell.row].append(_marked(cell.text, mentions[table.id, cell.id]))
    return f"<table><thead>{header}</thead><tbody>{''.join(_row('td', row) for row in rows)}</tbody></table>"


def _row(tag: str, cells: Iterable[str]) -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _marked(text: str, mentions: Sequence[Mention]) -> str:
    """The text with each name marked, as far as the names are in it, one after the other."""
    parts, end = [], 0
    for mention in mentions:
        start = text.find(mention.text, end)
        if start < 0:
            continue
        parts.append(escape(text[end:start]))
        end = start + len(mention.text)
        title = escape(" ".join(filter(None, (mention.label, mention.entity))))
        style = f"background: {_COLOURS.get(mention.label, _OTHER)}; color: #111; border-radius: 3px; padding: 0 2px"
        parts.append(f'<mark title="{title}" style="{style}">{escape(mention.text)}</mark>')
    return "".join([*parts, escape(text[end:])])
