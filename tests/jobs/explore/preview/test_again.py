"""Judges a single document again from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.preview.again import judged_again
from decantry.jobs.explore.preview.thresholds import with_settings
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.recipe.load import parse
from decantry.schemas import cuts, documents

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = """
recipe: some
steps:
  - c4: {terminal_punctuation: false, min_sentences: 5}
  - near_duplicates: {}
  - where: {name: rare, keep: "cluster_size <= 3"}
"""
NO_LAKE: Any = None


def test_a_document_passes_a_predicate_on_the_cluster_that_it_does_not_have(spark: SparkSession) -> None:
    recipe = parse(RECIPE, "some")
    columns = dict.fromkeys(documents.TABLE.column_names) | {"id": "one", "text": "The cat sleeps on a stone."}
    own = {"extractor": "given", "warc_path": "a.jsonl", "crawl": "c", "run_id": "run"}
    page = few_rows(spark, documents.TABLE, [tuple((columns | own).values())])
    change = with_settings(recipe, ["c4.min_sentences=1"])
    (row,) = judged_again(NO_LAKE, recipe, page, few_rows(spark, cuts.TABLE, []), [change]).collect()
    assert (row["passes"], row["stays"]) == ([True], True)
