"""Pages that are to be forgotten stay out: nothing of them is written but that something lay there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.ingest.same_ids import other_names
from decantry.jobs.lake.forgotten import as_reject, forgotten, matching

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging


def leave_out(lake: Lake, staging: Staging, rows: DataFrame) -> tuple[DataFrame, dict[str, int]]:
    """The batch's rows without what ops/forgotten means, and how many documents of each file that were.

    A document becomes a reject that names only its place, a reject loses its id, address and detail, a raw page goes.
    """
    if not lake.exists("ops/forgotten"):
        return rows, {}
    from pyspark.sql import functions as F

    keys = forgotten(lake)
    assert keys is not None
    place = ["warc_path", "warc_offset"]
    looked_at = rows.where("kind IN ('document', 'reject') AND (id IS NOT NULL OR url IS NOT NULL)")
    looked_at = looked_at.unionByName(other_names(rows.where("kind = 'document'")))
    places = staging.write("forgotten", matching(looked_at, keys, ["kind", *place]))
    if places.isEmpty():
        return rows, {}
    counts = places.where("kind = 'document'").groupBy("warc_path").count().collect()
    others = rows.join(places.select(*place), place, "left_anti")
    mine = rows.join(places.select(*place), place, "left_semi")
    documents = as_reject(mine.where("kind = 'document'")).withColumn("kind", F.lit("reject"))
    nothing = {name: F.lit(None).cast("string") for name in ("id", "url", "detail")}
    rejects = mine.where("kind = 'reject'").withColumns(nothing)
    left = others.unionByName(documents.select(*rows.columns)).unionByName(rejects.select(*rows.columns))
    return left, {row["warc_path"]: row["count"] for row in counts}
