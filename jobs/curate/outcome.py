"""The outcomes of a run: fates, corpus rows, clusters and cuts, before they are written to the lake."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F
from decantry.schemas import clusters, cuts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

RUN = ("recipe", "recipe_hash", "run_id")
"""The columns that say which run of which recipe wrote a row."""


@dataclass(frozen=True)
class Outcomes:
    """What a run has found out about documents.

    `rows` has one staged row for each judged document: those of the due crawls, and published ones that were judged
    again (see `frames.corpus_rows`). `changes` has new fates of published documents that were not judged again (see
    Effect). `found` has the clusters that each step found among all compared documents (see `dedup.clusters`). `cuts`
    has the paragraphs that each step cut from the judged documents: `crawl, id, paragraph, text, first_id,
    first_paragraph`. Both go by the step's name.
    """

    rows: DataFrame
    changes: DataFrame | None = None
    found: dict[str, DataFrame] = field(default_factory=dict)
    cuts: dict[str, DataFrame] = field(default_factory=dict)


def cluster_rows(judged: Outcomes) -> DataFrame | None:
    """The rows for silver/clusters without the columns of RUN; None if no step finds clusters."""
    names = {"member": "id", "cluster": "cluster_id", "size": "cluster_size"}
    columns = [name for name in clusters.TABLE.column_names if name not in RUN]
    parts = [
        found.withColumn("step", F.lit(step)).select(*(F.col(names.get(name, name)).alias(name) for name in columns))
        for step, found in judged.found.items()
    ]
    return reduce(lambda a, b: a.unionByName(b), parts) if parts else None


def cut_rows(judged: Outcomes) -> DataFrame | None:
    """The rows for silver/cuts without the columns of RUN; None if no step cuts paragraphs."""
    columns = [name for name in cuts.TABLE.column_names if name not in RUN]
    parts = [found.withColumn("step", F.lit(step)).select(*columns) for step, found in judged.cuts.items()]
    return reduce(lambda a, b: a.unionByName(b), parts) if parts else None
