"""What a new crawl changes in crawls that were published before: merged, so that the change data feed tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.bring_back import bring_back
from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.curate.standing import removed_at
from decantry.jobs.lake import Lake, literal
from decantry.jobs.published import current
from decantry.jobs.recipe.model import Recipe
from decantry.schemas import clusters, cuts, verdicts

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


@dataclass(frozen=True)
class Retraction:
    """The changes that a run which judged the `due` crawls makes in the published `crawls`.

    `names` are the columns that name recipe, hash and run.
    """

    lake: Lake
    recipe: Recipe
    recipe_hash: str
    judged: Outcomes
    crawls: Sequence[str]
    due: Sequence[str]
    names: dict[str, Column]

    def clean(self) -> None:
        """Put the published rows of the crawls back where a run has changed them whose publication nobody sees."""
        published = [row for row in current(self.lake, self.recipe.recipe) if row["crawl"] in self.crawls]
        bring_back(self.lake, self.recipe.corpus(), published)

    def corpus(self) -> int:
        """Take rows out of the corpus, put rows in, renew the sizes of clusters; the version that has it."""
        table = self.recipe.corpus()
        new = self._again.where("removed_by IS NULL")
        multiplies = any(step.multiplies for step in self.recipe.steps)
        columns = [name for name in table.column_names if name != "id"]
        full = self._again.select(
            *("id", "crawl", *columns), F.when(F.col("removed_by").isNull(), "put").otherwise("take").alias("_do")
        )
        if multiplies:
            full = full.withColumn("_do", F.lit("take"))
        if self.judged.changes is not None:
            size = F.col("cluster_size").alias("minhash_cluster_size")
            fate = F.when(F.col("removed_by").isNull(), "size").otherwise("take").alias("_do")
            full = full.unionByName(self.judged.changes.select("id", "crawl", size, fate), allowMissingColumns=True)
            full = full.select("id", "crawl", *columns, "_do")
        builder = self.lake.merge_into(table.name, full, self._on("dump", "id", "id"))
        builder = builder.whenMatchedDelete("s._do = 'take'")
        if "minhash_cluster_size" in columns:
            size_alone: dict[str, str | Column] = {"minhash_cluster_size": "s.minhash_cluster_size"}
            builder = builder.whenMatchedUpdate("s._do = 'size'", size_alone)
        every: dict[str, str | Column] = {name: f"s.`{name}`" for name in table.column_names}
        builder = builder.whenMatchedUpdate("s._do = 'put'", every).whenNotMatchedInsert("s._do = 'put'", every)
        version = self.lake.execute(table.name, builder)
        if multiplies:
            from decantry.jobs.curate.publish import repeated

            version = self.lake.append(table.name, repeated(new, self.recipe), table)
        return version

    def verdicts(self) -> int:
        """Renew the fates that have changed; the version that has them."""
        fate = ["crawl", "id", "removed_by", "values", "cluster_id", "cluster_size"]
        rows = self._again.select(*fate)
        if self.judged.changes is not None:
            rows = rows.unionByName(self.judged.changes.select(*fate))
        rows = rows.withColumn("kept", F.col("removed_by").isNull()).withColumn("run_id", F.lit(self.lake.run_id))
        builder = self.lake.merge_into(verdicts.TABLE.name, rows, f"{self._target} AND {self._on('crawl', 'id', 'id')}")
        names = ("kept", "removed_by", "values", "cluster_id", "cluster_size", "run_id")
        renewed: dict[str, str | Column] = {name: f"s.`{name}`" for name in names}
        builder = builder.whenMatchedUpdate(set=renewed)
        return self.lake.execute(verdicts.TABLE.name, builder)

    def clusters(self, found: DataFrame) -> None:
        """Make silver/clusters of the published crawls what was found, touching only the rows that differ."""
        now = found.where(~F.col("crawl").isin(*self.due))
        then = self.lake.read(clusters.TABLE.name).where(self._named).where(~F.col("crawl").isin(*self.due))
        said = ["cluster", "size", "survivor", "similarity"]
        same = [F.col(f"n.{name}").eqNullSafe(F.col(f"t.{name}")) for name in said]
        joined = now.alias("n").join(then.alias("t"), ["crawl", "step", "member"], "full")
        differing = joined.where(~(same[0] & same[1] & same[2] & same[3]))
        rows = differing.select("crawl", "step", "member", *(F.col(f"n.{name}") for name in said)).localCheckpoint()
        if rows.isEmpty():
            return
        rows = rows.withColumns(self.names)
        on = f"{self._target} AND t.crawl = s.crawl AND t.step = s.step AND t.member = s.member"
        every: dict[str, str | Column] = {name: f"s.`{name}`" for name in clusters.TABLE.column_names}
        builder = self.lake.merge_into(clusters.TABLE.name, rows, on).whenMatchedDelete("s.cluster IS NULL")
        builder = builder.whenMatchedUpdate(set=every).whenNotMatchedInsert("s.cluster IS NOT NULL", every)
        self.lake.execute(clusters.TABLE.name, builder)

    def cuts(self, cut: DataFrame) -> None:
        """Renew the cuts of the documents that were judged again, and drop those of documents that now go before."""
        place = F.lit(-1)
        for number, step in enumerate(self.recipe.steps):
            place = F.when(F.col("step") == str(step), F.lit(number)).otherwise(place)
        stale = self.lake.read(cuts.TABLE.name).where(self._named).where(F.col("crawl").isin(*self.crawls))
        keys = stale.select("crawl", "id", "step", place.alias("_place")).distinct()
        gone = keys.join(self._again.select("id"), "id", "left_semi").select("crawl", "id", "step")
        if self.judged.changes is not None:
            lost = self.judged.changes.select("id", removed_at(self.recipe).alias("_lost"))
            later = keys.join(lost, "id").where("_place > _lost").select("crawl", "id", "step")
            gone = gone.unionByName(later)
        gone = gone.distinct().localCheckpoint()
        if not gone.isEmpty():
            on = f"{self._target} AND t.crawl = s.crawl AND t.step = s.step AND t.id = s.id"
            self.lake.execute(cuts.TABLE.name, self.lake.merge_into(cuts.TABLE.name, gone, on).whenMatchedDelete())
        new = cut.where(F.col("crawl").isin(*self.crawls))
        if not new.isEmpty():
            self.lake.append(cuts.TABLE.name, new)

    @property
    def _again(self) -> DataFrame:
        """The published documents that were judged again."""
        return self.judged.rows.where(F.col("crawl").isin(*self.crawls))

    @property
    def _named(self) -> str:
        return f"recipe = {literal(self.recipe.recipe)} AND recipe_hash = {literal(self.recipe_hash)}"

    @property
    def _target(self) -> str:
        return f"t.recipe = {literal(self.recipe.recipe)} AND t.recipe_hash = {literal(self.recipe_hash)}"

    def _on(self, crawl: str, target: str, source: str) -> str:
        listed = ", ".join(literal(name) for name in self.crawls)
        return f"t.{crawl} IN ({listed}) AND t.{crawl} = s.crawl AND t.{target} = s.{source}"
