"""Ray Data on a real cluster of two nodes on this machine."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters import killers
from adapters.records import CONFIG, NAMES, bad_ids, names_in, records
from limits import PATIENCE

ray = pytest.importorskip("ray", reason="pip install 'brief-extract[ray]'")
pytestmark = pytest.mark.filterwarnings("default")

from brief_extract.adapters.ray import extract  # noqa: E402


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", killers.PYTHONPATH)
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
        cluster.add_node(num_cpus=1)
    try:
        ray.init(address=cluster.address, log_to_driver=False)
        assert len(ray.nodes()) == 2
        yield
    finally:
        ray.shutdown()
        cluster.shutdown()


@pytest.mark.usefixtures("cluster")
def test_every_row_is_a_document_or_an_error() -> None:
    given = records(120)
    rows = extract(ray.data.from_items(given, override_num_blocks=4), config=CONFIG, actors=1, batch_size=16).take_all()
    assert sorted(row["id"] for row in rows) == sorted(record["id"] for record in given)
    assert {row["id"] for row in rows if row["error"]} == bad_ids(given)


def _actors() -> list[int]:
    """The processes of the actors that do the work in this test's cluster, not in another one on this machine."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            pid = int(path.parent.name)
            if path.read_bytes().startswith(b"ray::MapWorker") and os.getpid() in _ancestors(pid):
                found.append(pid)
        except OSError:
            continue  # it has just ended
    return found


def _ancestors(pid: int) -> Iterator[int]:
    while pid > 1:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        pid = int(status.partition("PPid:")[2].split()[0])
        yield pid


@pytest.mark.usefixtures("cluster")
def test_an_actor_that_is_killed_loses_no_row_and_names_are_found() -> None:
    given = records(600)
    of_the_test_before = _actors()
    killed: list[int] = []

    def kill_one() -> None:
        end = time.monotonic() + PATIENCE
        while not killed and time.monotonic() < end:
            time.sleep(0.1)
            for actor in _actors():
                if actor not in of_the_test_before:
                    time.sleep(1)  # time to begin
                    os.kill(actor, signal.SIGKILL)
                    killed.append(actor)

    killer = threading.Thread(target=kill_one)
    killer.start()
    rows = extract(ray.data.from_items(given, override_num_blocks=4), config=NAMES, actors=1, batch_size=8).take_all()
    killer.join()
    assert killed
    assert sorted(row["id"] for row in rows) == sorted(record["id"] for record in given)
    assert {row["id"] for row in rows if row["error"]} == bad_ids(given)
    assert all(names_in(row["document"]) == {"France", "Emmanuel Macron"} for row in rows if row["document"])


@pytest.mark.usefixtures("cluster")
def test_a_text_that_kills_or_hangs_costs_its_own_row(tmp_path: Path) -> None:
    given = killers.records(20, "SEGFAULT", "HANG")
    config = killers.deadly(tmp_path)
    rows = extract(ray.data.from_items(given, override_num_blocks=2), config=config, actors=1, batch_size=10).take_all()
    assert sorted(row["id"] for row in rows) == sorted(record["id"] for record in given)
    assert {row["id"]: row["error"]["code"] for row in rows if row["error"]} == {"SEGFAULT": "crash", "HANG": "timeout"}
