"""Data sets to spaCy's DocBin files, all under one set of labelling rules.

    python convert.py DATA BASE OUT [--teacher MODEL]

DATA holds the four sets, BASE is the model trained on from.
Dates, numbers and the other types that a set leaves out are taken from BASE where no gold name stands. GMB is partly
machine-made, so there a name stands if two of its annotation, BASE, TEACHER and the corpus' own majority agree, and
what stays disputed is marked as unknown. Without TEACHER, GMB is left out: so the teacher itself is trained.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import corpora
import rules
import spacy
from rules import Span
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as TokenSpan

SEED = 7
OWN_TEXTS = 4500
VOTES_NEEDED = 2
MAJORITY, MAJORITY_FROM = 0.6, 4  # share and number of a string's votes that make its corpus-wide label one more vote
VOTED = rules.CORE | {"NORP"}
TRIMMED = frozenset({"NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW"})


def load_ner(model: str) -> Language:
    """A model with nothing but its `ner`."""
    others = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
    return spacy.load(model, exclude=others)


def model_spans(doc: Doc) -> list[Span]:
    return [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]


def gold_spans(text: str, spans: Iterable[Span], votes: list[Span]) -> list[Span]:
    """Human spans trimmed; GPE made GPE, LOC or FAC."""
    kept = []
    for start, end, label in spans:
        start, end = rules.trim(text, start, end)
        if label == "PERSON":
            start, end = rules.trim_titles(text, start, end)
        if label == "GPE":
            label = rules.place_label(text[start:end], _labels_at(text, start, end, votes))
        if start < end:
            kept.append((start, end, label))
    return kept


def _labels_at(text: str, start: int, end: int, spans: list[Span]) -> list[str]:
    return [label for a, b, label in spans if rules.trim(text, a, b) == (start, end)]


def silver_spans(text: str, spans: list[Span], without: frozenset[str] | set[str]) -> list[Span]:
    """Spans of the base model of the types that the gold does not have."""
    rest = [span for span in spans if span[2] not in without]
    return [(*rules.trim(text, a, b), label) if label in TRIMMED else (a, b, label) for a, b, label in rest]


def annotate(doc: Doc, spans: list[Span], unknown: Iterable[tuple[int, int]] = ()) -> Doc:
    """A copy of the doc with these entities; of two that overlap the first wins."""
    copy = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
    taken: set[int] = set()
    entities: list[TokenSpan] = []
    missing: list[TokenSpan] = []
    wanted = [(a, b, label, entities) for a, b, label in spans] + [(a, b, "", missing) for a, b in unknown]
    for start, end, label, target in wanted:
        span = copy.char_span(start, end, label=label, alignment_mode="expand")
        if span is None or taken.intersection(range(span.start, span.end)):
            continue
        taken.update(range(span.start, span.end))
        target.append(span)
    copy.set_ents(entities, missing=missing, default="outside")
    return copy


def with_silver(texts: Iterable[corpora.Text], base: Language) -> Iterator[Doc]:
    """Human annotation, completed by the base model."""
    for doc, spans in base.pipe(texts, as_tuples=True, batch_size=64):
        predicted = model_spans(doc)
        yield annotate(doc, gold_spans(doc.text, spans, predicted) + silver_spans(doc.text, predicted, rules.CORE))


def by_vote(texts: list[corpora.Text], base: Language, teacher: Language) -> Iterator[Doc]:
    """Noisy annotation checked by two models and by the corpus itself."""
    plain = [text for text, _ in texts]
    bases, teachers = (list(nlp.pipe(plain, batch_size=64)) for nlp in (base, teacher))
    ballots = [
        [set(gold), _votes(doc_a), _votes(doc_b)]
        for (_, gold), doc_a, doc_b in zip(texts, bases, teachers, strict=True)
    ]
    corpus: dict[str, Counter[str]] = defaultdict(Counter)
    for text, ballot in zip(plain, ballots, strict=True):
        for start, end, label in (span for voter in ballot for span in voter):
            corpus[text[start:end]][label] += 1
    for text, doc, other, ballot in zip(plain, bases, teachers, ballots, strict=True):
        predicted = model_spans(doc)
        agreed, disputed = _count(text, ballot, corpus)
        votes = predicted + model_spans(other)
        spans = [
            (a, b, rules.place_label(text[a:b], _labels_at(text, a, b, votes)) if label == "GPE" else label)
            for a, b, label in agreed
        ]
        unknown = [(a, b) for a, b, _ in disputed]
        silver = [s for s in silver_spans(text, predicted, VOTED) if not any(a < s[1] and s[0] < b for a, b in unknown)]
        yield annotate(doc, spans + silver, unknown)


def _votes(doc: Doc) -> set[Span]:
    spans = (span for span in model_spans(doc) if span[2] in VOTED)
    return {tidied for span in spans if (tidied := rules.tidy(doc.text, span))}


def _count(text: str, ballot: list[set[Span]], corpus: dict[str, Counter[str]]) -> tuple[list[Span], list[Span]]:
    """Spans that stand and spans in dispute, none overlapping: more votes first, then the longer."""
    votes = Counter(span for voter in ballot for span in voter)
    for start, end, label in votes:
        seen = corpus[text[start:end]]
        if seen.total() >= MAJORITY_FROM and seen[label] >= MAJORITY * seen.total():
            votes[start, end, label] += 1
    agreed: list[Span] = []
    disputed: list[Span] = []
    for span in sorted(votes, key=lambda s: (-votes[s], s[0] - s[1], s)):
        if not any(a < span[1] and span[0] < b for a, b, _ in agreed + disputed):
            (agreed if votes[span] >= VOTES_NEEDED else disputed).append(span)
    return agreed, disputed


def save(docs: Iterable[Doc], path: Path) -> None:
    """Write one DocBin and say what is in it."""
    store = DocBin(attrs=["ENT_IOB", "ENT_TYPE"], docs=docs)
    store.to_disk(path)
    print(f"{path.name}: {len(store)} texts, {sum(len(tokens) for tokens in store.tokens)} tokens", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("base")
    parser.add_argument("out", type=Path)
    parser.add_argument("--teacher", help="vote on GMB with this model")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    base, rng = load_ner(args.base), random.Random(SEED)
    if args.teacher:
        articles = list(corpora.gmb(args.data / "gmb-part.jsonl", rng))
        save(by_vote(articles, base, load_ner(args.teacher)), args.out / "gmb.spacy")
        return
    save(with_silver(corpora.wikipedia(args.data / "crossner.jsonl"), base), args.out / "crossner.spacy")
    save(with_silver(corpora.posts(args.data / "broad-twitter.jsonl", rng), base), args.out / "broad-twitter.spacy")
    save(with_silver(corpora.posts(args.data / "wnut17-train.jsonl", rng), base), args.out / "wnut17.spacy")
    save(with_silver(corpora.own(OWN_TEXTS, SEED), base), args.out / "own.spacy")


if __name__ == "__main__":
    main()
