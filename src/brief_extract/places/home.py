"""The home of a paper, ``US-KS`` as ISO 3166 has it, in the codes of GeoNames."""

from __future__ import annotations

_CODES = {
    "CA": "AB 01 BC 02 MB 03 NB 04 NL 05 NS 07 ON 08 PE 09 QC 10 SK 11 YT 12 NT 13 NU 14",
    "AU": "ACT 01 NSW 02 NT 03 QLD 04 SA 05 TAS 06 VIC 07 WA 08",
    "GB": "ENG ENG NIR NIR SCT SCT WLS WLS",
}
"""ISO 3166-2 and GeoNames, by country. Those of the United States are the same in both."""


def area_of(home: str) -> str | None:
    """The GeoNames code of a home: of a state where both have it, else of the country; None for no home.

    >>> area_of("US-KS"), area_of("CA-ON"), area_of("FR-75"), area_of("")
    ('US.KS', 'CA.08', 'FR', None)
    """
    country, _, state = home.partition("-")
    if country == "US" and state:
        return f"US.{state}"
    codes = _CODES.get(country, "").split()
    return f"{country}.{codes[codes.index(state) + 1]}" if state in codes[::2] else country or None
