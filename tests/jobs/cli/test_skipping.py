"""Delta skips files by their statistics, which the tests' session turns off: the rows are the same with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import published_corpus, published_rows, published_verdicts
from tests.jobs.cli.conftest import Pets

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SKIPPING = "spark.databricks.delta.stats.skipping"


def test_skipping_files_loses_no_rows(spark: SparkSession, pets: Pets) -> None:
    lake = Lake(spark, pets.lake, "look")

    def found() -> dict[str, list[str]]:
        corpus = published_corpus(lake, "quiet-pets")
        assert corpus is not None
        frames = {
            "corpus": corpus.where("dump = 'zoo'"),
            "verdicts": published_verdicts(lake, "quiet-pets").where("NOT kept"),
            "clusters": published_rows(lake, "silver/clusters", "quiet-pets"),
            "documents": lake.read("silver/documents").where("crawl = 'zoo' AND warc_path LIKE '%.jsonl'"),
        }
        return {name: sorted(map(str, frame.collect())) for name, frame in frames.items()}

    expected = found()
    assert {name: len(rows) for name, rows in expected.items()}["verdicts"] == 4
    spark.conf.set(SKIPPING, "true")
    try:
        assert found() == expected
    finally:
        spark.conf.set(SKIPPING, "false")
