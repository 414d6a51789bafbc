"""Row 29 of docs/reliability.md, fast: upkeep is killed once, at the most critical point, and run again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.lake.commits.corpora import recorded_without_spark
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.live import live
from decantry.jobs.lake.publications import publications
from decantry.jobs.lake.published import published_corpus
from decantry.jobs.lake.without_spark import rows_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.upkeep.forget import forget
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.rollback import rollback
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.content import newest
from tests.faults.ferries import TwoCrawls, copy
from tests.faults.nothing_kept import nothing_kept

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]

DOMAIN = "a0-ferry-1.example.org"
PUBLISHED = ("silver/verdicts", "gold/ferries", "ops/publications")


def seen(lake: Lake) -> dict[str, int]:
    """The number of documents of each crawl that readers of the corpus see."""
    corpus = published_corpus(lake, "ferries")
    assert corpus is not None
    return {row["dump"]: row["count"] for row in corpus.groupBy("dump").count().collect()}


def published(lake: Lake) -> set[str]:
    """The published crawls according to the corpus's commits, without Spark."""
    return {each.crawl for each in live(recorded_without_spark(lake.uri))}


@pytest.mark.slow  # several runs
def test_rollback_that_is_killed_once_is_done_completely_or_not_at_all(
    spark: SparkSession, tmp_path: Path, two_crawls: TwoCrawls, watched: Points
) -> None:
    lake = Lake(spark, str(copy(two_crawls.both, tmp_path / "lake", *PUBLISHED)), "run")
    second, first = publications(lake, "ferries")
    assert [(each.name, each.kept) for each in (second, first)] == [("ferries@2", 14), ("ferries@1", 7)]
    with pytest.raises(UserError, match=r"no publication ferries@99; there are: ferries@2, ferries@1"):
        rollback(lake, "ferries", "ferries@99")
    watched.killed_at = ("before", "gold/ferries")
    with pytest.raises(Killed):
        rollback(lake, "ferries", first.name)
    assert published(lake) == {"FERRY-1", "FERRY-2"}
    watched.killed_at = ("after", "gold/ferries")
    with pytest.raises(Killed):
        rollback(lake, "ferries", first.name)
    assert set(seen(lake)) == published(lake) == {"FERRY-1"}
    watched.killed_at = None
    rollback(lake, "ferries", second.name)
    assert published(lake) == {"FERRY-1", "FERRY-2"}


@pytest.mark.slow  # several runs
def test_maintain_that_is_killed_changes_nothing_for_readers(
    spark: SparkSession, tmp_path: Path, two_crawls: TwoCrawls, watched: Points
) -> None:
    """It is killed after compaction, and then run with a retention of zero days."""
    lake = Lake(spark, str(copy(two_crawls.both, tmp_path / "lake", "silver/documents", *PUBLISHED)), "run")
    both = seen(lake)
    _, first = publications(lake, "ferries")
    with pytest.raises(UserError, match="--keep-days is 6"):
        maintain(lake, 6)
    with nothing_kept(spark):
        watched.killed_at = ("after", "silver/documents")
        with pytest.raises(Killed):
            maintain(lake, 0)
        watched.killed_at = None
        assert seen(lake) == both
        maintain(lake, 0)
    assert seen(lake) == both
    wanted = newest(two_crawls.both)
    assert newest(lake.uri) == {table: wanted[table] for table in ("silver/documents", *PUBLISHED)}
    assert len(list((tmp_path / "lake" / "silver" / "documents").glob("crawl=*/*.parquet"))) == 2, "one for each crawl"
    with pytest.raises(UserError, match="the files of ferries@1 are gone"):
        rollback(lake, "ferries", first.name)
    assert seen(lake) == both


@pytest.mark.slow  # several runs
def test_forget_that_is_killed_is_finished_by_the_next_run(
    spark: SparkSession, tmp_path: Path, two_crawls: TwoCrawls, watched: Points
) -> None:
    tables = ("silver/documents", "silver/rejects", "ops/inputs", *PUBLISHED)
    lake = Lake(spark, str(copy(two_crawls.one, tmp_path / "lake", *tables)), "run")
    (before,) = rows_of(lake.uri, "ops/publications")
    watched.killed_at = ("after", "gold/ferries")
    with pytest.raises(Killed):
        forget(lake, [("domain", DOMAIN)])
    assert DOMAIN in str(rows_of(lake.uri, "silver/documents"))
    watched.killed_at = None
    report = forget(lake, [("domain", DOMAIN)])
    assert (report.resumed, report.history_until is None) == (True, False)
    assert seen(lake) == {"FERRY-1": before["kept"] - 1}
    for table, rows in newest(lake.uri).items():
        assert table == "ops/forgotten" or not [row for row in rows if DOMAIN in row], table
    (reject,) = [row for row in rows_of(lake.uri, "silver/rejects") if row["reason"] == "forgotten"]
    assert (Path(reject["warc_path"]).name, reject["id"], reject["url"]) == ("a.warc.gz", None, None)


def test_the_log_has_no_content_of_pages(two_crawls: TwoCrawls) -> None:
    logs = [path.read_text() for path in two_crawls.both.rglob("_delta_log/*.json")]
    assert any("numRecords" in log for log in logs)
    assert not [log for log in logs if DOMAIN in log or "leaves at" in log]
