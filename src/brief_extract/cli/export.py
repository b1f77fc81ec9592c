"""What an earlier run left, in the form of another tool."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from typer import BadParameter

from brief_extract.batch.folder import OutputFolder
from brief_extract.cli.messages import DONE, SET_ASIDE, complain, stdout
from brief_extract.errors import InputError, OutputError, SchemaError
from brief_extract.export import STREAMS, Target
from brief_extract.model import Document
from brief_extract.paths import path_of
from brief_extract.read import printable
from brief_extract.write import open_whole, write_file


def export(folder: Path, target: Target, output: Path | None, *, overwrite: bool) -> int:
    """The documents of a folder to a file, a folder of files, or stdout."""
    if not (folder / "documents").is_dir():
        raise InputError(f"{printable(folder)}: no documents/ in it; fix: name the folder that a run wrote to")
    if output and output.exists() and not overwrite:
        raise OutputError(f"{printable(output)}: is there already; fix: name another one, or --overwrite")
    reading = _Reading(OutputFolder(folder))
    if target == "markdown":
        if output is None:
            raise BadParameter("Markdown is a file for each article: name a folder with --output")
        for document in reading.documents():
            write_file(output / path_of(f"{document.id}.md"), document.to_markdown().encode())
    elif output is None:
        with stdout() as out:
            for part in STREAMS[target](reading.documents()):
                out.write(part)
    else:
        with open_whole(output) as file:
            for part in STREAMS[target](reading.documents()):
                file.buffer.write(part)
    return SET_ASIDE if reading.damaged else DONE


class _Reading:
    """The documents of a folder; one that is damaged is told and costs no other one."""

    def __init__(self, folder: OutputFolder) -> None:
        self._folder = folder
        self.damaged = 0

    def documents(self) -> Iterator[Document]:
        """The documents, in the order of their ids, one at a time in memory."""
        for id in self._folder.document_ids():
            try:
                document = self._folder.read(id)
            except SchemaError as error:
                self.damaged += 1
                complain(f"left out: {error}")
                continue
            yield document
