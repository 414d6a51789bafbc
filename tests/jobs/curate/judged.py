"""Judges texts step by step in one frame, without a lake and a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.recipe.load import parse
from decantry.schemas import documents

if TYPE_CHECKING:
    from pyspark.sql import Row, SparkSession


def judged(spark: SparkSession, steps: str, texts: dict[str, str], **same: Any) -> dict[str, Row]:
    """The row of each text in the working frame after the steps, by id. The steps are YAML. `same` has columns that are
    equal for all texts."""
    columns = dict.fromkeys(documents.TABLE.column_names) | {"extractor": "given", "warc_path": "a.jsonl", "crawl": "c"}
    rows = [tuple((columns | same | {"id": i, "text": text, "run_id": "run"}).values()) for i, text in texts.items()]
    frame = fresh(few_rows(spark, documents.TABLE, rows))
    for step in parse(f"recipe: some\nsteps:\n{steps}", "some.yaml").steps:
        frame = frame.transform(judge(step))
    return {row["id"]: row for row in frame.collect()}
