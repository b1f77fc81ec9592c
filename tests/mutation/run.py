"""Mutation tests: which small changes of the code does no test notice?

    PYTHONPATH=tests python -m mutation.run cells --sample 100

imports the package and the tests of one part once. For each mutant it then makes a copy of the process (a fork),
puts the mutant in place, and runs the tests until one fails. A mutant that no test notices survives. ``parts.toml``
says which tests are those of a part, ``equivalent.toml`` which mutants change nothing that anybody could notice, and
why.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import resource
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from mutation.graft import InvalidError, graft, prepare
from mutation.operators import Mutant, mutants

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SOURCES = ROOT / "src" / "brief_extract"
LEAST_SECONDS = 5
"""CPU time that a mutant has at least; it has four times what the tests take without a change."""

SURVIVED, KILLED, INVALID, BROKEN = 0, 1, 3, 4


class Part(NamedTuple):
    """A part of the package and its tests, as ``parts.toml`` has them."""

    sources: list[str]
    tests: list[str]
    without: Sequence[str] = ()

    def files(self) -> list[Path]:
        """The modules of this part."""
        return sorted(path for pattern in self.sources for path in SOURCES.glob(pattern))


class Known(NamedTuple):
    """A mutant that is known to be equivalent."""

    file: str
    was: str
    now: str
    why: str


def known() -> dict[tuple[str, str, str], str]:
    """The equivalent mutants: file, lines before and after without their indentation -> why."""
    text = (HERE / "equivalent.toml").read_text("utf-8")
    entries = [Known(**entry) for entry in tomllib.loads(text).get("mutant", [])]
    return {(entry.file, _plain(entry.was), _plain(entry.now)): entry.why for entry in entries}


def parts() -> dict[str, Part]:
    """The parts by name."""
    return {name: Part(**part) for name, part in tomllib.loads((HERE / "parts.toml").read_text("utf-8")).items()}


class Driver:
    """A plugin of pytest that runs the collected tests once for each mutant."""

    def __init__(self, chosen: Sequence[Mutant], *, verbose: bool) -> None:
        self.mutants = chosen
        self.verbose = verbose
        self.known = known()
        self.items: list[pytest.Item] = []
        self.kills: Counter[tuple[Path | None, str]] = Counter()
        self.seconds: dict[str, float] = {}
        self.results: list[tuple[Mutant, int]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, which must pass, then with each mutant."""
        self.items = list(session.items)
        for item in self.items:
            began = time.process_time()
            if not self._passes(session, [item]):
                pytest.exit(f"fails without any change: {item.nodeid}", 2)
            self.seconds[item.nodeid] = time.process_time() - began
        print(f"{len(self.items)} tests take {sum(self.seconds.values()):.1f} s without a change", flush=True)
        prepare()
        gc.collect()
        gc.disable()  # a collection in a child would copy what it shares with this process
        if self._attempt(session, None) != SURVIVED:
            pytest.exit("the tests do not pass a second time", 2)
        for mutant in self.mutants:
            fate = self._attempt(session, mutant)
            self.results.append((mutant, fate))
            if fate == SURVIVED and self.verbose and key(mutant) not in self.known:
                print(shown(mutant), flush=True)
        return True

    def _passes(self, session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
        for item in items:
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if session.testsfailed:
                self.failed = item.nodeid
                return False
        return True

    def _attempt(self, session: pytest.Session, mutant: Mutant | None) -> int:
        """The fate of one mutant. The tests that noticed others of its module run first, then the quick ones."""
        path = mutant.path if mutant else None
        order = sorted(self.items, key=lambda item: (-self.kills[path, item.nodeid], self.seconds[item.nodeid]))
        receiver, sender = os.pipe()
        child = os.fork()
        if not child:
            self._be(session, mutant, order, sender)
        os.close(sender)
        with os.fdopen(receiver) as pipe:
            failed = pipe.read()
        _, status = os.waitpid(child, 0)
        fate = os.WEXITSTATUS(status) if os.WIFEXITED(status) else KILLED
        if fate == BROKEN:
            raise RuntimeError(f"{mutant}: {failed}")
        self.kills[path, failed] += 1
        return fate

    def _be(self, session: pytest.Session, mutant: Mutant | None, order: Sequence[pytest.Item], sender: int) -> None:
        limit = int(max(LEAST_SECONDS, 4 * sum(self.seconds.values())))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        status = KILLED
        try:
            if mutant:
                graft(mutant)
            for item in order:
                if isinstance(item, pytest.DoctestItem) and isinstance(item.parent, pytest.Module):
                    item.dtest.globs = dict(vars(item.parent.obj))  # a doctest empties them in the end
            status = SURVIVED if self._passes(session, order) else KILLED
        except InvalidError:
            status = INVALID
        except BaseException as error:  # noqa: BLE001 - the parent reports it
            self.failed = repr(error)
            status = BROKEN
        finally:
            if status in (KILLED, BROKEN):
                os.write(sender, getattr(self, "failed", "").encode())
            os._exit(status)


def run(part: Part, chosen: Sequence[Mutant], *, verbose: bool) -> list[tuple[Mutant, int]]:
    """Each mutant with its fate."""
    settings.register_profile("mutation", deadline=None, max_examples=15, derandomize=True, database=None)
    os.environ["HYPOTHESIS_PROFILE"] = "mutation"
    driver = Driver(chosen, verbose=verbose)
    options = [
        "-p",
        "no:terminal",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:unraisableexception",
        "--rootdir",
        str(ROOT),
        "-o",
        "addopts=",
    ]
    options += [
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "--import-mode=importlib",
        "--doctest-modules",
        "--doctest-ignore-import-errors",
        "-s",
    ]
    options += ["-k", " and ".join(f"not {word}" for word in part.without)] if part.without else []
    tests = [str(ROOT / path) for path in part.tests] + [str(path) for path in part.files()]
    pytest.main([*options, *tests], plugins=[driver])
    if len(driver.results) != len(chosen):
        sys.exit("the tests do not pass without a change, or are not found")
    return driver.results


def report(name: str, results: Iterable[tuple[Mutant, int]]) -> float:
    """Print the score by module, without the equivalent mutants; the score of all in percent."""
    killed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    equivalent = known()
    for mutant, fate in results:
        file = key(mutant)[0]
        if key(mutant) in equivalent:
            if fate == KILLED:
                print(f"said to be equivalent, but a test notices it:\n{shown(mutant)}")
        elif fate != INVALID:
            total[file] += 1
            killed[file] += fate == KILLED
    for file in sorted(total):
        print(f"{file:32} {killed[file]:5} of {total[file]:5} {100 * killed[file] / total[file]:6.1f} %")
    score = 100 * killed.total() / max(1, total.total())
    print(f"{name:32} {killed.total():5} of {total.total():5} {score:6.1f} %")
    return score


def key(mutant: Mutant) -> tuple[str, str, str]:
    """What a mutant is known by: its file, and its lines before and after."""
    return mutant.path.relative_to(SOURCES).as_posix(), _plain(mutant.before), _plain(mutant.after)


def shown(mutant: Mutant) -> str:
    """A mutant as a difference."""
    file, before, after = key(mutant)
    return f"{file}:{mutant.line} {mutant.scope}\n  - {before}\n  + {after}"


def _plain(lines: str) -> str:
    return "\n".join(line.strip() for line in lines.split("\n"))


def main() -> None:
    """Run one part and report; exit code 1 below the floor."""
    parser = argparse.ArgumentParser(description="Which small changes of the code does no test notice?")
    parser.add_argument("part", choices=parts())
    parser.add_argument("--only", help="a word of the name of the modules to change", default="")
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by the seed, instead of all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--floor", type=float, default=0, help="the least score in percent")
    parser.add_argument("--quiet", action="store_true", help="print no survivors")
    parser.add_argument("--json", type=Path, help="write the fate of each mutant here")
    arguments = parser.parse_args()
    part = parts()[arguments.part]
    chosen = [mutant for path in part.files() if arguments.only in path.name for mutant in mutants(path)]
    if arguments.sample is not None and arguments.sample < len(chosen):
        chosen = random.Random(arguments.seed).sample(chosen, arguments.sample)
    results = run(part, chosen, verbose=not arguments.quiet)
    if arguments.json:
        rows = [[m.path.name, m.line, m.scope, m.before, m.after, fate] for m, fate in results]
        arguments.json.write_text(json.dumps(rows, indent=0), "utf-8")
    score = report(arguments.part, results)
    if score < arguments.floor:
        sys.exit(f"{score:.1f} % is below the floor of {arguments.floor:g} %")


if __name__ == "__main__":
    main()
