"""Row 24 of docs/reliability.md: two runs that write one lake."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.gate import settle
from decantry.jobs.checks.standing import standing
from decantry.jobs.commits import commit, points
from decantry.jobs.commits.claims import EVERYTHING, claimed
from decantry.jobs.curate.job import curate
from decantry.jobs.errors import InfrastructureError
from decantry.jobs.ingest import IngestOptions, IngestReport, ingest
from decantry.jobs.lake import Lake
from decantry.jobs.published import current
from decantry.jobs.recipe.load import parse
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.content import content, newest
from tests.faults.ferries import TwoCrawls, copy, crawl, judge, read, run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]


@pytest.mark.slow
def test_disjoint_crawls_both_succeed_wherever_they_meet(
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

    monkeypatch.setattr(points, "reached", meet)
    run(spark, tmp_path / "lake", first, "first")
    beside[0].join()
    assert place == ("", "")
    assert [(row["crawl"], row["run_id"]) for row in current(other)] == [("FERRY-1", "first"), ("FERRY-2", "other")]
    run(spark, tmp_path / "apart", first)
    run(spark, tmp_path / "apart", second)
    assert content(spark, tmp_path / "lake") == content(spark, tmp_path / "apart")


@pytest.mark.slow
def test_records_that_two_runs_read_at_once_are_documents_once(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (crawl(tmp_path / name) for name in ("1", "2"))  # the same records, in other files
    lake, other = (Lake(spark, str(tmp_path / "lake"), run) for run in ("first", "other"))
    options = IngestOptions(keep_html=True, crawl="FERRY-2")
    beside = meeting(monkeypatch, lambda: ingest(other, [str(second)], options))
    found = ingest(lake, [str(first)], IngestOptions(keep_html=True, crawl="FERRY-1"))
    beside[0].join()
    documents = lake.read("silver/documents")
    assert documents.select("id").distinct().count() == documents.count() == lake.read("bronze/pages").count() == 8
    assert (found.documents, found.records) == (documents.where("crawl = 'FERRY-1'").count(), 12)
    rejects = lake.read("silver/rejects")
    assert rejects.groupBy("warc_path", "warc_offset").count().where("count > 1").isEmpty()
    assert rejects.where("reason = 'duplicate_id'").count() == 8 + 2
    settle(lake, standing(lake), print, "of what two runs read at once")


@pytest.mark.slow
def test_what_a_dead_run_has_left_takes_no_id(spark: SparkSession, tmp_path: Path, watched: Points) -> None:
    first, second = (crawl(tmp_path / name) for name in ("1", "2"))  # the same records, in other files
    watched.killed_at = ("after", "silver/documents")
    with pytest.raises(Killed):
        ingest(Lake(spark, str(tmp_path / "lake"), "dead"), [str(first)])
    watched.killed_at = None
    lake = Lake(spark, str(tmp_path / "lake"), "next")
    assert ingest(lake, [str(second)]).documents == 8
    assert ingest(lake, [str(first)]).documents == 0, "they are replaced, and their ids taken"
    assert lake.read("silver/documents").select("id").distinct().count() == lake.read("silver/documents").count() == 8


@pytest.mark.slow
def test_a_file_that_two_runs_read_at_once_under_two_names_is_the_last_ones(
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


MEET_SECONDS = 15
"""So long a run waits for the other that it meets: it ends, if nothing binds it, or waits in turn."""


def at_once(act: Callable[[], object]) -> Thread:
    """`act`, in a thread that has had the time to end."""
    beside = Thread(target=act)
    beside.start()
    beside.join(MEET_SECONDS)
    return beside


def meeting(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> list[Thread]:
    """Do `act` beside a run that is about to commit documents: what those are has been worked out before."""
    due, begun = [act], list[Thread]()

    def meet(when: str, name: str) -> None:
        if (when, name) == ("before", "silver/documents") and due:
            begun.append(at_once(due.pop()))

    monkeypatch.setattr(points, "reached", meet)
    return begun


@pytest.mark.slow
def test_of_two_on_the_same_crawl_one_wins_and_the_other_says_what_to_do(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archives = crawl(tmp_path / "1")
    other = Lake(spark, str(tmp_path / "lake"), "other")
    lines: list[str] = []

    def meet(when: str, table: str) -> None:
        if (when, table) in (("before", "silver/documents"), ("before", "gold/ferries")):
            with pytest.raises(InfrastructureError) as caught:
                read(other, archives) if table == "silver/documents" else judge(other, ["FERRY-1"])
            lines.append(str(caught.value))

    monkeypatch.setattr(points, "reached", meet)
    run(spark, tmp_path / "lake", archives, "first")
    by = f"by run first (process {os.getpid()} on "
    assert [by in line for line in lines] == [True] * 3
    assert lines[0].startswith(f"the crawl FERRY-1 is being written in {tmp_path / 'lake'} by run first")
    assert lines[-1].startswith("ferries of FERRY-1 is being written in ")
    assert lines[-1].endswith("run again when that has ended")


def test_a_crawl_and_a_recipe_that_another_run_holds_are_not_written(
    spark: SparkSession, tmp_path: Path, two_crawls: TwoCrawls
) -> None:
    folder = copy(two_crawls.one, tmp_path / "lake")
    mine, other = (Lake(spark, str(folder), run) for run in ("mine", "other"))
    boats = parse("recipe: boats\nsteps:\n  - where: {name: long, keep: length(text) > 9}\n", "boats.yaml")
    busy = rf"is being written in {folder} by run other \(process {os.getpid()} on .* run again when that has ended"
    with claimed(other, ["the crawl FERRY-2"]), pytest.raises(InfrastructureError, match=f"the crawl FERRY-2 {busy}"):
        read(mine, two_crawls.second)
    with claimed(other, ["boats of FERRY-1"]), pytest.raises(InfrastructureError, match=f"boats of FERRY-1 {busy}"):
        curate(mine, boats)
    assert newest(folder) == newest(two_crawls.one)


def lake(tmp_path: Path, run_id: str) -> Lake:
    return Lake(None, str(tmp_path), run_id)  # type: ignore[arg-type]


def refused(tmp_path: Path, run_id: str, scope: str) -> str:
    with pytest.raises(InfrastructureError) as caught, claimed(lake(tmp_path, run_id), [scope]):
        pass
    return str(caught.value)


def test_upkeep_runs_beside_nobody(tmp_path: Path) -> None:
    with claimed(lake(tmp_path, "a"), ["the crawl A"]), claimed(lake(tmp_path, "b"), ["the crawl B"]):
        assert refused(tmp_path, "c", EVERYTHING).startswith("the crawl A is being written in")
    with claimed(lake(tmp_path, "c"), [EVERYTHING]):
        assert "the lake is being written" in refused(tmp_path, "a", "the crawl A")
        assert "by run c (process" in refused(tmp_path, "a", "the crawl A")
    assert not (tmp_path / "_claims").exists()


def test_what_a_dead_run_left_is_removed_and_a_living_ones_is_not(tmp_path: Path) -> None:
    for run_id in ("dead", "alive"):
        (tmp_path / "_staging" / run_id / "ingest").mkdir(parents=True)
    (tmp_path / "_claims").mkdir()
    (tmp_path / "_claims" / "the crawl D.claim").write_text('{"run_id": "dead", "scope": "the crawl D"}')
    with claimed(lake(tmp_path, "alive"), ["the crawl A"]):
        assert [path.name for path in (tmp_path / "_staging").iterdir()] == ["alive"]
        with claimed(lake(tmp_path, "next"), ["the crawl D"]):
            assert [path.name for path in (tmp_path / "_staging").iterdir()] == ["alive"]
    assert not (tmp_path / "_claims").exists()


def test_what_is_claimed_stays_so_while_a_commit_that_ctrl_c_has_left_is_under_way(tmp_path: Path) -> None:
    interrupted, under_way = lake(tmp_path, "a"), Future[object]()
    with pytest.raises(KeyboardInterrupt), claimed(interrupted, ["the crawl A"]):
        interrupted.acting.add(under_way)  # as a second Ctrl-C leaves it
        raise KeyboardInterrupt
    assert "by run a (process" in refused(tmp_path, "b", "the crawl A")
    interrupted.acting.clear()
    under_way.set_result(None)
    for _ in range(100):
        if not (tmp_path / "_claims").exists():
            break
        time.sleep(0.05)
    with claimed(lake(tmp_path, "b"), ["the crawl A"]):
        pass


def test_who_is_interrupted_begins_no_commit_more_until_it_claims_anew(tmp_path: Path) -> None:
    interrupted, done = lake(tmp_path, "a"), []

    def late() -> None:
        with pytest.raises(InfrastructureError, match="interrupted"):
            commit(interrupted, "silver/documents", lambda: done.append("late"), "mark")

    with pytest.raises(KeyboardInterrupt), claimed(interrupted, ["the crawl A"]):
        raise KeyboardInterrupt
    writer = Thread(target=late)  # as those of an ingest are
    writer.start()
    writer.join()
    assert (done, (tmp_path / "_claims").exists()) == ([], False)
    with claimed(interrupted, ["the crawl A"]):
        assert not interrupted.interrupted.is_set()
