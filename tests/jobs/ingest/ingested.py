"""Runs an ingest in a test, and reads what it wrote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.lake.lake import Lake

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


WORDS = "Bread rises because yeast breathes, and the longer it stands the more it tastes of itself. Part {}."


def read(spark: SparkSession, folder: Path, *inputs: Path | str, run: str = "run-1", **options: Any) -> IngestReport:
    return ingest(Lake(spark, str(folder), run), [str(one) for one in inputs], IngestOptions(**options))


def rows(spark: SparkSession, folder: Path, table: str, columns: Iterable[str]) -> list[tuple[Any, ...]]:
    found = Lake(spark, str(folder), "look").read(table).select(*columns).collect()
    return sorted((tuple(row) for row in found), key=repr)


def conserved(spark: SparkSession, folder: Path) -> None:
    """Check each input: candidates equal documents and rejects outside stage archive, also in the manifest."""
    lake = Lake(spark, str(folder), "look")
    read = lake.read("ops/inputs").where("status <> 'failed'").collect()
    assert read
    for row in read:
        here = f"warc_path = '{row['path']}'"
        documents = lake.read("silver/documents").where(here).count()
        rejects = lake.read("silver/rejects").where(f"{here} and stage <> 'archive'").count()
        assert (row["documents"], row["rejects"]) == (documents, rejects)
        assert row["records"] == documents + rejects + sum(row["skipped"].values())
