"""Extraction in a child process: whatever a text does to it, it costs that text alone, and this process goes on."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from batch.samples import ARTICLE, Deadly, Hanging, Stillborn
from brief_extract import Config, Document, Extractor, Failure, ModelError, WorkerError
from brief_extract.batch.worker import Article, source_of
from brief_extract.guard import Guard
from brief_extract.stage import Stage

PLAIN = Config(entities=False)
IMPATIENT = Config(entities=True, language="de", timeout=4)
"""With names, by the lexicon alone: a language without a model."""


def article(text: str, id: str = "a") -> Article:
    return Article(id, f"{id}.txt", text, {})


def codes(results: list[Document | Failure]) -> list[str]:
    return [result.code if isinstance(result, Failure) else "done" for result in results]


def test_the_document_is_the_one_that_this_process_would_make() -> None:
    with Guard(PLAIN) as guard:
        source = source_of(article(ARTICLE), PLAIN)
        assert guard.extract(article(ARTICLE)) == next(Extractor(PLAIN).pipe_sources([("a", source)]))


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["structure", "names"])
def test_a_text_that_hangs_is_told_and_costs_no_other(stage: str) -> None:
    texts = ["one", "two", f"HANG {stage}", "three"]
    with Guard(IMPATIENT, factory=Hanging) as guard:
        results = guard.batch([article(text, id=str(at)) for at, text in enumerate(texts)])
        assert codes(results) == ["done", "done", "timeout", "done"]
        assert codes([guard.extract(article("four"))]) == ["done"]
    failure = results[2]
    assert isinstance(failure, Failure)
    assert failure.message.startswith("2.txt: not done after 4 s; fix: give it more time with --timeout")


@pytest.mark.slow
def test_a_text_that_kills_the_child_is_told_and_costs_no_other(tmp_path: Path) -> None:
    texts = ["one", "DEADLY", f"ONCE {tmp_path / 'mark'}", "two"]
    with Guard(PLAIN, factory=Deadly) as guard:
        assert codes(guard.batch(list(map(article, texts)))) == ["done", "crash", "done", "done"]
        assert codes([guard.extract(article("three"))]) == ["done"]


def test_threads_may_share_a_guard() -> None:
    found: dict[int, Document | Failure] = {}

    def run(number: int) -> None:
        for _ in range(5):
            found[number] = guard.extract(article(f"{ARTICLE}\n{number}\n", id=str(number)))

    with Guard(PLAIN) as guard:
        threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(result.id for result in found.values()) == ["0", "1", "2", "3"]


def test_a_child_that_cannot_begin_is_an_error_of_the_caller() -> None:
    with Guard(PLAIN, factory=Stillborn) as guard, pytest.raises(WorkerError, match=r"\(exit code 7\)"):
        guard.extract(article("one"))
    with Guard(Config(model="no_such_model")) as guard, pytest.raises(ModelError, match="no_such_model"):
        guard.extract(article("one"))


def test_a_guarded_stage_gives_what_a_plain_one_gives() -> None:
    records: list[object] = [
        {"id": 7, "text": ARTICLE, "desk": "wire"},
        {"text": None},
        {"id": "b", "text": b"\xff\xfe\x00"},
        {"id": "c", "text": ARTICLE.encode()},
        "no record",
    ]
    guarded = Stage(PLAIN, guarded=True)
    assert guarded.batch(records) == Stage(PLAIN).batch(records)
    guarded.close()


def test_a_guard_after_the_end_of_its_child_starts_another() -> None:
    guard = Guard(PLAIN)
    assert codes([guard.extract(article("one"))]) == ["done"]
    guard.close()
    guard.close()
    assert codes([guard.extract(article("two"))]) == ["done"]
    guard.close()


def test_a_script_without_a_main_guard_may_use_it(tmp_path: Path) -> None:
    """A fresh interpreter that imported the script would start a guard of its own, and so on."""
    script = tmp_path / "script.py"
    script.write_text(
        "from brief_extract import Config\n"
        "from brief_extract.batch.worker import Article\n"
        "from brief_extract.guard import Guard\n"
        "print('once')\n"
        "with Guard(Config(entities=False)) as guard:\n"
        "    print(guard.extract(Article('a', 'a', 'Mali', {})).id)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "once\na\n", "")
