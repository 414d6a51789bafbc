"""Row 24 of docs/reliability.md: two runs publish, or change what is published, at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.curate import job as curating
from decantry.jobs.curate.job import curate
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import current, published_corpus
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.recipe.load import parse
from decantry.jobs.recipe.model import Recipe
from decantry.jobs.upkeep.forget import forget
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.rollback import rollback
from tests.faults.commit_points import at_each
from tests.jobs.curate.corpora import fates, lake_with

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

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


def test_a_second_run_of_the_same_recipe_and_crawl_is_refused_early(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_with(spark, tmp_path, "mine", [("a", "A", TEXT)])
    with locked(lake, ["curate apart of A"]), pytest.raises(InfrastructureError) as caught:
        curate(Lake(spark, lake.uri, "other"), apart())
    assert str(caught.value) == (
        f"another run on {lake.uri} is at work: curate apart of A "
        f"(it holds {tmp_path}/_locks/curate-apart-of-A.lock); run again when it has ended"
    )
    assert not lake.exists("silver/verdicts")


def test_of_two_concurrent_runs_that_compare_crawls_the_second_commit_is_refused(
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
    # one crawl twice: the second is published, the first ends with an error
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
def test_a_run_withdraws_its_commit_if_another_was_committed_after_its_last_check(
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

    at_each(monkeypatch, meet)
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

    at_each(monkeypatch, meet)
    with pytest.raises(InfrastructureError, match=BEATEN):
        curate(Lake(spark, lake.uri, "third"), apart(7), ["A"], rebuild=True)
    assert due == []
    assert {each.crawl: each.runs for each in current(lake)} == {"A": (lake.run_id,), "B": ("other",)}
    assert ids(lake, "apart") == ["a", "b"], "what was forgotten does not come back"
