"""Finds the duplicates in a corpus: equal texts, and verified near-duplicates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from decantry.jobs.dedup.clusters import Verification, clusters
from decantry.jobs.dedup.order import RANK
from decantry.jobs.explore.audit.contents import Cluster, Duplicates, Text
from decantry.jobs.explore.report.counts import range_of_sizes
from decantry.jobs.process.spark import F, Window
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.explore.audit.scratch import Scratch

SIMILARITY = 0.8
"""The lowest Jaccard similarity of near-duplicates, as in the recipe `dedup`."""
LARGEST = 12
"""How many clusters are shown, and how many removed documents of each, the least similar first."""
MEMBERS = 3

Texts = Callable[[dict[str, float | None]], dict[str, Text]]
"""Returns the documents with these ids, with their similarities."""


def step_of(similarity: float) -> NearDuplicates:
    """The step that finds near-duplicates, with the options of the recipe `dedup`."""
    return NearDuplicates(scope="all", verify=similarity)


def setting(step: NearDuplicates) -> str:
    """The step's options in words."""
    return (
        f"MinHash over {step.ngram}-grams of words, {step.bands} bands of {step.rows} rows, which finds "
        f"{step.found_with(step.verify or 1):.1%} of the pairs at {step.verify:g}"
    )


def found_in(documents: DataFrame, step: NearDuplicates, scratch: Scratch) -> tuple[DataFrame, DataFrame]:
    """The fingerprints of the documents, and the rows of `dedup.clusters`. `documents` has `id, text, language`.

    Of a cluster, the first document in the order of the corpus is kept.
    """
    fixed = {"crawl": F.lit(""), "warc_path": F.lit(""), "warc_offset": F.lit(0).cast("bigint"), "scope": F.lit("")}
    columns = {name: column.alias(name) for name, column in fixed.items()}
    prints = scratch.write(
        "fingerprints",
        documents.select(
            "id",
            F.array().cast(RANK).alias("rank"),
            *columns.values(),
            F.sha2("text", 256).alias("digest"),
            native("once", step.keys()).alias("bands"),
        ),
    )

    def texts(wanted: DataFrame) -> DataFrame:
        return documents.join(wanted, "id", "left_semi")

    verification: Verification | None = step.verification(texts)
    return prints, scratch.write("clusters", clusters(prints, scratch.write, verification=verification))


def counted(prints: DataFrame, found: DataFrame, texts: Texts) -> Duplicates:
    """The counts of duplicates, and the largest clusters with the beginnings of their texts."""
    equal = prints.groupBy("digest").agg(F.count("*").alias("n")).agg(F.coalesce(F.sum(F.col("n") - 1), F.lit(0)))
    exact, uncompared = (_one(frame) for frame in (equal, prints.agg(F.count_if(F.size("bands") == 0))))
    removed = found.where("id <> survivor")
    digests = prints.select("id", "digest")
    kept = digests.select(F.col("id").alias("survivor"), F.col("digest").alias("kept"))
    other = removed.select("id", "survivor").join(digests, "id").join(kept, "survivor").where("digest <> kept")
    survivors = found.where("id = survivor")
    return Duplicates(
        exact=exact,
        near=removed.count(),
        near_only=other.count(),
        uncompared=uncompared,
        sizes=_sizes(survivors),
        largest=_largest(found, survivors, texts),
    )


def _sizes(survivors: DataFrame) -> tuple[tuple[str, int, int], ...]:
    power = F.floor(F.log2(F.col("cluster_size").cast("double"))).cast("int").alias("power")
    sums = F.count("*").alias("n"), F.sum("cluster_size").alias("documents")
    rows = survivors.groupBy(power).agg(*sums).orderBy("power").collect()
    return tuple((range_of_sizes(row["power"]), row["n"], row["documents"]) for row in rows)


def _largest(found: DataFrame, survivors: DataFrame, texts: Texts) -> tuple[Cluster, ...]:
    top = survivors.orderBy(F.desc("cluster_size"), "id").limit(LARGEST).select("id", "cluster_size").collect()
    order = Window.partitionBy("survivor").orderBy("similarity", "id")
    mine = found.where(F.col("survivor").isin([row["id"] for row in top]) & (F.col("id") != F.col("survivor")))
    few = mine.withColumn("_n", F.row_number().over(order)).where(F.col("_n") <= MEMBERS).orderBy("survivor", "_n")
    members = few.select("survivor", "id", "similarity").collect()
    wanted: dict[str, float | None] = {row["id"]: None for row in top}
    shown = texts(wanted | {row["id"]: row["similarity"] for row in members})
    return tuple(
        Cluster(
            row["cluster_size"],
            shown[row["id"]],
            tuple(shown[each["id"]] for each in members if each["survivor"] == row["id"]),
        )
        for row in top
    )


def _one(frame: DataFrame) -> int:
    row = frame.first()
    assert row is not None
    return int(row[0])
