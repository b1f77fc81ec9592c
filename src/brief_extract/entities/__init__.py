"""Named entities: the units of an article in, its mentions and entities out.

Each article goes through ``lexicon`` and ``model``; ``document_sense`` brings the two to agreement, and ``precedence``
puts the user's own names before both; ``linking`` makes the records.

spaCy is imported by ``Recogniser``, not by this package.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from brief_extract.entities import precedence
from brief_extract.entities.forms import MEASURES
from brief_extract.entities.lexicon import Known, Lexicon, load
from brief_extract.entities.linking import link
from brief_extract.entities.model import NoModel, Predictor, SpacyModel, Span, Unread
from brief_extract.entities.own_names import OwnNames
from brief_extract.entities.units import Unit
from brief_extract.model import Entity, Issue, Mention

__all__ = ["NoModel", "Recogniser", "Unit"]

_APART_BEFORE = frozenset(",:;/(\u2013\u2014|")
_APART_AFTER = re.compile(r"(?<!\s)\s*+(?:$|[,:;/)\u2013\u2014|])")

BUFFER_CHARS = 200_000
"""Articles are gathered up to this length, so that the model gets full batches of units of one length."""

Article = Sequence[Unit]
Result = tuple[tuple[Mention, ...], tuple[Entity, ...], tuple[Issue, ...]]


class Recogniser:
    """Finds the names in articles. Threads may share it.

    Args:
        model: An installed spaCy pipeline, a path to one, or an object with the same two members (``Predictor``).
        batch_size: Texts given to the model at once.
        lexicon: The names known beforehand; the package's unless given.
        names: The user's own names, which win over lexicon and model.

    Raises:
        ModelError: the pipeline is not installed, cannot be loaded, or finds no entities.
    """

    def __init__(
        self,
        model: str | Predictor,
        batch_size: int = 64,
        *,
        lexicon: Lexicon | None = None,
        names: OwnNames | None = None,
    ) -> None:
        self._model = SpacyModel(model, batch_size) if isinstance(model, str) else model
        self._lexicon = lexicon or load()
        self._names = names

    @property
    def name(self) -> str:
        """Name and version of the pipeline, ``en_core_web_sm 3.8.0``."""
        return self._model.name

    def pipe(self, articles: Iterable[Article]) -> Iterator[Result]:
        """Mentions, entities and issues of each article, in order. Memory is bound by the buffer, not by the stream.

        An issue (``unread-names``) marks each unit on which the model failed.
        """
        for buffer in _buffers(articles):
            texts = list(dict.fromkeys(unit.text for article in buffer for unit in article if unit.is_read))
            found = dict(zip(texts, self._model.predict(texts), strict=True))
            unread = {text: failed for text, failed in found.items() if isinstance(failed, Unread)}
            spans = {text: read for text, read in found.items() if not isinstance(read, Unread)}
            for article in buffer:
                predictions = [
                    _credible(unit, spans.get(unit.text, ()), self._lexicon) if unit.is_read else [] for unit in article
                ]
                findings = precedence.read(article, predictions, self._lexicon, self._names)
                names = link(article, findings, self._lexicon)
                yield (
                    *names,
                    tuple(_issue(unit, unread[unit.text]) for unit in article if unit.is_read and unit.text in unread),
                )


def _issue(unit: Unit, unread: Unread) -> Issue:
    start, end = unit.place(0, len(unit.text))
    message = f"{unit.item or unit.block}: the model could not read it, only the lexicon found names: {unread.reason}"
    return Issue(code="unread-names", message=message, start=start, end=end)


def _credible(unit: Unit, spans: Sequence[Span], lexicon: Known) -> Sequence[Span]:
    """What is believed of the model's spans: in headings names and no numbers; in those with a capital on each word,
    only persons that stand apart.

    Writers, signatures and lists of those present stand so. Core F on web text: 68.6 if headings are not read, 69.6 if
    those in sentence case are, 71.2 with full names alone on their line, 72.5 with all that stand apart; on news it is
    level.
    """
    if unit.is_prose:
        return spans
    if not unit.is_title_case:
        return [span for span in spans if span.label not in MEASURES]
    return [
        span
        for span in spans
        if span.label == "PERSON" and _is_apart(unit.text, span) and not _is_title(unit.text, span, lexicon)
    ]


def _is_title(text: str, span: Span, lexicon: Known) -> bool:
    """Whether a person of three words and more is a whole title with a place in it: *Ann Lee Saves England*."""
    name = text[span.start : span.end]
    return name.count(" ") > 1 and any(match.start for match in lexicon.find(name))


def _is_apart(text: str, span: Span) -> bool:
    """Do only marks and the bounds of the line stand beside the span: ``Coach: Doug Sewell``?"""
    before = span.start
    while before and text[before - 1].isspace():
        before -= 1
    opens = text[before - 1] in _APART_BEFORE if before else span.start == 0
    return opens and _APART_AFTER.match(text, span.end) is not None


def _buffers(articles: Iterable[Article]) -> Iterator[list[Article]]:
    buffer: list[Article] = []
    chars = 0
    for article in articles:
        buffer.append(article)
        chars += sum(len(unit.text) for unit in article)
        if chars >= BUFFER_CHARS:
            yield buffer
            buffer, chars = [], 0
    if buffer:
        yield buffer
