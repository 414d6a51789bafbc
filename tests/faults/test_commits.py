"""Rows 1 to 4 of docs/reliability.md: a run that dies at any commit point, and commits whose answers are lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.lake.commits.corpora import recorded_without_spark
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.live import live
from decantry.jobs.lake.without_spark import rows_of
from decantry.jobs.recipe.load import parse
from decantry.schemas.table import Column, Table
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.content import Rows, content, newest
from tests.faults.ferries import RECIPE, TABLES_OF_CURATE, TABLES_OF_INGEST, TwoCrawls, copy, ferries, quick_run, run

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


def test_the_same_run_twice_writes_nothing(spark: SparkSession, two_crawls: TwoCrawls, watched: Points) -> None:
    before = newest(two_crawls.one)
    read, made = quick_run(spark, two_crawls.one, two_crawls.first, "again")
    assert (read.already_done, made.already_done, made.published) == (2, ("FERRY-1",), ())
    assert watched.seen == []
    assert newest(two_crawls.one) == before


def test_a_run_that_dies_in_ingest_and_in_curate_has_the_result_of_an_undisturbed_run(
    spark: SparkSession, tmp_path: Path, two_crawls: TwoCrawls, watched: Points
) -> None:
    """It dies after documents and before the manifest, and after verdicts and before the publication."""
    folder = copy(two_crawls.one, tmp_path / "lake")
    for table in ("silver/documents", "silver/verdicts"):
        watched.killed_at = ("after", table)
        with pytest.raises(Killed):
            quick_run(spark, folder, two_crawls.second, f"dies after {table}")
        places = [(row["warc_path"], row["warc_offset"]) for row in rows_of(str(folder), "silver/documents")]
        assert len(places) == len(set(places)), table
        assert {each.crawl for each in live(recorded_without_spark(str(folder)))} == {"FERRY-1"}
    watched.killed_at = None
    read, made = quick_run(spark, folder, two_crawls.second, "last")
    assert (read.already_done, [part.crawl for part in made.published]) == (2, ["FERRY-2"])
    assert newest(folder) == newest(two_crawls.both)
    assert not (folder / "_staging").exists()


def test_a_run_that_dies_after_the_corpus_commit_has_published(
    spark: SparkSession, tmp_path: Path, two_crawls: TwoCrawls
) -> None:
    """It leaves the verdicts and the corpus, but no rows of ops/publications, which are written last."""
    folder = copy(two_crawls.both, tmp_path / "lake")
    shutil.rmtree(folder / "ops" / "publications")
    copy(two_crawls.one, folder, "ops/publications")
    assert {row["crawl"] for row in rows_of(str(folder), "ops/publications")} == {"FERRY-1"}
    assert newest(folder) == newest(two_crawls.both), "read-only commands see it"
    made = curate(Lake(spark, str(folder), "next"), parse(RECIPE, "ferries.yaml"))
    assert made.already_done == ("FERRY-1", "FERRY-2")
    assert {row["crawl"] for row in rows_of(str(folder), "ops/publications")} == {"FERRY-1", "FERRY-2"}


def test_a_commit_whose_answer_is_lost_is_written_once(spark: SparkSession, tmp_path: Path, watched: Points) -> None:
    lake = Lake(spark, str(tmp_path), "run")
    boats = Table("silver/boats", "Boats.", (Column("name", "string", ""), Column("pier", "string", "")), ("name",))
    rows = [few_rows(spark, boats, each) for each in ([("Anna", "1"), ("Berta", "2")], [("Anna", "3")])]
    watched.answers_lost = True
    assert lake.append(boats.name, rows[0], boats) == 1, "after the commit that makes the table"
    assert lake.replace(boats.name, rows[1], "name = 'Anna'", boats) == 2
    assert lake.change(boats.name, lambda table: table.delete("name = 'Berta'")) == 3
    assert rows_of(lake.uri, boats.name) == [{"name": "Anna", "pier": "3"}]


def test_a_commit_that_fails_is_an_error(spark: SparkSession, tmp_path: Path, two_crawls: TwoCrawls) -> None:
    lake = Lake(spark, str(copy(two_crawls.one, tmp_path / "lake", "silver/documents")), "run")

    def fails(table: object) -> None:
        raise OSError("the connection broke")

    with pytest.raises(OSError, match="the connection broke"):
        lake.change("silver/documents", fails)


@pytest.mark.slow
def test_commits_whose_answers_are_all_lost_are_written_once(
    spark: SparkSession, tmp_path: Path, ferries: Path, undisturbed: tuple[Path, dict[str, Rows]], watched: Points
) -> None:
    watched.answers_lost = True
    run(spark, tmp_path, ferries)
    assert set(watched.seen) == set(POINTS)
    assert content(spark, tmp_path) == undisturbed[1]
    lake = Lake(spark, str(tmp_path), "look")
    assert [lake.version(name) for name in ("silver/documents", "ops/inputs", "gold/ferries")] == [2, 2, 1]


@pytest.mark.slow
def test_a_run_that_dies_at_every_point_in_turn_has_the_result_of_an_undisturbed_run(
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
