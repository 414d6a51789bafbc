"""A run that is interrupted between its stages and run again publishes what an undisturbed run does.

Between the commits of publishing it is broken off in tests/faults/test_commits.py.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.staging import Staging
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import content, lake_with
from tests.jobs.curate.test_incremental import random_crawl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

RECIPE = """
recipe: broken
steps:
  - near_duplicates: {scope: all, ngram: 1, bands: 64, rows: 1, verify: 0.5}
  - where: {name: not_cut_short, keep: "length(text) > 5"}
"""


STAGES = ("pass-0", "dedup-0-edges", "dedup-0-found", "judged")
"""Before the fingerprints are written and after, and the last before what is published."""


class Stopped(BaseException):
    """Ends a run at once, like Ctrl-C."""


@pytest.mark.slow  # three runs; one that is broken off is in test_incremental.py
def test_a_new_crawl_interrupted_after_its_duplicates_were_found(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(spark, tmp_path, monkeypatch, ["dedup-0-found"])


@pytest.mark.slow  # a run for each stage
def test_a_new_crawl_interrupted_at_each_staged_frame(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken_off(spark, tmp_path, monkeypatch, STAGES)


def broken_off(spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stages: Sequence[str]) -> None:
    """Add a crawl in runs that end after each of the stages in turn. Each run must leave the lake unchanged."""
    recipe = parse(RECIPE, "broken.yaml")
    crawls = [random_crawl(random.Random(f"7{name}"), name) for name in ("m", "b")]
    lakes = []
    for folder in ("whole", "broken"):
        curate(lake_with(spark, tmp_path / folder, "run-1", crawls[0]), recipe)
        lakes.append(lake_with(spark, tmp_path / folder, "run-2", crawls[1]))
    whole, broken = lakes
    curate(whole, recipe)

    write, before = Staging.write, content(broken, "broken")
    for number, stage in enumerate(stages):

        def stopping(self: Staging, name: str, frame: DataFrame, last: str = stage) -> DataFrame:
            found = write(self, name, frame)
            if name == last:
                raise Stopped
            return found

        with monkeypatch.context() as patched, pytest.raises(Stopped):
            patched.setattr(Staging, "write", stopping)
            curate(Lake(spark, broken.uri, f"run-{number + 3}"), recipe)
        assert not (tmp_path / "broken" / "_staging").exists()
        assert content(broken, "broken") == before
    curate(Lake(spark, broken.uri, "run-9"), recipe)
    assert content(broken, "broken") == content(whole, "broken")
