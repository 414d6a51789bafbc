"""Rehydration: repeats survivors by the size of their clusters."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, model_validator

from decantry.jobs.dedup.rehydration import TAIL, SizeCount, distribution, weights
from decantry.jobs.process.spark import F
from decantry.jobs.steps.across import Across, Stage, Texts
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.step import Step

WEIGHTS = "array<struct<size:bigint,copies:int>>"

Weights = dict[Annotated[int, Field(ge=1, lt=2**31)], Annotated[int, Field(ge=0, le=1000)]]


class Rehydrate(Across):
    """Repeats each document by the size of its cluster.

    `weights` has the repetitions by smallest cluster size: `{1: 1, 2: 3, 5: 2}` means 3 for sizes 2 to 4. Without
    `weights`, they are computed, up to `max_repetitions`, from the share of documents of each cluster size that the
    steps between the deduplication and this step removed.
    """

    kind: ClassVar[str] = "rehydrate"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "repeats documents by the size of their cluster"
    source: ClassVar[str] = "arXiv:2506.20920, 5 (FineWeb2); huggingface/fineweb-2 misc/rehydration"
    multiplies: ClassVar[bool] = True

    weights: Annotated[Weights, Field(min_length=1)] | None = None
    max_repetitions: Annotated[int, Field(ge=1, le=1000)] | None = None

    @model_validator(mode="after")
    def _has_one_of_both(self) -> Rehydrate:
        if (self.weights is None) == (self.max_repetitions is None):
            raise ValueError("give either `weights`, or `max_repetitions` to have them computed")
        return self

    @property
    def computed(self) -> bool:
        """Whether the weights are computed from the recipe's own removals."""
        return self.weights is None

    @property
    def looks_across(self) -> bool:
        """Whether the weights are computed, which needs all documents."""
        return self.computed

    @property
    def reads_cluster_size(self) -> bool:
        """True, because the number of copies depends on it."""
        return True

    def compares(self, frame: DataFrame, before: Sequence[Step]) -> dict[str, Column]:
        """The scope of the last step that found clusters."""
        step = [s for s in before if isinstance(s, Deduplicate) and s.finds_clusters][-1]
        return {"scope": step.scope_column()}

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`scope, _weights`: pairs of cluster size and copies, computed from the removals since the deduplication.

        Only counts by scope and cluster size come to the driver. Sizes from TAIL on are counted together.
        """
        size = F.least(F.coalesce("cluster_size", F.lit(1)), F.lit(TAIL)).alias("size")
        removed = F.count_if(F.col("removed_by").isNotNull()).alias("removed")
        counts: dict[str, list[SizeCount]] = defaultdict(list)
        for row in staged.groupBy("scope", size).agg(F.count("*").alias("documents"), removed).collect():
            counts[row["scope"]].append(SizeCount(row["size"], row["documents"], row["removed"]))
        rows = [
            (scope, sorted(weights(distribution(mine), self.max_repetitions or 1).items()))
            for scope, mine in sorted(counts.items())
        ]
        return staged.sparkSession.createDataFrame(rows, f"scope string, _weights {WEIGHTS}")

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame with `_weights`, which `measure` reads."""
        return frame.drop("_weights").join(F.broadcast(found), "scope", "left")

    def measure(self) -> Column:
        """The number of copies, from `weights` or from the column `_weights` (pairs of size and copies, by size)."""
        size = F.coalesce(F.col("cluster_size"), F.lit(1))
        if self.weights is None:
            below = F.filter("_weights", lambda pair: pair["size"] <= size)
            return F.struct(F.coalesce(F.try_element_at(below, F.lit(-1))["copies"], F.lit(1)).alias("copies"))
        copies = F.lit(1)
        for start, repeated in sorted(self.weights.items()):
            copies = F.when(size >= start, F.lit(repeated)).otherwise(copies)
        return F.struct(copies.alias("copies"))

    def rules(self) -> list[Rule]:
        """One rule: it removes a document with no copies."""
        return [Rule("not_repeated", "copies", "<", 1)]
