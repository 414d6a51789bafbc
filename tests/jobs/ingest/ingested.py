"""Runs an ingest in a test, and reads what it wrote without Spark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.without_spark import rows_of
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


WORDS = "Bread rises because yeast breathes, and the longer it stands the more it tastes of itself. Part {}."


def read(spark: SparkSession, folder: Path, *inputs: Path | str, run: str = "run-1", **options: Any) -> IngestReport:
    return ingest(Lake(spark, str(folder), run), [str(one) for one in inputs], IngestOptions(**options))


def rows(folder: Path, table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    assert {*columns} <= {*TABLES[table].column_names}  # rows_of gives None for a column that is not there
    found = rows_of(str(folder), table, columns=columns)
    return sorted((tuple(row[column] for column in columns) for row in found), key=repr)


def conserved(folder: Path) -> None:
    """Check each input: candidates equal documents and rejects outside stage archive, also in the manifest."""
    lake = str(folder)
    read = rows_of(lake, "ops/inputs", "status <> 'failed'")
    assert read
    documents = Counter(row["warc_path"] for row in rows_of(lake, "silver/documents", columns=["warc_path"]))
    found = rows_of(lake, "silver/rejects", "stage <> 'archive'", ["warc_path"])
    rejects = Counter(row["warc_path"] for row in found)
    for row in read:
        assert (row["documents"], row["rejects"]) == (documents[row["path"]], rejects[row["path"]])
        assert row["records"] == row["documents"] + row["rejects"] + sum(dict(row["skipped"]).values())
