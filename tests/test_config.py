from __future__ import annotations

from typing import Any

import pytest

from brief_extract import Config


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"lines": "folded"}, "one of auto, paragraphs, wrapped"),
        ({"heading_threshold": 7}, "from 0 to 1"),
        ({"language": "English"}, "a code such as 'en'"),
        ({"batch_size": 0}, "batch_size is 0; it is at least 1"),
        ({"max_bytes": -1}, "max_bytes is -1"),
    ],
)
def test_an_option_out_of_its_range_is_refused_by_name(options: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Config(**options)


@pytest.mark.parametrize("language", ["en", "en-GB", "en_US", "EN"])
def test_the_region_of_a_language_is_left_out(language: str) -> None:
    assert Config(language=language) == Config()
