"""Selects the documents with the highest scores, up to a share of all documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from decantry.jobs.process.spark import F
from decantry.jobs.quantiles.top import roughly_top, top
from decantry.jobs.steps.across import Across, Stage, Texts
from decantry.jobs.steps.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.step import Step

GROUP = ("_scope", "_within")


class SelectTop(Across):
    """Keeps the documents with the highest values of the column `by`, which an earlier step adds.

    Documents are taken from the highest value down, and by id if values are equal, until they reach `share` of all
    documents at this step. `of` says whether documents, characters or tokens are counted. The document that crosses
    the share is kept. A document whose value is null or NaN is removed and does not count.

    `within` takes the share from each language, domain, host or script separately. Null is one of them. `scope` takes
    the share from each crawl separately, or from all crawls together.

    `exact: false` uses Spark's approximate percentile. Its rank is wrong by at most 1/10,000 of the documents, it keeps
    all documents with the last value, and its result may change with the partitions. It can only count documents.
    """

    kind: ClassVar[str] = "select_top"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps the documents with the highest scores"
    source: ClassVar[str] = (
        "the recipe's author; arXiv:2503.00808, 3 (a share by characters) and arXiv:2406.11794, 4.4 (by documents)"
    )

    by: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    share: Annotated[float, Field(ge=1e-9, lt=1)] = 0.1
    of: Literal["documents", "characters", "tokens"] = "documents"
    within: Literal["language", "domain", "host", "language_script"] | None = None
    scope: Literal["crawl", "all"] = "crawl"
    exact: bool = True

    @model_validator(mode="after")
    def _counts_documents_where_it_is_approximate(self) -> SelectTop:
        if not self.exact and self.of != "documents":
            raise ValueError(f"`exact: false` can only count documents: leave it out, or leave out `of: {self.of}`")
        return self

    @property
    def compares_crawls(self) -> bool:
        """Whether the share is taken from all crawls together."""
        return self.scope == "all"

    @property
    def needs(self) -> tuple[str, ...]:
        """The column `by`, and `token_count` if tokens are counted."""
        return (self.by, "token_count") if self.of == "tokens" else (self.by,)

    def rules(self) -> list[Rule]:
        """The rules: a document without a value, and a document after the share is reached."""
        return [Rule("no_value", "values", "<", 1), Rule("below_share", "share_before", ">=", self.share)]

    def compares(self, frame: DataFrame, before: Sequence[Step]) -> dict[str, Column]:
        """The document's value and weight, and the group from which the share is taken."""
        weight = {
            "documents": F.lit(1),
            "characters": F.char_length("text"),
            "tokens": F.coalesce("token_count", F.lit(0)) if self.of == "tokens" else F.lit(0),
        }[self.of]
        within = F.lit("") if self.within is None else F.coalesce(F.col(self.within), F.lit(""))
        return {
            "_scope": F.col("crawl") if self.scope == "crawl" else F.lit(""),
            "_within": within,
            "_value": F.col(self.by).cast("double"),
            "_weight": weight.cast("bigint"),
        }

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`id, value, kept, share_before` of each document with a value; `share_before` is null if not `exact`."""
        value = F.col("_value") + F.lit(0.0)  # makes -0.0 equal to 0.0
        reached = staged.where("removed_by IS NULL AND _value IS NOT NULL AND NOT isnan(_value)")
        rows = reached.select("id", *GROUP, value.alias("value"), F.col("_weight").alias("weight"))
        ranked = top(rows, GROUP, self.share, stage) if self.exact else roughly_top(rows, GROUP, self.share)
        return ranked.select("id", "value", "kept", "share_before")

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame after all documents outside of the share are removed."""
        if not removing:
            return frame
        marks = found.select(
            "id", F.col("kept").alias("_kept"), F.col("value").alias("_of"), F.col("share_before").alias("_before")
        )
        rule = F.when(F.col("_kept").isNull(), F.lit(f"{self}.no_value")).otherwise(F.lit(f"{self}.below_share"))
        shown = F.create_map(F.lit(self.by), F.col("_of"))
        shown = F.when(F.col("_before").isNull(), shown).otherwise(
            F.map_concat(shown, F.create_map(F.lit("share_before"), F.col("_before")))
        )
        loses, ranked = F.col("removed_by").isNull() & ~F.coalesce("_kept", F.lit(False)), F.col("_kept").isNotNull()
        return (
            frame.join(marks, "id", "left")
            .withColumn("_loses", loses)
            .withColumn("values", F.when(F.col("_loses") & ranked, shown).otherwise(F.col("values")))
            .withColumn("removed_by", F.when(F.col("_loses"), rule).otherwise(F.col("removed_by")))
            .drop("_kept", "_of", "_before", "_loses")
        )
