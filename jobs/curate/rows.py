"""Write the verdicts of a run, and the rows that belong to them. They count only after the commit to the corpus."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from decantry.jobs.curate.outcome import Outcomes, cluster_rows, cut_rows
from decantry.jobs.process.spark import F
from decantry.schemas import clusters, cuts, signals, verdicts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.reconcile import Amendment


def write_rows(planned: Plan, judged: Outcomes, amended: Amendment | None) -> None:
    """Append the run's verdicts, clusters, cuts and measurements to their tables, all at the same time.

    Documents that the run did not judge again keep their measurements, with its run id, if it writes their verdicts.
    """
    lake, is_due = planned.lake, F.col("crawl").isin(*planned.crawls)
    fates = judged.rows.where(is_due).select("crawl", "id", "removed_by", "values", "cluster_id", "cluster_size")
    found, cut = (rows if rows is None else rows.where(is_due) for rows in (cluster_rows(judged), cut_rows(judged)))
    if amended is not None:
        fates = fates.unionByName(amended.verdicts)
        found, cut = _with(found, amended.clusters), _with(cut, amended.cuts)
    frames = {
        verdicts.TABLE.name: fates.withColumn("kept", F.col("removed_by").isNull()),
        clusters.TABLE.name: found,
        cuts.TABLE.name: cut,
    }
    measured = None if amended is None else amended.signals
    if planned.measure_all:
        new = judged.rows.select("crawl", "id", F.col("signals").alias("values"))
        measured = new if measured is None else new.unionByName(measured)
    frames[signals.TABLE.name] = measured
    run = {
        "recipe": F.lit(planned.recipe.recipe),
        "recipe_hash": F.lit(planned.recipe_hash),
        "run_id": F.lit(lake.run_id),
    }

    def append(name: str, frame: DataFrame) -> None:
        lake.append(name, frame.withColumns(run), recipe_hash=planned.recipe_hash)

    with ThreadPoolExecutor(len(frames)) as pool:
        list(pool.map(lambda each: append(*each), [(n, f) for n, f in frames.items() if f is not None]))


def _with(rows: DataFrame | None, more: DataFrame | None) -> DataFrame | None:
    """Both frames together. None if the recipe has no such rows."""
    return rows if rows is None or more is None else rows.unionByName(more)
