"""Which documents share a band: a star around the smallest id of each bucket, never pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def star_edges(fingerprints: DataFrame) -> DataFrame:
    """Distinct edges `src` > `dst` between a document and the smallest id among those that share a band with it.

    `fingerprints` has `id`, `scope` (documents of different scopes are never compared) and `bands`, one 64-bit key a
    band, empty for a text shorter than a shingle. A bucket of k documents gives k-1 edges.
    """
    keys = fingerprints.select("scope", "id", F.posexplode("bands").alias("band", "key"))
    bucket = ["scope", "band", "key"]
    hubs = keys.groupBy(*bucket).agg(F.min("id").alias("dst"), F.count("*").alias("members")).where("members > 1")
    return keys.join(hubs.drop("members"), bucket).where("id > dst").select(F.col("id").alias("src"), "dst").distinct()
