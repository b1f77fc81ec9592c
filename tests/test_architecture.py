"""The shape of the package: imports point one way, and nothing heavy is imported before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import brief_extract

SOURCE = Path(brief_extract.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 320

LAYERS = [
    {
        "about",
        "block",
        "chunks",
        "config",
        "element",
        "errors",
        "faults",
        "pretty",
        "process",
        "signals",
        "spreadsheet",
        "streams",
    },
    {"changes", "context", "figure", "integrity", "model", "nonarticle", "parts", "table", "version", "views"},
    {"decode", "language", "paths", "read", "schema"},
    {"html", "office"},
    {"blocks"},
    {"cells"},
    {"dates"},
    {"document"},
    {"entities"},
    {"places"},
    {"figures"},
    {"recognisers"},
    {"assemble"},
    {"pipeline"},
    {"extractor"},
    {"api"},
    {"workers"},
    {"write"},
    {"formats"},
    {"batch"},
    {"report"},
    {"guard"},
    {"stage"},
    {"jsonl", "adapters"},
    {"export"},
    {"cli"},
]
"""A module may import what stands in its own layer or above it. A stage never imports a later one."""

PUBLIC = (
    "Block BriefExtractError Cell Change Code Config Context Document Element Entity Extractor Failure Figure "
    "FormatError Generator Heading InputError Issue Kind LeadIn List ListItem Markup Mention ModelError Options "
    "Origin OutputError Paragraph Place Quote Range ReadError SchemaError Section Table WorkerError "
    "__version__ extract extract_file "
    "extract_files"
).split()
"""Every name is a promise: one that goes breaks somebody's program, one that comes must be kept."""


def layer(module: str) -> int:
    part = module.split(".")[1]
    return next(number for number, layer in enumerate(LAYERS) if part in layer)


def all_imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it; ``from x import y`` counts as ``x`` and, of ours, as ``x.y``."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add(node.module or "")
            if node.module == "brief_extract":
                found |= {f"brief_extract.{name.name}" for name in node.names}
    return found


def imports(path: Path) -> set[str]:
    """The package's own modules that a file imports."""
    return {module for module in all_imports(path) if module.startswith("brief_extract.")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_one_way(path: Path) -> None:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    if parts[0] in ("__init__", "__main__"):
        return
    own = layer("brief_extract." + parts[0])
    assert {module for module in imports(path) if layer(module) > own} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_file_is_a_heap(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


def test_only_the_entities_stage_knows_spacy() -> None:
    known = {
        path.relative_to(SOURCE).parts[0]
        for path in FILES
        if any(module.split(".")[0] == "spacy" for module in all_imports(path))
    }
    assert known <= {"entities", "adapters"}


def test_importing_the_package_is_light() -> None:
    code = "import sys, brief_extract; print([m for m in ('spacy', 'pandas', 'babel', 'rich') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


def test_public_names_are_pinned() -> None:
    assert list(brief_extract.__all__) == PUBLIC
    assert all(hasattr(brief_extract, name) for name in PUBLIC)
