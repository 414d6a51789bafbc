"""Look for alarms before a publication: groups that lose too much, and duplicates unlike the document that is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import KINDS, SOURCE, Loss, Watched, increased, losses_of_crawls
from decantry.jobs.checks.losses import COLUMNS, lost, with_examples
from decantry.jobs.checks.parts import verdict_counts
from decantry.jobs.checks.shared_words import compare, unverified
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.checks.parts import Part
    from decantry.jobs.curate.outcome import Outcomes
    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.reconcile import Amendment


def watch(planned: Plan, judged: Outcomes, amended: Amendment | None, parts: Sequence[Part]) -> Watched:
    """The alarms, counted on the staged rows.

    Due crawls are watched. So are amended crawls, if a step removes more of their documents than before. Languages,
    hosts and sources are watched in due crawls only.
    """
    recipe = planned.recipe
    due = F.col("crawl").isin(*planned.crawls)
    fates = judged.rows.where(due).select("id", "removed_by", *COLUMNS.values())
    crawls = losses_of_crawls(recipe, parts)
    if older := sorted({loss.name for loss in crawls} - {*planned.crawls}):
        crawls = increased(recipe, crawls, _published(planned, older))
    groups: list[Loss] = []
    more = 0
    mine = [part for part in parts if part.crawl in planned.crawls]
    everywhere = _everywhere(crawls, {part.crawl for part in mine})
    if sum(part.documents for part in mine) >= recipe.alarms.at_least:
        groups, more = lost(fates, recipe, everywhere)
    everything = fates
    if amended is not None:
        everything = fates.unionByName(amended.verdicts.select("crawl", "id", "removed_by"), allowMissingColumns=True)
    losses = with_examples([*crawls, *groups], everything, planned.documents)
    compared = []
    for step in unverified(recipe):
        if (found := judged.found.get(step)) is not None:
            compared.append(compare(step, found, planned.crawls, partial(_texts, planned), planned.staging.write))
    kinds = tuple(kind for kind in KINDS if kind != SOURCE or not everywhere)
    return Watched(kinds, losses, more, tuple(compared))


def _published(planned: Plan, crawls: Sequence[str]) -> dict[str, dict[str | None, int]]:
    """The number of published verdicts of each crawl by `removed_by`."""
    assert planned.existing is not None
    return verdict_counts(planned.existing.verdicts.where(F.col("crawl").isin(*crawls)))[0]


def _everywhere(losses: Sequence[Loss], crawls: set[str]) -> set[str]:
    """The steps that remove nearly everything of all these crawls."""
    return {loss.step for loss in losses if {each.name for each in losses if each.step == loss.step} >= crawls}


def _texts(planned: Plan, crawls: Collection[str], ids: Collection[str]) -> DataFrame:
    """`id, text, language` of the documents with these ids in these crawls, due or published.

    The crawls are named so that Delta skips the files of all others. Published documents are read only if one of the
    crawls is not due.
    """
    due, wanted = {*planned.crawls} & {*crawls}, F.col("id").isin(*ids)
    texts = planned.documents.where(F.col("crawl").isin(*due) & wanted)
    if others := {*crawls} - due:
        assert planned.existing is not None
        texts = texts.unionByName(planned.existing.documents().where(F.col("crawl").isin(*others) & wanted))
    return texts.select("id", "text", "language")
