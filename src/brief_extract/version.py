"""The name and version of the form of documents, which each of them states."""

from __future__ import annotations

from brief_extract.errors import SchemaError

SCHEMA = "brief-extract/document"
VERSION = "1.1"


def check_schema(schema: object, version: object) -> None:
    """See that a document is one that this package reads.

    Raises:
        SchemaError: another schema, or another major version.
    """
    if schema != SCHEMA:
        raise SchemaError(f"schema is {schema!r}, expected {SCHEMA!r}")
    major = VERSION.split(".", maxsplit=1)[0]
    if str(version).split(".")[0] != major:
        raise SchemaError(
            f"version {version} is not readable by this package, which reads {major}.x; upgrade brief-extract"
        )
