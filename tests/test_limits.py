"""The limit that other tests rely on."""

from __future__ import annotations

import re
import time

import pytest

from limits import cpu_seconds


def without_end() -> None:
    while True:
        pass


def test_work_without_an_end_is_stopped() -> None:
    with pytest.raises(pytest.fail.Exception, match=r"0\.2 seconds of CPU time"), cpu_seconds(0.2):
        without_end()


def test_a_regular_expression_without_an_end_is_stopped() -> None:
    with pytest.raises(pytest.fail.Exception), cpu_seconds(0.2):
        re.match("(a|aa)+$", "a" * 60 + "b")


def test_a_wait_is_no_work() -> None:
    with cpu_seconds(0.2):
        time.sleep(0.4)


def test_the_limit_ends_with_its_block() -> None:
    with cpu_seconds(0.1):
        pass
    start = time.process_time()
    while time.process_time() < start + 0.2:
        pass
