"""Three crawls of real pages give the same rows one by one as all at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import content, fates

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = """
recipe: real
steps:
  - near_duplicates: {scope: language}
  - duplicate_paragraphs: {scope: all}
"""


@pytest.mark.slow  # four runs over a thousand pages; test_incremental.py adds made crawls
def test_three_crawls_of_real_pages_one_by_one_equal_all_at_once(
    spark: SparkSession, shared_data: Path, tmp_path: Path
) -> None:
    read = Lake(spark, str(tmp_path / "read"), "run-0")
    ingest(read, [str(shared_data / "warc" / "languages-00000.warc.gz")])
    third = F.concat(F.lit("crawl-"), F.pmod(F.xxhash64("id"), F.lit(3)).cast("string"))
    pages = read.read("silver/documents").withColumn("crawl", third).localCheckpoint()
    recipe = parse(RECIPE, "real.yaml")
    for number in range(3):
        lake = Lake(spark, str(tmp_path / "lake"), f"run-{number}")
        lake.append("silver/documents", pages.where(F.col("crawl") == f"crawl-{(2, 0, 1)[number]}"))
        curate(lake, recipe)
    at_once = Lake(spark, str(tmp_path / "once"), "run-1")
    at_once.append("silver/documents", pages)
    curate(at_once, recipe)
    removed = [by for by, _, _ in fates(at_once).values()]
    assert removed.count("near_duplicates.duplicate") > 50
    wanted = content(at_once, "real")
    assert len(wanted["cuts"]) > 100
    found = content(lake, "real")
    for name, rows in wanted.items():
        assert found[name] == rows, name
