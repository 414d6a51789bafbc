"""A list of bad words that changes between two runs of one process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.steps.bad_words import BadWords

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_an_edited_list_is_read_again(spark: SparkSession, tmp_path: Path) -> None:
    step = BadWords(file=str(tmp_path / "words"))
    texts = spark.createDataFrame([("darn, drat", "en"), ("可能性很大", "cmn_Hani")], "text string, language string")
    counts = []
    for words in ("\ufeffdarn\n性\n", "darn\ndrat\n可能\n"):
        (tmp_path / "words").write_text(words, encoding="utf-8")
        counts.append([row["m"]["bad_words"] for row in texts.select(step.measure().alias("m")).collect()])
    assert counts == [[1, 0], [2, 1]]
