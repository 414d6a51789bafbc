"""What the steps share that find clusters of documents, and keep one document of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.dedup.clusters import Verification, clusters
from decantry.jobs.steps.across import BeforeRun, Effect, Stage, Texts
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rule import Rule

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class FindClusters(Deduplicate):
    """A step that keeps one document of each cluster of those that share keys."""

    finds_clusters: ClassVar[bool] = True
    together: ClassVar[bool] = False
    """Whether all of a document's keys must be equal; else any of them, at its place, will do."""

    def rules(self) -> list[Rule]:
        """One rule: a document of a cluster that is not its survivor."""
        return [Rule("duplicate", "cluster_size", ">", 1)]

    def verification(self, texts: Texts) -> Verification | None:
        """How documents that share a key are compared; None where the key is enough."""
        return None

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`id, crawl, cluster_id, cluster_size, survivor, similarity` of each document that has a duplicate."""
        return clusters(staged, stage, together=self.together, verification=self.verification(texts))

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame with `cluster_id` and `cluster_size`; a document that is no survivor is removed."""
        from pyspark.sql import functions as F

        marks = found.select(
            "id",
            F.col("cluster_id").alias("_cluster"),
            F.col("cluster_size").alias("_size"),
            (F.col("id") != F.col("survivor")).alias("_loses"),
        )
        alive = F.col("removed_by").isNull()
        marked = (
            frame.join(marks, "id", "left")
            .withColumn("cluster_id", F.when(alive, F.col("_cluster")).otherwise(F.col("cluster_id")))
            .withColumn("cluster_size", F.when(alive, F.coalesce("_size", F.lit(1))).otherwise(F.col("cluster_size")))
        )
        if removing:
            marked = self.removed(marked, alive & F.coalesce("_loses", F.lit(False)), F.col("_size"))
        return marked.drop("_cluster", "_size", "_loses")

    def reconcile(self, before: BeforeRun, found: DataFrame, stage: Stage) -> Effect:
        """Published documents that lose now, that no longer lose, or whose cluster is another one."""
        from pyspark.sql import functions as F

        (rule,) = self.rules()
        now = found.select(
            "id", "survivor", F.col("cluster_id").alias("_cluster"), F.col("cluster_size").alias("_size")
        )
        then = before.verdicts.select("id", "removed_by", "values", "cluster_id", "cluster_size")
        here, place = F.col("removed_at"), before.place
        rows = (
            before.compared.select("crawl", "id", "removed_at")
            .join(now, "id", "left")
            .join(then, "id")
            .withColumn("_size", F.coalesce("_size", F.lit(1)))
            .withColumn("_loses", F.coalesce(F.col("survivor") != F.col("id"), F.lit(False)))
            .withColumn("_rises", ~F.col("_loses") & (here == place))
        )
        last_seen_here = here < before.next_clusters
        other_cluster = ~(F.col("_cluster").eqNullSafe(F.col("cluster_id")) & (F.col("_size") == F.col("cluster_size")))
        newly_lost = F.col("_loses") & (here > place)
        changed = rows.where(
            F.col("_rises") | newly_lost | ((F.col("_loses") | last_seen_here) & other_cluster)
        ).withColumn("_again", F.col("_rises"))
        if before.sizes_are_read:
            changed = changed.withColumn("_again", F.col("_again") | (~F.col("_loses") & (here > place)))
        changed = stage("changed", changed.withColumn("_gone", F.col("_again") | newly_lost))
        lost = F.create_map(F.lit(rule.shown), F.col("_size").cast("double"))
        fates = changed.where("NOT _again").select(
            "crawl",
            "id",
            F.when(F.col("_loses"), F.lit(f"{self}.{rule.name}")).otherwise(F.col("removed_by")).alias("removed_by"),
            F.when(F.col("_loses"), lost).otherwise(F.col("values")).alias("values"),
            F.col("_cluster").alias("cluster_id"),
            F.col("_size").alias("cluster_size"),
            F.lit(place).alias("place"),
        )
        return Effect(fates, changed.where("_again").select("id"), changed.where("_gone").select("id"))
