"""Whole documents, read with weights that were fitted without their source: what to expect of new texts.

    python training/structure/held_out.py SAMPLE

``SAMPLE`` is the folder that ``fit.py`` learns from. Its sources are dealt into folds; for each, all three scores are
fitted on the other sources and on our own articles, and the fold's documents are extracted with them. Prints F1 of
headings and paragraphs that are exact but for spaces and punctuation, in percent.
"""

from __future__ import annotations

import argparse
import csv
import importlib
from collections import Counter, defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Any

import fit
import numpy as np

from brief_extract import Config, Extractor
from brief_extract.blocks.inline import visible
from brief_extract.blocks.scorer import Scorer

FOLDS = 6
LEVELS = ("L1", "L2", "L4", "P2", "P5", "P8")
TYPES = ("heading", "paragraph")
READERS = ("brief_extract.blocks.bounds", "brief_extract.blocks.headings")
"""The modules that ask for a score."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sample", type=Path)
    sample = arguments.parse_args().sample
    examples: dict[str, list[fit.Example]] = {"breaks": [], "headings": []}
    for source, level, text, truth in fit.documents(sample):
        fit.read(text, truth, source, level, examples)
    with (sample / "manifest.tsv").open(encoding="utf-8") as file:
        manifest = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
    sources = sorted({row["repo"] for row in manifest.values()})
    tallies: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for fold in range(FOLDS):
        held = set(sources[fold::FOLDS])
        use(fit_without(held, examples))
        for document in fit._jsonl(sample / "truth.jsonl"):
            row = manifest[document["id"]]
            if row["repo"] in held:
                wrapped = "wrapped" if int(row["wrapped"]) else "one-line"
                for level in LEVELS:
                    text = next(r["text"] for r in fit._jsonl(sample / f"inputs_{level}.jsonl") if r["id"] == row["id"])
                    count(text, document["blocks"], tallies, level, wrapped)
    for (level, wrapped, kind), (hits, right, found) in sorted(tallies.items()):
        print(f"{level} {wrapped:8} {kind:9} F1 {200 * hits / (right + found):.1f}")


def fit_without(held: Collection[str], examples: dict[str, list[fit.Example]]) -> dict[str, Scorer]:
    """The three scores, fitted on all examples but those of the sources ``held``."""
    others = {name: [example for example in some if example.source not in held] for name, some in examples.items()}
    found = {name: fit.learn(name, others[name]) for name in ("breaks", "headings")}
    looks = examples["headings"]
    chances = np.array([found["headings"].probability(look.features) for look in looks])
    first = [dict(look.features) for look in looks]
    fit.look_again(looks, chances)
    found["headings-again"] = fit.learn("headings-again", others["headings"])
    for look, features in zip(looks, first, strict=True):
        look.features = features
    return found


def use(scores: dict[str, Scorer]) -> None:
    """Have the extractor ask these scores, not those of the package."""
    for name in READERS:
        importlib.import_module(name).load = scores.__getitem__  # type: ignore[attr-defined]


def count(
    text: str, truth: list[dict[str, Any]], tallies: dict[tuple[str, str, str], list[int]], level: str, wrapped: str
) -> None:
    """Add the hits, the right and the found blocks of one document; what may be either type is left out."""
    either = {_letters(block["text"]) for block in truth if block.get("ambiguous")}
    blocks = Extractor(Config(entities=False)).extract(text).to_dict()["blocks"]
    for kind in TYPES:
        right, found = (
            Counter(_letters(block["text"]) for block in some if block["type"] == kind) for some in (truth, blocks)
        )
        for letters in either:
            right.pop(letters, None)
            found.pop(letters, None)
        tally = tallies[level, wrapped, kind]
        for place, number in enumerate(((right & found).total(), right.total(), found.total())):
            tally[place] += number


def _letters(text: str) -> str:
    return fit._letters(visible(text, [(0, len(text))]))


if __name__ == "__main__":
    main()
