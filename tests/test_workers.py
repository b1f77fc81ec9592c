"""Worker processes: a death or a time limit is an answer, the next job has a new process, and nothing is left over."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import pytest

from batch.samples import Stillborn, hang, stepping
from brief_extract import Config, OutputError, ReadError, WorkerError
from brief_extract.batch.articles import extract_by
from brief_extract.batch.worker import Article, Extraction, Finisher, Work
from brief_extract.errors import BriefExtractError
from brief_extract.workers import LostError, Pool, Worker, do_here
from brief_extract.workers.process import _SLICE


@pytest.fixture
def worker() -> Any:
    it = Worker(stepping)
    assert it.hello() == "ready"
    yield it
    it.end()


def test_a_job_sends_a_part_and_an_answer(worker: Worker) -> None:
    parts: list[int] = []
    assert worker.ask((3, 0.0), heed=parts.append) == 3
    assert parts == [0]


def test_a_death_says_how_and_where_and_the_next_job_has_a_new_process(worker: Worker) -> None:
    parts: list[int] = []

    def kill(place: int) -> None:
        parts.append(place)
        os.kill(worker._process.pid or 0, signal.SIGKILL)

    with pytest.raises(LostError, match=r"^SIGKILL$") as lost:
        worker.ask((2, 5.0), heed=kill)
    assert (parts, lost.value.place, lost.value.late) == ([0], 1, False)
    assert worker.ask((1, 0.0)) == 1


def test_a_worker_that_dies_idle_costs_no_job(worker: Worker) -> None:
    before = worker.ask(os.getpid)
    os.kill(before, signal.SIGKILL)
    worker._process.join()
    assert worker.ask(os.getpid) != before


def test_the_limit_is_for_each_step(worker: Worker) -> None:
    assert worker.ask((6, 1.5), limit=4) == 6
    with pytest.raises(LostError) as lost:
        worker.ask((2, 1000.0), limit=2)
    assert (lost.value.place, lost.value.late) == (0, True)


def test_c_code_is_ended_at_the_limit(worker: Worker) -> None:
    with pytest.raises(LostError) as lost:
        worker.ask(hang, limit=1)
    assert (lost.value.place, lost.value.late) == (None, True)


def test_time_in_which_the_parent_was_stopped_uses_up_one_slice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wait that takes longer than it was asked for counts as what it was asked for."""
    waits: list[float] = []

    class Connection:
        def poll(self, seconds: float) -> bool:
            waits.append(seconds)
            return False

    worker = object.__new__(Worker)
    monkeypatch.setattr(worker, "_connection", Connection(), raising=False)
    monkeypatch.setattr(worker, "_steps", [0, 0], raising=False)
    assert not worker._comes_within(5 * _SLICE)
    assert waits == [_SLICE] * 5


def fail(kind: Callable[[], Exception]) -> NoReturn:
    raise kind()


def read_error() -> ReadError:
    return ReadError("binary", place="a", what="b", fix="c")


class UnpicklableError(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


def unpicklable() -> UnpicklableError:
    return UnpicklableError(1, 2)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (partial(OutputError, "disk"), (OutputError, "^disk$")),
        (partial(ValueError, "odd"), (ValueError, "^odd$")),
        (read_error, (BriefExtractError, "^a: b; fix: c$")),
        (unpicklable, (WorkerError, "^UnpicklableError: 1 and 2$")),
    ],
)
def test_what_a_job_raises_is_raised_here(
    kind: Callable[[], Exception], said: tuple[type[Exception], str], worker: Worker
) -> None:
    with pytest.raises(said[0], match=said[1]):
        worker.ask(partial(fail, kind))
    assert worker.ask((1, 0.0)) == 1


def test_tasks_that_take_too_long_are_an_error_and_not_done_here() -> None:
    with Pool(2, limit=1) as pool, pytest.raises(WorkerError, match="more than 1 s; fix: give it more with --timeout"):
        list(pool.do([hang, hang]))


def test_one_job_without_a_model_takes_no_process() -> None:
    with Pool(1) as pool:
        assert list(pool.do([os.getpid])) == [os.getpid()] == list(do_here([os.getpid]))


def test_a_pool_that_cannot_start_leaves_nothing() -> None:
    begin = Extraction(Stillborn, Config(entities=False), Finisher())
    with pytest.raises(WorkerError, match=r"cannot begin \(exit code 7\); fix: try --jobs 1"):
        Pool(2, begin)


class Scripted:
    """A worker that follows a script: for each job the pieces that it finishes, and how it is lost."""

    ended = False

    def __init__(self, *script: tuple[list[int], LostError | None]) -> None:
        self.script = list(script)
        self.jobs: list[str] = []

    def ask(self, job: list[Article], *, limit: float, heed: Callable[[Work[Any]], None]) -> None:
        del limit
        self.jobs.append("".join(article.id for article in job))
        sizes, lost = self.script.pop(0) if self.script else ([len(job)], None)
        done = 0
        for size in sizes:
            heed(Work([article.id.upper() for article in job[done : done + size]], {"structure": 1.0}))
            done += size
        if lost:
            raise lost


DEAD, UNKNOWN = partial(LostError, "SIGKILL"), LostError("SIGKILL")
LATE = partial(LostError, "killed after 9 s", late=True)


@pytest.mark.parametrize(
    ("script", "jobs", "results"),
    [
        ([], ["abcde"], "ABCDE"),
        # What was sent is not done again, and who hangs is known.
        ([([2], LATE(place=3))], ["abcde", "ce"], "ABCtE"),
        # Who dies is tried alone once more, then the others come.
        ([([], DEAD(place=1))], ["abcde", "b", "acde"], "ABCDE"),
        ([([], DEAD(place=1)), ([], DEAD(place=0))], ["abcde", "b", "acde"], "AcCDE"),
        # Who does it is not known: each alone.
        ([([2], UNKNOWN)], ["abcde", "c", "d", "e"], "ABCDE"),
        ([([], LATE(place=None)), ([1], None), ([], LATE(place=None))], ["abcde", "a", "b", "c", "d", "e"], "AtCDE"),
        ([([2], UNKNOWN), ([], UNKNOWN), ([], UNKNOWN)], ["abcde", "c", "c", "d", "e"], "ABcDE"),
        # Where one is left, it is known.
        ([([4], UNKNOWN)], ["abcde", "e"], "ABCDE"),
        ([([4], UNKNOWN), ([], UNKNOWN)], ["abcde", "e"], "ABCDc"),
    ],
)
def test_who_is_blamed_and_what_is_done_again(
    script: list[tuple[list[int], LostError | None]], jobs: list[str], results: str
) -> None:
    worker = Scripted(*script)
    articles = [Article(id, id, "", {}) for id in "abcde"]
    work = extract_by(worker, articles, limit=9)  # type: ignore[arg-type]
    assert worker.jobs == jobs
    assert "".join(made if isinstance(made, str) else made.code[0] for made in work.results) == results
