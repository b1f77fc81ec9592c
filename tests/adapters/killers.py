"""A real model that some texts kill or hang, for every engine: the package that holds it is found by PYTHONPATH."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from brief_extract import Config

PACKAGE = Path(__file__).with_name("killer")
PYTHONPATH = os.pathsep.join([str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])])

LIMIT = 20.0
"""Seconds for an article. Far above what one takes, for these tests run beside others."""

CODES = {"SEGFAULT": "crash", "EXIT": "crash", "OOM": "crash", "HANG": "timeout"}
"""What each word does to the process that reads it, as the code of the failure."""

_MAKE = """
import sys, spacy
nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "killer_for_tests"}}})
nlp.add_pipe("ner").add_label("PERSON")
nlp.initialize()
nlp.to_disk(sys.argv[1])
"""


def deadly(folder: Path) -> Config:
    """A config whose model dies of the words in ``CODES``; made by another process, for this one may not know it."""
    environment = {**os.environ, "PYTHONPATH": PYTHONPATH}
    subprocess.run([sys.executable, "-c", _MAKE, folder / "model"], check=True, env=environment, capture_output=True)
    return Config(model=str(folder / "model"), timeout=LIMIT)


def records(count: int, *words: str) -> list[dict[str, Any]]:
    """Ordinary records, and among them one with each of the words, far from the others."""
    given = [{"id": f"article-{number}", "text": f"Post {number} in Mali is open.\n"} for number in range(count)]
    for number, word in enumerate(words):
        given[number * count // len(words) + 1] = {"id": word, "text": f"It read {word} in Mali.\n"}
    return given
