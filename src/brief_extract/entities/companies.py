"""Companies: what follows a name, a legal form or the sign of a share, tells that it is one."""

from __future__ import annotations

import re

from brief_extract.entities.model import Span

_TICKER = re.compile(
    r" \((?:[A-Z0-9]{1,6}\.[A-Z]{1,2}|(?:NYSE|NASDAQ|Nasdaq|LSE|JSE|NSE|BSE|TSX|ASX|HKEX): ?[A-Z0-9.]{1,8})\)"
)
"""The sign of a share behind the name of a company: *Lanco Infra (LAIN.NS)*, *Ford (NYSE: F)*."""
_LONGEST_FORM = len(", Pvt., Limited.")
_COMPANY = re.compile(
    r",? (?:(?:(?:& |and )?(?:Co|CO)|Pvt|PVT|Pte|PTE|Pty|PTY)\b\.?,? )?"
    r"(?:Ltd|LTD|Limited|Inc|INC|Corp|CORP|LLC|LLP|PLC|[Pp]lc|GmbH|AG|SA|S\.A|S\.p\.A|SpA|N\.V|NV|B\.V|BV|AB|ASA|A/S|Oyj"
    r"|KGaA|Bhd|Tbk|K\.K|Co(?=\.(?! [A-Z]|$)))\b(?:\.(?! [A-Z]|$))?"
)
"""The legal form behind the name of a company; its full stop belongs to it unless it may end a sentence."""


def company(text: str, span: Span) -> Span | None:
    """The span as a company, with its legal form and nothing behind that, if it is one."""
    if _TICKER.match(text, span.end):
        return span._replace(label="ORG")
    form = _COMPANY.search(text, span.start, span.end + _LONGEST_FORM)
    if form and span.start < form.start() <= span.end:
        return Span(span.start, form.end(), "ORG")
    return None


def is_company(name: str) -> bool:
    """Whether a name ends in the legal form of a company: *Reach Office GmbH*."""
    form = _COMPANY.search(name)
    return form is not None and form.start() > 0 and form.end() == len(name)
