"""Faults that are really done to a run in a process of its own: it ends with the bytes of an undisturbed one.

``LONG=1`` in the environment kills at twenty moments instead of three, and takes 10,000 articles for 1,000.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch.samples import Run, files, varied, write_many
from brief_extract.batch.folder import OutputFolder
from processes import is_alive, start, wait_for, workers

LONG = bool(os.environ.get("LONG"))
MOMENTS = range(20 if LONG else 3)
COUNT = 400


def command(articles: Path, output: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "brief_extract", "--no-entities", "-q", *options, str(articles), str(output)]


def finish(articles: Path, output: Path, *options: str) -> int:
    return subprocess.run(command(articles, output, *options), check=False, capture_output=True).returncode


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], float]:
    """Articles, what an undisturbed run makes of them, and the seconds it takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    write_many(folder / "articles", COUNT)
    started = time.monotonic()
    assert finish(folder / "articles", folder / "outputs", "--jobs", "2") == 0
    return folder / "articles", files(folder / "outputs"), time.monotonic() - started


Undisturbed = tuple[Path, dict[str, bytes], float]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")
class TestKill:
    @pytest.mark.parametrize("moment", MOMENTS)
    def test_of_the_run_itself(self, moment: int, undisturbed: Undisturbed, output: Path) -> None:
        articles, expected, seconds = undisturbed
        with subprocess.Popen(command(articles, output, "--jobs", "2")) as process:
            time.sleep(seconds * random.Random(moment).uniform(0.2, 1))
            started = workers(process.pid) if process.poll() is None else []
            process.kill()
        wait_for(lambda: not any(map(is_alive, started)))
        assert finish(articles, output, "--jobs", "2") == 0
        assert files(output) == expected

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_of_a_worker(self, moment: int, undisturbed: Undisturbed, output: Path) -> None:
        articles, expected, seconds = undisturbed
        chance = random.Random(moment)
        with subprocess.Popen(command(articles, output, "--jobs", "2")) as process:
            time.sleep(seconds * chance.uniform(0.3, 0.8))
            if process.poll() is None and (found := workers(process.pid)):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(found), signal.SIGKILL)
        if process.returncode:
            assert finish(articles, output) == 0
        assert files(output) == expected

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_of_many_workers(self, moment: int, undisturbed: Undisturbed, output: Path) -> None:
        articles, expected, seconds = undisturbed
        chance = random.Random(moment)
        with subprocess.Popen(command(articles, output, "--jobs", chance.choice("12"))) as process:
            for _ in range(5):
                time.sleep(seconds * chance.uniform(0.05, 0.3))
                if process.poll() is None and (found := workers(process.pid)):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(chance.choice(found), signal.SIGKILL)
        # Two of the kills may meet the same article, which is then set aside: the next run does it.
        if process.returncode:
            assert finish(articles, output) == 0
        assert files(output) == expected


@pytest.mark.slow
def test_ctrl_c_ends_a_run_with_a_line_and_keeps_what_is_done(
    undisturbed: Undisturbed, output: Path, tmp_path: Path
) -> None:
    """The run cannot be done before the signal comes, for its last article hangs."""
    articles, expected, _ = undisturbed
    own = shutil.copytree(articles, tmp_path / "own")
    (own / "last.txt").write_text("HANG structure")
    code = "import batch.samples, brief_extract.batch.run as run; run.Extractor = batch.samples.Hanging"
    process = start(code, "--no-entities", "-q", "--jobs", "2", str(own), str(output))
    wait_for(lambda: any(OutputFolder(output).document_ids()) or process.poll() is not None)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate()
    assert (process.returncode, stderr) == (130, "error: interrupted; what is done is kept\n")
    done = len(list(OutputFolder(output).document_ids()))
    assert done > 0
    (own / "last.txt").unlink()
    assert finish(own, output) == 0
    assert files(output) == expected


@pytest.mark.slow
def test_a_file_system_that_takes_no_more(undisturbed: Undisturbed, output: Path) -> None:
    """A limit on the size of one file, which needs no rights: the largest of the CSV files does not fit."""
    articles, expected, _ = undisturbed
    largest = max(len(data) for data in expected.values())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, resource.RLIM_INFINITY))

    done = subprocess.run(command(articles, output), check=False, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 3
    assert done.stderr.startswith("error: cannot write ")
    # The first to grow so large may be the manifest; SQLite says less of why.
    assert re.search("(?:file too large|disk i/o error); fix: free space", done.stderr)
    assert finish(articles, output) == 0
    assert files(output) == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 300 KB, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no right to mount a file system here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def remount(place: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)


@pytest.mark.slow
class TestDisk:
    def test_that_is_full(self, small_disk: Path, undisturbed: Undisturbed) -> None:
        articles, expected, _ = undisturbed
        output = small_disk / "outputs"
        done = subprocess.run(command(articles, output), check=False, capture_output=True, text=True)
        assert done.returncode == 3
        assert "no space left on device; fix: free space" in done.stderr
        remount(small_disk, "size=50m")
        assert finish(articles, output) == 0
        assert files(output) == expected

    def test_that_is_full_from_the_start(self, small_disk: Path, undisturbed: Undisturbed) -> None:
        """The lock is the first file that a run writes."""
        articles, expected, _ = undisturbed
        output = small_disk / "outputs"
        output.mkdir()
        (small_disk / "filler").write_bytes(bytes(300 * 1024 - 4096))
        (small_disk / "last").touch()
        with contextlib.suppress(OSError), (small_disk / "last").open("wb") as file:
            while True:
                file.write(bytes(512))
                file.flush()
        done = subprocess.run(command(articles, output), check=False, capture_output=True, text=True)
        assert done.returncode == 3
        assert re.fullmatch(r"error: cannot write .*\.lock: no space left on device; fix: .*\n", done.stderr)
        assert list(output.iterdir()) == []
        remount(small_disk, "size=50m")
        assert finish(articles, output) == 0
        assert files(output) == expected

    def test_that_goes_read_only(self, small_disk: Path, undisturbed: Undisturbed) -> None:
        articles, expected, _ = undisturbed
        output = small_disk / "outputs"
        remount(small_disk, "size=50m,ro")
        done = subprocess.run(command(articles, output), check=False, capture_output=True, text=True)
        assert done.returncode == 3
        assert done.stderr.startswith("error: cannot write ")
        assert "read-only file system; fix: " in done.stderr
        remount(small_disk, "size=50m,rw")
        assert finish(articles, output) == 0
        remount(small_disk, "size=50m,ro")
        assert finish(articles, output) == 3
        remount(small_disk, "size=50m,rw")
        assert files(output) == expected


DAMAGES = (
    b"",
    b" \n\t",
    b"%PDF-1.7",
    b"PK\x03\x04....",
    b"\x1f\x8b\x08",
    bytes(range(0xA0, 0x100)) * 4,
    b"\xff\xd8\xff\xe0",
    b"M\x00a\x00l\x00i\x00" * 9 + b"\x00",
    b"\x00\x01\x02" * 99,
    b"Mali " * 5000,
)


@pytest.mark.slow
def test_thousands_of_articles_of_which_one_in_twenty_is_damaged(articles: Path, run: Run) -> None:
    count = 10_000 if LONG else 1000
    good, bad = count * 19 // 20, count // 20
    write_many(articles, count)
    for number in range(0, count, 20):
        (articles / f"{number // 100}" / f"{number}.txt").write_bytes(DAMAGES[number // 20 % 10])
    report = run(jobs=2, max_bytes=20_000)
    assert (report.inputs, report.done, len(report.failures)) == (count, good, bad)
    assert {failure.code for failure in report.failures} == {"empty", "binary", "undecodable", "too-large"}
    again = run(jobs=2, max_bytes=20_000)
    assert (again.skipped, len(again.failures)) == (good, bad)


def test_names_that_no_one_would_choose(articles: Path, run: Run) -> None:
    names = [b"a\nb", b"caf\xe9", "🙂".encode(), b"x" * 251, "é".encode() * 125, b"..", b"%2E%2E", b"A", b"a", b"con"]
    for number, name in enumerate(names):
        Path(os.fsdecode(os.fsencode(articles) + b"/" + name + b".txt")).write_text(varied(3 * number))
    report = run()
    assert (report.inputs, report.done) == (len(names) - 1, len(names) - 1)  # "...txt" is hidden
    assert {path.parent.name for path in articles.parent.rglob("*.json")} == {"documents", "outputs"}
    assert run().skipped == len(names) - 1


def test_a_file_that_vanishes_during_the_run_is_set_aside(articles: Path, run: Run) -> None:
    write_many(articles, 100)
    report = run(progress=lambda _: (articles / "0" / "99.txt").unlink(missing_ok=True))
    assert [(failure.id, failure.code) for failure in report.failures] == [("0/99", "unreadable")]
    assert report.done == 99


def test_a_file_that_changes_during_the_run_is_done_as_it_was_read(articles: Path, output: Path, run: Run) -> None:
    write_many(articles, 100)
    run(progress=lambda _: (articles / "0" / "99.txt").write_text("Niger"))
    before = files(output)
    assert run().skipped == 100
    assert files(output) == before
