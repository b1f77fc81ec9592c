r"""brief-extract: raw article text in, structured data out.

>>> from brief_extract import extract
>>> doc = extract("Key points include:\n- Curfew\n- Permits", entities=False)
>>> doc.lists[0].lead_in.text
'Key points include:'
"""

from brief_extract.about import __version__
from brief_extract.api import extract, extract_file, extract_files
from brief_extract.changes import Change
from brief_extract.config import Config, Options
from brief_extract.context import Context
from brief_extract.errors import (
    BriefExtractError,
    Failure,
    FormatError,
    InputError,
    ModelError,
    OutputError,
    ReadError,
    SchemaError,
    WorkerError,
)
from brief_extract.extractor import Extractor
from brief_extract.figure import Figure
from brief_extract.model import (
    Block,
    Cell,
    Code,
    Document,
    Element,
    Entity,
    Generator,
    Heading,
    Issue,
    Kind,
    LeadIn,
    List,
    ListItem,
    Markup,
    Mention,
    Origin,
    Paragraph,
    Place,
    Quote,
    Range,
    Section,
    Table,
)

__all__ = [
    "Block",
    "BriefExtractError",
    "Cell",
    "Change",
    "Code",
    "Config",
    "Context",
    "Document",
    "Element",
    "Entity",
    "Extractor",
    "Failure",
    "Figure",
    "FormatError",
    "Generator",
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
    "Options",
    "Origin",
    "OutputError",
    "Paragraph",
    "Place",
    "Quote",
    "Range",
    "ReadError",
    "SchemaError",
    "Section",
    "Table",
    "WorkerError",
    "__version__",
    "extract",
    "extract_file",
    "extract_files",
]
