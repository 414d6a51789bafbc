"""Nemotron-CC's ensemble: scores become percentile buckets, and the highest bucket gives the quality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from decantry.jobs.process.spark import F
from decantry.jobs.quantiles.buckets import bucketed
from decantry.jobs.steps.across import Across, Stage, Texts
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.step import Step

TWENTY = 20
"""Nemotron-CC's number of buckets."""
LEVELS = ((19, "high"), (18, "medium-high"), (12, "medium"), (7, "medium-low"), (0, "low"))
"""The first of twenty buckets of each quality level. Source: arXiv:2412.02595, table 2."""

Score = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]


def levels(buckets: int) -> list[tuple[int, str]]:
    """The first bucket of each quality level, the highest level first. `buckets` is a multiple of twenty."""
    return [(least * buckets // TWENTY, level) for least, level in LEVELS]


class EnsembleBuckets(Across):
    """Adds `quality_bucket`, the highest of a document's buckets, and `quality`, the level of that bucket.

    `columns` are scores that earlier steps add. Each of them sorts the documents into `buckets` of equal size in bytes
    of UTF-8. The last bucket has the highest scores, and equal scores are in the same bucket. Of twenty buckets, 19 is
    high, 18 medium-high, 12 to 17 medium, 7 to 11 medium-low and 0 to 6 low. A score that is null or NaN has no bucket.
    A document without any score has no quality. `scope` says whether the buckets are those of each crawl, or of all
    crawls together. The step removes nothing. Its bounds are exact; Nemotron-CC's come from a sample.
    """

    kind: ClassVar[str] = "ensemble_buckets"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "adds a quality level by the percentiles of several scores"
    source: ClassVar[str] = (
        "arXiv:2412.02595, 2.2 and table 2 (Nemotron-CC); NVIDIA-NeMo/Nemotron step_3-quality_classification.py"
    )

    scores: Annotated[tuple[Score, ...], Field(min_length=1, max_length=100, alias="columns")]
    buckets: Annotated[int, Field(ge=TWENTY, le=1000, multiple_of=TWENTY)] = TWENTY
    scope: Literal["crawl", "all"] = "crawl"

    @field_validator("scores")
    @classmethod
    def _are_different(cls, scores: tuple[str, ...]) -> tuple[str, ...]:
        if twice := next((name for name in scores if scores.count(name) > 1), None):
            raise ValueError(f"{twice} is named twice")
        return scores

    @property
    def compares_crawls(self) -> bool:
        """Whether the buckets are those of all crawls together."""
        return self.scope == "all"

    @property
    def needs(self) -> tuple[str, ...]:
        """The columns with the scores."""
        return self.scores

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The bucket and the level."""
        of = ", ".join(self.scores)
        return (
            SchemaColumn("quality_bucket", "int", f"The highest of the buckets by {of}, 0 to {self.buckets - 1}."),
            SchemaColumn("quality", "string", "The level of the bucket: high, medium-high, medium, medium-low or low."),
        )

    def compares(self, frame: DataFrame, before: Sequence[Step]) -> dict[str, Column]:
        """The scores, and the bytes of the text."""
        return {
            "_scope": F.col("crawl") if self.scope == "crawl" else F.lit(""),
            "_scores": F.array(*(F.col(name).cast("double") for name in self.scores)),
            "_bytes": F.octet_length("text").cast("bigint"),
        }

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`id, quality_bucket, quality` of each document that has a score."""
        scored = staged.where("removed_by IS NULL").select(
            "id", "_scope", F.posexplode("_scores").alias("_column", "_value"), F.col("_bytes").alias("weight")
        )
        value = F.col("_value") + F.lit(0.0)  # makes -0.0 equal to 0.0
        rows = scored.where("_value IS NOT NULL AND NOT isnan(_value)").withColumn("value", value)
        found = bucketed(rows, ("_scope", "_column"), self.buckets, stage)
        placed = rows.join(found, ["_scope", "_column", "value"])
        best = placed.groupBy("id").agg(F.max("bucket").alias("quality_bucket"))
        (_, lowest), *higher = reversed(levels(self.buckets))
        quality = F.lit(lowest)
        for least, level in higher:
            quality = F.when(F.col("quality_bucket") >= least, F.lit(level)).otherwise(quality)
        return best.withColumn("quality", quality)

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame with `quality_bucket` and `quality`."""
        return frame.join(found, "id", "left")
