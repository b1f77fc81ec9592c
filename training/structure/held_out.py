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
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import fit
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from brief_extract import Config, Extractor
from brief_extract.blocks.inline import visible
from brief_extract.blocks.scorer import Scorer

FOLDS = 6
LEVELS = ("L1", "L2", "L4")
TYPES = ("heading", "paragraph")
READERS = ("brief_extract.blocks.decide", "brief_extract.blocks.headings")
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
    found = {name: learn(name, held, examples[name]) for name in ("breaks", "headings")}
    looks = examples["headings"]
    chances = np.array([found["headings"].probability(look.features) for look in looks])
    first = [dict(look.features) for look in looks]
    fit.look_again(looks, chances)
    found["headings-again"] = learn("headings-again", held, looks)
    for look, features in zip(looks, first, strict=True):
        look.features = features
    return found


def learn(name: str, held: Collection[str], examples: Sequence[fit.Example]) -> Scorer:
    """One score, as ``fit.py`` fits it."""
    known = [example for example in examples if example.answer is not None and example.source not in held]
    vectoriser = DictVectorizer(sparse=False)
    data = vectoriser.fit_transform([example.features for example in known])
    weights = [fit.OUR_WEIGHT.get(example.level.split()[0], 1.0) for example in known]
    model = LogisticRegression(C=fit.STRENGTH[name], max_iter=5000)
    model.fit(data, np.array([bool(example.answer) for example in known]), sample_weight=weights)
    return Scorer(model.intercept_[0], dict(zip(vectoriser.get_feature_names_out(), model.coef_[0], strict=True)))


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
