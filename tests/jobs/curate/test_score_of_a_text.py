"""A score depends only on the text: not on the batch, the partition or other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from decantry.jobs.models.named import model_of
from decantry.jobs.models.scored import scored
from decantry.jobs.models.scorer import HeadScorer
from tests.fasttext_model import write_model
from tests.jobs.curate.scored_texts import LOUD, QUIET, hash_of
from tests.jobs.models.made_models import write_head

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

    from decantry.jobs.models.model import Model

ODD = ["", "\0A\0", "\n\nHERE\r\n", "here\nSIX", "字Å", *(f"{LOUD[:n]}{QUIET[n:]}" for n in range(20))]


def test_a_score_depends_on_its_text_alone(spark: SparkSession, tmp_path: Path) -> None:
    write_head(tmp_path / "head.json")
    head = HeadScorer(tmp_path / "head.json")
    scores = in_any_batch(spark, model_of(str(tmp_path / "head.json")), ODD)
    assert scores == [head(text) for text in ODD]
    assert len({*scores}) > 3


@pytest.mark.slow  # ten megabytes
def test_a_long_text_has_a_score(spark: SparkSession, tmp_path: Path) -> None:
    write_head(tmp_path / "head.json")
    write_model(tmp_path / "model.bin", {"__label__hq": ["here", "words"], "__label__lq": ["SIX"]})
    texts = [*ODD, "AB" * 5_000_000]
    assert in_any_batch(spark, model_of(str(tmp_path / "head.json")), texts)[-1] == pytest.approx(5)
    scores = in_any_batch(spark, model_of(str(tmp_path / "model.bin"), label="__label__hq"), texts)
    assert (len({*scores}) > 3, all(0 <= each <= 1 for each in scores)) == (True, True)


def in_any_batch(spark: SparkSession, model: Model, texts: list[str]) -> list[float]:
    """The scores of the texts. They must be equal in one partition and in two partitions with batches of three."""
    rows = [("c", str(n), text) for n, text in enumerate(texts)]
    frame = spark.createDataFrame(rows, "crawl string, id string, text string")
    once = {row["id"]: row for row in scored(frame.coalesce(1), model).collect()}
    assert [once[str(n)]["text_hash"] for n in range(len(texts))] == [hash_of(text) for text in texts]
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "3")
    try:
        assert {row["id"]: row for row in scored(frame.repartition(2), model).collect()} == once
    finally:
        spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "512")
    return [once[str(n)]["score"] for n in range(len(texts))]
