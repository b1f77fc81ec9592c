"""A tokenizer that some texts kill, found by its entry point: what an error in a model's C code does to a process."""

import ctypes
import os
import signal
import time

from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.vocab import Vocab


class Tokenizer:
    def __init__(self, vocab: Vocab) -> None:
        self._tokenizer = English(vocab).tokenizer

    def __call__(self, text: str) -> Doc:
        if "SEGFAULT" in text:
            ctypes.string_at(0)
        if "EXIT" in text:
            os._exit(3)
        if "OOM" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in text:
            time.sleep(1000)
        return self._tokenizer(text)

    def to_disk(self, _path: str, **_: object) -> None:
        pass

    def from_disk(self, _path: str, **_: object) -> "Tokenizer":
        return self


def make():  # type: ignore[no-untyped-def]  # spaCy would check the annotations
    return lambda nlp: Tokenizer(nlp.vocab)
