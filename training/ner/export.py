"""Average trained models and pack the result for shipping.

    python export.py OUT MODEL [MODEL ...]

The models must have been trained on from the same base. Their weights are averaged, tensor by tensor. A model with
static vectors multiplies every 300-dimensional vector by the same matrix before anything else; that product is stored
instead, at a third of the size and with the same output. Strings are left out: vectors are found by hash.
"""

import argparse
import shutil
from pathlib import Path

import numpy as np
from convert import load_ner
from spacy.language import Language
from spacy.strings import StringStore
from spacy.vectors import Vectors  # type: ignore[import-not-found, unused-ignore]

META = {
    "name": "brief_news",
    "version": "1.0.0",
    "description": "Named entities of English news, trained on from the `ner` of en_core_web_md.",
    "license": "MIT",
    "author": "brief-extract",
    "sources": [
        {"name": "en_core_web_md 3.8.0 (weights and vectors)", "license": "MIT", "author": "Explosion"},
        {
            "name": "Groningen Meaning Bank (part)",
            "license": "public domain annotation",
            "author": "University of Groningen",
        },
        {"name": "CrossNER", "license": "MIT; text CC BY-SA (Wikipedia)", "author": "Zihan Liu et al."},
        {"name": "Broad Twitter Corpus", "license": "CC BY 4.0", "author": "Leon Derczynski et al."},
        {"name": "WNUT-17", "license": "CC BY 4.0", "author": "Leon Derczynski et al."},
        {
            "name": "Own sentences; names from Faker and GeoNames",
            "license": "MIT; CC BY 4.0",
            "author": "brief-extract",
        },
    ],
}


def average(models: list[Language]) -> Language:
    """The first model, with the mean of all models' weights."""
    networks = [list(nlp.get_pipe("ner").model.walk()) for nlp in models]  # type: ignore[attr-defined]
    for nodes in zip(*networks, strict=True):
        for name in nodes[0].param_names:
            if nodes[0].has_param(name):
                nodes[0].set_param(name, np.mean([node.get_param(name) for node in nodes], axis=0))
    return models[0]


def fold_vectors(nlp: Language) -> None:
    """Put the projection of the static vectors into the vector table."""
    vectors = nlp.vocab.vectors
    nodes = [n for n in nlp.get_pipe("ner").model.walk() if n.name == "static_vectors"]  # type: ignore[attr-defined]
    if not nodes or not vectors.data.size:
        return
    projection = nodes[0].get_param("W")
    folded = np.ascontiguousarray(vectors.data @ projection.T, dtype="float32")
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=folded, keys=None, name=vectors.name)
    for key, row in vectors.key2row.items():
        nlp.vocab.vectors.add(key, row=row)
    nodes[0]._dims["nM"] = folded.shape[1]  # set_dim refuses once a layer has weights
    nodes[0].set_param("W", np.eye(folded.shape[1], dtype="float32"))


def pack(nlp: Language, out: Path) -> None:
    """Write the model folder."""
    nlp.meta.update(META)
    for unused in ("performance", "accuracy", "url", "email", "notes"):
        nlp.meta.pop(unused, None)
    shutil.rmtree(out, ignore_errors=True)
    nlp.to_disk(out)
    StringStore(nlp.get_pipe("ner").labels).to_disk(out / "vocab" / "strings.json")  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("models", nargs="+")
    args = parser.parse_args()
    nlp = average([load_ner(model) for model in args.models])
    fold_vectors(nlp)
    pack(nlp, args.out)


if __name__ == "__main__":
    main()
