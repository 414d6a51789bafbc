"""Samples documents for a report: a few of each fate to show, and a sample to measure again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.curate.judge import VALUES, fresh, judge
from decantry.jobs.curate.scoring import with_known
from decantry.jobs.explore.report.counts import NO_LANGUAGE
from decantry.jobs.explore.report.measures import measures, values_of
from decantry.jobs.explore.report.samples import CHARACTERS, chosen, samples
from decantry.jobs.lake.published import rows_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
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
class Examined:
    """The histograms and the number of their documents, the samples, and why nothing was measured, if nothing was."""

    measures: tuple[Measured, ...]
    measured: int
    samples: tuple[Sample, ...]
    unmeasured: str | None


@dataclass(frozen=True)
class Frames:
    """A published corpus: its verdicts and its rows, the texts of its documents, and `counts.facts`."""

    verdicts: DataFrame
    corpus: DataFrame
    texts: DataFrame
    facts: DataFrame


def examine(
    lake: Lake, recipe: Recipe, published: Sequence[Published], frames: Frames, total: int, languages: tuple[str, ...]
) -> Examined:
    """The measurements of `total` documents, and samples of each fate.

    The measurements are of all documents if the lake has kept them (`--measure-all`), else of a sample. The choice of
    samples depends only on the ids of documents.
    """
    signals = rows_of(lake, "silver/signals", published).select("id", F.col("values").alias("signals"))
    known = signals.count() == total
    share = 0 if known else -(-SAMPLE * BUCKETS // max(total, 1))
    drawn = frames.facts.where(F.pmod(F.xxhash64("id"), F.lit(BUCKETS)) < share).select(
        "id", F.col("step").alias("_step")
    )
    shown = chosen(frames.facts).select("id", F.col("removed_by").alias("_by"), F.lit(True).alias("_shown"))
    wanted = drawn.join(shown, "id", "full").persist()  # a recipe's columns have other names
    documents = frames.texts.select("id", "url", "crawl", "language", "text").join(F.broadcast(wanted), "id")
    unmeasured = None
    try:
        if known:
            rows = documents.join(_of(signals, wanted), "id", "left")
        else:
            rows = _measured(lake, frames.texts.join(F.broadcast(wanted), "id"), recipe)
    except UserError as error:  # a list or a model is not on this machine
        unmeasured = str(error)
        rows = documents.withColumn("signals", F.create_map().cast(VALUES))
    rows = _shown(rows, frames, wanted).persist()
    try:
        few = rows.where("_shown").collect()
        if known:
            every = signals.select("id", values_of(recipe).alias("values"))  # narrow, because it may be shuffled
            every, measured = frames.facts.select("id", "language", "step").join(every, "id"), total
        else:
            language = F.coalesce("language", F.lit(NO_LANGUAGE)).alias("language")
            every = rows.where("_step IS NOT NULL")
            every = every.select(language, F.col("_step").alias("step"), values_of(recipe).alias("values"))
            measured = 0 if unmeasured else every.count()
        return Examined(
            measures(every, recipe, languages) if measured else (),
            measured,
            samples(lake, recipe, published, frames.texts, few),
            None if known else unmeasured,
        )
    finally:
        rows.unpersist()
        wanted.unpersist()


def _of(rows: DataFrame, few: DataFrame) -> DataFrame:
    """The rows whose id is among the few."""
    return rows.join(F.broadcast(few.select("id")), "id", "left_semi")


def _measured(lake: Lake, documents: DataFrame, recipe: Recipe) -> DataFrame:
    """The documents with `signals`, the measurements of all of the recipe's steps.

    Each text is measured as extracted: it includes paragraphs that a step cut because another document has them.
    """
    frame = fresh(documents)
    depend = steps_across_documents(recipe)
    for step in recipe.steps:
        if isinstance(step, ScoredByModel):
            frame = with_known(lake, step, frame)
        # Deduplicate and Rehydrate compare documents with each other.
        if str(step) not in depend and not isinstance(step, Deduplicate | Rehydrate):
            frame = frame.transform(judge(step, measure_all=True))
    return frame.withColumn("text", F.col("_original"))


def _shown(rows: DataFrame, frames: Frames, wanted: DataFrame) -> DataFrame:
    """The rows with the fate of each document; the beginning of its text, if it is shown.

    The text of a removed document is the extracted one, that of a kept document is the corpus's.
    """
    shown = wanted.where("_shown")
    corpus = _of(frames.corpus.where("copy = 0"), shown.where("_by IS NULL")).select("id", F.col("text").alias("kept"))
    decided = _of(frames.verdicts, shown).select("id", F.col("values").alias("decided"))
    text = F.coalesce("kept", "text")
    found = rows.select("id", "url", "crawl", "language", "_step", "_shown", "signals", "_by", "text")
    return (
        found.join(F.broadcast(corpus), "id", "left")
        .join(F.broadcast(decided), "id", "left")
        .withColumn("characters", F.when(F.col("_shown"), F.length(text)))
        .withColumn("text", F.when(F.col("_shown"), F.substring(text, 1, CHARACTERS)))
        .withColumnsRenamed({"_by": "removed_by", "decided": "values"})
        .drop("kept")
    )
