"""The base of the steps that find clusters of documents and keep one document of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from decantry.jobs.dedup.clusters import Verification, clusters
from decantry.jobs.process.spark import F
from decantry.jobs.steps.across import Effect, ExistingDocuments, Stage, Texts
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rule import Rule

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class FindClusters(Deduplicate):
    """A step that clusters documents by shared keys, and keeps one document of each cluster."""

    finds_clusters: ClassVar[bool] = True
    together: ClassVar[bool] = False
    """Whether all keys of two documents must be equal. Else one equal key in the same position is enough."""

    def rules(self) -> list[Rule]:
        """One rule: it removes the documents of a cluster that are not its survivor."""
        return [Rule("duplicate", "cluster_size", ">", 1)]

    def verification(self, texts: Texts) -> Verification | None:
        """How documents that share a key are compared; None if a shared key is enough."""
        return None

    def find(self, staged: DataFrame, stage: Stage, texts: Texts) -> DataFrame:
        """`id, crawl, cluster_id, cluster_size, survivor, similarity` of each document that has a duplicate."""
        return clusters(staged, stage, together=self.together, verification=self.verification(texts))

    def apply(self, frame: DataFrame, found: DataFrame, *, removing: bool = True) -> DataFrame:
        """The frame with `cluster_id` and `cluster_size`. Documents that are not survivors are removed."""
        members = found.select(
            "id",
            F.col("cluster_id").alias("_cluster"),
            F.col("cluster_size").alias("_size"),
            (F.col("id") != F.col("survivor")).alias("_loses"),
        )
        kept = F.col("removed_by").isNull()
        clustered = (
            frame.join(members, "id", "left")
            .withColumn("cluster_id", F.when(kept, F.col("_cluster")).otherwise(F.col("cluster_id")))
            .withColumn("cluster_size", F.when(kept, F.coalesce("_size", F.lit(1))).otherwise(F.col("cluster_size")))
        )
        if removing:
            clustered = self.removed(clustered, kept & F.coalesce("_loses", F.lit(False)), F.col("_size"))
        return clustered.drop("_cluster", "_size", "_loses")

    def reconcile(self, existing: ExistingDocuments, found: DataFrame, stage: Stage) -> Effect:
        """The published documents that are removed now, that are no longer removed, or whose cluster has changed."""
        (rule,) = self.rules()
        now = found.select(
            "id", "survivor", F.col("cluster_id").alias("_cluster"), F.col("cluster_size").alias("_size")
        )
        then = existing.verdicts.select("id", "removed_by", "values", "cluster_id", "cluster_size")
        rows = (
            existing.fingerprints.select("crawl", "id", "removed_at")
            .join(now, "id", "left")
            .join(then, "id")
            .withColumn("_size", F.coalesce("_size", F.lit(1)))
            .withColumn("_loses", F.coalesce(F.col("survivor") != F.col("id"), F.lit(False)))
        )
        loses = F.col("_loses")
        was_removed_here, passed_before = F.col("removed_at") == existing.index, F.col("removed_at") > existing.index
        now_kept, now_removed = ~loses & was_removed_here, loses & passed_before
        rejudged = now_kept | (~loses & passed_before) if existing.sizes_are_read else now_kept
        # a verdict shows the cluster of the last step that compared the document
        is_last_cluster = loses | (F.col("removed_at") < existing.next_clustering)
        same_cluster = F.col("_cluster").eqNullSafe(F.col("cluster_id")) & (F.col("_size") == F.col("cluster_size"))
        changed = stage(
            "changed",
            rows.where(now_kept | now_removed | (is_last_cluster & ~same_cluster))
            .withColumn("_rejudged", rejudged)
            .withColumn("_left_out", rejudged | now_removed),
        )
        values = F.create_map(F.lit(rule.shown), F.col("_size").cast("double"))
        changes = changed.where("NOT _rejudged").select(
            "crawl",
            "id",
            F.when(loses, F.lit(f"{self}.{rule.name}")).otherwise(F.col("removed_by")).alias("removed_by"),
            F.when(loses, values).otherwise(F.col("values")).alias("values"),
            F.col("_cluster").alias("cluster_id"),
            F.col("_size").alias("cluster_size"),
        )
        return Effect(
            changes=changes,
            rejudged=changed.where("_rejudged").select("id"),
            left_out=changed.where("_left_out").select("id"),
        )
