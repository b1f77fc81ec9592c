"""Signals to a run whose workers are busy for ever: it ends, with its workers, and nobody holds its streams."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from batch.samples import files, hang, write_many
from brief_extract import Config
from brief_extract.batch import discover, run_batch
from brief_extract.signals import Late, time_limit
from limits import PATIENCE
from processes import children, is_alive, start, wait_for, workers

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are found in /proc")

HANG_IN_BATCH = "import batch.samples, brief_extract.batch.run as run; run.Extractor = batch.samples.Hanging"
HANG_IN_REPORT = (
    "import batch.samples, brief_extract.report.site as site\n"
    "site.WORTH_A_PROCESS = site.CHUNK = 1; site.draw_articles = batch.samples.hang_over"
)


@pytest.fixture(params=["batch", "one job", "--report", "--report-only"])
def busy(request: pytest.FixtureRequest, tmp_path: Path) -> subprocess.Popen[str]:
    """A run, or the drawing of a report, in which a worker hangs in C code."""
    articles, output = tmp_path / "articles", tmp_path / "outputs"
    write_many(articles, 70)
    form = request.param
    jobs = "1" if form == "one job" else "2"
    options = ["--no-entities", "--jobs", jobs, str(articles), str(output)]
    if form in ("batch", "one job"):
        (articles / "0" / "5.txt").write_text("HANG structure")
    elif form == "--report":
        options.insert(0, "--report")
    else:
        run_batch(discover([articles]), output, Config(entities=False, timeout=0))
        options = ["--report-only", "--jobs", jobs, str(output)]
    code = HANG_IN_BATCH if form in ("batch", "one job") else HANG_IN_REPORT
    process = start(code, *options, HANGS=str(tmp_path / "hangs"))
    wait_for(lambda: (tmp_path / "hangs").exists() or process.poll() is not None)
    assert process.poll() is None
    return process


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code and the words of a process, when everybody has let go of its streams."""
    _, stderr = process.communicate(timeout=PATIENCE)
    return process.returncode, stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGTERM, 143, "error: terminated; what is done is kept\n"),
        (signal.SIGINT, 130, "error: interrupted; what is done is kept\n"),
        (signal.SIGKILL, -9, ""),
    ],
)
def test_a_signal_ends_a_run_with_all_its_processes(
    busy: subprocess.Popen[str], number: signal.Signals, code: int, said: str
) -> None:
    started = children(busy.pid)
    assert workers(busy.pid)
    busy.send_signal(number)
    assert ended(busy) == (code, said)
    wait_for(lambda: not any(map(is_alive, started)))


@pytest.mark.parametrize("busy", ["batch"], indirect=True)
def test_two_signals_at_once_end_a_run_as_one_does(busy: subprocess.Popen[str]) -> None:
    started = children(busy.pid)
    for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGINT):
        busy.send_signal(number)
    code, said = ended(busy)
    assert (code, said) in [  # the system may deliver them in another order
        (143, "error: terminated; what is done is kept\n"),
        (130, "error: interrupted; what is done is kept\n"),
    ]
    wait_for(lambda: not any(map(is_alive, started)))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_during_import_show_no_traceback(tmp_path: Path, number: signal.Signals, code: int) -> None:
    """A module of the name of a dependency, earlier on the path, keeps the import waiting."""
    (tmp_path / "typer.py").write_text(
        "import pathlib, time\npathlib.Path(__file__).with_name('mark').touch()\ntime.sleep(1000)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-m", "brief_extract_command", "--version"],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - there are no threads
    ) as process:
        wait_for((tmp_path / "mark").exists)
        process.send_signal(number)
        process.send_signal(number)
        assert ended(process) == (code, "error: interrupted before anything was done\n")


def test_a_signal_that_was_ignored_at_the_start_stays_ignored() -> None:
    """As ``nohup`` and the background jobs of a shell ask for."""
    code = (
        "import os, signal; from brief_extract.signals import heed_signals\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN); heed_signals()\n"
        "os.kill(os.getpid(), signal.SIGINT); print('goes on')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "goes on\n", "")


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "brief_extract", "--no-entities", *map(str, arguments)]


CLOSED = {
    "stdout, where the document was to go": (1, ["one.txt"], 3, "error: cannot write <stdout>: bad file descriptor"),
    "stdout, where the lines were to go": (1, ["--jsonl"], 3, "error: cannot write <stdout>: bad file descriptor"),
    "stdout of a batch, which needs none": (1, ["one.txt", "outputs"], 0, ""),
    "stdin, from which the article was to come": (0, ["-"], 3, "error: stdin cannot be read: "),
    "stdin, from which the lines were to come": (0, ["--jsonl"], 3, "error: the input breaks off: "),
    "stdin of a batch, which needs none": (0, ["one.txt", "outputs"], 0, ""),
    "stderr": (2, ["missing.txt"], 3, ""),
    "stderr of a batch": (2, ["one.txt", "outputs"], 0, ""),
}


@pytest.mark.parametrize(("number", "arguments", "code", "said"), CLOSED.values(), ids=CLOSED)
def test_a_stream_that_was_closed_at_the_start(
    number: int, arguments: list[str], code: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("Mali closes its border")
    done = subprocess.run(
        command(*arguments),
        cwd=tmp_path,
        input='{"text": "Mali"}\n',
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.close(number),
    )
    assert done.returncode == code
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == bool(said)
    assert "error" not in done.stdout


@pytest.mark.slow
def test_few_open_files_are_an_error_or_enough(tmp_path: Path) -> None:
    write_many(tmp_path / "articles", 70)
    told = set()

    def limit_files(limit: int) -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

    for limit in range(8, 33, 4):
        output = tmp_path / f"outputs-{limit}"
        done = subprocess.run(
            command("-q", "--jobs", "2", tmp_path / "articles", output),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            preexec_fn=partial(limit_files, limit),
        )
        assert done.returncode == (3 if done.stderr else 0)
        assert done.stderr.count("\n") <= 1
        told.add(done.stderr.partition(";")[0])
    assert "error: worker processes cannot begin (Too many open files)" in told
    assert "" in told
    assert len(files(output)) > 70


def test_a_time_limit_stops_a_regular_expression_and_leaves_no_alarm() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(Late), time_limit(0.2):
        hang()
    with time_limit(1000):
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_one_article_that_hangs_is_told(tmp_path: Path) -> None:
    (tmp_path / "slow.txt").write_text("HANG structure")
    code = "import batch.samples, brief_extract.cli.show as it; it.Extractor = batch.samples.Hanging"
    process = start(code, "--no-entities", "--timeout", "1", str(tmp_path / "slow.txt"))
    said = f"error: {tmp_path}/slow.txt: not done after 1 s; fix: give it more time with --timeout"
    returned, stderr = ended(process)
    assert returned == 1
    assert stderr.startswith(said)
