"""The checks of a whole lake: documents match inputs, publications match tables, tables match schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.checks.expectation import Batch, Expectation, equal_pairs
from decantry.jobs.lake.published import current, published_corpus, published_verdicts
from decantry.jobs.process.spark import F, Window
from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import corpus
from decantry.schemas.documents import GIVEN

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.schemas.table import Table

SAMPLE_ROWS = 500


def expectations_of_lake(lake: Lake) -> list[Batch]:
    """All expectations of the lake. Only counts and small samples come to the driver."""
    found = [_inputs(lake), _publications(lake)]
    for name, table in TABLES.items():
        if lake.exists(name):
            found.append(sample(table, lake.read(name)))
    for recipe in sorted({each.recipe for each in current(lake)}):
        rows = published_corpus(lake, recipe)
        if rows is not None:
            found.append(sample(corpus(recipe, ()), rows))
    return [batch for batch in found if any(batch.rows.values())]


def sample(table: Table, rows: DataFrame) -> Batch:
    """A sample of the table, with expectations for NOT NULL columns, probabilities and constraints."""
    present = [column for column in table.columns if column.name in rows.columns]
    bound = [c for c in present if not c.nullable or c.unit == "probability"]
    held = {f"constraint.{name}": predicate for name, predicate in table.constraints.items()}
    picked = rows.limit(SAMPLE_ROWS).select(
        *(F.left(c.name, F.lit(64)).alias(c.name) if c.type == "string" else F.col(c.name) for c in bound),
        *(F.coalesce(F.expr(predicate), F.lit(True)).alias(name) for name, predicate in held.items()),
    )
    taken = picked.collect()
    expectations = [Expectation("ExpectColumnValuesToNotBeNull", {"column": c.name}) for c in bound if not c.nullable]
    expectations += [
        Expectation("ExpectColumnValuesToBeBetween", {"column": c.name, "min_value": 0, "max_value": 1.01})
        for c in bound
        if c.unit == "probability"
    ]
    expectations += [Expectation("ExpectColumnValuesToBeInSet", {"column": name, "value_set": [True]}) for name in held]
    return Batch(table.name, "a sample", {n: [r[n] for r in taken] for n in picked.columns}, tuple(expectations))


def _inputs(lake: Lake) -> Batch:
    """One row for each crawl: what the manifest says about its files, and what the tables have of them."""
    newest = F.row_number().over(Window.partitionBy("path").orderBy(F.col("finished_at").desc()))
    inputs = lake.read("ops/inputs").where("status IN ('done', 'damaged')").withColumn("_n", newest).where("_n = 1")
    manifest = inputs.select("path", "crawl", "extractor", "documents", "rejects")
    documents = _counted(manifest, lake.read("silver/documents"), "documents_there")
    rejects = _counted(manifest, lake.read("silver/rejects").where("stage != 'archive'"), "rejects_there")
    joined = manifest.join(documents, "path", "left").join(rejects, "path", "left")
    counted = joined.groupBy("crawl").agg(
        *(F.coalesce(F.sum(name), F.lit(0)).alias(name) for name in ("documents", "documents_there")),
        *(F.coalesce(F.sum(name), F.lit(0)).alias(name) for name in ("rejects", "rejects_there")),
    )
    rows = _columns(counted)
    return Batch(
        "ops/inputs", "by crawl", rows, equal_pairs("documents", "documents_there", "rejects", "rejects_there")
    )


def _counted(manifest: DataFrame, rows: DataFrame, name: str) -> DataFrame:
    """The number of rows of each file from the extractor in the manifest, or from text input."""
    by = F.when(F.col("extractor").isin(*GIVEN), None).otherwise(F.col("extractor")).alias("by")
    counted = rows.groupBy(F.col("warc_path").alias("path"), by).agg(F.count("*").alias("n"))
    own = manifest.select("path", "extractor").join(counted, "path").where("by IS NULL OR by = extractor")
    return own.groupBy("path").agg(F.sum("n").alias(name))


def _publications(lake: Lake) -> Batch:
    """One row for each publication: what it says, and what its tables have."""
    verdicts = {
        (r["recipe"], r["crawl"]): r
        for r in published_verdicts(lake)
        .groupBy("recipe", "crawl")
        .agg(F.count("*").alias("n"), F.count_if("kept").alias("kept"))
        .collect()
    }
    rows: dict[str, list[object]] = {
        name: [] for name in ("publication", "documents", "verdicts", "kept", "kept_verdicts", "kept_said", "corpus")
    }
    ids: dict[str, dict[str, int]] = {}
    for publication in current(lake):
        recipe, crawl = publication.recipe, publication.crawl
        if recipe not in ids:
            found = published_corpus(lake, recipe)
            counted = found.groupBy("dump").agg(F.count_if(F.col("copy") == 0)).collect() if found is not None else []
            ids[recipe] = dict(counted)
        seen = verdicts.get((recipe, crawl))
        values = {
            "publication": f"{recipe} of {crawl}",
            "documents": publication.documents,
            "verdicts": seen["n"] if seen else 0,
            "kept": publication.kept,
            "kept_verdicts": seen["kept"] if seen else 0,
            "kept_said": publication.kept,
            "corpus": ids[recipe].get(crawl, 0),
        }
        for name, value in values.items():
            rows[name].append(value)
    return Batch("ops/publications", "current", rows, equal_pairs(*list(rows)[1:]))


def _columns(frame: DataFrame) -> dict[str, list[object]]:
    taken = frame.collect()
    return {name: [row[name] for row in taken] for name in frame.columns}
