"""Publications that are interrupted between commits or rolled back, with recipes that compare crawls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.checks.gate import evaluate
from decantry.jobs.checks.whole_lake import expectations_of_lake
from decantry.jobs.curate.job import curate
from decantry.jobs.explore.explain import explain
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import current, published_corpus
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep.rollback import rollback
from tests.faults.commit_points import at_each
from tests.jobs.curate.corpora import content, fates, lake_with
from tests.jobs.curate.test_incremental import LEFT, RIGHT, SIMPLE

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CUTTING = """
recipe: cutting
steps:
  - near_duplicates: {scope: all, ngram: 1, bands: 64, rows: 1, verify: 0.9}
  - duplicate_paragraphs: {scope: all, min_words: 3, max_cut: 0.9}
"""
SHARED = "the shared paragraph of several words stands here"


class Killed(BaseException):
    """The run ends here."""


@pytest.mark.slow  # a run for each commit; one is broken in test_incremental.py
def test_a_publish_interrupted_before_and_after_each_commit(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = parse(CUTTING, "cutting.yaml")
    old = [("m1", "m", f"{SHARED}\n{LEFT}"), ("m2", "m", RIGHT), ("m3", "m", f"{SHARED}\nthe last words of all")]
    new = [("b1", "b", f"{SHARED}\nother own words"), ("b2", "b", RIGHT)]
    for folder in ("whole", "broken"):
        curate(lake_with(spark, tmp_path / folder, "run-1", old), recipe)
        lake_with(spark, tmp_path / folder, "run-2", new)
    whole, broken = (Lake(spark, str(tmp_path / folder), "run-2") for folder in ("whole", "broken"))
    before = content(broken, "cutting")
    assert [part.crawl for part in curate(whole, recipe).published] == ["b", "m"]
    after = content(whole, "cutting")

    tables = ("silver/verdicts", "silver/clusters", "silver/cuts", "gold/cutting", "ops/publications")
    for number, point in enumerate((when, table) for table in tables for when in ("before", "after")):

        def die(when: str, table: str, last: tuple[str, str] = point) -> None:
            if (when, table) == last:
                raise Killed(table)

        with monkeypatch.context() as patched, pytest.raises(Killed):
            at_each(patched, die)
            curate(Lake(spark, broken.uri, f"run-{number + 3}"), recipe, rebuild=True)
        published = point in (("after", "gold/cutting"), *((when, "ops/publications") for when in ("before", "after")))
        assert content(broken, "cutting") == (after if published else before), point
        if published:
            rollback(Lake(spark, broken.uri, "back"), "cutting", "cutting@1")
            assert content(broken, "cutting") == before
    curate(Lake(spark, broken.uri, "last"), recipe)
    assert content(broken, "cutting") == after
    assert curate(broken, recipe).published == ()


@pytest.mark.slow  # several runs; one that is broken off is in test_incremental.py
def test_the_next_run_cuts_the_paragraphs_that_a_dead_run_cut(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = parse(CUTTING, "cutting.yaml")
    curate(lake_with(spark, tmp_path, "run-1", [("m1", "m", f"{SHARED}\nown words of a page in m")]), recipe)
    lake = lake_with(spark, tmp_path, "run-2", [("b1", "b", f"{SHARED}\nother own words of a page in b")])
    with monkeypatch.context() as patched, pytest.raises(Killed):
        at_each(patched, before_the_publication)
        curate(lake, recipe)
    assert explain(lake, recipe, "m1").cuts == ()
    made = curate(Lake(spark, lake.uri, "run-3"), recipe)
    assert [part.crawl for part in made.published] == ["b", "m"], "b comes first: m loses the paragraph"
    assert [(cut.step, cut.text) for cut in explain(lake, recipe, "m1").cuts] == [("duplicate_paragraphs", SHARED)]
    assert [row for row in content(lake, "cutting")["corpus"] if SHARED in row and "'m'" in row] == []


@pytest.mark.slow  # several runs; one that is broken off is in test_incremental.py
def test_documents_that_a_dead_run_would_have_removed_stay_published(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = parse(SIMPLE, "simple.yaml")
    curate(lake_with(spark, tmp_path, "run-1", [("b", "c2", LEFT)]), recipe, ["c2"])
    lake = lake_with(spark, tmp_path, "run-2", [("a", "c1", LEFT)])
    with monkeypatch.context() as patched, pytest.raises(Killed):
        at_each(patched, before_the_publication)
        curate(lake, recipe, ["c1"])  # which would have put a in the place of b
    curate(lake_with(spark, tmp_path, "run-3", [("x", "c3", RIGHT)]), recipe, ["c3"])
    curate(lake_with(spark, tmp_path, "run-4", [("d", "c4", LEFT)]), recipe, ["c4"])
    removed = "near_duplicates.duplicate"
    assert fates(lake) == {"b": (None, "b", 2), "d": (removed, "b", 2), "x": (None, None, 1)}
    assert [row.count("'b'") for row in content(lake, "simple")["corpus"]].count(1) == 1
    assert {each.crawl: each.kept for each in current(lake)} == {"c2": 1, "c3": 1, "c4": 0}


@pytest.mark.slow  # several runs; one that is broken off is in test_incremental.py
def test_a_rollback_publishes_what_the_run_had_removed(spark: SparkSession, tmp_path: Path) -> None:
    recipe = parse(SIMPLE, "simple.yaml")
    lake = lake_with(spark, tmp_path, "run-1", [("b", "c2", LEFT), ("e", "c2", RIGHT)])
    first = curate(lake, recipe, ["c2"]).publication
    lake = lake_with(spark, tmp_path, "run-2", [("a", "c1", LEFT)])
    curate(lake, recipe, ["c1"])
    assert fates(lake)["b"] == ("near_duplicates.duplicate", "a", 2)
    rollback(Lake(spark, lake.uri, "run-3"), "simple", f"simple@{first}")
    lake = lake_with(spark, tmp_path, "run-4", [("d", "c3", RIGHT)])
    curate(lake, recipe, ["c3"])
    removed = "near_duplicates.duplicate"
    assert fates(lake) == {"b": (None, None, 1), "e": (None, "d", 2), "d": (removed, "d", 2)}
    assert sorted(row["id"] for row in published_corpus(lake, "simple").collect()) == ["b", "e"]
    evaluate(lake, expectations_of_lake(lake), lambda line: None)


def before_the_publication(when: str, table: str) -> None:
    if when == "before" and table.startswith("gold/"):
        raise Killed(table)
