"""Samples documents for a report: a few of each fate to show, and a sample to measure again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.curate.scoring import with_known
from decantry.jobs.explore.report.measures import measures
from decantry.jobs.explore.report.samples import CHARACTERS, chosen, samples
from decantry.jobs.lake.published import rows_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.across_documents import steps_across_documents
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rehydrate import Rehydrate
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.explore.report.contents import Measured, Sample
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

SAMPLE = 5_000
"""About how many documents are measured again, if the lake has not kept all measurements."""
BUCKETS = 1 << 20


@dataclass(frozen=True)
class Looked:
    """The histograms and the number of their documents, the samples, and why nothing was measured, if nothing was."""

    measures: tuple[Measured, ...]
    measured: int
    samples: tuple[Sample, ...]
    unmeasured: str | None


def look(
    lake: Lake,
    recipe: Recipe,
    published: Sequence[Published],
    verdicts: DataFrame,
    texts: DataFrame,
    facts: DataFrame,
    languages: tuple[str, ...],
) -> Looked:
    """The measurements, and samples of each fate.

    The measurements are of all documents if the lake has kept them (`--measure-all`), else of a sample. The choice of
    samples depends only on the ids of documents.
    """
    total = facts.count()
    signals = rows_of(lake, "silver/signals", published).select("id", F.col("values").alias("signals"))
    known = signals.count() == total
    share = 0 if known else -(-SAMPLE * BUCKETS // max(total, 1))
    drawn = facts.where(F.pmod(F.xxhash64("id"), F.lit(BUCKETS)) < share).select("id", "step")
    shown = chosen(verdicts).select("id", F.col("removed_by").alias("by"), F.col("values").alias("decided"))
    wanted = drawn.join(shown.withColumn("shown", F.lit(True)), "id", "full").persist()
    unmeasured = None
    try:
        rows = _measured(lake, texts, wanted, recipe)
    except UserError as error:  # a list or a model is not on this machine
        unmeasured = str(error)
        rows = _measured(lake, texts, wanted, None)
    rows = rows.persist()
    try:
        few = rows.where("shown").drop("step", "shown").collect()
        if known:
            every, measured = facts.select("id", "language", "step").join(signals, "id"), total
        else:
            every = rows.where("step IS NOT NULL").select(F.coalesce("language", F.lit("none")), "step", "signals")
            every = every.toDF("language", "step", "signals")
            measured = 0 if unmeasured else every.count()
        return Looked(
            measures(every, recipe, languages) if measured else (),
            measured,
            samples(lake, recipe, published, texts, few),
            None if known else unmeasured,
        )
    finally:
        rows.unpersist()
        wanted.unpersist()


def _measured(lake: Lake, texts: DataFrame, wanted: DataFrame, recipe: Recipe | None) -> DataFrame:
    """The wanted documents with `signals`, the measurements of all of the recipe's steps; empty without a recipe.

    Each text is measured as extracted: it includes paragraphs that a step cut because another document has them.
    """
    frame = fresh(texts.join(F.broadcast(wanted.select("id")), "id", "left_semi"))
    depend = steps_across_documents(recipe) if recipe else set()
    for step in recipe.steps if recipe else ():
        if isinstance(step, ScoredByModel):
            frame = with_known(lake, step, frame)
        # Deduplicate and Rehydrate compare documents with each other.
        if str(step) not in depend and not isinstance(step, Deduplicate | Rehydrate):
            frame = frame.transform(judge(step, measure_all=True))
    found = frame.select("id", "url", "crawl", "language", "signals", F.col("text").alias("edited"), "_original")
    text = F.when(F.col("by").isNull(), F.col("edited")).otherwise(F.col("_original"))
    return (
        found.join(F.broadcast(wanted), "id")
        .withColumn("characters", F.when(F.col("shown"), F.length(text)))
        .withColumn("text", F.when(F.col("shown"), F.substring(text, 1, CHARACTERS)))
        .withColumnsRenamed({"by": "removed_by", "decided": "values"})
        .drop("edited", "_original")
    )
