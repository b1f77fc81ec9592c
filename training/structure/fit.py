"""Fit the two scorers of the structure stage: where blocks end, and which lines are headings.

    python training/structure/fit.py SAMPLE [--write]

``SAMPLE`` is a folder with ``truth.jsonl``, ``inputs_L1.jsonl`` to ``inputs_L5.jsonl`` and ``manifest.tsv``: documents
with their truth at several levels of damage. Our own ``furniture.jsonl`` (news pages),
``guides.jsonl`` (headings in series, with colons, in other scripts) and ``briefings.md`` (as written, briefings,
releases and articles) beside this file join them. Documents whose lines are whole paragraphs come once more, wrapped
at a width. Scores are cross-validated by the documents' source, so that no source is both learnt from and measured on.
With ``--write`` the weights go to ``src/brief_extract/blocks/weights`` together with these scores.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from brief_extract import Config, Extractor
from brief_extract.blocks import breaks, evidence, headings
from brief_extract.blocks.decide import group, set_items, set_tables
from brief_extract.blocks.decisions import Decisions
from brief_extract.blocks.elements import read_elements
from brief_extract.blocks.inline import visible
from brief_extract.blocks.kinds import BULLET, ORDERED, TEXT
from brief_extract.blocks.lines import Lines, view_of
from brief_extract.blocks.lists import find_items
from brief_extract.blocks.profile import profile
from brief_extract.blocks.scorer import Scorer
from brief_extract.blocks.tables import find_tables

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "src" / "brief_extract" / "blocks" / "weights"
LEVELS = ("L1", "L2", "L3", "L4", "L5")
WRAPPED_LEVELS = ("L4",)
KEPT = (0.2, 0.5, 0.8, 1.0)
"""Chances with which the blank lines of a document are kept."""

STRENGTH = {"breaks": 1.0, "headings": 0.5, "headings-again": 0.5}
"""Inverse strength of the L2 penalty. Headings are level from 0.2 to 2 in cross-validation. Breaks are best at 2 (F1 at
L1 91.0; 90.2 at 1, 88.9 at 0.5), where two more of the cases of the tests fail."""

OUR_WEIGHT = {"news": 4.0, "guides": 4.0, "briefings": 2.0}
"""Each document of the sample comes at four or five levels of damage, each of our own articles once or twice. Chosen by
the cases of the tests: with more for the briefings short lines of news pages become headings."""

_KEEP = re.compile(r"[^\w]+")


@dataclass
class Example:
    """One decision: its evidence, the right answer (``None``: not known), its source and its level of damage."""

    features: dict[str, float]
    answer: bool | None
    source: str
    level: str
    groups: list[evidence.Group] = field(default_factory=list)
    index: int = 0


@dataclass
class Piece:
    """One paragraph, heading, item, row or other block of the truth."""

    type: str
    ambiguous: bool
    end: int


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sample", type=Path)
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    examples: dict[str, list[Example]] = {"breaks": [], "headings": []}
    for source, level, text, truth in documents(options.sample):
        read(text, truth, source, level, examples)
    fit("breaks", examples["breaks"], write=options.write)
    chances = fit("headings", examples["headings"], write=options.write)
    look_again(examples["headings"], chances)
    fit("headings-again", examples["headings"], write=options.write)


def look_again(examples: list[Example], chances: np.ndarray) -> None:
    """Add to each heading decision what the first look (cross-validated) says of the other lines of its text."""
    texts: dict[int, dict[int, float]] = {}
    for example, chance in zip(examples, chances, strict=True):
        texts.setdefault(id(example.groups), {})[example.index] = float(chance)
    looks = {}
    for example in examples:
        text = id(example.groups)
        if text not in looks:
            looks[text] = headings.similar_lines(example.groups, texts[text])
        example.features |= looks[text][example.index]


def documents(sample: Path) -> Iterator[tuple[str, str, str, list[dict[str, Any]]]]:
    """``(source, level, text, blocks)`` of all training documents."""
    with (sample / "manifest.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    sources, kept = ({row["id"]: row[name] for row in rows} for name in ("repo", "wrapped"))
    truth = {row["id"]: row["blocks"] for row in _jsonl(sample / "truth.jsonl")}
    yield from partly_spaced(sample, sources, truth)
    for level in LEVELS:
        for row in _jsonl(sample / f"inputs_{level}.jsonl"):
            yield sources[row["id"]], level, row["text"], truth[row["id"]]
            if level in WRAPPED_LEVELS and not int(kept[row["id"]]):
                yield sources[row["id"]], f"{level} wrapped", wrap(row["text"]), truth[row["id"]]
    for name, level in (("furniture", "news"), ("guides", "guides")):
        for row in _jsonl(HERE / f"{name}.jsonl"):
            yield f"{name} {int(row['id'][1:]) % 5}", level, row["text"], row["blocks"]
    for number, (text, blocks) in enumerate(briefings()):
        for level, damaged in (("briefings", text), ("briefings wrapped", wrap(text))):
            yield f"briefings {number % 5}", level, damaged, blocks


def partly_spaced(
    sample: Path, sources: dict[str, str], truth: dict[str, list[dict[str, Any]]]
) -> Iterator[tuple[str, str, str, list[dict[str, Any]]]]:
    """The documents without heading marks, each of their blank lines kept with some chance."""
    whole = {row["id"]: row["text"] for row in _jsonl(sample / "inputs_L0.jsonl")}
    for row in _jsonl(sample / "inputs_L2.jsonl"):
        for keep in KEPT:
            text = with_blank_lines(row["text"], whole[row["id"]], keep, random.Random(f"{row['id']} {keep}"))
            if text:
                yield sources[row["id"]], f"kept {keep}", text, truth[row["id"]]


def with_blank_lines(text: str, whole: str, keep: float, chance: random.Random) -> str | None:
    """``text`` with some of the blank lines of ``whole``, the same document; ``None`` where their lines do not pair."""
    lines = iter(text.rstrip("\n").split("\n"))
    found: list[str] = []
    fence = gap = False
    for line in whole.rstrip("\n").split("\n"):
        if not line.strip():
            gap = gap or not fence
            continue
        if gap and found and chance.random() < keep:
            found.append("")
        gap = False
        found.append(next(lines, ""))
        fence ^= line.lstrip().startswith(("```", "~~~"))
    return None if next(lines, None) is not None else "\n".join(found) + "\n"


def briefings() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Our own articles without blank lines and heading marks, and their blocks as a parser reads them whole."""
    for text in (HERE / "briefings.md").read_text(encoding="utf-8").split("\n=====\n"):
        blocks = Extractor(Config(entities=False)).extract(text).to_dict()["blocks"]
        for block in blocks:
            if block["type"] == "list":
                block["items"] = [item["text"] for item in block["items"]]
        yield re.sub(r"^#+ |\n(?=\n)", "", text.strip(), flags=re.M), blocks


def wrap(text: str) -> str:
    """The text with its longer lines cut at a width, as an editor or a mail program does it."""
    chance = random.Random(len(text))
    width, hang = chance.randint(58, 100), chance.choice(("  ", "  ", "  ", ""))
    lines = Lines(text, read_elements(view_of(text)))
    wrapped = []
    for line, kind in enumerate(lines.kinds):
        piece = text[lines.starts[line] : lines.ends[line]]
        if kind in (TEXT, BULLET, ORDERED):
            indent = "" if kind == TEXT else hang
            wrapped += textwrap.wrap(
                piece, width, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent
            )
        else:
            wrapped.append(piece)
    return "\n".join(wrapped)


def _jsonl(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def read(text: str, truth: list[dict[str, Any]], source: str, level: str, examples: dict[str, list[Example]]) -> None:
    """Add the decisions of one document, its lines told apart by the truth."""
    lines = Lines(text, read_elements(view_of(text)))
    decisions = Decisions()
    set_tables(lines, find_tables(lines), decisions)
    set_items(lines, find_items(lines, spaced=False), decisions)
    stream, pieces = _stream(truth)
    places = _places(lines, text, stream, pieces)
    shape = profile(lines, "auto")
    ends = set(range(len(lines)))
    first = 0
    for line in range(len(lines) - 1):
        here, there = places[line], places[line + 1]
        if level.startswith("kept"):
            if here is not None and here == there:
                ends.discard(line + 1)
            continue
        if line and (places[line - 1] != here or lines.kinds[line] != TEXT):
            first = line
        if lines.kinds[line + 1] != TEXT or lines.kinds[line] not in (TEXT, BULLET, ORDERED):
            continue
        if here is None or there is None:
            continue
        if here == there:
            ends.discard(line + 1)
        if shape.sentences and breaks.is_next_sentence(lines, line, line + 1):
            continue
        if lines.indent(line + 1) <= 1 and breaks.is_open(lines, line, line + 1, shape):
            seen = breaks.features(lines, line, line + 1, shape, first)
            examples["breaks"].append(Example(seen, here != there, source, level))
    if level == "L1":
        return
    groups = group(lines, ends)
    spaced = sum(one.above for one in groups) / max(len(groups) - 1, 1)
    for window in (groups, *fragments(groups)):
        candidates = [index for index in range(len(window)) if headings.could_be_heading(window, index)]
        seen = evidence.census(window, candidates, spaced)
        kind = level if window is groups else f"{level} fragments"
        for index in candidates:
            place = places[window[index].line]
            known = place is not None and not pieces[place].ambiguous
            answer = pieces[place].type == "heading" if known else None
            found = evidence.features(window, index, seen)
            examples["headings"].append(Example(found, answer, source, kind, window, index))


def fragments(groups: list[evidence.Group]) -> list[list[evidence.Group]]:
    """Short pieces of a text, as crawlers leave them: a heading is to be told without the rest of its article."""
    chance = random.Random(len(groups))
    starts = [chance.randrange(len(groups)) for _ in range(len(groups) // 8)]
    return [groups[start : start + chance.randint(2, 7)] for start in starts]


def _letters(text: str) -> str:
    """The letters and digits of a text, as truth and lines are compared."""
    return _KEEP.sub("", unicodedata.normalize("NFKC", text)).replace("_", "").lower()


def _stream(truth: list[dict[str, Any]]) -> tuple[str, list[Piece]]:
    """All letters of the truth in order, and where each of its pieces ends in them."""
    stream, pieces = "", []
    for block in truth:
        texts = block.get("items") or ([" ".join(row) for row in block["rows"]] if "rows" in block else [block["text"]])
        for text in texts:
            stream += _letters(visible(text, [(0, len(text))]))
            pieces.append(Piece(block["type"], bool(block.get("ambiguous")), len(stream)))
    return stream, pieces


def _places(lines: Lines, text: str, stream: str, pieces: list[Piece]) -> list[int | None]:
    """The index of the piece that each line belongs to, ``None`` where that cannot be told."""
    places: list[int | None] = []
    position = index = 0
    for line in range(len(lines)):
        letters = _letters(visible(text, [(lines.firsts[line], lines.ends[line])]))
        found = stream.find(letters, position, position + len(letters) + 40) if letters else -1
        if found < 0 and letters[1:]:
            found = stream.find(letters[1:], position, position + len(letters) + 40)
            letters = letters[1:]
        if found < 0:
            places.append(None)
            continue
        while pieces[index].end <= found:
            index += 1
        places.append(index)
        position = found + len(letters)
    return places


def fit(name: str, examples: list[Example], *, write: bool) -> np.ndarray:
    """Cross-validate by source, print the scores, fit on everything and write the weights.

    Returns the cross-validated chance of each example.
    """
    sources = np.array([example.source for example in examples])
    levels = np.array([example.level for example in examples])
    known = np.array([example.answer is not None for example in examples])
    answers = np.array([bool(example.answer) for example in examples])
    chances = np.zeros(len(examples))
    glued = sources[np.array([not level.startswith("kept") for level in levels])]
    for _, fold in GroupKFold(n_splits=10).split(glued, groups=glued):
        held = np.isin(sources, glued[fold])
        scorer = learn(name, [example for example, out in zip(examples, held, strict=True) if not out])
        for index in np.flatnonzero(held):
            chances[index] = scorer.probability(examples[index].features)
    measured = {}
    for level in sorted(set(levels)):
        chosen = (levels == level) & known
        if chosen.any():
            measured[level] = {str(at): scores(chances[chosen] >= at, answers[chosen]) for at in (0.3, 0.5, 0.7, 0.9)}
            print(name, level, measured[level]["0.5"])
    if write:
        scorer = learn(name, examples)
        content = {
            "what": f"logistic regression over {len(examples)} decisions of {len(set(sources))} sources; see fit.py",
            "measured": measured,
            "intercept": round(scorer.intercept, 2),
            "weights": {key: round(weight, 2) for key, weight in sorted(scorer.weights.items(), key=_strongest)},
        }
        WEIGHTS.joinpath(f"{name}.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return chances


def _strongest(pair: tuple[str, float]) -> float:
    return -abs(pair[1])


def learn(name: str, examples: Sequence[Example]) -> Scorer:
    """One score. The weights of blank lines are fitted last, the others held: what glued text says stays as it is."""
    known = [example for example in examples if example.answer is not None]
    glued = [example for example in known if not example.level.startswith("kept")]
    vectoriser = DictVectorizer(sparse=False)
    data = vectoriser.fit_transform([example.features for example in glued])
    weights = [OUR_WEIGHT.get(example.level.split()[0], 1.0) for example in glued]
    model = LogisticRegression(C=STRENGTH[name], max_iter=5000)
    model.fit(data, [bool(example.answer) for example in glued], sample_weight=weights)
    names = vectoriser.get_feature_names_out()
    scorer = Scorer(float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True)))
    kept = [example for example in known if example.level.startswith("kept")]
    if kept:
        scorer.weights |= blank_line_weights(scorer, kept)
    return scorer


def blank_line_weights(scorer: Scorer, examples: Sequence[Example]) -> dict[str, float]:
    """The weights of ``evidence.BLANK_LINES``, by Newton's method, what all other features say taken as given."""
    names = evidence.BLANK_LINES
    data = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    answers = np.array([bool(example.answer) for example in examples], dtype=float)
    given = np.array([scorer.probability({**example.features, **dict.fromkeys(names, 0.0)}) for example in examples])
    offset = np.log(given / (1 - given))
    found = np.zeros(len(names))
    for _ in range(20):
        chance = 1 / (1 + np.exp(-(offset + data @ found)))
        gradient = data.T @ (answers - chance) - found
        curvature = (data * (chance * (1 - chance))[:, None]).T @ data + np.eye(len(names))
        found += np.linalg.solve(curvature, gradient)
    return dict(zip(names, map(float, found), strict=True))


def scores(said: np.ndarray, right: np.ndarray) -> dict[str, float]:
    """Precision, recall and F1 in percent, and the number of positive answers."""
    hits = int((said & right).sum())
    precision, recall = hits / max(int(said.sum()), 1), hits / max(int(right.sum()), 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(100 * both, 1),
        "answers": int(right.sum()),
    }


if __name__ == "__main__":
    main()
