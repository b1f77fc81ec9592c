"""How ``gazetteer.bin`` is laid out: what the script that writes it and the code that reads it both know."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

MAGIC = b"brief-extract gazetteer 1\n"
"""The first bytes; the number is that of the layout."""

SECTIONS = (
    "keys",
    "areas",
    "admin2",
    "names",
    "starts",
    "lat",
    "lon",
    "geonames",
    "area",
    "second",
    "level",
    "kind",
)
"""The sections in their order; behind the first bytes stand their lengths, as 32-bit numbers, low byte first.

``keys`` has a sorted line for each folded name with the numbers of its places; ``areas`` and ``admin2`` a line for each
code or name; ``names`` one for each place, which begins where ``starts`` says. The others are columns.
"""

KINDS = ("country", "admin1", "admin2", "town", "district", "region", "water", "mountain")
ALIAS = "~"
"""Stands behind the number of a place of which the name is another spelling."""

DEGREE = 1000
"""Latitudes and longitudes are whole thousandths of a degree, about 100 m."""

STEP = 12
"""Populations are kept as natural logarithms in twelfths, so that one byte is enough."""

_NO_LETTER = re.compile(r"[^\w]+|_+")
_LIKE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """The name as a key: lower case, without accents, apostrophes and full stops, other marks as spaces.

    >>> fold("Saint-Étienne"), fold("N’Djamena"), fold("St. John's")
    ('saint etienne', 'ndjamena', 'st johns')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LIKE))
    kept = "".join(char for char in plain if not unicodedata.combining(char) and char not in "'’‘ʻʼ`.")
    return _NO_LETTER.sub(" ", kept).strip()


def level(population: int) -> int:
    """The population as one byte."""
    return min(255, round(math.log1p(population) * STEP))
