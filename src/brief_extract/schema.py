"""The JSON Schema of a document: made from the model, shipped with the package, printed on request."""

from __future__ import annotations

import inspect
from importlib.resources import files
from typing import Any

import msgspec

from brief_extract.model import SCHEMA, VERSION, Document

FILE = "document.schema.json"
"""The file in the package. A test holds it equal to what the model gives."""


def make_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that the model implies. Unknown fields are allowed: a minor version may add some.

    The policy: a field, kind or code is never renamed, removed or given another meaning within a major version.
    """
    (reference,), definitions = msgspec.json.schema_components([Document], ref_template="#/$defs/{name}")
    document = definitions["Document"]
    document["properties"]["schema"] = {"const": SCHEMA}
    major = VERSION.split(".", maxsplit=1)[0]
    document["properties"]["version"] = {"type": "string", "pattern": rf"^{major}\.\d+$"}
    document["required"] = [*document["required"], "schema", "version"]
    for definition in definitions.values():
        if "description" in definition:  # Python 3.13 takes the indentation off docstrings, earlier ones leave it
            definition["description"] = inspect.cleandoc(definition["description"])
        for field in definition["properties"].values():
            # msgspec 0.22 names null last, earlier versions first
            field.get("anyOf", []).sort(key=lambda choice: choice == {"type": "null"})
        for place in ("start", "end", "row", "column", "depth", "level", "chars"):
            if definition["properties"].get(place, {}).get("type") == "integer":
                definition["properties"][place]["minimum"] = 0
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{SCHEMA} {major}.x",
        **reference,
        "$defs": definitions,
    }


def schema_bytes() -> bytes:
    """The shipped schema as JSON: UTF-8, indented by two blanks, one final newline."""
    return files(__package__).joinpath(FILE).read_bytes()


def encode_schema() -> bytes:
    """What ``FILE`` has to hold."""
    return msgspec.json.format(msgspec.json.encode(make_schema()), indent=2) + b"\n"
