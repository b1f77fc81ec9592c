"""A logistic score: named features times weights from a small readable file, and what spoke for the answer.

The weights are fitted by ``training/structure/fit.py`` and stand beside the figures measured with them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Features = Mapping[str, float]


class Scorer:
    """A logistic regression over named features; a feature without a weight counts nothing."""

    def __init__(self, intercept: float, weights: Mapping[str, float]) -> None:
        self.intercept = intercept
        self.weights = dict(weights)

    def probability(self, features: Features) -> float:
        """How likely the answer is yes, 0 to 1."""
        weights = self.weights
        score = self.intercept
        for name, value in features.items():
            if value and name in weights:
                score += weights[name] * value
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def reasons(self, features: Features, most: int = 3) -> tuple[str, ...]:
        """The features that spoke most for yes, the strongest first."""
        pull = {name: value * self.weights.get(name, 0.0) for name, value in features.items()}
        return tuple(sorted((name for name in pull if pull[name] > 0.2), key=lambda name: -pull[name])[:most])


@cache
def load(name: str) -> Scorer:
    """The scorer whose weights the package ships as ``weights/<name>.json``."""
    data = json.loads(files("brief_extract.blocks").joinpath("weights", f"{name}.json").read_text(encoding="utf-8"))
    return Scorer(data["intercept"], data["weights"])
