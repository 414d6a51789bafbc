"""A lake in a catalogue has the same rows as a lake in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import published_corpus, published_rows, published_verdicts
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import load
from decantry.jobs.sample import build
from tests.cold import Cold

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LAYERS = ("ops", "silver", "gold")
OF_THE_RUN = ("run_id", "published_at")


@pytest.fixture
def named(spark: SparkSession, tmp_path: Path) -> Iterator[Lake]:
    spark.conf.set("spark.decantry.staging", str(tmp_path / "staging"))
    yield Lake(spark, "spark_catalog.harbour", "named")
    spark.conf.unset("spark.decantry.staging")
    for layer in LAYERS:
        spark.sql(f"DROP SCHEMA IF EXISTS spark_catalog.harbour_{layer} CASCADE")


def rows(frame: DataFrame | None) -> list[str]:
    assert frame is not None
    return sorted(map(str, frame.drop(*OF_THE_RUN).collect()))


def test_a_lake_in_a_catalogue_holds_what_a_folder_holds(
    spark: SparkSession, cold: Cold, named: Lake, tmp_path: Path
) -> None:
    """The other lake is the demo's: made at once, in four partitions, by generated code."""
    folder = Lake(spark, str(cold.lake), "look")
    for archives in (cold.archives[:1], cold.archives):
        ingest(named, archives)
    curate(named, load("fineweb"))
    assert ingest(named, cold.archives).already_done == 3
    assert curate(named, load("fineweb")).published == ()
    for table in ("silver/documents", "silver/rejects", "silver/fingerprints"):
        assert rows(named.read(table)) == rows(folder.read(table)), table
    assert rows(published_rows(named, "silver/clusters")) == rows(published_rows(folder, "silver/clusters"))
    assert rows(published_verdicts(named)) == rows(published_verdicts(folder))
    assert rows(published_corpus(named, "fineweb")) == rows(published_corpus(folder, "fineweb")) != []
    assert spark.table("spark_catalog.harbour_gold.fineweb").count() == 30
    assert not [file for file in (tmp_path / "staging").rglob("*") if file.is_file()]


def test_a_catalogue_without_a_staging_folder_is_an_error(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"set spark\.decantry\.staging to a folder"):
        ingest(Lake(spark, "spark_catalog.quay", "named"), [str(build(tmp_path / "sample")[0])])
    assert not spark.catalog.databaseExists("quay_silver")


def test_a_folder_whose_name_looks_like_a_catalogue_is_explained() -> None:
    with pytest.raises(UserError, match=r"for a folder, write \./my\.lake"):
        require_usable("my.lake", write=True)
