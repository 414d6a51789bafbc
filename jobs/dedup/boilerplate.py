"""Finds the lines that are on many pages of a host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.order import ORDER
from decantry.jobs.dedup.paragraphs import BLANK, cut_share
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


def of_hosts(fingerprints: DataFrame, min_pages: int, share: float) -> DataFrame:
    """`id, crawl, cuts` for each document with a line that is on `share` or more of the pages of its scope.

    `fingerprints` has the columns of ORDER, `scope` (which names the host), and `bands`, which has a key for each
    line. Pages whose lines are all the same count as one page. A scope of fewer than `min_pages` pages has no such
    lines. `cuts` are structs of `paragraph, first_id, first_paragraph`, sorted, where `first_id` is the first document
    with the line by ORDER. Lines are numbered from 0.
    """
    documents = fingerprints.where(F.size("bands") > 0).withColumn("page", F.xxhash64("bands"))
    hosts = documents.groupBy("scope").agg(F.count_distinct("page").alias("pages")).where(F.col("pages") >= min_pages)
    exploded = documents.join(hosts, "scope").select(
        *ORDER, "scope", "page", "pages", F.posexplode("bands").alias("paragraph", "key")
    )
    rows = exploded.where(F.col("key") != BLANK)
    lines = rows.groupBy("scope", "key").agg(
        F.count_distinct("page").alias("with"),
        F.first("pages").alias("pages"),
        F.min(F.struct(*ORDER, "paragraph")).alias("first"),
    )
    # rounded, so that 2 of 5 pages are a share of 0.4 whatever the numbers are in binary
    template = lines.where(F.round(F.col("with") / F.col("pages"), 9) >= share).select(
        "scope", "key", F.col("first.id").alias("first_id"), F.col("first.paragraph").alias("first_paragraph")
    )
    cut = F.struct("paragraph", "first_id", "first_paragraph")
    found = rows.select("id", "crawl", "scope", "key", "paragraph").join(template, ["scope", "key"])
    return found.groupBy("id", "crawl").agg(F.sort_array(F.collect_list(cut)).alias("cuts"))


def lost_share(text: str, left: str) -> Column:
    """The share of its characters that a text lost; 1 where no letter or digit is left of those that it had."""
    said = r"[\p{L}\p{N}]"
    emptied = F.col(text).rlike(said) & ~F.col(left).rlike(said)
    return F.when(emptied, F.lit(1.0)).otherwise(cut_share(text, left))
