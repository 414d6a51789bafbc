"""Rows of runs that are not live: runs that died, and runs whose verdicts were replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from decantry.jobs.lake.live import Published, states
from decantry.jobs.process.spark import F
from decantry.jobs.process.terminal import counted
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from pyspark.sql import Row

    from decantry.jobs.lake.lake import Lake

OF_RUNS = ("silver/verdicts", "silver/clusters", "silver/cuts", "silver/signals")
"""The tables whose rows count only if their run is live."""


def remove_unseen(lake: Lake, rows: Iterable[Mapping[str, Any]], days: int, tell: Callable[[str], None]) -> None:
    """Delete the rows that runs wrote more than `days` ago, unless a publication of the last `days` shows them.

    `rows` are those of ops/publications. The age of rows is that of their files, so rows of a running job are young.
    Younger rows stay, because a rollback may make them live again.
    """
    oldest = datetime.now(timezone.utc) - timedelta(days=days)
    since = shown_since(rows, oldest.replace(tzinfo=None))
    shown = {(each.recipe, each.crawl, run) for each in since for run in each.runs}
    for name in (name for name in OF_RUNS if lake.exists(name)):
        gone = [run for run in _runs(lake, name, oldest) if tuple(run) not in shown]
        if gone:
            runs = counted(len({run["run_id"] for run in gone}), "run")
            tell(f"removing rows of {runs} from {name} that no publication shows")
            where = " OR ".join(
                f"({' AND '.join(f'{column} = {literal(run[column])}' for column in ('recipe', 'crawl', 'run_id'))})"
                for run in gone
            )
            lake.change(name, lambda table, where=where: table.delete(where))  # type: ignore[misc]


def shown_since(rows: Iterable[Mapping[str, Any]], moment: datetime) -> list[Published]:
    """Everything that was published at the given time or later, crawl by crawl."""
    by_recipe: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_recipe.setdefault(row["recipe"], []).append(row)
    found: list[Published] = []
    for mine in by_recipe.values():
        at = {row["corpus_version"]: row["published_at"] for row in mine}
        history = list(states(mine).items())
        for number, (_, state) in enumerate(history):
            replaced_at = at[history[number + 1][0]] if number + 1 < len(history) else None
            if replaced_at is None or replaced_at >= moment:
                found += state.values()
    return found


def _runs(lake: Lake, name: str, oldest: datetime) -> list[Row]:
    """The recipe, crawl and run of all rows in files that are older than the given time."""
    modified = F.max("_metadata.file_modification_time").alias("modified")
    runs = lake.delta(name).toDF().groupBy("recipe", "crawl", "run_id").agg(modified)
    return runs.where(F.col("modified") < F.lit(oldest)).select("recipe", "crawl", "run_id").collect()
