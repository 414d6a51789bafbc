"""Reads silver/scores, and adds scores of texts that have none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.lake.commits.schema import added_columns
from decantry.jobs.models.scored import KEY, scored
from decantry.jobs.process.spark import F
from decantry.schemas.scores import TABLE
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from delta.tables import DeltaMergeBuilder
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging
    from decantry.jobs.models.model import Model

Texts = Callable[["DataFrame"], "DataFrame"]
"""Returns `crawl, id, text` for a frame of `id`."""


_VERSION = "coalesce(scorer_version, 1)"


def known(lake: Lake, model: Model, crawls: Sequence[str] | None = None) -> DataFrame:
    """The columns `id, text_hash, score` of texts that the model has scored, in these crawls (in all if None).

    Scores by another version of the code do not count.
    """
    return _by_model(lake, model, crawls).where(f"{_VERSION} = {model.version}").select("id", "text_hash", "score")


def scores(
    lake: Lake, model: Model, wanted: DataFrame, crawls: Sequence[str], texts: Texts, staging: Staging, name: str
) -> DataFrame:
    """The columns `id, score` for each row of `wanted`.

    `wanted` is staged, has KEY with one row for each id, and contains documents of `crawls`. Scores that silver/scores
    lacks are computed, staged and added to it. A score depends only on text and model, so it is valid even if its run
    publishes nothing.
    """
    scores_so_far = known(lake, model, crawls)
    missing = staging.write(
        f"{name}-missing", wanted.join(scores_so_far, ["id", "text_hash"], "left_anti").select(*KEY)
    )
    if not missing.isEmpty():
        new = staging.write(f"{name}-new", scored(texts(missing.select("id")), model))
        add(lake, model, new, crawls)
        scores_so_far = scores_so_far.unionByName(new.select("id", "text_hash", "score"))
    # another run may have added the same score meanwhile
    found = wanted.join(scores_so_far, ["id", "text_hash"]).groupBy("id").agg(F.max("score").alias("score"))
    return staging.write(name, found)


def add(lake: Lake, model: Model, new: DataFrame, crawls: Sequence[str]) -> None:
    """Add the staged rows `new` of `crawls`, with KEY and `score`, to silver/scores in one commit.

    They replace scores of the same texts by another version of the code. Other rows do not change.
    """
    columns = {"model_sha256": model.sha256, "label": model.label, "run_id": lake.run_id}
    values = {**columns, "scorer_version": model.version}
    rows = new.withColumns({name: F.lit(value) for name, value in values.items()}).select(*TABLE.column_names)
    if not lake.exists(TABLE.name):
        lake.create(TABLE)
    elif added_columns(lake, TABLE):
        lake.append(TABLE.name, rows.limit(0))
    among = ", ".join(map(literal, crawls))
    mine = " AND ".join(f"t.{name} = {literal(columns[name])}" for name in ("model_sha256", "label"))
    same = f"{mine} AND t.crawl IN ({among}) AND t.crawl = s.crawl AND t.id = s.id AND t.text_hash = s.text_hash"
    has_other_versions = not _by_model(lake, model, crawls).where(f"{_VERSION} != {model.version}").isEmpty()

    def clauses(merge: DeltaMergeBuilder) -> DeltaMergeBuilder:
        if has_other_versions:  # Delta only appends if a merge has no such clause, which is faster
            merge = merge.whenMatchedUpdateAll("coalesce(t.scorer_version, 1) != s.scorer_version")
        return merge.whenNotMatchedInsertAll()

    lake.merge(TABLE.name, rows, same, clauses, model_sha256=model.sha256)


def _by_model(lake: Lake, model: Model, crawls: Sequence[str] | None) -> DataFrame:
    """The rows of silver/scores by the model, of any version of the code, in these crawls (in all if None)."""
    rows = lake.read(TABLE.name).where((F.col("model_sha256") == model.sha256) & (F.col("label") == model.label))
    return rows if crawls is None else rows.where(F.col("crawl").isin(*crawls))
