"""Ships: what stands before a name, a prefix or a kind of ship, tells that it is one."""

from __future__ import annotations

import re

from brief_extract.entities.lexicon import Known
from brief_extract.entities.model import Span

_VESSEL_BEFORE = re.compile(
    r"\b(?:tanker|ship|vessel|ferry|yacht|trawler|frigate|destroyer|submarine|freighter|warship|battleship|barge"
    r"|(?:aircraft|bulk) carrier|liner|icebreaker|schooner|cutter|corvette|tugboat) $"
)
_SHIP = "(?:HM[A-Z]{0,2}S|USN?S|USCGC|RMS|RFA|RRS|MV|M/V|MT|M/T|SS|INS|SLNS|ICGS|BRP|PNS|BNS|KRI|ROKS|TCG|RV|FV) "
_SHIP_BEFORE = re.compile(rf"\b{_SHIP}$")
_SHIP_OPENS = re.compile(rf"{_SHIP}(?=[A-Z])")


def vessel(text: str, span: Span, lexicon: Known) -> Span | None:
    """The span as a ship, with its prefix, if it is one: *HMS Kentmere*, *the tanker Front Altair*."""
    start, end, _ = span
    prefix = _SHIP_BEFORE.search(text, max(0, start - 8), start)
    if prefix or _SHIP_OPENS.match(text, start, end):
        return Span(prefix.start() if prefix else start, end, "PRODUCT")
    if _VESSEL_BEFORE.search(text, max(0, start - 18), start) and not lexicon.get(text[start:end]):
        return Span(start, end, "PRODUCT")
    return None
