"""Keeping a lake's counts consistent after pages were forgotten: the manifest still agrees with the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.lake.forgotten import FORGOTTEN, as_reject, matching
from decantry.jobs.lake.published import published_verdicts
from decantry.jobs.process.spark import F
from decantry.schemas.documents import GIVEN

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging

_LOCATION = ("warc_path", "warc_offset", "extractor")


def turn_into_rejects(lake: Lake, staging: Staging, ids: DataFrame) -> None:
    """Add a reject for each document with one of the ids, unless it has one."""
    if not lake.exists("silver/documents"):
        return
    documents = lake.read("silver/documents").join(ids, "id", "left_semi")
    known = lake.read("silver/rejects").where(F.col("reason") == FORGOTTEN[1]).select(*_LOCATION)
    fresh = as_reject(documents).withColumn("run_id", F.lit(lake.run_id)).join(known, list(_LOCATION), "left_anti")
    rows = staging.write("rejects", fresh)
    if not rows.isEmpty():
        lake.append("silver/rejects", rows)


def scrub_rejects(lake: Lake, staging: Staging, keys: DataFrame, removed: dict[str, int]) -> None:
    """Remove id, address and detail from the rejects that match the keys. The rejects themselves stay."""
    if not lake.exists("silver/rejects"):
        return
    rejects = lake.read("silver/rejects").where("id IS NOT NULL OR url IS NOT NULL")
    found = staging.write("scrubbed", matching(rejects, keys, _LOCATION))
    count = found.count()
    if not count:
        return
    same = " AND ".join(f"t.{name} <=> s.{name}" for name in _LOCATION)
    nothing: dict[str, str | Column] = {name: F.lit(None).cast("string") for name in ("id", "url", "detail")}
    lake.merge("silver/rejects", found, same, lambda m: m.whenMatchedUpdate(set=nothing))
    removed["silver/rejects"] = count


def balance_inputs(lake: Lake, staging: Staging) -> None:
    """Count documents and rejects again, in the manifest, for the files that lost documents."""
    if not lake.exists("ops/inputs"):
        return
    touched = lake.read("silver/rejects").where(F.col("reason") == FORGOTTEN[1]).select("warc_path").distinct()
    lines = lake.read("ops/inputs").where("status <> 'failed'").select("path", "extractor", "ingest_hash")
    lines = lines.join(touched.withColumnRenamed("warc_path", "path"), "path", "left_semi")
    counted = lines
    tables = {"documents": "silver/documents", "rejects": "silver/rejects"}
    for name, table in tables.items():
        rows = lake.read(table)
        if name == "rejects":
            rows = rows.where("stage <> 'archive'")
        rows = rows.select(F.col("warc_path").alias("path"), F.col("extractor").alias("by"))
        own = F.col("by").isin(*GIVEN) | (F.col("by") == F.col("extractor"))
        mine = rows.join(lines, "path").where(own)
        counts = mine.groupBy("path", "ingest_hash").agg(F.count("*").alias(name))
        counted = counted.join(counts, ["path", "ingest_hash"], "left")
    found = staging.write("inputs", counted.select("path", "ingest_hash", *tables).na.fill(0))
    if found.isEmpty():
        return
    same = "t.path = s.path AND t.ingest_hash = s.ingest_hash"
    other = "NOT (t.documents <=> s.documents AND t.rejects <=> s.rejects)"
    counts_now: dict[str, str | Column] = {name: f"s.{name}" for name in tables}
    lake.merge("ops/inputs", found, same, lambda m: m.whenMatchedUpdate(condition=other, set=counts_now))


def rename_clusters(lake: Lake, name: str, ids: DataFrame) -> None:
    """Rename clusters whose smallest member was removed after the smallest member that is left."""
    group = ["recipe", "recipe_hash", "cluster_id"]
    lost = ids.select(F.col("id").alias("cluster_id"))
    left = published_verdicts(lake).join(lost, "cluster_id", "left_semi")
    named = left.groupBy(*group).agg(F.min("id").alias("smallest"))
    if named.isEmpty():
        return
    same = " AND ".join(f"t.{column} = s.{column}" for column in group)
    lake.merge(name, named, same, lambda m: m.whenMatchedUpdate(set={"cluster_id": "s.smallest"}))
