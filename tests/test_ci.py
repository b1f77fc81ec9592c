"""What CI says is what happened: no test counts as passed that did not run, and nothing that failed is lost."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TALLY = Path(__file__).parents[1] / ".ci" / "tally.py"

PASSES = "def test_one(): pass\ndef test_two(): pass\n"
FAILS = "import pytest\ndef test_one(): pass\ndef test_two(): assert False\n@pytest.fixture\ndef no(): raise OSError\n"
FAILS += "def test_three(no): pass\n"
SKIPS = "import pytest\npytest.skip('no chromium here', allow_module_level=True)\ndef test_one(): pass\n"
SKIPS_ONE = "import pytest\ndef test_one(): pass\n@pytest.mark.skip('no chromium here')\ndef test_two(): pass\n"

Step = Callable[..., None]
Tally = Callable[..., tuple[list[str], int]]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[str, int]]:
    """What the real pytest records of a file of tests, and its exit code; each file runs once."""
    known: dict[str, tuple[str, int]] = {}

    def run(tests: str) -> tuple[str, int]:
        if tests not in known:
            folder = tmp_path_factory.mktemp("tests")
            (folder / "test_it.py").write_text(tests)
            command = [sys.executable, "-m", "pytest", "-q", f"--rootdir={folder}", "-c", os.devnull, "test_it.py"]
            environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "--junitxml=it.xml"}
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
            known[tests] = ((folder / "it.xml").read_text(), done.returncode)
        return known[tests]

    return run


@pytest.fixture
def step(records: Callable[[str], tuple[str, int]], tmp_path: Path) -> Step:
    """A step that has run, with a file of tests or without, and what it noted."""

    def run(name: str, tests: str | None, *, code: int = 0, missing: str = "") -> None:
        folder = tmp_path / name
        folder.mkdir()
        if tests is not None:
            record, code = records(tests)
            (folder / "tests.xml").write_text(record)
            code = 0 if code == 5 else code  # as the steps do
        times = "0m0.1s 0m0.2s\n1m2.5s 0m0.5s\n"
        facts = {"name": name, "status": code, "start": 100, "end": 190, "times": times, "missing": missing}
        for fact, value in facts.items():
            (folder / fact).write_text(f"{value}\n" if value != "" else "")

    return run


@pytest.fixture
def tally(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tally:
    """The lines that the tally prints, and its exit code."""
    spec = importlib.util.spec_from_file_location("tally", TALLY)
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "tally", module)
    spec.loader.exec_module(module)

    def run(*, everything: bool = True) -> tuple[list[str], int]:
        code = module.main(tmp_path, everything=everything)
        return capsys.readouterr().out.splitlines(), code

    return run


def test_passed_tests_are_counted_and_the_time_is_told(step: Step, tally: Tally) -> None:
    step("tests", PASSES)
    lines, code = tally()
    assert (lines[-1], code) == ("2 passed, 0 failed", 0)
    assert lines[2].split() == ["tests", "90", "63", "2", "0", "0", "ok"]


def test_failures_and_errors_are_counted(step: Step, tally: Tally) -> None:
    step("tests", FAILS)
    step("lint", None, code=0)
    lines, code = tally()
    assert (lines[-1], code) == ("1 passed, 2 failed", 1)
    assert "failed in tests: test_it.test_two: assert False" in lines
    assert any(line.endswith('test_it.test_three: failed on setup with "OSError"') for line in lines)


@pytest.mark.parametrize("name", ["lint", "main", "browser"])
def test_a_step_that_fails_without_a_test_is_a_failure(name: str, step: Step, tally: Tally) -> None:
    step("tests", PASSES)
    step(name, None, code=1)
    lines, code = tally()
    assert (lines[-1], code) == ("2 passed, 1 failed", 1)


def test_a_step_that_was_killed_before_it_wrote_its_end_is_a_failure(step: Step, tally: Tally, tmp_path: Path) -> None:
    step("tests", PASSES)
    (tmp_path / "tests" / "status").unlink()
    assert tally()[0][-1] == "2 passed, 1 failed"


def test_a_step_with_tests_that_recorded_none_is_a_failure(step: Step, tally: Tally) -> None:
    step("browser", None, code=0)
    assert tally()[1] == 1


@pytest.mark.parametrize("tests", [SKIPS, SKIPS_ONE], ids=["module", "test"])
def test_what_is_missing_is_told_and_its_tests_did_not_pass(tests: str, step: Step, tally: Tally) -> None:
    step("browser", tests, missing="chromium\tno chromium")
    lines, code = tally()
    assert (lines[-1], code) == (f"{int(tests == SKIPS_ONE)} passed, 0 failed", 0)
    assert "without chromium" in "\n".join(lines)
    assert lines[-3].startswith("not run: test_it")
    assert lines[-3].endswith(": no chromium here")


@pytest.mark.parametrize("tests", [SKIPS, SKIPS_ONE], ids=["module", "test"])
@pytest.mark.parametrize("missing", ["", "java\tneeds Java"])
def test_a_skip_that_nothing_explains_is_a_failure_once_every_step_has_run(
    tests: str, missing: str, step: Step, tally: Tally
) -> None:
    step("browser", tests, missing=missing)
    assert tally(everything=False)[1] == 0
    lines, code = tally()
    assert (lines[-1], code) == (f"{int(tests == SKIPS_ONE)} passed, 1 failed", 1)
    assert lines[-3].startswith("FAILED, not run: test_it")


@pytest.mark.parametrize("tests", [SKIPS, SKIPS_ONE], ids=["module", "test"])
def test_a_test_that_another_step_runs_is_not_missed(tests: str, step: Step, tally: Tally) -> None:
    step("tests", tests)
    step("browser", PASSES)
    lines, code = tally()
    assert (lines[-1], code) == (f"{2 + int(tests == SKIPS_ONE)} passed, 0 failed", 0)
    assert not [line for line in lines if "not run" in line]
