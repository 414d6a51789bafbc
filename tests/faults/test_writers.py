"""Row 24 of docs/reliability.md: two runs write to one lake at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.gate import settle
from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.checks.whole_lake import expectations_of_lake
from decantry.jobs.curate import job as curating
from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.lake.commits import points
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import current, published_corpus
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.recipe.load import parse
from decantry.jobs.recipe.model import Recipe
from decantry.jobs.upkeep.forget import forget
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.rollback import rollback
from tests.faults.commit_points import Killed, Points, watched
from tests.faults.content import content
from tests.faults.ferries import crawl, judge, read, run
from tests.jobs.curate.corpora import fates, lake_with

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["watched"]

TOGETHER = parse("recipe: together\nsteps:\n  - exact_duplicates: {scope: all}\n", "together.yaml")
TEXT, OTHER = "a text that is long enough", "another text that is long enough"
BEATEN = "another run has changed the corpus of .* nothing was published; run it again"


@contextmanager
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let runs ignore each other's locks, as on different machines."""

    @contextmanager
    def unlocked(*given: object, **named: object) -> Iterator[None]:
        yield

    with monkeypatch.context() as patched:
        patched.setattr(curating, "locked", unlocked)
        yield


def apart(longer_than: int = 9) -> Recipe:
    """A recipe that compares no crawls. Another number gives another version of it."""
    keep = f"length(text) > {longer_than}"
    return parse(f'recipe: apart\nsteps:\n  - where: {{name: long, keep: "{keep}"}}\n', "apart.yaml")


def ids(lake: Lake, recipe: str) -> list[str]:
    corpus = published_corpus(lake, recipe)
    return [] if corpus is None else sorted(row["id"] for row in corpus.select("id").collect())


def test_a_second_run_of_a_recipe_and_crawl_is_told_early(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_with(spark, tmp_path, "mine", [("a", "A", TEXT)])
    with locked(lake, ["curate apart of A"]), pytest.raises(InfrastructureError) as caught:
        curate(Lake(spark, lake.uri, "other"), apart())
    assert str(caught.value) == (
        f"another run on {lake.uri} is at work: curate apart of A "
        f"(it holds {tmp_path}/_locks/curate-apart-of-A.lock); run again when it has ended"
    )
    assert not lake.exists("silver/verdicts")


def test_of_two_crawls_of_a_recipe_that_compares_all_the_second_is_told(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = lake_with(spark, tmp_path, "made", [("a", "A", TEXT), ("b", "B", TEXT)])

    def gate(judgement: Judgement) -> None:
        curate(Lake(spark, lake.uri, "other"), TOGETHER, ["A"])

    with elsewhere(monkeypatch), pytest.raises(InfrastructureError, match=BEATEN):
        curate(lake, TOGETHER, ["B"], gate=gate)
    assert ids(lake, "together") == ["a"], "and not its duplicate"


@pytest.mark.slow
def test_other_jobs_in_the_middle_of_a_curate(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other runs publish, forget, roll back and maintain while the first one is at its gate."""
    made = [("a", "A", TEXT), ("b", "B", TEXT), ("c", "B", OTHER), ("d", "C", TEXT)]
    lake = lake_with(spark, tmp_path, "made", made)
    curate(lake, apart(), ["A"])
    curate(lake, TOGETHER, ["A"])

    def beside(act: Callable[[Lake], object], recipe: Recipe, crawl: str, rebuild: bool = False) -> None:
        def gate(judgement: Judgement) -> None:
            act(Lake(spark, lake.uri, "other"))

        with elsewhere(monkeypatch):
            curate(Lake(spark, lake.uri, "first"), recipe, [crawl], gate=gate, rebuild=rebuild)

    # two crawls of a recipe that compares none: both land
    beside(lambda other: curate(other, apart(8), ["A"], rebuild=True), apart(), "B")
    assert ids(lake, "apart") == ["a", "b", "c"]
    # one crawl twice: the second is published, the first is told
    with pytest.raises(InfrastructureError, match=BEATEN):
        beside(lambda other: curate(other, apart(7), ["B"], rebuild=True), apart(6), "B", rebuild=True)
    assert {each.crawl: each.runs for each in current(lake, "apart")}["B"] == ("other",)
    # two crawls of a recipe that compares all: no duplicate is in the corpus of both
    with pytest.raises(InfrastructureError, match=BEATEN):
        beside(lambda other: curate(other, TOGETHER, ["B"]), TOGETHER, "C")
    assert ids(lake, "together") == ["a", "c"]
    # a rollback stays
    with pytest.raises(InfrastructureError, match=BEATEN):
        beside(lambda other: rollback(other, "together", "together@1"), TOGETHER, "C")
    assert ids(lake, "together") == ["a"]
    # maintain takes nothing of the run
    beside(maintain, TOGETHER, "C")
    assert fates(lake)["d"] == ("exact_duplicates.duplicate", "a", 2)
    # what is forgotten is not published
    with pytest.raises(InfrastructureError, match="run it again"):
        beside(lambda other: forget(other, [("id", "c")]), TOGETHER, "B")
    assert ids(lake, "together") == ["a"]


@pytest.mark.slow
def test_a_commit_after_the_last_check_is_noticed_and_the_own_commit_withdrawn(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [("a", "A", TEXT), ("b", "B", "the second"), ("c", "C", OTHER)]
    lake = lake_with(spark, tmp_path, "made", made)
    for name in ("A", "B"):
        curate(lake, TOGETHER, [name])
    due = [lambda: rollback(Lake(spark, lake.uri, "other"), "together", "together@1")]

    def meet(when: str, table: str) -> None:
        if (when, table) == ("before", "gold/together") and due:
            due.pop()()

    monkeypatch.setattr(points, "reached", meet)
    with pytest.raises(InfrastructureError, match=BEATEN):
        curate(lake, TOGETHER, ["C"])
    assert ids(lake, "together") == ["a"]
    assert [each.crawl for each in current(lake, "together")] == ["A"]


@pytest.mark.slow
def test_a_withdrawn_commit_changes_nothing_else(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [("a", "A", TEXT), ("b", "B", "the second"), ("c", "C", OTHER), ("d", "A", "the fourth")]
    lake = lake_with(spark, tmp_path, "made", made)
    other = Lake(spark, lake.uri, "other")
    curate(lake, apart(), ["A"])
    curate(lake.next_run(), apart(8), ["A"], rebuild=True)
    due = [
        ("before", lambda: rollback(other, "apart", "apart@1")),
        ("after", lambda: forget(other, [("id", "d")])),
        ("after", lambda: curate(other, apart(), ["B"])),
    ]

    def meet(when: str, table: str) -> None:
        if table == "gold/apart" and due and due[0][0] == when:
            due.pop(0)[1]()

    monkeypatch.setattr(points, "reached", meet)
    with pytest.raises(InfrastructureError, match=BEATEN):
        curate(Lake(spark, lake.uri, "third"), apart(7), ["A"], rebuild=True)
    assert due == []
    assert {each.crawl: each.runs for each in current(lake)} == {"A": (lake.run_id,), "B": ("other",)}
    assert ids(lake, "apart") == ["a", "b"], "what was forgotten does not come back"


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
    assert [(each.crawl, each.runs) for each in current(other)] == [("FERRY-1", ("first",)), ("FERRY-2", ("other",))]
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
    settle(lake, expectations_of_lake(lake), print, "of what two runs read at once")


@pytest.mark.slow
def test_rows_of_a_dead_run_block_no_id(spark: SparkSession, tmp_path: Path, watched: Points) -> None:
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
"""How long a run waits for the other one, which ends unless it waits for the first."""


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

    monkeypatch.setattr(points, "reached", meet)
    return begun
