"""Rows 1 to 4 of docs/reliability.md: a run that ends at any commit point, and commits whose answers are lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.lake import Lake
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.content import Rows, content
from tests.faults.ferries import TABLES_OF_CURATE, TABLES_OF_INGEST, ferries, run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["ferries", "watched"]

POINTS = [(when, table) for table in TABLES_OF_INGEST + TABLES_OF_CURATE for when in ("before", "after")]


@pytest.fixture(scope="module")
def undisturbed(
    spark: SparkSession, ferries: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Rows]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    run(spark, folder, ferries)
    return folder, content(spark, folder)


def test_the_same_run_twice_writes_nothing(
    spark: SparkSession, ferries: Path, undisturbed: tuple[Path, dict[str, Rows]], watched: Points
) -> None:
    folder, before = undisturbed
    read, made = run(spark, folder, ferries, "again")
    assert (read.already_done, made.already_done, made.published) == (2, ("FERRY-1",), ())
    assert watched.seen == []
    assert content(spark, folder) == before


@pytest.mark.slow
def test_commits_whose_answers_are_all_lost_are_there_once(
    spark: SparkSession, tmp_path: Path, ferries: Path, undisturbed: tuple[Path, dict[str, Rows]], watched: Points
) -> None:
    watched.answers_lost = True
    run(spark, tmp_path, ferries)
    assert set(watched.seen) == set(POINTS)
    assert content(spark, tmp_path) == undisturbed[1]
    lake = Lake(spark, str(tmp_path), "look")
    assert [lake.version(name) for name in ("silver/documents", "ops/inputs", "gold/ferries")] == [1, 1, 0]


@pytest.mark.slow
def test_a_run_that_dies_at_every_point_in_turn_ends_as_if_undisturbed(
    spark: SparkSession, tmp_path: Path, ferries: Path, undisturbed: tuple[Path, dict[str, Rows]], watched: Points
) -> None:
    lake = Lake(spark, str(tmp_path), "look")
    for number, point in enumerate(POINTS):
        watched.killed_at = point
        with pytest.raises(Killed):
            run(spark, tmp_path, ferries, f"run-{number}")
        for name in ("silver/documents", "silver/rejects", "bronze/pages"):
            rows = lake.read(name)
            assert rows.count() == rows.select("warc_path", "warc_offset").distinct().count(), (point, name)
    watched.killed_at = None
    read, made = run(spark, tmp_path, ferries, "last")
    assert (read.already_done, made.already_done) == (2, ("FERRY-1",))
    assert content(spark, tmp_path) == undisturbed[1]
    assert not (tmp_path / "_staging").exists()
    assert not (tmp_path / "_claims").exists()
