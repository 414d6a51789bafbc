"""The base of the deduplicate steps: which documents are compared, and which duplicate is kept."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, field_validator

from decantry.jobs.dedup.order import NOT_KEPT_BY, rank
from decantry.jobs.process.spark import F
from decantry.jobs.steps.across import Across

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.step import Step

Scope = Literal["crawl", "language", "all"]
KeepBy = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*( (asc|desc))?$")]


class Deduplicate(Across):
    """A step that compares documents by keys.

    `scope` says which documents are compared: those of one crawl, those of one language in all crawls, or all.
    `keep` is the order of survivors: columns of the document or of earlier steps, each `asc` (the default) or `desc`,
    or `longest_text`. Nulls come last. Crawl, archive path, offset and id break ties.
    """

    fingerprinted: ClassVar[bool] = True

    scope: Scope = "crawl"
    keep: tuple[KeepBy, ...] = ()

    @field_validator("keep")
    @classmethod
    def _is_an_order(cls, keep: tuple[str, ...]) -> tuple[str, ...]:
        names = [entry.partition(" ")[0] for entry in keep]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"{twice} is named twice")
        for entry, name in zip(keep, names, strict=True):
            if name == "longest_text" != entry:
                raise ValueError("longest_text has no direction: write it alone")
            if name in NOT_KEPT_BY or name.startswith("_"):
                raise ValueError(f"{name} is not a property of a document")
        return keep

    @abstractmethod
    def keys(self) -> Column:
        """The document's keys, `array<bigint>`; empty or null if it has nothing to compare."""

    @property
    def compares_crawls(self) -> bool:
        """Whether documents of different crawls are compared."""
        return self.scope != "crawl"

    @property
    def reads_cluster_size(self) -> bool:
        """Whether the order of survivors depends on the cluster that an earlier step found."""
        return any(entry.lower().startswith("cluster_") for entry in self.keep)

    def compares(self, frame: DataFrame, before: Sequence[Step]) -> dict[str, Column]:
        """What the document is compared with (`scope`), its rank in the order of survivors, and its keys (`bands`)."""
        reached = F.col("removed_by").isNull()
        return {
            "scope": self.scope_column(),
            "rank": F.when(reached, rank(frame, self.keep, str(self))),
            "bands": F.when(reached, self.keys()),
        }

    def removed(self, frame: DataFrame, loses: Column, measured: Column) -> DataFrame:
        """The frame after the step's rule removed the documents that lose. The verdict shows what was `measured`."""
        (rule,) = self.rules()
        values = F.create_map(F.lit(rule.shown), measured.cast("double"))
        name = F.lit(f"{self}.{rule.name}")
        return (
            frame.withColumn("_lost", loses)
            .withColumn("values", F.when(F.col("_lost"), values).otherwise(F.col("values")))
            .withColumn("removed_by", F.when(F.col("_lost"), name).otherwise(F.col("removed_by")))
            .drop("_lost")
        )

    def scope_column(self) -> Column:
        """A string, never null. Only documents with the same string are compared."""
        if self.scope == "crawl":
            return F.col("crawl")
        return F.coalesce(F.col("language"), F.lit("")) if self.scope == "language" else F.lit("")

    def fingerprint_options(self) -> dict[str, Any]:
        """The options that change a fingerprint."""
        return self.options()
