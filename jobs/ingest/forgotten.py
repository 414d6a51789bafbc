"""Forgotten pages are not ingested again. A reject without content stands for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.ingest.same_ids import with_digest_ids
from decantry.jobs.lake.forgotten import as_reject, forgotten, matching
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging


def leave_out(lake: Lake, staging: Staging, rows: DataFrame) -> tuple[DataFrame, dict[str, int]]:
    """The batch's rows without the pages of ops/forgotten, and the number of documents of each file that it removed.

    A document becomes a reject that has only its location. A reject loses its id, address and detail. A raw page is
    removed.
    """
    keys = forgotten(lake)
    if keys is None:
        return rows, {}
    location = ["warc_path", "warc_offset"]
    named = rows.where("kind IN ('document', 'reject') AND (id IS NOT NULL OR url IS NOT NULL)")
    named = named.unionByName(with_digest_ids(rows.where("kind = 'document'")))
    found = staging.write("forgotten", matching(named, keys, ["kind", *location]))
    if found.isEmpty():
        return rows, {}
    counts = found.where("kind = 'document'").groupBy("warc_path").count().collect()
    others = rows.join(found.select(*location), location, "left_anti")
    matched = rows.join(found.select(*location), location, "left_semi")
    documents = as_reject(matched.where("kind = 'document'")).withColumn("kind", F.lit("reject"))
    empty = {name: F.lit(None).cast("string") for name in ("id", "url", "detail")}
    rejects = matched.where("kind = 'reject'").withColumns(empty)
    left = others.unionByName(documents.select(*rows.columns)).unionByName(rejects.select(*rows.columns))
    return left, {row["warc_path"]: row["count"] for row in counts}
