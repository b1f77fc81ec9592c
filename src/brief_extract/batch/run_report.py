"""What a run did: counted while it goes, then told as ``run.json`` and as a short summary."""

from __future__ import annotations

import heapq
import platform
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import msgspec

from brief_extract.batch.outcome import Outcome, Skipped
from brief_extract.batch.worker import Done
from brief_extract.config import Config
from brief_extract.errors import Failure

SCHEMA = "brief-extract/run"
VERSION = "1.0"

_PACKAGES = ("brief-extract", "markdown-it-py", "msgspec", "spacy")
_SHOWN = 10


class RunReport(msgspec.Struct, kw_only=True):
    """The account of one run.

    Attributes:
        model: Name and version of the entity model, None without entities.
        jobs: Processes that did the work.
        counts: Of articles, headings, paragraphs, lists, tables, mentions, entities, over the articles that are done,
            now or by an earlier run.
        issues: Number of issues by code, over the same articles.
        inputs: How many were come to: done, skipped and set aside add up to it.
        done: How many this run has done.
        skipped: How many an earlier run had done already.
        failures: The articles set aside, with the reasons.
        left: Inputs that were not come to, because the first failure ended the run.
        seconds: By stage. Those of decode, structure, entities and encode are the sums over all workers.
        slowest: Seconds and ids of the articles that took longest, the slowest first.
        stale: Documents of earlier runs whose inputs could not be read or done in this one.
        unseen: Places where this run could not look for articles: folders, patterns, collections.
        repeated: Names that several articles of one collection have, so that their ids got a digest.
        kept: Documents of earlier runs that have no input in this one.
        removed: How many of those, and of their failures, ``prune`` removed.
        edited: How many ``prune`` left, because they were edited since a run wrote them.
        corrections: Those that changed a document, now or in an earlier run.
        without_effect: Those that changed none, each with the place where it stands.
        left_out: Documents of this or earlier runs that the files over all articles lack, because they are damaged.
    """

    config: Config
    model: str | None
    jobs: int = 1
    started: datetime = msgspec.field(default_factory=lambda: datetime.now(UTC))
    finished: datetime | None = None
    counts: Counter[str] = msgspec.field(default_factory=Counter)
    issues: Counter[str] = msgspec.field(default_factory=Counter)
    inputs: int = 0
    done: int = 0
    skipped: int = 0
    failures: list[Failure] = msgspec.field(default_factory=list)
    left: int = 0
    seconds: defaultdict[str, float] = msgspec.field(default_factory=lambda: defaultdict(float))
    slowest: list[tuple[float, str]] = msgspec.field(default_factory=list)
    stale: int = 0
    unseen: list[str] = msgspec.field(default_factory=list)
    repeated: list[str] = msgspec.field(default_factory=list)
    kept: int = 0
    removed: int = 0
    edited: int = 0
    left_out: list[Failure] = msgspec.field(default_factory=list)
    corrections: set[str] = msgspec.field(default_factory=set)
    without_effect: list[str] = msgspec.field(default_factory=list)

    def add(self, result: Outcome) -> None:
        """Count one article."""
        self.inputs += 1
        if isinstance(result, Failure):
            self.failures.append(result)
            return
        self._count(result)
        if isinstance(result, Skipped):
            self.skipped += 1
        else:
            self.done += 1
            self.slowest = heapq.nlargest(_SHOWN, [*self.slowest, (result.seconds, result.id)])

    def _count(self, article: Done | Skipped) -> None:
        self.counts["articles"] += 1
        self.counts.update(article.counts)
        self.issues.update(article.issues)
        self.corrections.update(article.corrections)

    def record(self) -> dict[str, Any]:
        """The fields of ``run.json``, the only output with times in it, but for its inputs."""
        finished = self.finished or datetime.now(UTC)
        return {
            "schema": SCHEMA,
            "version": VERSION,
            "started": self.started,
            "finished": finished,
            "seconds": round((finished - self.started).total_seconds(), 3),
            "python": platform.python_version(),
            "packages": dict(_versions()),
            "model": self.model,
            "config": self.config,
            "jobs": self.jobs,
            "counts": {
                **self.counts,
                "done": self.done,
                "skipped": self.skipped,
                "set_aside": len(self.failures),
                "left": self.left,
            },
            "issues": dict(sorted(self.issues.items())),
            "failures": dict(sorted(Counter(failure.code for failure in self.failures).items())),
            "stages": {stage: round(seconds, 3) for stage, seconds in sorted(self.seconds.items())},
            "slowest": [{"id": id, "seconds": round(seconds, 3)} for seconds, id in self.slowest],
            "earlier": {
                "stale": self.stale,
                "kept": self.kept,
                "removed": self.removed,
                "edited": self.edited,
                "unseen": self.unseen,
            },
            "corrections": {"obeyed": sorted(self.corrections), "without_effect": self.without_effect},
            "repeated": self.repeated,
            "left_out": self.left_out,
        }

    def summary(self) -> str:
        """A few lines for a person: what was found, what was set aside and why."""
        counts = self.counts
        lines = [
            ", ".join(_plural(counts[kind], kind) for kind in ("articles", "tables", "lists", "entities"))
            + f", {len(self.failures)} set aside"
        ]
        lines += [f"  {failure.code}: {failure.message}" for failure in self.failures[:_SHOWN]]
        if len(self.failures) > _SHOWN:
            lines.append(f"  and {len(self.failures) - _SHOWN} more, see quarantine/")
        if self.left_out:
            lines.append(f"{_plural(len(self.left_out), 'documents')} left out of the files over all articles")
            lines += [f"  {failure.code}: {failure.message}" for failure in self.left_out[:_SHOWN]]
        if self.without_effect:
            lines.append(f"{_plural(len(self.without_effect), 'corrections')} without effect")
            lines += [f"  {told}" for told in self.without_effect[:_SHOWN]]
        if self.skipped:
            lines.append(f"{_plural(self.skipped, 'articles')} unchanged since an earlier run; --force does all again")
        if self.left:
            lines.append(f"{_plural(self.left, 'articles')} left undone after the first failure")
        if self.stale:
            lines.append(
                f"{_plural(self.stale, 'documents')} of earlier runs kept, but stale: the inputs could not be read now"
            )
        if self.repeated:
            names = ", ".join(self.repeated[:_SHOWN]) + (", ..." if len(self.repeated) > _SHOWN else "")
            lines.append(f"several articles have one id in their collection: {names}; a digest tells them apart")
        if self.unseen:
            places = ", ".join(self.unseen[:_SHOWN]) + (", ..." if len(self.unseen) > _SHOWN else "")
            lines.append(f"not read in full: {places}; results of earlier runs from there are kept, also by --prune")
        if self.edited:
            lines.append(f"{_plural(self.edited, 'documents')} without an input kept: edited since a run wrote them")
        if self.kept:
            lines.append(f"{_plural(self.kept, 'documents')} of earlier runs kept; --prune removes what has no input")
        return "\n".join(lines)


def _plural(count: int, nouns: str) -> str:
    """``1 table``, ``2 tables``."""
    singular = nouns.removesuffix("s") if not nouns.endswith("ies") else f"{nouns[:-3]}y"
    return f"{count:,} {singular if count == 1 else nouns}"


def _versions() -> Iterator[tuple[str, str]]:
    for package in _PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            continue
