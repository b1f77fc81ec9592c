"""Figures of a model on evaluation sets.

    python evaluate.py MODEL SCORE_PY SET [SET ...] [--reference MODEL]

SCORE_PY is the scorer's path; it names and reads the sets. With a reference model the types that no set annotates
(dates, amounts, numbers) are compared too: F of one model's spans against the other's.
"""

import argparse
import importlib.util
from pathlib import Path
from types import ModuleType

from convert import load_ner, model_spans
from rules import Span

UNSCORED = ("DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL")
SHOWN = ("core", "PER", "ORG", "LOC", "country")


def load_scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(model: str, texts: list[str]) -> list[list[Span]]:
    return [model_spans(doc) for doc in load_ner(model).pipe(texts, batch_size=32)]


def agreement(found: list[list[Span]], reference: list[list[Span]]) -> dict[str, float]:
    """F in percent for each unscored type."""
    figures = {}
    for label in UNSCORED:
        ours, theirs = (
            {(i, *span) for i, spans in enumerate(side) for span in spans if span[2] == label}
            for side in (found, reference)
        )
        figures[label] = 200 * len(ours & theirs) / max(1, len(ours) + len(theirs))
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("scorer", type=Path)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--reference", help="model to compare dates and numbers with")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    for name in args.sets:
        docs = scorer.load(name)
        texts = [doc["text"] for doc in docs]
        found = predict(args.model, texts)
        figures = scorer.score(docs, found)
        core = figures["norm.core"]
        print(f"{name}: P {core['p']:.1f} R {core['r']:.1f}", *(f"{k} {figures['norm.' + k]['f']:.1f}" for k in SHOWN))
        if args.reference:
            shares = agreement(found, predict(args.reference, texts))
            print("  agreement", *(f"{label} {share:.1f}" for label, share in shares.items()))


if __name__ == "__main__":
    main()
