"""spaCy's greedy named-entity decoder for many texts at once.

spaCy walks each text token by token and asks of every action of its transition system, 74 in a model of 18 labels,
whether it is valid there; that is half of its time. The answer depends on three things only: which label is open,
whether the token is the last one, and whether it is white space. So they are looked up here, and one step is taken in
all texts together, in NumPy. The weights, the features of a state and the rules are spaCy's own
(``ner.pyx``, ``parser_model.pyx``, ``_state.pxd`` of spaCy 3.8), so the spans are too; a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.tokens import Doc

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.language import Language

_FEATURES = 3
"""What spaCy looks at: this token, the first one of the open entity, and, inside one, the token before."""


class Decoder:
    """The ``ner`` of a pipeline, decoded for many texts at once. Made by ``decoder_of``."""

    def __init__(self, ner: Any) -> None:
        layers = ner.model
        (tok2vec, _, linear) = layers.get_ref("tok2vec").layers
        self._embed, self._encode = (layer.predict for layer in tok2vec.layers)
        self._reduce = linear.predict
        self._lower = layers.get_ref("lower").predict
        self._lower_bias = layers.get_ref("lower").get_param("b")
        self._upper_weights = np.ascontiguousarray(layers.get_ref("upper").get_param("W").T)
        self._upper_bias = layers.get_ref("upper").get_param("b")
        names: list[str] = [ner.moves.get_class_name(action) for action in range(ner.moves.n_moves)]
        self._labels = sorted({name[2:] for name in names if name[2:]})
        states = {label: state for state, label in enumerate(self._labels, 1)}
        self._kinds = np.array([name[:1] for name in names])
        self._label_of = np.array([states.get(name[2:], 0) for name in names])
        self._open_after = np.where(np.isin(self._kinds, ["B", "I"]), self._label_of, 0)
        self._forbidden = self._forbid(names, states)

    @staticmethod
    def _forbid(names: Sequence[str], states: dict[str, int]) -> npt.NDArray[np.float32]:
        """What is added to the scores, shape (open label, last token, white space, action): 0, or minus infinity."""
        shape = (len(states) + 1, 2, 2, len(names))
        forbidden = np.full(shape, -np.inf, dtype=np.float32)
        for place, name in enumerate(names):
            kind, label = name[:1], states.get(name[2:], 0)
            if kind == "O":
                forbidden[0, :, :, place] = 0
            elif kind == "U" and label:
                forbidden[0, :, 0, place] = 0
            elif kind == "B" and label:
                forbidden[0, 0, 0, place] = 0
            elif kind == "I" and label:
                forbidden[label, 0, :, place] = 0
            elif kind == "L" and label:
                forbidden[label, :, :, place] = 0
        return forbidden

    def spans(self, docs: Sequence[Doc]) -> list[list[tuple[int, int, str]]]:
        """First character, end and label of each entity of each doc, in order."""
        found: list[list[tuple[int, int, str]]] = [[] for _ in docs]
        order = sorted((place for place, doc in enumerate(docs) if len(doc)), key=lambda place: -len(docs[place]))
        if not order:
            return found
        longest_first = [docs[place] for place in order]
        offsets = np.cumsum([0, *map(len, longest_first)])
        actions = self._decode(longest_first, offsets)
        kinds = self._kinds[actions]
        firsts = np.flatnonzero((kinds == "B") | (kinds == "U"))
        lasts = np.flatnonzero((kinds == "L") | (kinds == "U"))
        owners = np.searchsorted(offsets, firsts, side="right") - 1
        for first, last, owner in zip(firsts.tolist(), lasts.tolist(), owners.tolist(), strict=True):
            doc, offset = longest_first[owner], int(offsets[owner])
            begin, end = doc[first - offset], doc[last - offset]
            label = self._labels[self._label_of[actions[first]] - 1]
            found[order[owner]].append((begin.idx, end.idx + len(end), label))
        return found

    def _decode(self, docs: Sequence[Doc], offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The action taken at each token of the docs, longest first, one after the other."""
        # Shape (tokens + 1, features, hidden, pieces); row 0 stands for no token.
        cached = self._lower(self._reduce(np.vstack(self._encode(self._embedded(docs, offsets)))))
        spaces = np.concatenate([doc.to_array("IS_SPACE") for doc in docs]).astype(np.int64)
        lengths = np.diff(offsets)
        active = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")
        actions = np.zeros(int(offsets[-1]), dtype=np.int64)
        opened = np.zeros(len(docs), dtype=np.int64)
        first = np.zeros(len(docs), dtype=np.int64)
        for step, count in enumerate(active.tolist()):
            here = offsets[:count] + step
            label = opened[:count]
            inside = label > 0
            state = cached[here + 1, 0]
            state += cached[np.where(inside, first[:count] + 1, 0), 1]
            state += cached[np.where(inside, here, 0), 2]
            state += self._lower_bias
            hidden = reduce(np.maximum, [state[:, :, piece] for piece in range(state.shape[2])])
            scores = hidden @ self._upper_weights
            scores += self._upper_bias
            last = (lengths[:count] == step + 1).astype(np.int64)
            scores += self._forbidden[label, last, spaces[here]]
            taken = scores.argmax(axis=1)
            actions[here] = taken
            opened[:count] = self._open_after[taken]
            first[:count] = np.where(inside, first[:count], here)
        return actions

    def _embedded(self, docs: Sequence[Doc], offsets: npt.NDArray[np.int64]) -> list[Any]:
        """The vectors of the tokens of each doc before they see their neighbours: made once for each different one."""
        tokens = np.concatenate([doc.to_array(["ORTH", "NORM"]) for doc in docs])
        both = tokens[:, 0] ^ (tokens[:, 1] << np.uint64(1))
        _, places, inverse = np.unique(both, return_index=True, return_inverse=True)
        vocab = docs[0].vocab
        different: Any = Doc(vocab, words=[vocab.strings[orth] for orth in tokens[places, 0].tolist()])
        different.from_array(["NORM"], tokens[places, 1:])
        vectors = self._embed([different])[0]
        return np.split(vectors[inverse], offsets[1:-1])


def decoder_of(nlp: Language) -> Decoder | None:
    """The decoder of a pipeline, or None where spaCy has to do it: with other components, a beam, or other features."""
    if nlp.pipe_names != ["ner"]:
        return None
    ner: Any = nlp.get_pipe("ner")
    layers = ner.model
    greedy = layers.name == "parser_model" and layers.attrs.get("has_upper") and ner.cfg.get("beam_width", 1) == 1
    if not greedy or layers.attrs.get("unseen_classes") or layers.get_ref("lower").get_dim("nF") != _FEATURES:
        return None
    return Decoder(ner) if _sees_words_only(layers.get_ref("tok2vec")) else None


def _sees_words_only(embedding: Any) -> bool:
    """Whether it is made of two steps, and the first knows no more of a token than its form and its norm."""
    if len(embedding.layers) != 3 or len(embedding.layers[0].layers) != 2:
        return False
    words = {"ORTH", "NORM", "LOWER", "PREFIX", "SUFFIX", "SHAPE"}
    columns = [layer.attrs["columns"] for layer in embedding.layers[0].walk() if layer.name == "extract_features"]
    return len(columns) == 1 and words.issuperset(columns[0])
