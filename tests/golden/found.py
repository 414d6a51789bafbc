"""The results of steps that look across documents."""

from __future__ import annotations

from collections import defaultdict
from functools import reduce
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.curate.judge import once
from decantry.jobs.dedup.clusters import Verification, clusters
from decantry.jobs.dedup.order import LOCATION
from decantry.jobs.dedup.paragraphs import cut_share, without
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.ensemble_buckets import EnsembleBuckets
from decantry.jobs.steps.find_clusters import FindClusters
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.select_top import SelectTop

if TYPE_CHECKING:
    from decantry.jobs.steps.step import Step

Selecting = SelectTop | EnsembleBuckets
"""Steps that rank documents by existing numbers."""

Found = dict[str, dict[str, Any]]
"""The results by id."""


def found(frame: DataFrame, tried: dict[str, Step]) -> dict[str, Found]:
    """The result of each step that looks across documents, by the column of `frame` with the keys that it compares."""
    made: dict[str, Found] = defaultdict(dict)
    alike: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for column, step in tried.items():
        if isinstance(step, Deduplicate) and step.edits_text:
            compared = frame.select(*LOCATION, f"{column}.*")
            made[column] = _cut(frame, step.find(compared, _stage, lambda wanted: wanted))
        elif isinstance(step, Selecting):
            made[column] = _selected(frame.select(*LOCATION, F.lit(None).alias("removed_by"), f"{column}.*"), step)
        elif isinstance(step, FindClusters):
            verified = column if isinstance(step, NearDuplicates) and step.verify is not None else ""
            alike[step.together, verified].append(column)
    for (together, verified), columns in alike.items():
        for row in _clusters(frame, columns, together, tried.get(verified)):
            column, _, id_ = row.pop("id").partition(":")
            ids = {name: row[name].partition(":")[2] for name in ("cluster_id", "survivor")}
            made[column][id_] = {"found": {**row, **ids}}
    return made


def _clusters(frame: DataFrame, columns: list[str], together: bool, verified: Step | None) -> list[dict[str, Any]]:
    """The clusters of several steps at once. Each step has ids and scopes of its own."""
    parts = [
        frame.select(
            F.concat(F.lit(f"{column}:"), "id").alias("id"),
            *(name for name in LOCATION if name != "id"),
            F.concat(F.lit(f"{column}:"), f"{column}.scope").alias("scope"),
            f"{column}.rank",
            f"{column}.bands",
        )
        for column in columns
    ]

    def shingles(wanted: DataFrame) -> DataFrame:
        assert isinstance(verified, NearDuplicates)
        texts = frame.withColumn("id", F.concat(F.lit(f"{columns[0]}:"), "id")).join(wanted, "id", "left_semi")
        return texts.select("id", once(verified.shingle_hashes()).alias("shingles"))

    verification = None
    if isinstance(verified, NearDuplicates) and verified.verify is not None:
        verification = Verification(verified.verify, verified.centres, shingles)
    fingerprints = reduce(DataFrame.unionByName, parts)
    rows = clusters(fingerprints, _stage, together=together, verification=verification).drop("crawl").collect()
    return [row.asDict() for row in rows]


def _selected(staged: DataFrame, step: Selecting) -> Found:
    rows = [row.asDict() for row in step.find(staged, _stage, lambda wanted: wanted).collect()]
    return {row.pop("id"): {"found": row} for row in rows}


def _cut(frame: DataFrame, cuts: DataFrame) -> Found:
    left = frame.join(cuts.select("id", "cuts"), "id").withColumn("left", without("text", "cuts"))
    rows = left.select("id", "cuts", "left", cut_share("text", "left").alias("cut_share")).collect()
    return {
        row["id"]: {name: value for name, value in row.asDict(recursive=True).items() if name != "id"} for row in rows
    }


def _stage(name: str, frame: DataFrame) -> DataFrame:
    return frame.localCheckpoint()
