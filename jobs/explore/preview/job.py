"""The preview job: what other thresholds would do to a published corpus, without a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import texts_of
from decantry.jobs.explore.preview.again import judged_again
from decantry.jobs.explore.preview.contents import CHARACTERS_SHOWN, Example, Preview
from decantry.jobs.explore.preview.estimate import Sampling
from decantry.jobs.explore.preview.measured import affected
from decantry.jobs.explore.preview.notes import notes
from decantry.jobs.explore.preview.outcomes import outcomes, summed
from decantry.jobs.explore.preview.request import request_of
from decantry.jobs.lake.commits.corpora import recorded
from decantry.jobs.lake.published import rows_of
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.load import parse
from decantry.schemas.corpus import table_name
from decantry.schemas.signals import CHARACTERS, TOKENS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

LIMIT = 2_000
"""About how many documents are judged again from their texts, so that a preview takes seconds. If there are more, a
sample of this size is judged."""
BUCKETS = 1 << 20


def preview(
    lake: Lake,
    recipe: Recipe,
    changes_of: Callable[[Recipe], Sequence[Change]],
    *,
    samples: int = 3,
    limit: int = LIMIT,
    tell: Callable[[str], None] = lambda line: None,
) -> Preview:
    """What the changes do to the corpus of `recipe` that is published in the lake.

    `changes_of` returns the changes for the recipe as it was published. Documents with kept measurements
    (`--measure-all`) are decided by these. A document is judged again from its text if it has no measurements, or if it
    enters and the measurements do not say whether it passes the later steps. If there are more than `limit` of these, a
    sample is judged: the documents whose ids have the smallest hashes. For a single change, up to `samples` documents
    that enter and as many that leave are returned. Raises UserError if the recipe is not published in the lake.
    """
    request = request_of(recorded(lake), recipe, lake.uri, parse, changes_of)
    recipe, published, changes = request.recipe, request.published, request.changes
    texts = texts_of(lake, recipe).where(F.col("crawl").isin([each.crawl for each in published]))
    corpus = lake.read(table_name(recipe.recipe)).where("copy = 0")
    corpus = corpus.where(F.col("dump").isin([each.crawl for each in published]))
    tell("reading verdicts and measurements")
    with _held(affected(lake, recipe, published, texts, changes)) as rows_of_documents:
        counted = rows_of_documents.groupBy("again").count().collect()
        count = {row["again"]: row["count"] for row in counted}
        population = count.get(True, 0)
        wanted = rows_of_documents.where("again")
        if population > limit:
            share = -(-limit * BUCKETS // population)
            wanted = wanted.where(F.pmod(F.xxhash64("id"), F.lit(BUCKETS)) < share)
        if population:
            tell(f"judging documents again, {min(population, limit):,} of {population:,}")
        moving = _with_sizes(rows_of_documents.where("NOT again").withColumn("exact", F.lit(True)), corpus)
        with _held(_again(lake, recipe, published, texts, wanted, changes)) as again:
            sampled = again.count() if population else 0
            with _held(moving.unionByName(again) if population else moving) as moving:
                kept = rows_of_documents.where("kept").groupBy("language").count().collect()
                sampling = Sampling(population, sampled)
                by_language = {row["language"]: row["count"] for row in kept}
                found = outcomes(summed(moving), changes, by_language, sampling, tokens=request.counts_tokens)
                tokens = corpus.agg(F.sum("token_count")).first()
                return Preview(
                    recipe=recipe.recipe,
                    publication=request.publication,
                    kept=found[0].total.kept,
                    tokens=tokens[0] if tokens and request.counts_tokens else None,
                    measured=count.get(False, 0),
                    population=population,
                    sampled=sampled,
                    now=changes[0].before,
                    outcomes=found,
                    examples=_examples(moving, texts, samples) if len(changes) == 1 and samples else (),
                    notes=notes(request, lambda: _survivors(lake, published, moving), sampling),
                )


@contextmanager
def _held(frame: DataFrame) -> Iterator[DataFrame]:
    """The frame, cached by Spark until the end of the block."""
    frame = frame.persist()
    try:
        yield frame
    finally:
        frame.unpersist()


def _again(
    lake: Lake,
    recipe: Recipe,
    published: Sequence[Published],
    texts: DataFrame,
    wanted: DataFrame,
    changes: Sequence[Change],
) -> DataFrame:
    """The wanted documents, with the results of judging them again."""
    ids = F.broadcast(wanted.select("id"))
    documents = texts.join(ids, "id", "left_semi")
    cuts = rows_of(lake, "silver/cuts", published).join(ids, "id", "left_semi")
    found = judged_again(lake, recipe, documents, cuts, changes)
    decided = wanted.select("id", "language", "kept", "removed_by", "values").join(found, "id")
    stays = F.col("kept") | F.col("stays")
    now = F.transform("passes", lambda passes: passes & stays)
    return decided.select(
        *("id", "language", "kept", "removed_by", "values", "shown"),
        *(now.alias("now"), "characters", "tokens", F.lit(False).alias("exact")),
    )


def _with_sizes(decided: DataFrame, corpus: DataFrame) -> DataFrame:
    """The decided documents that leave or enter, with the sizes of their texts.

    These are the sizes in the corpus; for documents that enter, those that the run kept with the measurements.
    """
    moves = decided.where(F.exists("now", lambda now: now != F.col("kept")))
    sizes = corpus.select("id", F.length("text").cast("bigint"), F.col("token_count").cast("bigint"))
    return moves.join(sizes.toDF("id", "_c", "_t"), "id", "left").select(
        *("id", "language", "kept", "removed_by", "values", "shown", "now"),
        *(F.coalesce("_c", CHARACTERS).alias(CHARACTERS), F.coalesce("_t", TOKENS).alias(TOKENS), "exact"),
    )


def _survivors(lake: Lake, published: Sequence[Published], moving: DataFrame) -> tuple[int, int]:
    """The number of leaving documents that are survivors of clusters, and the size of these clusters together."""
    leaving = moving.where(F.col("kept") & ~F.col("now")[0]).select(F.col("id").alias("member"))
    kept_for = rows_of(lake, "silver/clusters", published).where("member = survivor AND size > 1")
    found = kept_for.join(leaving, "member", "left_semi").agg(F.count("*"), F.sum("size")).first()
    return (0, 0) if found is None or not found[0] else (found[0], found[1])


def _examples(moving: DataFrame, texts: DataFrame, samples: int) -> tuple[Example, ...]:
    """A few documents that enter and a few that leave: those whose ids have the smallest hashes."""
    moved = moving.where(F.col("kept") != F.col("now")[0])
    order = (F.sha2("id", 256), "id")
    few = [row for kept in (False, True) for row in moved.where(F.col("kept") == kept).orderBy(*order).take(samples)]
    if not few:
        return ()
    beginning = F.substring("text", 1, CHARACTERS_SHOWN).alias("text")
    wanted = texts.where(F.col("id").isin([row["id"] for row in few])).select("id", "url", beginning)
    found = {row["id"]: row for row in wanted.collect()}
    return tuple(
        Example(
            id=row["id"],
            url=found[row["id"]]["url"],
            enters=not row["kept"],
            removed_by=row["removed_by"],
            measured=dict(row["shown"] or {}) or dict(row["values"] or {}),
            text=found[row["id"]]["text"],
        )
        for row in few
        if row["id"] in found
    )
