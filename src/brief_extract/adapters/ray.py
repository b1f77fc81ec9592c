"""Ray Data. Needs ``pip install 'brief-extract[ray]'`` on all machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from brief_extract.adapters.arrow import SCHEMA, transform
from brief_extract.config import Config

if TYPE_CHECKING:
    from ray.data import Dataset

TRIES = 2
"""How often an actor that dies is begun again, and its batch tried again. Ray's own default is without end."""


def extract(
    dataset: Dataset,
    *,
    text: str = "text",
    id: str = "id",
    config: Config | None = None,
    actors: int = 2,
    batch_size: int = 64,
) -> Dataset:
    """A row of ``adapters.arrow.SCHEMA`` for each row of a dataset; what cannot be done is a row with an error.

    Args:
        actors: Processes, each with one core and a child process with the model. A text that kills the child or takes
            longer than ``Config.timeout`` costs its own row.
        batch_size: Records done together; articles are large rows.
    """
    from ray.data import ActorPoolStrategy

    return dataset.map_batches(
        _Actor,
        fn_constructor_args=(config or Config(), text, id),
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ActorPoolStrategy(size=actors),
        max_restarts=TRIES,
        max_task_retries=TRIES,
    )


class _Actor:
    def __init__(self, config: Config, text: str, id: str) -> None:
        self._config, self._text, self._id = config, text, id

    def __call__(self, table: pa.Table) -> pa.Table:
        results = transform(table.to_batches(), self._config, text=self._text, id=self._id)
        return pa.Table.from_batches(results, schema=SCHEMA)
