"""Edges between documents that share a key. Each bucket is a star around its smallest id, not all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

BUCKET = ("scope", "band", "key")
"""The columns that identify a bucket. Documents of different scopes, and keys of different bands, are not compared."""


def buckets(fingerprints: DataFrame, *, together: bool = False) -> DataFrame:
    """The columns of BUCKET and `id`: a row for each key of a document, or with `together` one for all its keys.

    `fingerprints` has `id`, `scope` and `bands`: the keys, or empty or null if the document is not compared.
    """
    if together:
        compared = fingerprints.where(F.size("bands") > 0)
        return compared.select("scope", F.lit(0).alias("band"), F.col("bands").alias("key"), "id")
    return fingerprints.select("scope", F.posexplode("bands").alias("band", "key"), "id")


def hubs(filled: DataFrame) -> DataFrame:
    """The columns of BUCKET and `hub`, the smallest id in the bucket, for buckets of two or more documents."""
    found = filled.groupBy(*BUCKET).agg(F.min("id").alias("hub"), F.count("*").alias("members"))
    return found.where("members > 1").drop("members")


def shared_buckets(fingerprints: DataFrame, *, together: bool = False) -> DataFrame:
    """The columns of BUCKET, `id` and `hub` for the buckets of two or more documents."""
    filled = buckets(fingerprints, together=together)
    return filled.join(hubs(filled), list(BUCKET))


def stars(shared: DataFrame) -> DataFrame:
    """The distinct edges between a document and the hubs of its buckets, with `src` > `dst`.

    A bucket of k documents has k - 1 edges.
    """
    return shared.where("id > hub").select(F.col("id").alias("src"), F.col("hub").alias("dst")).distinct()
