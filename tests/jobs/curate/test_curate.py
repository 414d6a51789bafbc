from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from deltalake import DeltaTable

from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.checks.published import check
from decantry.jobs.curate.job import curate
from decantry.jobs.curate.report import CurateReport
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import current, published_corpus, published_verdicts
from decantry.jobs.process.errors import CheckFailed, UserError
from decantry.jobs.recipe.load import parse
from decantry.schemas import documents
from decantry.schemas.table import struct_type
from tests.jobs.curate.judged import judged

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = """
recipe: my-pets
steps:
  - where: {name: has_pet, keep: "text rlike 'cat|dog'"}
  - where: {name: long_enough, keep: "length(text) >= 10"}
"""
TEXTS = {
    "summer": {"1": "a cat sat on a mat", "2": "a cat", "3": "a cow in the grass", "4": ""},
    "winter": {"5": "the dog barks at snow", "6": "no pets here, sorry"},
}


def lake_of(spark: SparkSession, folder: Path | str, run: str = "run-1", **crawls: dict[str, str]) -> Lake:
    lake = Lake(spark, str(folder), run)
    columns: dict[str, Any] = dict.fromkeys(documents.TABLE.column_names)
    rows = [
        tuple(
            (
                columns
                | {"id": i, "crawl": crawl, "warc_path": f"{crawl}.jsonl", "warc_offset": n, "text": text}
                | {"extractor": "given", "run_id": run, "language": "en", "language_score": 0.9}
            ).values()
        )
        for crawl, texts in crawls.items()
        for n, (i, text) in enumerate(texts.items())
    ]
    lake.append("silver/documents", spark.createDataFrame(rows, struct_type(documents.TABLE)))
    return lake


def fates(lake: Lake) -> dict[str, str | None]:
    return {row["id"]: row["removed_by"] for row in published_verdicts(lake).collect()}


def corpus_ids(lake: Lake) -> list[str]:
    corpus = published_corpus(lake, "my-pets")
    return [] if corpus is None else sorted(row["id"] for row in corpus.select("id").collect())


def opened(lake: Lake) -> list[tuple[str, int]]:
    """The ids and copies of the rows that a reader of Delta tables sees in the corpus."""
    rows = DeltaTable(lake.path("gold/my_pets")).to_pyarrow_table(columns=["id", "copy"]).to_pylist()
    return sorted((row["id"], row["copy"]) for row in rows)


def run(lake: Lake, yaml: str = RECIPE, **options: Any) -> CurateReport:
    return curate(lake, parse(yaml, "pets.yaml"), **options)


@pytest.fixture(scope="module")
def first(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, CurateReport]:
    """A lake with both crawls published, which no test changes, and the output of the run."""
    folder = tmp_path_factory.mktemp("first")
    return folder, run(lake_of(spark, folder, **TEXTS))


@pytest.fixture
def published(spark: SparkSession, first: tuple[Path, CurateReport], tmp_path: Path) -> Lake:
    """A copy of the lake `first`."""
    return Lake(spark, str(shutil.copytree(first[0], tmp_path / "lake")), "run-2")


def test_every_document_gets_a_verdict_and_the_kept_ones_are_the_corpus(
    spark: SparkSession, first: tuple[Path, CurateReport]
) -> None:
    folder, report = first
    lake = Lake(spark, str(folder), "look")
    assert fates(lake) == {
        "1": None,
        "2": "long_enough.where",
        "3": "has_pet.where",
        "4": "has_pet.where",
        "5": None,
        "6": "has_pet.where",
    }
    assert corpus_ids(lake) == ["1", "5"]
    assert [(s.step, s.seen, s.removed) for s in report.funnel] == [("has_pet", 6, 3), ("long_enough", 3, 1)]
    assert [(each.crawl, each.documents, each.kept) for each in current(lake)] == [("summer", 4, 1), ("winter", 2, 1)]
    assert not (folder / "_staging").exists()


def test_a_second_run_adds_no_version_and_says_done(published: Lake) -> None:
    tables = ("gold/my_pets", "silver/verdicts", "ops/publications")
    before = [published.version(name) for name in tables]
    report = run(published)
    assert (report.published, report.already_done) == ((), ("summer", "winter"))
    assert [published.version(name) for name in tables] == before == [1, 1, 1]


def test_a_new_crawl_is_added_and_new_documents_replace_their_crawl(spark: SparkSession, published: Lake) -> None:
    lake = lake_of(spark, published.uri, "run-2", autumn={"7": "seven dogs at sea"})
    assert [part.crawl for part in run(lake).published] == ["autumn"]
    assert corpus_ids(lake) == ["1", "5", "7"]
    lake = lake_of(spark, published.uri, "run-3", summer={"8": "eight cats at home"})
    assert [part.crawl for part in run(lake).published] == ["summer"]
    assert corpus_ids(lake) == ["1", "5", "7", "8"]
    assert len(fates(lake)) == 8


def test_a_row_that_is_lost_from_a_repeated_corpus_fails_its_check(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_of(spark, tmp_path, **TEXTS)
    recipe = parse("recipe: my-pets\nsteps:\n  - sample: {share: 2}\n", "pets.yaml")
    curate(lake, recipe)
    assert corpus_ids(lake) == sorted("123456" * 2)
    copies = lake.read("gold/my_pets").where("id = '3'").select("copy").collect()
    assert sorted(row["copy"] for row in copies) == [0, 1]
    assert check(lake, recipe)
    lake.change("gold/my_pets", lambda table: table.delete("id = '3'"))
    with pytest.raises(CheckFailed, match=r"kept, corpus_documents\) of silver/verdicts: saw 4 and 3"):
        check(lake, recipe)


def test_another_recipe_under_the_same_name_needs_rebuild(published: Lake) -> None:
    lake = published
    assert opened(lake) == [("1", 0), ("5", 0)]
    stricter = RECIPE.replace(">= 10", ">= 20")
    with pytest.raises(UserError, match="run again with --rebuild"):
        run(lake, stricter)
    assert corpus_ids(lake) == ["1", "5"]
    lines: list[str] = []
    check(lake, parse(stricter, "pets.yaml"), lines.append)
    assert "my-pets was published by another version of the recipe or of Decantry for summer, winter" in lines
    run(lake, stricter, rebuild=True)
    lines.clear()
    check(lake, parse(stricter, "pets.yaml"), lines.append)
    assert not [line for line in lines if "another version" in line]
    assert corpus_ids(lake) == ["5"]
    assert opened(lake) == [("5", 0)], "the newest version of the table is what is published"
    assert len(fates(lake)) == 6
    assert lake.read("silver/verdicts").count() == 12


def test_two_recipes_cannot_share_a_table(published: Lake) -> None:
    with pytest.raises(UserError, match="my_pets would publish into the table of my-pets"):
        run(published, RECIPE.replace("recipe: my-pets", "recipe: my_pets"))


def test_a_gate_that_raises_publishes_nothing(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_of(spark, tmp_path, **TEXTS)
    seen: list[Judgement] = []

    def gate(judgement: Judgement) -> None:
        seen.append(judgement)
        raise CheckFailed("kept_share is 0.33, not above 0.5")

    with pytest.raises(CheckFailed):
        run(lake, gate=gate)
    assert [(part.crawl, part.documents, part.kept) for part in seen[0].parts] == [("summer", 4, 1), ("winter", 2, 1)]
    assert not lake.exists("gold/my_pets")
    assert not lake.exists("ops/publications")
    assert fates(lake) == {}, "the verdicts are there, and their run is not published"
    assert lake.read("silver/verdicts").count() == 6
    assert corpus_ids(lake) == []


def test_a_crawl_of_which_nothing_is_kept_is_committed(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_of(spark, tmp_path, summer={"3": "a cow in the grass"})
    run(lake)
    assert [(each.crawl, each.documents, each.kept) for each in current(lake)] == [("summer", 1, 0)]
    assert fates(lake) == {"3": "has_pet.where"}
    assert run(lake).already_done == ("summer",)


def test_a_sample_repeats_or_drops_by_id_alone(spark: SparkSession) -> None:
    texts = {i: text for crawl in TEXTS.values() for i, text in crawl.items()}
    twice = judged(spark, "  - sample: {share: 2}\n", texts)
    assert {i: (row["removed_by"], row["copies"]) for i, row in twice.items()} == dict.fromkeys("123456", (None, 2))
    half = judged(spark, "  - sample: {share: 0.5, seed: 1}\n", texts)
    assert {row["removed_by"] for row in half.values()} == {None, "sample.not_sampled"}
    other = judged(spark, "  - sample: {share: 0.5, seed: 1}\n", dict.fromkeys(reversed(texts), "Another text."))
    assert {i: row["removed_by"] for i, row in other.items()} == {i: row["removed_by"] for i, row in half.items()}


def test_the_verdict_has_the_measurement_that_decided_and_signals_have_all(
    spark: SparkSession, published: Lake
) -> None:
    lake = published
    assert run(lake, measure_all=True).already_done == (), "published, but not measured"
    assert run(Lake(spark, lake.uri, "run-3"), measure_all=True).already_done == ("summer", "winter")
    values = {row["id"]: row["values"] for row in published_verdicts(lake).collect()}
    assert values["2"] == {"holds": 0.0}
    assert values["1"] == {}
    signals = {row["id"]: row["values"] for row in lake.read("silver/signals").collect()}
    assert signals["3"] == {"has_pet.holds": 0.0, "long_enough.holds": 1.0, "characters": 18.0}


def test_no_documents_is_one_clear_line(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="has no documents for my-pets, which reads resiliparse text"):
        run(Lake(spark, str(tmp_path), "run-1"))


def test_a_predicate_that_is_not_sql_is_one_clear_line(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_of(spark, tmp_path, **TEXTS)
    for predicate in ("lenght(text) > 1", "nothing_here = 1", "lower(text)"):
        with pytest.raises(UserError, match=r"the step wrong cannot use its predicate") as caught:
            run(lake, f"recipe: pets\nsteps:\n  - where: {{name: wrong, keep: '{predicate}'}}\n")
        assert "\n" not in str(caught.value)
    assert not lake.exists("silver/verdicts")
