"""Threads, and the process of which the library is a guest: results do not depend on them, and they are left alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from brief_extract import Config, Document, Extractor, extract
from brief_extract.entities import model as models
from brief_extract.entities.shared import KEPT, Shared

CORPUS = Path(__file__).parents[1] / "corpus"
THREADS = 8
SMALL_BATCHES = Config(model_batch_size=2)


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Some paragraphs each, so that threads change often between texts."""
    found: list[str] = []
    for path in sorted(CORPUS.rglob("*.txt")):
        parts = path.read_text(encoding="utf-8").split("\n\n")
        found += ["\n\n".join(parts[at : at + 4]) for at in range(0, len(parts), 4)]
    return found[:32]


@pytest.fixture
def pressure(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Threads change after every few instructions, and the model forgets new words after each call."""
    monkeypatch.setattr(models, "LEARNT_CHARS", 0)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.fixture(scope="module")
def serial(texts: list[str]) -> list[Document]:
    return [Extractor(SMALL_BATCHES).extract(text) for text in texts]


@pytest.mark.slow
@pytest.mark.usefixtures("pressure")
def test_threads_that_share_an_extractor_lose_nothing(texts: list[str], serial: list[Document]) -> None:
    extractor = Extractor(SMALL_BATCHES)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(extractor.extract, texts)) == serial


@pytest.mark.slow
@pytest.mark.usefixtures("pressure")
def test_extractors_of_one_model_in_threads_lose_nothing(texts: list[str], serial: list[Document]) -> None:
    def every_third(first: int) -> list[Document]:
        extractor = Extractor(Config(model_batch_size=2 + first % 2))
        return list(extractor.pipe(texts[first % 3 :: 3]))

    with ThreadPoolExecutor(THREADS) as threads:
        for first, found in enumerate(threads.map(every_third, range(6))):
            assert found == serial[first % 3 :: 3]


def test_a_pipeline_reads_for_one_thread_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a memory zone frees belongs to all who read within it. Who loses depends on chance; this does not."""
    read = models.SpacyModel._batch_spans
    inside: list[int] = []
    together: set[int] = set()

    def slowly(self: models.SpacyModel, texts: list[str]) -> list[list[models.Span]]:
        inside.append(1)
        together.add(len(inside))
        time.sleep(0.02)
        try:
            return read(self, texts)
        finally:
            inside.pop()

    monkeypatch.setattr(models.SpacyModel, "_batch_spans", slowly)
    own = [Extractor(Config(model_batch_size=number)) for number in (1, 2, 1, 2)]
    with ThreadPoolExecutor(len(own)) as threads:
        documents = list(threads.map(lambda extractor: extractor.extract("Troops left Mali."), [*own, *own]))
    assert [[name.text for name in document.mentions] for document in documents] == [["Mali"]] * 8
    assert together == {1}


FIRST_USE = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor

from brief_extract import Extractor

texts = json.load(sys.stdin)
threads, loads = len(texts), []
together = threading.Barrier(threads)
sys.setswitchinterval(1e-6)
extractor = Extractor()

def count(event, args):
    if event == "open" and str(args[0]).endswith("brief_news/ner/model"):
        loads.append(args)

sys.addaudithook(count)

def first(number):
    together.wait()
    own = extractor if number % 2 else Extractor(heading_threshold=0.5 + number / 100, model_batch_size=number + 1)
    return [mention.text for mention in own.extract(texts[number]).mentions]

with ThreadPoolExecutor(threads) as pool:
    print(json.dumps([list(pool.map(first, range(threads))), len(loads)]))
"""


def in_a_fresh_process(code: str, given: object, **environment: str) -> Any:
    """What the code prints, as JSON, in an interpreter that has imported nothing of ours yet."""
    unset = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        env=unset | environment,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_the_first_texts_may_come_from_many_threads_at_once_and_load_the_model_once(texts: list[str]) -> None:
    some = texts[:THREADS]
    found, loads = in_a_fresh_process(FIRST_USE, some)
    assert found == [[mention.text for mention in extract(text).mentions] for text in some]
    assert loads == 1


FIRST_PARSE = """
import json, sys, threading
from concurrent.futures import ThreadPoolExecutor

sys.setswitchinterval(1e-6)
from brief_extract.blocks import markdown

texts = json.load(sys.stdin)
seen = []
for _ in range(200):
    markdown._parser.cache_clear()
    together = threading.Barrier(4)
    def rules(number):
        parser = markdown._parser()
        together.wait()
        return len(parser.block.ruler.getRules("paragraph"))
    with ThreadPoolExecutor(4) as pool:
        seen += pool.map(rules, range(4))
print(json.dumps(sorted(set(seen))))
"""


def test_a_parser_that_threads_use_for_the_first_time_has_all_its_rules() -> None:
    (rules,) = in_a_fresh_process(FIRST_PARSE, [])
    assert rules > 5


GUEST = """
import json, os, sys
from thinc.api import NumpyOps, get_current_ops, set_current_ops

class Own(NumpyOps):
    pass

own = Own()
set_current_ops(own)
before = dict(os.environ)
from brief_extract import Extractor, process
tuned = []
process.tune_process = lambda: tuned.append(True)
documents = list(Extractor().pipe(["Emmanuel Macron left Mali on Friday.", "Troops left."]))
assert documents[0].mentions[0].text == "Emmanuel Macron"
print(json.dumps([get_current_ops() is own, dict(os.environ) == before, bool(tuned)]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("environment", [{}, {"OPENBLAS_NUM_THREADS": "2"}])
def test_the_process_of_the_user_is_left_as_it_was(environment: dict[str, str]) -> None:
    same_ops, same_environment, tuned = in_a_fresh_process(GUEST, None, **environment)
    assert (same_ops, same_environment, tuned) == (True, True, False)


COMMAND = """
import json, os, sys
from brief_extract.cli import commands as cli
seen = []
cli.app = lambda **_: seen.append((os.environ["OPENBLAS_NUM_THREADS"], "numpy" in sys.modules))
cli.main()
print(json.dumps(seen))
"""


@pytest.mark.parametrize(("environment", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_the_process_of_the_command_is_tuned_before_numpy_comes(environment: dict[str, str], threads: str) -> None:
    assert in_a_fresh_process(COMMAND, None, **environment) == [[threads, False]]


def test_layers_take_the_matrix_product_of_numpy_whatever_ops_are_current() -> None:
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    before = get_current_ops()
    set_current_ops(NumpyOps(use_blis=True))
    try:
        pipeline = models._read("brief_news")
    finally:
        set_current_ops(before)
    ner: Any = pipeline.nlp.get_pipe("ner")
    assert {layer.ops.use_blis for layer in ner.model.get_ref("tok2vec").walk()} == {False}


def test_a_model_is_loaded_once_whatever_the_other_options(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    load = models._load
    monkeypatch.setattr(models, "_PIPELINES", Shared())

    def count(model: str) -> Any:
        loaded.append(model)
        return load(model)

    monkeypatch.setattr(models, "_load", count)
    for number in range(6):
        config = Config(heading_threshold=number / 10, model_batch_size=1 + number, max_bytes=1000 + number)
        assert [name.text for name in extract("Troops left Mali.", config).mentions] == ["Mali"]
        assert [name.text for name in Extractor(config).extract("Troops left Mali.").mentions] == ["Mali"]
    assert loaded == ["brief_news"]


def test_a_pipeline_that_was_trained_anew_is_another_one(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("")
    first = models._identity(str(tmp_path))
    os.utime(tmp_path / "config.cfg", ns=(1, 1))
    assert models._identity(str(tmp_path)) != first


def test_what_is_in_use_stays_and_of_the_rest_only_the_last() -> None:
    class Costly:
        pass

    shared, made = Shared[Costly](), list[int]()

    def get(number: int) -> Costly:
        def make() -> Costly:
            made.append(number)
            return Costly()

        return shared.get(number, make)

    held = get(0)
    for number in range(1, KEPT + 3):
        get(number)
    assert get(0) is held
    assert made == list(range(KEPT + 3))
    get(KEPT + 2)
    get(1)
    assert made == [*range(KEPT + 3), 1]


def test_a_text_on_which_the_model_fails_has_an_issue_and_the_names_of_the_lexicon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = models.SpacyModel._batch_spans

    def fail(self: models.SpacyModel, texts: list[str]) -> list[list[models.Span]]:
        if any("bomb" in text for text in texts):
            raise ValueError("no such vector")
        return read(self, texts)

    monkeypatch.setattr(models.SpacyModel, "_batch_spans", fail)
    text = "A bomb went off in Mali.\n\nEmmanuel Macron spoke.\n\n- A bomb\n- Ali Diarra, in Gao"
    document = extract(text)
    assert [name.text for name in document.mentions][:2] == ["Mali", "Emmanuel Macron"]
    assert [(issue.code, text[issue.start : issue.end]) for issue in document.issues] == [
        ("unread-names", "A bomb went off in Mali."),
        ("unread-names", "A bomb"),
    ]


def test_each_thread_has_its_own_timings() -> None:
    from brief_extract.read import read_text

    extractor = Extractor(Config(entities=False))

    def seconds(name: str) -> set[str]:
        list(extractor.pipe_sources([(name, read_text("Mali waits."))]))
        return set(extractor.timings.structure)

    with ThreadPoolExecutor(4) as threads:
        names = [f"article-{number}" for number in range(40)]
        assert list(threads.map(seconds, names)) == [{name} for name in names]
    assert extractor.timings.structure == {}
