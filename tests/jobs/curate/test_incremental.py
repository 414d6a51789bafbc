"""Crawls that are added one by one give the same rows as all crawls at once."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import published_rows
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep.forget import forget
from tests.faults.commit_points import at_each
from tests.jobs.curate.corpora import Document, content, fates, lake_with

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# One row a band and words for shingles: two texts that share a third of their words are found, those that share none
# are not.
NEAR = "near_duplicates: {scope: all, ngram: 1, bands: 64, rows: 1}"
SIMPLE = f"recipe: simple\nsteps:\n  - {NEAR}\n"
RICH = """
recipe: rich
steps:
  - exact_duplicates: {scope: all, keep: [longest_text]}
  - where: {name: not_too_short, keep: "length(text) > 12"}
  - near_duplicates: {scope: all, ngram: 1, bands: 64, rows: 1, verify: 0.5}
  - duplicate_paragraphs: {scope: all, min_words: 3, max_cut: 0.6}
  - where: {name: not_cut_short, keep: "length(text) > 20"}
"""
LEFT, RIGHT = "one two three four five six", "seven eight nine ten eleven twelve"
BRIDGE = "one two three seven eight nine"


FIRST: list[Document] = [("a", "c1", LEFT), ("x", "c1", "nothing like any of the others at all here")]
SECOND: list[Document] = [("d", "c2", RIGHT), ("e", "c2", RIGHT)]
THIRD: list[Document] = [("b", "c3", BRIDGE)]
GONE = "near_duplicates.duplicate"
IN_THE_END = {
    **{"a": (None, "a", 4), "b": (GONE, "a", 4), "d": (GONE, "a", 4), "e": (GONE, "a", 4)},
    "x": (None, None, 1),
}


def test_a_document_between_two_clusters_removes_a_published_document(spark: SparkSession, tmp_path: Path) -> None:
    recipe = parse(SIMPLE, "simple.yaml")
    lake = lake_with(spark, tmp_path / "lake", "run-1", FIRST)
    curate(lake, recipe)
    lake = lake_with(spark, tmp_path / "lake", "run-2", SECOND)
    curate(lake, recipe)
    assert {i: by for i, (by, _, _) in fates(lake).items() if by} == {"e": GONE}
    before = lake.version("gold/simple") or 0
    lake = lake_with(spark, tmp_path / "lake", "run-3", THIRD)
    other = parse(SIMPLE.replace("rows: 1", "rows: 2"), "simple.yaml")
    with pytest.raises(UserError, match="compares crawls with each other, but c1 was published under the hash"):
        curate(lake, other, ["c3"])
    report = curate(lake, recipe)
    assert [part.crawl for part in report.published] == ["c1", "c2", "c3"]
    assert fates(lake) == IN_THE_END
    feed = spark.read.option("readChangeFeed", "true").option("startingVersion", before + 1)
    changes = feed.format("delta").load(lake.path("gold/simple"))
    last = changes.where(f"_commit_version = {lake.version('gold/simple')}")
    changes = last.select("id", "_change_type", "minhash_cluster_size").collect()
    assert sorted(map(tuple, changes)) == [
        *[("a", "update_postimage", 4), ("a", "update_preimage", 1), ("d", "delete", 2)]
    ]
    assert curate(lake, recipe).published == ()


@pytest.mark.slow  # five runs
def test_a_bridge_at_the_second_attempt_equals_all_at_once(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = parse(SIMPLE, "simple.yaml")
    for number, made in enumerate((FIRST, SECOND)):
        lake = lake_with(spark, tmp_path / "lake", f"run-{number}", made)
        curate(lake, recipe)
    standing = content(lake, "simple")
    lake = lake_with(spark, tmp_path / "lake", "run-3", THIRD)
    with monkeypatch.context() as broken:
        at_each(broken, lost_before_the_corpus)
        with pytest.raises(ConnectionError):
            curate(lake, recipe)
    assert lake.read("silver/verdicts").where("run_id = 'run-3'").count() == 4, "b, and those whose cluster changes"
    assert content(lake, "simple") == standing
    lake = Lake(spark, str(tmp_path / "lake"), "run-4")
    curate(lake, recipe)
    assert fates(lake) == IN_THE_END
    at_once = lake_with(spark, tmp_path / "once", "run-1", [*FIRST, *SECOND, *THIRD])
    curate(at_once, recipe)
    assert content(lake, "simple") == content(at_once, "simple")


def lost_before_the_corpus(when: str, table: str) -> None:
    """Lose the connection after the verdicts are written and before the corpus is."""
    if (when, table) == ("before", "gold/simple"):
        raise ConnectionError(f"lost before {table}")


@pytest.mark.slow  # many runs
@pytest.mark.parametrize("seed", [1])
def test_random_crawls_one_by_one_equal_all_at_once(spark: SparkSession, tmp_path: Path, seed: int) -> None:
    crawls = [random_crawl(random.Random(f"{seed}{name}"), name) for name in ("m", "b")]
    recipe = parse(RICH, "rich.yaml")
    for number, made in enumerate(crawls):
        lake = lake_with(spark, tmp_path / "lake", f"run-{number}", made)
        curate(lake, recipe)
    at_once = lake_with(spark, tmp_path / "once", "run-1", [document for made in crawls for document in made])
    curate(at_once, recipe)
    removed = {str(by).split(".")[0] for by, _, _ in fates(at_once).values()}
    assert removed >= {"exact_duplicates", "near_duplicates", "None"}
    for name, rows in content(at_once, "rich").items():
        assert content(lake, "rich")[name] == rows, name


TEMPLATES = """
recipe: templates
steps:
  - exact_duplicates: {scope: all}
  - host_boilerplate: {scope: all, min_pages: 4, share: 0.1}
  - where: {name: not_too_short, keep: "length(text) > 20"}
"""


@pytest.mark.slow  # many runs
def test_host_templates_found_crawl_by_crawl_equal_those_of_all_crawls_at_once(
    spark: SparkSession, tmp_path: Path
) -> None:
    crawls = [random_crawl(random.Random(name), name) for name in ("m", "b", "x")]
    everything = [document for made in crawls for document in made]
    host = {id: f"{'abcd'[int(id) % 4]}.example" for id, *_ in everything}
    recipe = parse(TEMPLATES, "templates.yaml")
    for number, made in enumerate(crawls):
        lake = lake_with(spark, tmp_path / "lake", f"run-{number}", made, host=host)
        curate(lake, recipe)
    at_once = lake_with(spark, tmp_path / "once", "run-1", everything, host=host)
    curate(at_once, recipe)
    assert {str(by) for by, *_ in fates(at_once).values()} >= {"host_boilerplate.only_boilerplate", "None"}
    for name, rows in content(at_once, "templates").items():
        assert content(lake, "templates")[name] == rows, name


def random_crawl(chance: random.Random, crawl: str) -> list[Document]:
    """Documents of a few short paragraphs, so all kinds of duplicates occur. Words have no digits, because
    near_duplicates takes all numbers for the same."""
    words = [f"w{chr(97 + n // 8)}{chr(97 + n % 8)}" for n in range(60)]
    shared = [" ".join(random.Random(n).sample(words, 4)) for n in range(12)]
    made = []
    for _ in range(30):
        own = [" ".join(chance.sample(words, chance.randint(1, 6))) for _ in range(chance.randint(1, 3))]
        text = "\n".join(chance.sample(shared, chance.randint(0, 2)) + own)
        made.append((f"{chance.randrange(10**9):09d}", crawl, chance.choice([text, text, shared[chance.randrange(9)]])))
    return made


@pytest.mark.slow  # four runs and a forget
def test_if_a_whole_crawl_is_forgotten_its_duplicates_are_published_again(spark: SparkSession, tmp_path: Path) -> None:
    recipe = parse(SIMPLE, "simple.yaml")
    lake = lake_with(spark, tmp_path / "lake", "run-1", [("a", "c1", LEFT)])
    curate(lake, recipe)
    lake = lake_with(spark, tmp_path / "lake", "run-2", [("b", "c2", LEFT), ("x", "c2", RIGHT)])
    curate(lake, recipe)
    assert fates(lake)["b"] == ("near_duplicates.duplicate", "a", 2)
    forget(lake, [("id", "a")])
    assert [part.crawl for part in curate(lake, recipe, ["c1"]).published] == ["c1", "c2"]
    assert fates(lake) == {"b": (None, None, 1), "x": (None, None, 1)}
    without = lake_with(spark, tmp_path / "without", "run-1", [("b", "c2", LEFT), ("x", "c2", RIGHT)])
    curate(without, recipe)
    assert content(lake, "simple")["corpus"] == content(without, "simple")["corpus"]
    assert curate(lake, recipe).published == ()
    assert [part.crawl for part in curate(lake, recipe, measure_all=True).published] == ["c2"]
    assert curate(lake, recipe, measure_all=True).published == ()


@pytest.mark.slow  # six runs
def test_documents_whose_verdicts_are_amended_keep_their_measurements(spark: SparkSession, tmp_path: Path) -> None:
    recipe = parse(SIMPLE, "simple.yaml")
    lake = lake_with(spark, tmp_path / "lake", "run-1", [("a", "c1", LEFT), ("x", "c1", RIGHT)])
    curate(lake, recipe)
    lake = lake_with(spark, tmp_path / "lake", "run-2", [("b", "c2", LEFT)])
    assert [part.crawl for part in curate(lake, recipe, ["c2"], measure_all=True).published] == ["c1", "c2"]
    assert measured(lake) == {"b"}, "a has a new verdict, but no measurements"
    assert "c1" in [part.crawl for part in curate(lake, recipe, measure_all=True).published]
    assert measured(lake) == {"a", "b", "x"}
    lake = lake_with(spark, tmp_path / "lake", "run-3", [("c", "c3", LEFT)])
    assert [part.crawl for part in curate(lake, recipe, measure_all=True).published] == ["c1", "c2", "c3"]
    assert measured(lake) == {"a", "b", "c", "x"}
    assert curate(lake, recipe, measure_all=True).already_done == ("c1", "c2", "c3")
    lake = lake_with(spark, tmp_path / "lake", "run-4", [("d", "c4", LEFT)])
    curate(lake, recipe)
    assert measured(lake) == {"a", "b", "c", "x"}


def measured(lake: Lake) -> set[str]:
    """The ids of the published documents that have measurements."""
    rows = published_rows(lake, "silver/signals").select("id").collect()
    assert len(rows) == len({row["id"] for row in rows})
    return {row["id"] for row in rows}
