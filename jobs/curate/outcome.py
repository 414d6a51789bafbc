"""What the passes of a recipe come to: fates and corpus rows, and what each deduplicate step found."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.schemas import clusters, cuts

RUN = ("recipe", "recipe_hash", "run_id")
"""The columns that say which run of which recipe wrote a row."""


@dataclass(frozen=True)
class Outcomes:
    """One staged row a judged document, and what else is published with them.

    `rows` has `crawl`, the columns of GROUPS and FATE, and those of the recipe's corpus table but `id` (null where the
    document was removed): of the crawls that are due, and of published documents that were judged again. `changes` has
    the fates of published documents that only a cluster changed (see Effect). `found` are the clusters by step
    (`dedup.clusters`), over all that was compared; `cuts` the paragraphs cut by step, `crawl, id, paragraph, text,
    first_id, first_paragraph`, of the judged documents.
    """

    rows: DataFrame
    changes: DataFrame | None = None
    found: dict[str, DataFrame] = field(default_factory=dict)
    cuts: dict[str, DataFrame] = field(default_factory=dict)


def cluster_rows(judged: Outcomes) -> DataFrame | None:
    """What the steps found, as silver/clusters has it, without RUN; None where no step finds clusters."""
    names = {"member": "id", "cluster": "cluster_id", "size": "cluster_size"}
    columns = [name for name in clusters.TABLE.column_names if name not in RUN]
    parts = [
        found.withColumn("step", F.lit(step)).select(*(F.col(names.get(name, name)).alias(name) for name in columns))
        for step, found in judged.found.items()
    ]
    return reduce(DataFrame.unionByName, parts) if parts else None


def cut_rows(judged: Outcomes) -> DataFrame | None:
    """What the steps cut, as silver/cuts has it, without RUN; None where no step cuts."""
    columns = [name for name in cuts.TABLE.column_names if name not in RUN]
    parts = [found.withColumn("step", F.lit(step)).select(*columns) for step, found in judged.cuts.items()]
    return reduce(DataFrame.unionByName, parts) if parts else None
