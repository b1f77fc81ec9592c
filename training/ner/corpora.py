"""Readers of the open training sets: each yields texts with spans in OntoNotes-like labels, tidied by the rules."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import rules
from rules import Span
from synthesize import synthesize

Text = tuple[str, list[Span]]

GMB_LABELS = {"per": "PERSON", "geo": "GPE", "org": "ORG", "gpe": "NORP"}
GMB_PARAGRAPH = (1, 2, 2, 3, 4, 6)  # sentences; the set keeps the order of its articles
CURLY_SHARE = 0.35  # of texts get typographic quotes, as most news pages have
TWITTER_SHARE = 0.25  # of posts without a name are kept
SHORTEST_POST = 16  # characters
_TWITTER = re.compile(r"^(RT )|RT\s*:|RT (?=@)|@ ?\w+:?\s*|https?://\S+\s*|#(?=\w)|via (?=@)")
_SPLIT_QUOTE = re.compile(r"(?<=') (?=s\b)|(?<= [\"(]) ")


def read(path: Path) -> Iterator[Text]:
    """Records of one JSON Lines file."""
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        yield record["text"], [(start, end, label) for start, end, label in record["ents"]]


def without(text: str, spans: list[Span], pattern: re.Pattern[str]) -> Text:
    """Cut out what matches; a span that loses a character goes too."""
    keep = [True] * len(text)
    for found in pattern.finditer(text):
        keep[found.start() : found.end()] = [False] * (found.end() - found.start())
    place = [0]
    for kept in keep:
        place.append(place[-1] + kept)
    moved = [(place[a], place[b], label) for a, b, label in spans if a < b and all(keep[a:b])]
    return "".join(c for c, kept in zip(text, keep, strict=True) if kept), moved


def curly(text: str) -> str:
    """Straight quotes made typographic; the length stays."""
    text = re.sub(r"(?<=\w)'", "’", text)
    return re.sub(r'(^|[\s(])"', r"\1“", text).replace('"', "”")


def posts(path: Path, rng: random.Random) -> Iterator[Text]:
    """Social posts without user names, addresses and hash signs."""
    for text, spans in read(path):
        text, spans = without(text, spans, _TWITTER)
        if len(text.strip()) >= SHORTEST_POST and (spans or rng.random() < TWITTER_SHARE):
            yield text, spans


def wikipedia(path: Path) -> Iterator[Text]:
    """CrossNER's sentences, with the blanks of its tokeniser closed."""
    for text, spans in read(path):
        yield without(text, spans, _SPLIT_QUOTE)


def gmb(path: Path, rng: random.Random) -> Iterator[Text]:
    """GMB's sentences joined to paragraphs, its labels mapped and trimmed."""
    sentences = list(read(path))
    at = 0
    while at < len(sentences):
        count, gap = rng.choice(GMB_PARAGRAPH), " " if rng.random() < 0.7 else "\n\n"
        text, spans = join(sentences[at : at + count], gap)
        yield curly(text) if rng.random() < CURLY_SHARE else text, _gmb_spans(text, spans)
        at += count


def own(count: int, seed: int) -> Iterator[Text]:
    """Filled templates, some of them joined to longer texts."""
    rng = random.Random(seed)
    rest = synthesize(count, seed)
    for first in rest:
        more = [item for _, item in zip(range(rng.choice((0, 0, 0, 1, 2))), rest, strict=False)]
        text, spans = join([first, *more], rng.choice((" ", "\n", "\n\n")))
        yield curly(text) if rng.random() < CURLY_SHARE else text, spans


def join(texts: list[Text], gap: str) -> Text:
    """One text out of several, the spans moved along."""
    joined, spans = "", []
    for text, own_spans in texts:
        joined += gap if joined else ""
        spans += [(a + len(joined), b + len(joined), label) for a, b, label in own_spans]
        joined += text
    return joined, spans


def _gmb_spans(text: str, spans: list[Span]) -> list[Span]:
    mapped = [(start, end, GMB_LABELS[label]) for start, end, label in spans if label in GMB_LABELS]
    return [tidied for span in mapped if (tidied := rules.tidy(text, span))]
