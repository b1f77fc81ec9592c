r"""brief-extract: raw article text in, structured data out.

>>> from brief_extract import Config, extract
>>> doc = extract("Key points include:\n- Curfew\n- Permits", Config(entities=False))
>>> doc.lists[0].lead_in.text
'Key points include:'
"""

from brief_extract.config import Config
from brief_extract.errors import (
    BriefExtractError,
    Failure,
    InputError,
    ModelError,
    OutputError,
    SchemaError,
)
from brief_extract.extractor import Extractor, extract
from brief_extract.model import (
    Cell,
    Code,
    Document,
    Entity,
    Heading,
    Issue,
    LeadIn,
    List,
    ListItem,
    Markup,
    Mention,
    Paragraph,
    Quote,
    Section,
    Table,
)

__all__ = [
    "BriefExtractError",
    "Cell",
    "Code",
    "Config",
    "Document",
    "Entity",
    "Extractor",
    "Failure",
    "Heading",
    "InputError",
    "Issue",
    "LeadIn",
    "List",
    "ListItem",
    "Markup",
    "Mention",
    "ModelError",
    "OutputError",
    "Paragraph",
    "Quote",
    "SchemaError",
    "Section",
    "Table",
    "extract",
]
