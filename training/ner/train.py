"""Train `ner` on from an existing model.

    python train.py BASE CORPORA OUT [--seed N] [--sets name:share ...] [--epochs N]

CORPORA is the folder that convert.py wrote. `name:share` uses that share of a set's texts in each epoch, drawn anew.
What is saved are the running averages of the weights, which score higher than the last weights and vary less.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from convert import load_ner
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, NumpyOps, Optimizer, fix_random_seed, set_current_ops

SETS = ("gmb", "crossner", "broad-twitter:0.7", "wnut17:0.7", "own")


@dataclass(frozen=True)
class Recipe:
    """What was chosen by trial; see MODEL_CARD.md."""

    epochs: int = 4
    batch_words: int = 700
    learn_rate: float = 0.001
    last_share: float = 0.1  # of the learn rate, reached linearly at the end
    warmup_words: int = 20_000
    dropout: float = 0.25
    weight_decay: float = 0.01
    grad_clip: float = 1.0


def epoch_texts(sets: dict[str, tuple[list[Doc], float]], rng: random.Random) -> list[Doc]:
    """One epoch's texts, shuffled."""
    texts = [doc for docs, share in sets.values() for doc in rng.sample(docs, round(len(docs) * min(share, 1.0)))]
    rng.shuffle(texts)
    return texts


def batches(texts: list[Doc], nlp: Language, words: int) -> Iterator[list[Example]]:
    """Examples in batches of about so many words; the prediction side keeps the gold tokens."""
    for batch in minibatch_by_words(texts, size=words, tolerance=0.2):
        yield [
            Example(Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold]), gold)
            for gold in batch
        ]


def train(nlp: Language, sets: dict[str, tuple[list[Doc], float]], recipe: Recipe, seed: int) -> Optimizer:
    """Update `nlp` in place; the running averages are in the optimizer that comes back."""
    fix_random_seed(seed)
    rng = random.Random(seed)
    optimizer: Optimizer = Adam(
        recipe.learn_rate,
        L2=recipe.weight_decay,
        L2_is_weight_decay=True,
        grad_clip=recipe.grad_clip,
        use_averages=True,
    )
    nlp.resume_training(sgd=optimizer)
    total = recipe.epochs * sum(len(doc) * share for docs, share in sets.values() for doc in docs)
    done, began = 0, time.perf_counter()
    for epoch in range(recipe.epochs):
        losses: dict[str, float] = {}
        for batch in batches(epoch_texts(sets, rng), nlp, recipe.batch_words):
            warm = min(1.0, (done + recipe.batch_words) / recipe.warmup_words)
            optimizer.learn_rate = recipe.learn_rate * warm * (1 - (1 - recipe.last_share) * min(1.0, done / total))
            nlp.update(batch, sgd=optimizer, drop=recipe.dropout, losses=losses)
            done += sum(len(example.reference) for example in batch)
        print(f"epoch {epoch + 1}: loss {losses['ner']:.0f}, {time.perf_counter() - began:.0f} s", flush=True)
    return optimizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--dropout", type=float, default=Recipe.dropout)
    parser.add_argument("--sets", nargs="+", default=SETS)
    args = parser.parse_args()
    set_current_ops(NumpyOps(use_blis=False))  # a third quicker than blis at this layer width
    nlp = load_ner(args.base)
    sets = {}
    for name, _, share in (entry.partition(":") for entry in args.sets):
        docs = DocBin().from_disk(args.corpora / f"{name}.spacy").get_docs(nlp.vocab)
        sets[name] = (list(docs), float(share or 1))
    optimizer = train(nlp, sets, Recipe(epochs=args.epochs, dropout=args.dropout), args.seed)
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(args.out)


if __name__ == "__main__":
    main()
