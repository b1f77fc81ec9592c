"""Documents of an earlier run that were edited, cut off or replaced: named, redone, left out, but never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from batch.samples import ARTICLE
from brief_extract import Document, SchemaError, extract
from brief_extract.batch.folder import OutputFolder
from brief_extract.cli import app
from brief_extract.cli.messages import DONE, SET_ASIDE
from brief_extract.integrity import check_integrity

Edit = Callable[[dict[str, Any]], object]


def edited(edit: Edit) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        document = json.loads(data)
        edit(document)
        return json.dumps(document).encode()

    return change


INTEGRITY: dict[str, Edit] = {
    "a mention in no block": lambda it: it["mentions"][0].update(block="paragraph-99"),
    "a mention of no entity": lambda it: it["mentions"][0].update(entity="country/XX"),
    "an entity without mentions": lambda it: it["entities"][0].update(mentions=[]),
    "an entity with other mentions": lambda it: it["entities"][0].update(mentions=["mention-99"]),
    "two blocks with one id": lambda it: it["blocks"][0].update(id=it["blocks"][1]["id"]),
    "an end before the start": lambda it: it["blocks"][0].update(start=5, end=2),
    "a place before the text": lambda it: it["blocks"][0].update(start=-5),
    "a place behind the text": lambda it: it["blocks"][-1].update(end=10**9),
    "an item behind the text": lambda it: it["blocks"][2]["items"][0].update(end=10**9),
    "a row too short": lambda it: it["blocks"][3]["rows"][0].pop(),
    "a cell in no column": lambda it: it["blocks"][3]["cells"][0].update(column=7),
    "a cell in no row": lambda it: it["blocks"][3]["cells"][0].update(row=-1),
}
"""Documents with the right form whose parts do not fit together."""

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "no JSON": lambda _: b"Mali closes its border",
    "nothing": lambda _: b"",
    "no UTF-8": lambda data: data.replace(b"Mali", b"M\xffli"),
    "nested too deep": lambda _: b'{"source": ' + b"[" * 100_000,
    "cut off": lambda data: data[: len(data) // 2],
    "another schema": edited(lambda it: it.update(schema="somebody/else")),
    "another major version": edited(lambda it: it.update(version="9.0")),
    "wrong types": edited(lambda it: it.update(blocks="none")),
    "a number as text": edited(lambda it: it["blocks"][0].update(start="0")),
    "no object": lambda _: b"[1, 2]",
    "another id": edited(lambda it: it.update(id="niger")),
} | {name: edited(edit) for name, edit in INTEGRITY.items()}


def call(*arguments: str | Path) -> Result:
    """The command in this process, which does the work, too: there is no limit to keep."""
    return CliRunner().invoke(app, ["--timeout", "0", "--jobs", "1", *map(str, arguments)])


@pytest.fixture(scope="module")
def done() -> bytes:
    """The document of an article, with names."""
    document = extract(ARTICLE, id="mali")
    assert [block.type for block in document.blocks] == ["heading", "paragraph", "list", "table"]
    assert document.mentions
    return document.to_json()


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_document_is_named_left_out_and_repaired(
    kind: str, done: bytes, articles: Path, output: Path
) -> None:
    (articles / "niger.txt").write_text("Niger closes its border")
    (articles / "mali.txt").write_text(ARTICLE)
    assert call("--no-entities", articles, output).exit_code == DONE
    path = output / "documents" / "mali.json"
    path.write_bytes(DAMAGE[kind](done))

    # Its input is gone: nothing can redo it.
    (articles / "mali.txt").unlink()
    lost = call("--no-entities", "--report", articles, output)
    assert lost.exit_code == SET_ASIDE
    assert f"{path.as_posix()}: not a document of a run (" in lost.stdout
    assert "fix: run again with the input of this article, or delete the file" in lost.stdout
    assert lost.stderr.startswith("error: left out of the report: ")
    assert "niger" in (output / "documents.csv").read_text()
    assert "mali" not in (output / "documents.csv").read_text()
    [left_out] = json.loads((output / "run.json").read_bytes())["left_out"]
    assert (left_out["id"], left_out["code"]) == ("mali", "damaged")

    # Its input is back: any run redoes it, with --force or without.
    (articles / "mali.txt").write_text(ARTICLE)
    for option in ("--quiet", "--force"):
        path.write_bytes(DAMAGE[kind](done))
        again = call("--no-entities", "--report", option, articles, output)
        assert (again.exit_code, again.stderr) == (DONE, "")
        assert Document.from_json(path.read_bytes()).text == ARTICLE
        assert "mali" in (output / "documents.csv").read_text()


@pytest.mark.parametrize("kind", INTEGRITY)
def test_parts_that_do_not_fit_together_are_found(kind: str, done: bytes) -> None:
    document = Document.from_json(DAMAGE[kind](done))
    with pytest.raises(SchemaError):
        check_integrity(document)


def test_a_document_as_written_fits_together(done: bytes) -> None:
    check_integrity(Document.from_json(done))
    for path in Path(__file__).parents[2].joinpath("outputs", "documents").rglob("*.json"):
        check_integrity(Document.from_json(path.read_bytes()))


@pytest.mark.parametrize("data", [b"", b"\xff", b"[" * 100_000, b'{"schema": "brief-extract/failure", "id": 7}'])
def test_a_damaged_record_of_a_failure_is_none(data: bytes, output: Path) -> None:
    (output / "quarantine").mkdir(parents=True)
    (output / "quarantine" / "mali.json").write_bytes(data)
    assert list(OutputFolder(output).failures()) == []
