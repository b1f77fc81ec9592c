from __future__ import annotations

import copy
import pickle
from typing import Any

import msgspec
import pytest

from brief_extract import Config


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"lines": "folded"}, "one of auto, paragraphs, wrapped"),
        ({"heading_threshold": 7}, "from 0 to 1"),
        ({"language": "English"}, "a code such as 'en'"),
        ({"model_batch_size": 0}, "model_batch_size is 0; it is at least 1"),
        ({"max_bytes": -1}, "max_bytes is -1"),
        ({"timeout": -1}, "timeout is -1; it is a number of seconds, or 0 for no limit"),
        ({"timeout": float("inf")}, "timeout is inf"),
        ({"timeout": float("nan")}, "timeout is nan"),
    ],
)
def test_an_option_out_of_its_range_is_refused_by_name(options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Config(**options)


@pytest.mark.parametrize("language", ["en", "en-GB", "en_US", "EN"])
def test_the_region_of_a_language_is_left_out(language: str) -> None:
    assert Config(language=language) == Config(language="en")


def test_a_config_is_a_key_and_stays_as_it_was_made() -> None:
    given = {"fr": "fr_core_news_sm", "de": "de_core_news_sm"}
    config = Config(models=given)
    as_key = {config: "done"}
    given["it"] = "it_core_news_sm"
    assert as_key[Config(models=dict(reversed([*config.models.items()])))] == "done"
    changes: list[Any] = [
        lambda models: models.update(it="x"),
        lambda models: models.__setitem__("it", "x"),
        lambda models: models.__delitem__("fr"),
        lambda models: models.pop("fr"),
        lambda models: models.setdefault("it", "x"),
        lambda models: models.clear(),
        lambda models: models.popitem(),
        lambda models: models.__ior__({"it": "x"}),
    ]
    for change in changes:
        with pytest.raises(TypeError, match="make a new Config"):
            change(config.models)
    assert config.models == {"fr": "fr_core_news_sm", "de": "de_core_news_sm"}


def test_a_config_travels() -> None:
    config = Config(models={"fr": "fr_core_news_sm"}, heading_threshold=0.7)
    travelled = [
        pickle.loads(pickle.dumps(config)),
        copy.deepcopy(config),
        msgspec.json.decode(msgspec.json.encode(config), type=Config),
        msgspec.structs.replace(config, model_batch_size=64),
    ]
    for other in travelled:
        assert (other, hash(other), other.digest) == (config, hash(config), config.digest)
