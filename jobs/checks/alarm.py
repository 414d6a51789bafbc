"""Alarms: groups of documents that lose nearly all to one step, and duplicates that are unlike what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.checks.expectation import CheckResult
from decantry.jobs.process.terminal import harmless
from decantry.jobs.recipe.funnel import funnel

if TYPE_CHECKING:
    from decantry.jobs.checks.parts import Part
    from decantry.jobs.recipe.alarms import Alarms
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.step import Step

CRAWL, LANGUAGE, HOST, SOURCE = "crawl", "language", "host", "source"
KINDS = (CRAWL, LANGUAGE, HOST, SOURCE)
"""The kinds of groups. A source is the archive or file that the documents were read from."""

MEANT: Mapping[str, tuple[str, ...]] = {
    "language": (LANGUAGE, HOST),
    "url_filter": (HOST,),
    "sample": KINDS,
    "select_top": KINDS,
}
"""By kind of step, the groups that it is meant to remove as a whole, or to the same share each. They raise no alarm."""

LOST = "lost_share"
SHARED = "shared_words"
"""The first words of the expectations in ops/checks."""
NOT_NAMED = "named in ops/checks"
"""Stands for a host in `columns`."""
LEAST_SHARED = 0.5
"""A removed document is unlike the kept one if fewer than this share of its distinct words are in the kept one."""
NAMED = 5
LONGEST = 200
"""The most clusters that a message names, and the most characters of an address or id."""


@dataclass(frozen=True)
class Loss:
    """A group that loses too much: of `documents` that reached the step, `removed` were removed by it.

    `examples` are a few addresses or ids of removed documents.
    """

    kind: str
    name: str
    step: str
    documents: int
    removed: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A removed document and the one that is kept for it. `shared` is the share of its words that the latter has."""

    cluster: str
    size: int
    removed: str
    kept: str
    shared: float


@dataclass(frozen=True)
class Compared:
    """A sample of `documents` that the step removed as duplicates, and the pairs of it that share too few words."""

    step: str
    documents: int
    unlike: tuple[Pair, ...]


@dataclass(frozen=True)
class Watched:
    """What was watched for alarms: groups of these `kinds`, and duplicates of these steps.

    `more` is the number of losses that are not in `losses`.
    """

    kinds: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    more: int = 0
    compared: tuple[Compared, ...] = ()


NOTHING = Watched()


def is_meant(step: Step, kind: str) -> bool:
    """Whether the step is meant to remove groups of this kind."""
    return kind in MEANT.get(step.kind, ())


def losses_of_crawls(recipe: Recipe, parts: Sequence[Part]) -> list[Loss]:
    """The crawls that lose too much to one step, from the counts of their verdicts."""
    found = []
    for part in parts:
        for counted, step in zip(funnel(recipe, part.counts), recipe.steps, strict=True):
            if not is_meant(step, CRAWL) and is_loud(recipe.alarms, counted.seen, counted.removed):
                found.append(Loss(CRAWL, part.crawl, counted.step, counted.seen, counted.removed))
    return found


def grown(recipe: Recipe, losses: Sequence[Loss], before: Mapping[str, Mapping[str | None, int]]) -> list[Loss]:
    """The losses of crawls without those of steps that had removed as many documents before.

    `before` has the counts of verdicts that are published of crawls, by `removed_by`. Other crawls have none.
    """
    removed = {
        (crawl, counted.step): counted.removed for crawl, counts in before.items() for counted in funnel(recipe, counts)
    }
    return [loss for loss in losses if loss.removed > removed.get((loss.name, loss.step), 0)]


def is_loud(alarms: Alarms, seen: int, removed: int) -> bool:
    """Whether a group with these numbers loses too much."""
    return seen >= alarms.at_least and removed > alarms.share * seen


def results(recipe: Recipe, watched: Watched) -> list[CheckResult]:
    """The results for ops/checks: one for each alarm, and one for each thing that was watched and raised none."""
    alarms = recipe.alarms
    threshold = f"at most {alarms.share:g} of what reaches a step, in groups of {alarms.at_least:,} or more"

    def result(name: str, success: bool, observed: str, threshold: str, examples: str = "") -> CheckResult:
        name, examples = harmless(name), harmless(examples)
        return CheckResult("silver/verdicts", name, success, alarms.severity, observed, threshold, examples)

    found = [
        result(f"{LOST}({loss.kind} {loss.name}, {loss.step})", False, told(loss), threshold, loss_examples(loss))
        for loss in watched.losses
    ]
    if watched.more:
        found.append(result(f"{LOST}(others)", False, f"{watched.more:,} more groups", threshold))
    loud = {loss.kind for loss in watched.losses}
    quiet = () if watched.more else tuple(kind for kind in watched.kinds if kind not in loud)
    found += [result(f"{LOST}({kind})", True, "no group loses more", threshold) for kind in quiet]
    at_least = f"{LEAST_SHARED:g} of a removed document's words, or more"
    for each in watched.compared:
        named = unlike_examples(each)
        found.append(result(f"{SHARED}({each.step})", not each.unlike, told_unlike(each), at_least, named))
    return found


def told(loss: Loss) -> str:
    """The numbers of a loss in words."""
    return f"{loss.removed:,} of {loss.documents:,} removed ({loss.removed / loss.documents:.1%})"


def loss_examples(loss: Loss) -> str:
    """The examples of a loss in words."""
    return ", ".join(each[:LONGEST] for each in loss.examples)


def told_unlike(compared: Compared) -> str:
    """How many sampled documents share too few words with the kept one, in words."""
    if not compared.unlike:
        return f"none of {compared.documents:,} sampled documents shares fewer"
    return f"{len(compared.unlike):,} of {compared.documents:,} sampled documents share fewer"


def unlike_examples(compared: Compared) -> str:
    """The least similar document of each of the largest clusters with such documents, in words."""
    clusters: dict[str, Pair] = {}
    for pair in compared.unlike:
        least = clusters.get(pair.cluster)
        if least is None or (pair.shared, pair.removed) < (least.shared, least.removed):
            clusters[pair.cluster] = pair
    largest = sorted(clusters.values(), key=lambda pair: (-pair.size, pair.cluster))
    shown = [
        f"{pair.removed[:LONGEST]} ({pair.shared:.0%} in {pair.kept[:LONGEST]}, {pair.size:,} in the cluster)"
        for pair in largest
    ]
    more = f" and {len(shown) - NAMED:,} more clusters" if len(shown) > NAMED else ""
    return ", ".join(shown[:NAMED]) + more


def columns(watched: Watched) -> dict[str, list[object]]:
    """All alarms as the columns of one table, without hosts, and without addresses and ids of documents.

    This table is kept where `forget` does not look. `removed` are the documents that the step removed; of a sample of
    duplicates, those that are unlike the kept ones.
    """
    rows: list[tuple[object, ...]] = [
        (
            LOST,
            loss.kind,
            NOT_NAMED if loss.kind == HOST else loss.name,
            loss.step,
            loss.documents,
            loss.removed,
            loss.removed / loss.documents,
        )
        for loss in watched.losses
    ]
    for each in watched.compared:
        if unlike := len(each.unlike):
            rows.append((SHARED, "sample", "duplicates", each.step, each.documents, unlike, unlike / each.documents))
    names = ("alarm", "kind", "name", "step", "documents", "removed", "share")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
