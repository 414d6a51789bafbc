"""A crawl whose documents are all gone, under a recipe that compares crawls: what it had removed comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.curate.job import curate
from decantry.jobs.lake import Lake
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import content, fates, lake_with

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = """
recipe: wide
steps:
  - near_duplicates: {scope: all, ngram: 1, bands: 64, rows: 1}
  - duplicate_paragraphs: {scope: all, min_words: 3}
"""
TEXT = "one two three four five six\nseven eight nine ten eleven twelve"
OTHER = "nothing at all like it here\nseven eight nine ten eleven twelve"


def test_what_it_had_removed_comes_back(spark: SparkSession, tmp_path: Path) -> None:
    recipe = parse(RECIPE, "wide.yaml")
    later = [("b", "c2", TEXT), ("c", "c2", OTHER)]
    lake = lake_with(spark, tmp_path / "lake", "run-1", [("a", "c1", TEXT), *later])
    curate(lake, recipe)
    assert fates(lake)["b"][0] == "near_duplicates.duplicate"
    lake.replace("silver/documents", lake.read("silver/documents").limit(0), "crawl = 'c1'")
    report = curate(Lake(spark, lake.uri, "run-2"), recipe)
    assert {part.crawl for part in report.published} == {"c1", "c2"}
    at_once = lake_with(spark, tmp_path / "once", "run-1", later)
    curate(at_once, recipe)
    wanted, found = content(at_once, "wide"), content(lake, "wide")
    for name in ("corpus", "verdicts", "clusters", "cuts"):
        assert found[name] == wanted[name], name
