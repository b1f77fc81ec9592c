"""Time and size of each format and export, over the documents of an output folder, repeated under new ids.

python benchmarks/writers.py outputs/ 5000
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import msgspec

from brief_extract import Document
from brief_extract.batch.folder import OutputFolder
from brief_extract.batch.projections import files_of, write_projections
from brief_extract.export import STREAMS, TARGETS
from brief_extract.formats import FORMATS
from brief_extract.write import open_whole, write_file


def repeat(source: Path, folder: OutputFolder, count: int) -> int:
    """Fill a folder with so many documents; returns the bytes of their texts."""
    documents = [Document.from_file(path) for path in sorted((source / "documents").rglob("*.json"))]
    size = 0
    for number in range(count):
        document = msgspec.structs.replace(documents[number % len(documents)], id=f"{number // 100}/{number}")
        folder.save(document.id, document.to_json(), [])
        size += len(document.text.encode())
    return size


def export(folder: OutputFolder, target: str, into: Path) -> None:
    """Write one export, as the command does."""
    documents = (folder.read(id) for id in folder.document_ids())
    if target == "markdown":
        for document in documents:
            write_file(into / f"{document.id}.md", document.to_markdown().encode())
        return
    with open_whole(into / target) as file:
        for part in STREAMS[target](documents):  # type: ignore[index]
            file.buffer.write(part)


def told(name: str, work: Callable[[], object], files: Callable[[], Iterable[Path]]) -> None:
    """Print the seconds of a work and the size of the files that it made."""
    started, used = time.perf_counter(), time.process_time()
    work()
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    size = sum(path.stat().st_size for path in files()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"{name:14} {seconds:6.1f} s {cpu:6.1f} s CPU {size:8.1f} MB, peak so far {peak:5.0f} MB", flush=True)


def main(source: Path, count: int) -> None:
    """Measure all of them."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = OutputFolder(root)
        folder.make()
        print(f"{count:,} articles, {repeat(source, folder, count) / 1e6:.1f} MB of text")
        for form in FORMATS:
            told(form, partial(write_projections, root, [form]), partial(map, root.joinpath, files_of([form])))
        for target in TARGETS:
            into = root / "exports" / target
            told(target, partial(export, folder, target, into), partial(filter, Path.is_file, into.rglob("*")))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
