"""What adding a crawl reads: its own texts, and of the crawls before it no texts but fingerprints."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.job import curate
from decantry.jobs.lake import Lake
from decantry.jobs.recipe.load import parse
from decantry.schemas import documents

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

RECIPE = "recipe: near\nsteps:\n  - near_duplicates: {scope: all}\n"
WORDS = 1250
"""Words of a text, of sixteen letters that no compression can guess: some 11 KB of each text on disk."""


def test_an_addition_reads_in_proportion_to_its_own_size(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    curate(with_crawl(lake, "c0", 10), parse(RECIPE, "near.yaml"))
    read = []
    for crawl, count in (("c1", 400), ("c2", 400), ("c3", 20)):
        with_crawl(lake, crawl, count)
        before = bytes_read(spark)
        assert curate(lake, parse(RECIPE, "near.yaml")).counts == {None: count}
        read.append(bytes_read(spark) - before)
    first, second, third = read
    texts = sum(file.stat().st_size for file in Path(lake.path("silver/documents"), "crawl=c1").glob("*.parquet"))
    assert first > 2 * texts, "a crawl's texts are read for their keys and for the corpus"
    assert second < first + texts / 2, "the texts of the crawl before are not read"
    assert third < second - 2 * texts, "nor are they for a crawl of a twentieth of its size"


def with_crawl(lake: Lake, crawl: str, count: int) -> Lake:
    """The lake with so many documents added, which have nothing in common."""
    lake.append("silver/documents", made(lake.spark, crawl, count))
    return lake


def made(spark: SparkSession, crawl: str, count: int) -> DataFrame:
    n = F.col("n")
    words = F.transform(
        F.sequence(F.lit(1), F.lit(WORDS)),
        lambda at: F.left(F.sha2(F.concat_ws("-", F.lit(crawl), n, at), 256), F.lit(16)),
    )
    given = {
        "id": F.concat_ws("-", F.lit(crawl), n),
        "crawl": F.lit(crawl),
        "warc_path": F.lit("a.jsonl"),
        "warc_offset": n,
        "text": F.array_join(words, " "),
        "extractor": F.lit("given"),
        "run_id": F.lit("run"),
    }
    columns = [given.get(c.name, F.lit(None)).cast(c.type).alias(c.name) for c in documents.TABLE.columns]
    return spark.range(count).withColumnRenamed("id", "n").select(*columns)


def bytes_read(spark: SparkSession) -> int:
    """The bytes that Spark's own process has read so far, from whatever file."""
    pid = spark._jvm.java.lang.ProcessHandle.current().pid()  # type: ignore[union-attr]
    found = re.search(r"rchar: (\d+)", Path(f"/proc/{pid}/io").read_text())
    assert found is not None
    return int(found[1])
