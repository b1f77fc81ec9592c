"""The filter: lines in, lines out, as they come."""

from __future__ import annotations

import io
import json
import math
import queue
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import pytest

from brief_extract import Config, InputError, jsonl
from brief_extract.batch import lines as line_reader
from brief_extract.jsonl import run
from brief_extract.stage import Stage
from limits import PATIENCE

FILTER = [sys.executable, "-m", "brief_extract", "--no-entities", "--jsonl"]
GOOD = b'{"id": "a", "text": "Two:\\n- x\\n- y"}\n'


def filtered(data: bytes, **options: Any) -> tuple[list[dict[str, Any]], int]:
    output = io.BytesIO()
    failed = run(Stage(Config(entities=False)), io.BytesIO(data), output, **{"batch_size": 3, **options})
    return [json.loads(line) for line in output.getvalue().splitlines()], failed


def test_every_line_has_its_result_in_order() -> None:
    lines = b"".join(json.dumps({"id": number, "text": f"Line {number}."}).encode() + b"\n" for number in range(10))
    results, failed = filtered(lines)
    assert [result["id"] for result in results] == [str(number) for number in range(10)]
    assert failed == 0


def test_bad_lines_are_told_by_their_number_and_the_others_done() -> None:
    results, failed = filtered(b"\xef\xbb\xbf" + GOOD + b'\n{"text": "cut\n\xff\xfe\n[1]\n{"text": "No id."}')
    assert [(result["id"], result.get("error", {}).get("code")) for result in results] == [
        ("a", None),
        ("line-3", "damaged"),
        ("line-4", "damaged"),
        ("record-4", "damaged"),
        ("line-6", None),
    ]
    assert failed == 3
    assert results[1]["error"]["message"].startswith("line 3: no JSON: ")


def test_a_line_that_is_too_long_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_reader, "LINE_FACTOR", 0)
    monkeypatch.setattr(line_reader, "LINE_REST", 64)
    results, failed = filtered(GOOD + b'{"text": "' + 100 * b"x" + b'"}\n' + GOOD + GOOD)
    assert [result["id"] for result in results] == ["a", "line-2", "a", "a"]
    assert results[1]["error"]["code"] == "too-large"
    assert results[1]["error"]["message"].startswith("line 2: larger than ")
    assert failed == 1


@pytest.mark.parametrize("depth", [101, 500, 976, 100_000])
def test_a_line_that_is_nested_too_deep_costs_no_other(depth: int) -> None:
    deep = b'{"id": "deep", "text": "Mali", "tags": ' + b"[" * depth + b"]" * depth + b"}\n"
    results, failed = filtered(GOOD + deep + GOOD)
    assert [(result["id"] == "a", result.get("error", {}).get("code")) for result in results] == [
        (True, None),
        (False, "damaged"),
        (True, None),
    ]
    assert failed == 1


@pytest.mark.parametrize(
    "error", [OSError("the disk is gone"), EOFError("cut off"), ValueError("closed"), zlib.error()]
)
@pytest.mark.parametrize("good", [0, 1, 2, 7])
def test_an_input_that_breaks_off_is_no_end_and_the_lines_before_are_done(error: Exception, good: int) -> None:
    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            if not line:
                raise error
            return line

    output = io.BytesIO()
    with pytest.raises(InputError, match=f"breaks off: {str(error) or 'error'}; fix: "):
        run(Stage(Config(entities=False)), Broken(good * GOOD), output, batch_size=3)
    assert output.getvalue().count(b"\n") == good


class SlowLines:
    """A queue to which a line comes every ``pause`` seconds, and the clock that its reader looks at."""

    def __init__(self, count: int, pause: float) -> None:
        self.left: list[Any] = [*enumerate(count * [GOOD]), jsonl._End()]
        self.pause = pause
        self.now = 0.0
        self.next = 0.0

    def monotonic(self) -> float:
        return self.now

    def get(self, timeout: float = math.inf) -> Any:
        if self.next > self.now + timeout:
            self.now += timeout
            raise queue.Empty
        self.now = max(self.now, self.next)
        self.next = self.now + self.pause
        return self.left.pop(0)


@pytest.mark.parametrize(("pause", "sizes"), [(0, [8]), (0.4, [3, 3, 2]), (1.1, 8 * [1])])
def test_no_line_waits_for_more_than_a_moment(pause: float, sizes: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    lines: Any = SlowLines(8, pause * jsonl.LATENCY)
    monkeypatch.setattr(jsonl, "time", lines)
    assert [len(batch) for batch in jsonl._batches(lines, 100)] == sizes


def test_errors_go_into_a_file_of_their_own(tmp_path: Path) -> None:
    process = subprocess.run(
        [*FILTER, "--errors", tmp_path / "errors.jsonl"], input=GOOD + b"{}\n" + GOOD, capture_output=True, check=False
    )
    assert (process.returncode, process.stderr, process.stdout.count(b"\n")) == (1, b"", 2)
    assert json.loads((tmp_path / "errors.jsonl").read_bytes())["id"] == "line-2"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is a thing of Linux")
@pytest.mark.parametrize(("full", "blamed"), [("errors", b"/dev/full"), ("stdout", b"<stdout>")])
@pytest.mark.parametrize("options", [[], ["--batch-size", "500"]], ids=["at its end", "on the way"])
def test_the_file_that_cannot_be_written_is_the_one_named(
    full: str, blamed: bytes, options: list[str], tmp_path: Path
) -> None:
    errors = "/dev/full" if full == "errors" else str(tmp_path / "errors.jsonl")
    with Path("/dev/full" if full == "stdout" else tmp_path / "out.jsonl").open("wb") as out:
        process = subprocess.run(
            [*FILTER, "--errors", errors, *options],
            input=GOOD + 300 * b"{}\n",
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert process.returncode == 3
    assert process.stderr.startswith(b"error: cannot write " + blamed + b": no space left on device; fix: ")
    assert process.stderr.count(b"\n") == 1


def test_fail_fast_ends_after_the_first() -> None:
    results, failed = filtered(b"{}\n" + 20 * GOOD, fail_fast=True)
    assert (len(results), failed) == (1, 1)


def test_a_line_comes_out_although_no_other_follows() -> None:
    with subprocess.Popen(FILTER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(3):
            process.stdin.write(GOOD)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == "a"
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_reader_that_goes_ends_it_quietly() -> None:
    with subprocess.Popen(FILTER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(GOOD)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        end = time.monotonic() + PATIENCE
        try:
            while process.poll() is None and time.monotonic() < end:
                process.stdin.write(GOOD)
                process.stdin.flush()
                time.sleep(0.05)
        except BrokenPipeError:
            pass
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs xargs")
def test_many_of_them_share_the_work_under_xargs(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.jsonl").write_bytes(5 * GOOD)
    one = f"{sys.executable} -m brief_extract --no-entities --jsonl < @ > @.out"
    command = f"ls *.jsonl | xargs -P 2 -I @ sh -c '{one}'"
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)
    assert [path.read_bytes().count(b"\n") for path in tmp_path.glob("*.out")] == [5, 5, 5, 5]


def test_it_takes_no_paths() -> None:
    process = subprocess.run([*FILTER, "articles/"], capture_output=True, check=False)
    assert process.returncode == 2
    assert b"unexpected extra argument" in process.stderr
