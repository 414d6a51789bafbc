"""Counts the documents of a corpus and what became of them, by crawl, language, domain, year and length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.explore.report.bins import BINS, Bars, Range, bars
from decantry.jobs.explore.report.contents import ClusterSizes, Intake, Share
from decantry.jobs.lake.published import rows_of
from decantry.jobs.process.spark import F, Window

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published

TOP = 25
"""The most languages, domains, years and crawls that are listed."""
REASONS = 30
LARGEST = 8
LENGTHS = Range(0.0, 6.0, logarithmic=True)
"""The range of histograms of characters and tokens: 0 to a million."""
NO_LANGUAGE = "none"


@dataclass(frozen=True)
class Sizes:
    """The characters and tokens of a corpus, and their histograms; `tokens` is None if none were counted."""

    characters: int
    tokens: int | None
    lengths: tuple[tuple[str, Bars], ...]


Losses = dict[tuple[str, str], int]
"""Numbers of documents by a name (for example of a language) and the step that removed them, "" for kept documents."""


def facts(texts: DataFrame, verdicts: DataFrame) -> DataFrame:
    """One row for each judged document: `crawl, id, removed_by, step, language, domain, year, characters`."""
    about = texts.select(
        "id",
        F.coalesce("language", F.lit(NO_LANGUAGE)).alias("language"),
        F.coalesce("domain", "host", F.lit("none")).alias("domain"),
        F.coalesce(F.year("fetched_at").cast("string"), F.lit("unknown")).alias("year"),
        F.length("text").alias("characters"),
    )
    step = F.coalesce(F.substring_index("removed_by", ".", 1), F.lit("")).alias("step")
    return verdicts.select("crawl", "id", "removed_by", step).join(about, "id")


def fates(found: DataFrame) -> dict[str | None, int]:
    """The number of documents by `removed_by`, which is None for kept documents."""
    return {row["removed_by"]: row["n"] for row in found.groupBy("removed_by").agg(F.count("*").alias("n")).collect()}


def losses(found: DataFrame, columns: Sequence[str]) -> dict[str, Losses]:
    """By column, the numbers of documents by value and step, for the TOP values with most documents.

    It takes one pass over the rows, whatever the number of columns.
    """
    each = F.array(*(F.struct(F.lit(name).alias("column"), F.col(name).alias("name")) for name in columns))
    counted = found.select("step", F.inline(each)).groupBy("column", "name", "step").agg(F.count("*").alias("n"))
    total = F.sum("n").over(Window.partitionBy("column", "name"))
    place = F.dense_rank().over(Window.partitionBy("column").orderBy(F.col("total").desc(), "name"))
    rows = counted.withColumn("total", total).withColumn("place", place).where(F.col("place") <= TOP).collect()
    return {name: {(row["name"], row["step"]): row["n"] for row in rows if row["column"] == name} for name in columns}


def shares(lost: Losses) -> tuple[Share, ...]:
    """Each name with the numbers of its documents and of its kept documents, the largest first."""
    names = {name for name, _ in lost}
    found = [
        Share(name, sum(n for (other, _), n in lost.items() if other == name), lost.get((name, ""), 0))
        for name in names
    ]
    return tuple(sorted(found, key=lambda share: (-share.documents, share.name)))


def histogram(rows: DataFrame, value: Column, range_: Range) -> Bars:
    """The histogram of the value over the rows."""
    counted = rows.groupBy(_bin(value, range_).alias("b")).agg(F.count("*").alias("n"))
    return bars(range_, {row["b"]: row["n"] for row in counted.collect()})


def sizes(corpus: DataFrame) -> Sizes:
    """The sizes of the corpus, in one pass over its texts."""
    columns = {"characters": F.length("text"), "tokens": F.col("token_count")}
    bins = [_bin(value, LENGTHS).alias(name) for name, value in columns.items()]
    sums = [F.sum(value).alias(f"all_{name}") for name, value in columns.items()]
    rows = corpus.groupBy(*bins).agg(F.count("*").alias("n"), *sums).collect()
    totals, lengths = {}, []
    for name in columns:
        counted = [row for row in rows if row[name] is not None]
        totals[name] = sum(row[f"all_{name}"] for row in counted) if counted else None
        found = Counter[int]()
        for row in counted:
            found[row[name]] += row["n"]
        lengths += [(f"{name} in the corpus", bars(LENGTHS, found))] if counted else []
    return Sizes(totals["characters"] or 0, totals["tokens"], tuple(lengths))


def _bin(value: Column, range_: Range) -> Column:
    return bin_of(value, F.lit(range_.low), F.lit(range_.high), F.lit(range_.logarithmic))


def bin_of(value: Column, low: Column, high: Column, logarithmic: Column) -> Column:
    """The index of the value's bin, by the rule of `Range.place`; null for null.

    Values outside of the range are in the end bins.
    """
    number = value.cast("double")
    at = F.when(logarithmic, F.log10(F.greatest(number, F.lit(0.0)) + 1)).otherwise(number)
    index = F.floor((at - low) / (high - low) * BINS)
    return F.when(value.isNotNull(), F.least(F.greatest(index, F.lit(0)), F.lit(BINS - 1)).cast("int"))


def intake(lake: Lake) -> Intake:
    """The counts of what the lake has read."""
    inputs = lake.read("ops/inputs")
    skipped = F.aggregate(F.map_values("skipped"), F.lit(0).cast("bigint"), lambda a, b: a + b)
    total = inputs.agg(
        F.count("*").alias("files"),
        F.count(F.when(F.col("status").isin("failed", "empty"), 1)).alias("unread"),
        *(F.coalesce(F.sum(name), F.lit(0)).alias(name) for name in ("bytes", "records")),
        F.coalesce(F.sum(skipped), F.lit(0)).alias("skipped"),
    ).first()
    assert total is not None
    rejects = lake.read("silver/rejects").groupBy("stage", "reason").agg(F.count("*").alias("n"))
    busiest = rejects.orderBy(F.col("n").desc(), "stage", "reason").limit(REASONS).collect()
    return Intake(**total.asDict(), rejects=tuple((f"{row['stage']}: {row['reason']}", row["n"]) for row in busiest))


def cluster_sizes(lake: Lake, published: Sequence[Published], texts: DataFrame) -> tuple[ClusterSizes, ...]:
    """The clusters of each step by size, counted from the rows of their survivors."""
    found = rows_of(lake, "silver/clusters", published).where("member = survivor")
    size = F.floor(F.log2(F.col("size").cast("double"))).cast("int")
    counted = found.groupBy("step", size.alias("power")).agg(F.count("*").alias("n"), F.sum("size").alias("documents"))
    rows = counted.orderBy("step", "power").collect()
    if not rows:
        return ()
    large = found.orderBy(F.col("size").desc(), "survivor").limit(LARGEST).select("step", "size", "survivor").collect()
    urls = urls_of(texts, [row["survivor"] for row in large])
    return tuple(
        ClusterSizes(
            step,
            tuple((range_of_sizes(row["power"]), row["n"], row["documents"]) for row in rows if row["step"] == step),
            tuple((row["size"], urls.get(row["survivor"], row["survivor"])) for row in large if row["step"] == step),
        )
        for step in dict.fromkeys(row["step"] for row in rows)
    )


def urls_of(texts: DataFrame, ids: Sequence[str]) -> dict[str, str]:
    """The addresses of a few documents, by id."""
    if not ids:
        return {}
    rows = texts.where(F.col("id").isin(*ids) & F.col("url").isNotNull()).select("id", "url").collect()
    return {row["id"]: row["url"] for row in rows}


def range_of_sizes(power: int) -> str:
    """The range of sizes from this power of two to below the next one, as text."""
    return "2 to 3" if power == 1 else f"{2**power:,} to {2 ** (power + 1) - 1:,}"
