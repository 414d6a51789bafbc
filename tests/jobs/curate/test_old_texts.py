"""A new crawl needs the fingerprints of earlier crawls, but not their texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import fates, lake_with

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = "recipe: near\nsteps:\n  - near_duplicates: {scope: all}\n"


REHYDRATED = RECIPE + "  - rehydrate: {max_repetitions: 2}\n"
VERIFIED = RECIPE.replace("scope: all", "scope: all, verify: 0.8")


@pytest.mark.slow  # several runs
@pytest.mark.parametrize("yaml", [REHYDRATED, VERIFIED], ids=["all judged again", "texts compared"])
def test_missing_texts_are_an_error_if_all_crawls_must_be_judged_again(
    yaml: str, spark: SparkSession, tmp_path: Path
) -> None:
    recipe = parse(yaml, "near.yaml")
    lake = lake_with(spark, tmp_path / "lake", "run-1", [("a", "c1", "These are six words, no less.")])
    curate(lake, recipe)
    lake.delta("silver/documents").delete("crawl = 'c1'")
    lake = lake_with(spark, tmp_path / "lake", "run-2", [("b", "c2", "Here are six words of another page.")])
    with pytest.raises(UserError, match=r"near must judge all its crawls again, .* no longer has the texts of c1"):
        curate(lake, recipe, ["c2"])
    assert fates(lake) == {"a": (None, None, 1)}


@pytest.mark.slow  # several runs
def test_texts_of_earlier_crawls_are_not_read(spark: SparkSession, tmp_path: Path) -> None:
    one = [("a", "c1", "These are six words, no less."), ("b", "c1", "Here are six words of another page.")]
    curate(lake_with(spark, tmp_path / "lake", "run-1", one), parse(RECIPE, "near.yaml"))
    lake = Lake(spark, str(tmp_path / "lake"), "run-2")
    hidden = list(Path(lake.path("silver/documents"), "crawl=c1").glob("*.parquet"))
    assert hidden
    for file in hidden:
        file.rename(file.with_suffix(".away"))
    two = [("c", "c2", "THESE are six words; no less!"), ("d", "c2", "And here is a page that is like none before it.")]
    lake_with(spark, tmp_path / "lake", "run-2", two)
    assert [part.crawl for part in curate(lake, parse(RECIPE, "near.yaml"), ["c2"]).published] == ["c1", "c2"]
    assert fates(lake) == {
        "a": (None, "a", 2),
        "b": (None, None, 1),
        "c": ("near_duplicates.duplicate", "a", 2),
        "d": (None, None, 1),
    }
