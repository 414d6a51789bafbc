"""Counts the documents of each host of a corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.explore.audit.contents import Host, Hosts
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

LARGEST = 25
"""How many hosts are shown."""


def counted(documents: DataFrame, found: DataFrame) -> Hosts | None:
    """The hosts of the documents; None if no document has a host.

    `documents` has `id, host, characters`, and `found` the rows of `dedup.clusters`.
    """
    removed = found.where("id <> survivor").select("id", F.lit(1).alias("near"))
    by_host = (
        documents.join(removed, "id", "left")
        .groupBy("host")
        .agg(F.count("*").alias("documents"), F.sum("characters").alias("characters"), F.count("near").alias("near"))
    )
    hosts = by_host.where("host IS NOT NULL")
    rows = hosts.orderBy(F.desc("documents"), "host").limit(LARGEST).collect()
    if not rows:
        return None
    without = by_host.where("host IS NULL").first()
    largest = tuple(Host(row["host"], row["documents"], row["characters"], row["near"]) for row in rows)
    return Hosts(hosts.count(), 0 if without is None else without["documents"], largest)
