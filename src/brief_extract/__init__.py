r"""brief-extract: raw article text in, structured data out.

>>> from brief_extract import Config, extract
>>> doc = extract("Key points include:\n- Curfew\n- Permits", Config(entities=False))
>>> doc.lists[0].lead_in.text
'Key points include:'
"""

from brief_extract.changes import Change
from brief_extract.config import Config
from brief_extract.context import Context
from brief_extract.errors import (
    BriefExtractError,
    Failure,
    FormatError,
    InputError,
    ModelError,
    OutputError,
    SchemaError,
    WorkerError,
)
from brief_extract.extractor import Extractor, extract
from brief_extract.model import (
    Cell,
    Code,
    Document,
    Entity,
    Heading,
    Issue,
    Kind,
    LeadIn,
    List,
    ListItem,
    Markup,
    Mention,
    Paragraph,
    Quote,
    Range,
    Section,
    Table,
)

__all__ = [
    "BriefExtractError",
    "Cell",
    "Change",
    "Code",
    "Config",
    "Context",
    "Document",
    "Entity",
    "Extractor",
    "Failure",
    "FormatError",
    "Heading",
    "InputError",
    "Issue",
    "Kind",
    "LeadIn",
    "List",
    "ListItem",
    "Markup",
    "Mention",
    "ModelError",
    "OutputError",
    "Paragraph",
    "Quote",
    "Range",
    "SchemaError",
    "Section",
    "Table",
    "WorkerError",
    "extract",
]
