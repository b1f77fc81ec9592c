"""Ray Data on a real cluster of two nodes on this machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adapters.records import CONFIG, bad_ids, records

ray = pytest.importorskip("ray", reason="pip install 'brief-extract[ray]'")
pytestmark = pytest.mark.filterwarnings("default")

from brief_extract.adapters.ray import extract  # noqa: E402


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    assert len(ray.nodes()) == 2
    yield
    ray.shutdown()
    cluster.shutdown()


@pytest.mark.usefixtures("cluster")
def test_every_row_is_a_document_or_an_error() -> None:
    given = records(120)
    rows = extract(ray.data.from_items(given, override_num_blocks=4), config=CONFIG, actors=1, batch_size=16).take_all()
    assert sorted(row["id"] for row in rows) == sorted(record["id"] for record in given)
    assert {row["id"] for row in rows if row["error"]} == bad_ids(given)
