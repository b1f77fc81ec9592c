"""Texts that mean harm, and a reader of pages."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from brief_extract.report.drawer import Drawn, draw_articles

HARM = (
    "<script>window.harm = 1</script>",
    "<img src=x onerror='window.harm = 2'>",
    '"onload="window.harm = 3" x="',
    "</pre></td></table><svg onload=window.harm=4>",
    "javascript:window.harm=5",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnp.exe\u202c",
    "--><!-- <style>*{display:none}</style>",
    "&lt;script&gt;window.harm = 6&lt;/script&gt;",
    "https://outside.example/x.png",
)

OFFSETS = (
    "Bamako 🇲🇱 opens\r\nFrance sent 😀 aid to Mali.\r\n"
    "Reasons given:\r\n- 🛰️ Niger said so\r\n- Chad\u200b too\rLate news"
)
"""Line ends, signs of two units, signs that are not seen: what offsets go wrong by."""


def write_hostile(folder: Path) -> None:
    """Articles, file names and fields of records that try to become markup."""
    folder.mkdir()
    for number, harm in enumerate(HARM):
        (folder / f"harm-{number}.txt").write_text(
            f"{harm} Shakes Markets in France\nThe bank {harm} said in Paris that Mali would pay.\n"
            f"Three points matter:\n- {harm}\n- Germany {harm}\n- Russia\n"
            f"| Name {harm} | Before | After |\n|---|---|---|\n| {harm} | 10 | 20 |\n| Mali | 30 | 40 |\n"
            f"> {harm}\n\n```\n{harm}\n```\n",
            encoding="utf-8",
        )
    (folder / "offsets.txt").write_bytes(OFFSETS.encode())
    (folder / "huge-cell.txt").write_text(f"| A | B |\n|---|---|\n| {'wide ' * 20_000} | 1 |\n", encoding="utf-8")
    wide = ["|" + " | ".join(f"{start}{number}" for number in range(3000)) + " |" for start in ("c", "", "")]
    wide.insert(1, "|" + "---|" * 3000)
    (folder / "wide.txt").write_text("\n".join(wide) + "\n", encoding="utf-8")
    (folder / "<img src=x onerror=alert(1)>.txt").write_text("Mali waits.\n", encoding="utf-8")
    (folder / "50%25 off & more#1?.txt").write_text("Ghana waits.\n", encoding="utf-8")
    (folder / "empty <script>.txt").write_bytes(b"")
    record = {"id": "record", "text": "Kenya waits for Amina Otieno.", "title": HARM[0], "url": HARM[4], "by": HARM[1]}
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes, its links, its ids, its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, name: str) -> list[str]:
        """The values of an attribute, all over the page."""
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]


def pages(outputs: Path) -> list[Page]:
    """All pages of a report."""
    return [Page(path) for path in sorted((outputs / "report").rglob("*.html"))]


def die_elsewhere(output: Path, overwrite: bool, ids: Sequence[str]) -> Drawn:
    """``draw_articles``, which kills every process but the one that ``SURVIVOR`` in the environment names."""
    if os.getpid() != int(os.environ["SURVIVOR"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return draw_articles(output, overwrite, ids)
