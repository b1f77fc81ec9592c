"""Whatever a file holds, it costs its own articles only: never a neighbour, never the run."""

from __future__ import annotations

import gzip
import importlib.util
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batch.hostile_containers import GOOD, HOSTILE, VALID, lines, nested
from batch.samples import Run, files, write_many
from brief_extract import Config, Document
from brief_extract.batch import RunReport, discover, run_batch
from brief_extract.errors import FAILURES

STRUCTURE = Config(entities=False, max_bytes=1_000_000, timeout=0)


def run_beside_good_ones(folder: Path, name: str, data: bytes) -> RunReport:
    """Run over one file between two good ones, and see that those are done and everything else has a reason."""
    names = [folder / "a.txt", folder / name, folder / "z.jsonl"]
    names[0].write_text(GOOD)
    names[1].write_bytes(data)
    names[2].write_bytes(lines())
    report = run_batch(discover(names), folder / "outputs", STRUCTURE)
    for id in ("a", "z/first", "z/last"):
        assert Document.from_json((folder / "outputs" / "documents" / f"{id}.json").read_bytes()).text == GOOD
    assert report.inputs == report.done + len(report.failures)
    for failure in report.failures:
        assert failure.message.startswith("bad"), "the place comes first"
        assert failure.message.isprintable()
        assert failure.code in FAILURES
        assert failure.code != "internal"
    return report


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_set_aside_and_costs_no_other(name: str, tmp_path: Path) -> None:
    report = run_beside_good_ones(tmp_path, name, HOSTILE[name]())
    assert report.failures
    if ".jsonl" in name and "gz" not in name:
        assert (tmp_path / "outputs" / "documents" / name.partition(".")[0].replace(" ", "-") / "first.json").exists()


READS_PAGES = all(map(importlib.util.find_spec, ("fastwarc", "trafilatura")))
"""Is ``brief-extract[html]`` installed? Without it a web page is an article that cannot be read."""


@pytest.mark.parametrize("name", VALID)
def test_the_same_files_unharmed_are_done(name: str, tmp_path: Path) -> None:
    report = run_beside_good_ones(tmp_path, name, VALID[name])
    is_unread = not READS_PAGES and (".html" in name or ".warc" in name)
    expected = ["binary"] if name.endswith(".xz") else ["unreadable"] if is_unread else []
    assert [failure.code for failure in report.failures] == expected


Change = Callable[[bytes], bytes]


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """A change of some bytes: others in their place, some taken out, some put in, or all from there on."""
    where, size = draw(st.floats(0, 1)), draw(st.integers(1, 8))
    others = draw(st.binary(min_size=1, max_size=8))
    kind = draw(st.sampled_from(["replace", "replace", "delete", "insert", "cut"]))

    def change(data: bytes) -> bytes:
        at = int(where * len(data))
        if kind == "replace":
            return data[:at] + others + data[at + len(others) :]
        if kind == "delete":
            return data[:at] + data[at + size :]
        return data[:at] + others + data[at:] if kind == "insert" else data[:at]

    return change


@pytest.mark.slow
@settings(deadline=None)
@given(name=st.sampled_from(sorted(VALID)), damage=st.lists(changes(), min_size=1, max_size=4))
def test_any_damage_to_a_file_costs_no_other(name: str, damage: list[Change]) -> None:
    data = VALID[name]
    for change in damage:
        data = change(data)
    with TemporaryDirectory() as folder:
        run_beside_good_ones(Path(folder), name, data)


@pytest.mark.slow
def test_the_number_of_jobs_changes_nothing(articles: Path, tmp_path: Path) -> None:
    write_many(articles, 40)
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    for name, make in HOSTILE.items():
        (hostile / name).write_bytes(make())
    (hostile / "deep.jsonl").write_bytes(lines(nested(100)))
    inputs = discover([articles, *sorted(hostile.iterdir())])
    for jobs in (1, 2):
        report = run_batch(inputs, tmp_path / str(jobs), STRUCTURE, jobs=jobs)
        assert report.jobs == jobs
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert (tmp_path / "2" / "documents" / "deep" / "deep.json").exists()


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_the_cap_holds_for_each_line_and_each_record(suffix: str, articles: Path, run: Run) -> None:
    path = articles / f"wire.jsonl{suffix}"
    accents = '{"id": "accents", "text": "' + "\u00e9" * 600 + '"}'
    escaped = '{"id": "escaped", "text": "' + "\\u0416" * 500 + '"}'
    long = '{"id": "long", "text": "' + "x" * 30_000_000 + '"}'
    data = lines('{"id": "large", "text": "' + "x" * 1001 + '"}', accents, escaped, long, " " * 20_000_000)
    path.write_bytes(gzip.compress(data, 1) if suffix else data)
    del data, long
    tracemalloc.start()
    try:
        report = run(path, max_bytes=1000)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [(failure.id, failure.code) for failure in report.failures] == [
        ("large", "too-large"),
        ("accents", "too-large"),
        ("line-5", "too-large"),
    ]
    assert [failure.message.split(": ")[0] for failure in report.failures] == [f"{path.name}:{n}" for n in (2, 3, 5)]
    assert report.done == 3
    assert peak < 10_000_000, "a line of 30 MB is not held in memory"
