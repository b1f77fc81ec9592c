"""What the steps of CI did: a table, each test that failed or ran nowhere and why, and ``N passed, N failed``.

    python tally.py RESULTS [--all]

Each folder of RESULTS is a step: ``name``, ``status`` (the exit code), ``start`` and ``end`` (seconds), ``times`` (of
bash), ``missing`` (tools that are not there, with the reasons of skips that they explain) and JUnit files of pytest.
With ``--all`` every step has run, so that a test that ran in none of them is a failure, unless something explains it.
Exit code: 0 if nothing failed, else 1.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ALWAYS_EXPLAINED = {"the right to mount a file system": "no right to mount"}
"""What a machine may lack without a step that looks for it."""

LONGEST_REASON = 300
"""Characters of a failure's message: enough to see what went wrong where no more of the log is kept."""

Test = tuple[str, str]
"""Class or module, and name. A module that is skipped as a whole has no class, and its own name."""


@dataclass
class Step:
    """What one step left behind."""

    name: str
    code: int
    wall: int
    cpu: float
    missing: dict[str, str]
    outcomes: list[tuple[Test, str, str]] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many tests passed, failed, were skipped or failed as expected."""
        return Counter(outcome for _, outcome, _ in self.outcomes)

    @property
    def failed(self) -> int:
        """Its failed tests; a step that fails without one counts as one."""
        silent = not self.outcomes and not self.missing and self.name.split()[0] in _WITH_TESTS
        return self.counts["failed"] or int(self.code != 0 or silent)


_WITH_TESTS = {"tests", "faults", "engines", "browser"}


def read_step(folder: Path) -> Step:
    """A step from its folder; one that was cut off has failed."""
    start, end = (_number(folder / name) for name in ("start", "end"))
    lines = _text(folder / "missing").splitlines()
    step = Step(
        name=_text(folder / "name").strip(),
        code=_number(folder / "status", default=1),
        wall=max(0, end - start),
        cpu=sum(60 * int(m) + float(s) for m, s in re.findall(r"(\d+)m([\d.]+)s", _text(folder / "times"))),
        missing=dict(line.split("\t") for line in lines),
    )
    for path in sorted(folder.glob("*.xml")):
        step.outcomes += map(_outcome, ET.parse(path).iter("testcase"))
    return step


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _number(path: Path, default: int = 0) -> int:
    return int(_text(path) or default)


def _outcome(case: ET.Element) -> tuple[Test, str, str]:
    """A test, what became of it, and why it failed or was skipped."""
    test = (case.get("classname", ""), case.get("name", ""))
    for wrong in (*case.findall("failure"), *case.findall("error")):
        return test, "failed", wrong.get("message", "")
    skipped = case.find("skipped")
    if skipped is None:
        return test, "passed", ""
    if skipped.get("type") == "pytest.xfail":
        return test, "expected failures", ""
    return test, "skipped", f"{skipped.get('message', '')} {skipped.text or ''}"


def not_run(steps: list[Step]) -> dict[Test, str]:
    """The tests that were skipped wherever they were collected, with a reason."""
    ran = {test for step in steps for test, outcome, _ in step.outcomes if outcome != "skipped"}
    modules = {module for module, _ in ran}
    skipped = {test: why for step in steps for test, outcome, why in step.outcomes if outcome == "skipped"}
    return {
        test: why
        for test, why in skipped.items()
        if test not in ran and not (test[0] == "" and any(f"{module}.".startswith(f"{test[1]}.") for module in modules))
    }


def explained(why: str, steps: list[Step]) -> bool:
    """Does something that is missing explain this skip?"""
    patterns = [pattern for step in steps for pattern in step.missing.values()]
    return any(re.search(pattern, why) for pattern in [*patterns, *ALWAYS_EXPLAINED.values()])


def main(results: Path, *, everything: bool) -> int:
    """Print what was done; the exit code."""
    steps = [read_step(folder) for folder in sorted(results.iterdir(), key=lambda path: _number(path / "start"))]
    print(f"\n{'step':16} {'seconds':>8} {'CPU':>8} {'passed':>7} {'failed':>7} {'skipped':>8}")
    for step in steps:
        row = f"{step.wall:8} {step.cpu:8.0f} {step.counts['passed']:7} {step.failed:7} {step.counts['skipped']:8}"
        print(f"{step.name:16} {row}  {'ok' if not step.failed else 'FAILED'}")
        for name in step.missing:
            print(f"{'':16} without {name}")
    for step in steps:
        for (module, name), outcome, why in step.outcomes:
            if outcome == "failed":
                print(f"failed in {step.name}: {module}.{name}: {' '.join(why.split())[:LONGEST_REASON]}")
    left = not_run(steps)
    unexplained = {test for test, why in left.items() if everything and not explained(why, steps)}
    for (module, name), why in sorted(left.items()):
        told = re.sub(r"\s+", " ", re.sub(r"^.*Skipped: |^.*\.py:\d+: ", "", why, flags=re.S)).strip(" ')\"")
        print(f"{'FAILED, ' if (module, name) in unexplained else ''}not run: {module}{module and '.'}{name}: {told}")
    failed = sum(step.failed for step in steps) + len(unexplained)
    print(f"\n{sum(step.counts['passed'] for step in steps)} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), everything="--all" in sys.argv))
