"""C4's page rules, each at its threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.jobs.curate.judged import judged

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LINE = "The cat sleeps on the warm stones."


def test_a_text_with_fewer_sentences_than_the_least_is_removed(spark: SparkSession) -> None:
    texts = {"two": "\n".join([LINE] * 2), "three": "\n".join([LINE] * 3)}
    rows = judged(spark, "  - c4: {min_sentences: 3}", texts)
    assert (rows["two"]["removed_by"], rows["two"]["values"]) == ("c4.too_few_sentences", {"sentences": 2.0})
    assert rows["three"]["removed_by"] is None
