"""Which documents share a key: a star around the smallest id of each bucket, never pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

BUCKET = ("scope", "band", "key")
"""What names a bucket: documents of different scopes are never compared, keys of different bands neither."""


def buckets(fingerprints: DataFrame, *, together: bool = False) -> DataFrame:
    """The columns of BUCKET and `id`: a row a key of each document, or one a document where keys count `together`.

    `fingerprints` has `id`, `scope` and `bands`, the keys: empty or null for a document that is not compared.
    """
    from pyspark.sql import functions as F

    if together:
        compared = fingerprints.where(F.size("bands") > 0)
        return compared.select("scope", F.lit(0).alias("band"), F.col("bands").alias("key"), "id")
    return fingerprints.select("scope", F.posexplode("bands").alias("band", "key"), "id")


def hubs(filled: DataFrame) -> DataFrame:
    """The columns of BUCKET and `hub`, the smallest id in it, for buckets of two documents or more."""
    from pyspark.sql import functions as F

    found = filled.groupBy(*BUCKET).agg(F.min("id").alias("hub"), F.count("*").alias("members"))
    return found.where("members > 1").drop("members")


def shared_buckets(fingerprints: DataFrame, *, together: bool = False) -> DataFrame:
    """The columns of BUCKET, `id` and `hub` for the buckets of two documents or more."""
    filled = buckets(fingerprints, together=together)
    return filled.join(hubs(filled), list(BUCKET))


def stars(shared: DataFrame) -> DataFrame:
    """Distinct edges `src` > `dst` between a document and the hub of each of its buckets.

    A bucket of k documents gives k-1 edges.
    """
    from pyspark.sql import functions as F

    return shared.where("id > hub").select(F.col("id").alias("src"), F.col("hub").alias("dst")).distinct()


def star_edges(fingerprints: DataFrame, *, together: bool = False) -> DataFrame:
    """Distinct edges between a document and the smallest id among those that share a key with it."""
    return stars(shared_buckets(fingerprints, together=together))
