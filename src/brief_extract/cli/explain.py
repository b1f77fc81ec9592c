"""What a code means: of an issue in a document, or of an article that could not be done."""

from __future__ import annotations

import difflib

from typer import BadParameter

from brief_extract.errors import FAILURES, ISSUES


def explanation(code: str | None) -> str:
    """The meaning of a code, or of all of them, as lines.

    Raises:
        typer.BadParameter: there is no such code.
    """
    if code is None:
        codes = {**{f"issue {code}": text for code, text in ISSUES.items()}}
        codes |= {f"failure {code}": text for code, text in FAILURES.items()}
        return "".join(f"{name:24}  {text}\n" for name, text in sorted(codes.items()))
    meanings = [f"{kind} {code}: {codes[code]}\n" for kind, codes in _KINDS if code in codes]
    if not meanings:
        near = difflib.get_close_matches(code, [*ISSUES, *FAILURES], 1)
        hint = f"; did you mean {near[0]}?" if near else "; brief-extract explain lists all"
        raise BadParameter(f"{code!r} is no code of an issue or a failure{hint}")
    return "".join(meanings)


_KINDS = (("issue", ISSUES), ("failure", FAILURES))
