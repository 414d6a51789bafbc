"""Row 24 of docs/reliability.md: two runs read archives into one lake at the same time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.gate import evaluate
from decantry.jobs.checks.whole_lake import expectations_of_lake
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import current
from decantry.jobs.process.errors import UserError
from tests.faults.commit_points import Killed, Points, at_each, watched
from tests.faults.content import content
from tests.faults.ferries import crawl, judge, read, run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]

MEET_SECONDS = 15
"""How long a run waits for the other one."""


def at_once(act: Callable[[], object]) -> Thread:
    """Run `act` in a thread, and give it time to end."""
    beside = Thread(target=act)
    beside.start()
    beside.join(MEET_SECONDS)
    return beside


def meeting(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[Thread]:
    """Run `act` beside a run that is about to commit documents, which it has already computed."""
    due, begun = [act], list[Thread]()

    def meet(when: str, name: str) -> None:
        if (when, name) == ("before", "silver/documents") and due:
            begun.append(at_once(due.pop()))

    at_each(monkeypatch, meet)
    return begun


@pytest.mark.slow
def test_two_runs_of_different_crawls_both_succeed(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = crawl(tmp_path / "1", "FERRY-1"), crawl(tmp_path / "2", "FERRY-2")
    other = Lake(spark, str(tmp_path / "lake"), "other")
    meetings = iter(
        [
            (("before", "silver/documents"), lambda: beside.append(at_once(lambda: read(other, second)))),
            (("after", "gold/ferries"), lambda: (beside[0].join(), judge(other, ["FERRY-2"]))),
        ]
    )
    place, act = next(meetings)
    beside: list[Thread] = []

    def meet(when: str, table: str) -> None:
        nonlocal place, act
        if (when, table) == place:
            now, (place, act) = act, next(meetings, (("", ""), lambda: None))
            now()

    at_each(monkeypatch, meet)
    run(spark, tmp_path / "lake", first, "first")
    beside[0].join()
    assert place == ("", "")
    assert [(each.crawl, each.runs) for each in current(other)] == [("FERRY-1", ("first",)), ("FERRY-2", ("other",))]
    run(spark, tmp_path / "apart", first)
    run(spark, tmp_path / "apart", second)
    assert content(spark, tmp_path / "lake") == content(spark, tmp_path / "apart")


@pytest.mark.slow
def test_records_read_by_two_runs_at_once_become_one_document_each(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (crawl(tmp_path / name) for name in ("1", "2"))  # the same records, in other files
    lake, other = (Lake(spark, str(tmp_path / "lake"), run) for run in ("first", "other"))
    options = IngestOptions(keep_html=True, crawl="FERRY-2")

    def repeat() -> None:
        with suppress(UserError):  # if the other run has all of its pages
            ingest(other, [str(second)], options)

    beside = meeting(monkeypatch, repeat)
    found = ingest(lake, [str(first)], IngestOptions(keep_html=True, crawl="FERRY-1"))
    beside[0].join()
    documents = lake.read("silver/documents")
    assert documents.select("id").distinct().count() == documents.count() == lake.read("bronze/pages").count() == 8
    assert (found.documents, found.records) == (documents.where("crawl = 'FERRY-1'").count(), 12)
    rejects = lake.read("silver/rejects")
    assert rejects.groupBy("warc_path", "warc_offset").count().where("count > 1").isEmpty()
    assert rejects.where("reason = 'duplicate_id'").count() == 8 + 2
    evaluate(lake, expectations_of_lake(lake), print)


@pytest.mark.slow
def test_rows_of_a_dead_run_do_not_block_ids(spark: SparkSession, tmp_path: Path, watched: Points) -> None:
    first, second = (crawl(tmp_path / name) for name in ("1", "2"))  # the same records, in other files
    watched.killed_at = ("after", "silver/documents")
    with pytest.raises(Killed):
        ingest(Lake(spark, str(tmp_path / "lake"), "dead"), [str(first)])
    watched.killed_at = None
    lake = Lake(spark, str(tmp_path / "lake"), "next")
    assert ingest(lake, [str(second)]).documents == 8
    with pytest.raises(UserError, match="none of the 2 inputs is usable: 2 empty"):  # they are replaced
        ingest(lake, [str(first)])
    assert lake.read("silver/documents").select("id").distinct().count() == lake.read("silver/documents").count() == 8


@pytest.mark.slow
def test_a_file_read_at_once_under_two_crawl_names_belongs_to_the_last(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archives = crawl(tmp_path / "1")
    lake, other = (Lake(spark, str(tmp_path / "lake"), run) for run in ("first", "other"))
    reports: list[IngestReport] = []
    beside = meeting(
        monkeypatch, lambda: reports.append(ingest(other, [str(archives)], IngestOptions(crawl="FERRY-2")))
    )
    ingest(lake, [str(archives)], IngestOptions(crawl="FERRY-1"))
    beside[0].join()
    assert list(reports[0].left) == ["FERRY-1"], "as if it had been read after the other"
    documents = lake.read("silver/documents")
    assert documents.where("crawl = 'FERRY-2'").count() == documents.count() == 8
    assert lake.read("ops/inputs").select("path", "crawl").collect() == [
        (str(archives / name), "FERRY-2") for name in ("a.warc.gz", "b.warc.gz")
    ]
