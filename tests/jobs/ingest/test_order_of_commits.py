"""The manifest is written last, and once, so that it never lists missing rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from tests.faults.commit_points import Points, watched
from tests.warc_files import page, response, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]


def test_documents_and_rejects_are_written_before_the_manifest(
    spark: SparkSession, tmp_path: Path, watched: Points
) -> None:
    archive = write(
        tmp_path / "a.warc.gz", warcinfo("C"), page("one", "A page of some words."), response("bad", b"no status line")
    )
    ingest(Lake(spark, str(tmp_path / "lake"), "run"), [str(archive)])
    *first, last = [table for when, table in watched.seen if when == "after"]
    assert (sorted(first), last) == (["silver/documents", "silver/rejects"], "ops/inputs")
