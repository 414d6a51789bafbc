"""Small corpora for the tests of deduplication: write documents into a lake, and read what it has published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.curate.passes import judge_documents
from decantry.jobs.curate.plan import Plan, plan
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import current, published_corpus, published_rows, published_verdicts
from decantry.jobs.recipe.load import parse
from decantry.schemas import documents

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Document = tuple[str, str, str]
"""Id, crawl and text."""


def lake_with(spark: SparkSession, folder: Path, run: str, made: Sequence[Document], **more: dict[str, Any]) -> Lake:
    """Add the documents to the lake in the folder, in the given order. `more` has other columns by id."""
    lake = Lake(spark, str(folder), run)
    columns: dict[str, Any] = dict.fromkeys(documents.TABLE.column_names)
    fixed = {"extractor": "given", "run_id": run, "language": "en", "language_score": 0.9, "warc_path": "a.jsonl"}
    rows = [
        tuple(
            (
                columns
                | fixed
                | {name: by_id[i] for name, by_id in more.items() if i in by_id}
                | {"id": i, "crawl": crawl, "warc_offset": at, "text": text}
            ).values()
        )
        for at, (i, crawl, text) in enumerate(made)
    ]
    lake.append("silver/documents", few_rows(spark, documents.TABLE, rows))
    return lake


def outcomes(lake: Lake, yaml: str) -> tuple[Plan, Outcomes]:
    """What the recipe in `yaml` decides on all documents of the lake. Nothing is published."""
    crawls = lake.partitions("silver/documents", "crawl")
    recipe = parse(yaml, "recipe.yaml")
    planned = plan(lake, recipe, crawls, rebuild=False, measure_all=False, tell=str, warn=str)
    return planned, judge_documents(planned)


def removed_by(judged: Outcomes) -> dict[str, str | None]:
    """The step and rule that removed each document, by id."""
    return {row["id"]: row["removed_by"] for row in judged.rows.select("id", "removed_by").collect()}


def content(lake: Lake, recipe: str) -> dict[str, list[str]]:
    """All published rows of the recipe (corpus, verdicts, clusters and cuts), sorted, without their runs."""
    corpus = published_corpus(lake, recipe)
    assert corpus is not None
    return {
        "corpus": _rows(corpus),
        "verdicts": _rows(published_verdicts(lake, recipe)),
        "clusters": _rows(published_rows(lake, "silver/clusters", recipe)),
        "cuts": _rows(published_rows(lake, "silver/cuts", recipe)),
        "published": [str((each.crawl, each.recipe_hash, each.documents, each.kept)) for each in current(lake, recipe)],
    }


def _rows(frame: DataFrame) -> list[str]:
    plain = frame.drop("run_id")
    return sorted(str([row[name] for name in sorted(plain.columns)]) for row in plain.collect())


def fates(lake: Lake) -> dict[str, tuple[str | None, str | None, int | None]]:
    """The rule that removed each document, and the document's cluster with its size."""
    rows = published_verdicts(lake).collect()
    return {row["id"]: (row["removed_by"], row["cluster_id"], row["cluster_size"]) for row in rows}
