"""Scores when crawls are added one by one, and when pages are forgotten."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.curate.job import curate
from decantry.jobs.curate.score import score
from decantry.jobs.models.lake_scores import known
from decantry.jobs.models.named import model_of
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep.forget import forget
from tests.jobs.curate.corpora import content, fates, lake_with
from tests.jobs.curate.scored_texts import DOCUMENTS
from tests.jobs.curate.test_incremental import random_crawl
from tests.jobs.models.made_models import write_head

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.models.model import Model


@pytest.mark.slow  # every table is looked at
def test_forgotten_pages_lose_their_scores(spark: SparkSession, tmp_path: Path) -> None:
    lake = lake_with(spark, tmp_path / "lake", "run-1", DOCUMENTS[:2])
    write_head(tmp_path / "head.json")
    assert score(lake, model_of(str(tmp_path / "head.json"))).scored == {"c1": 2}
    report = forget(lake, [("id", "loud")])
    assert report.removed["silver/scores"] == 1
    assert [row["id"] for row in lake.read("silver/scores").collect()] == ["quiet"]


def spelt(word: re.Match[str]) -> str:
    """A word of more letters, every other one in capitals, which the head counts."""
    letters = word[1] * 2
    return letters.upper() if ord(letters[1]) % 2 else letters


@pytest.mark.slow  # many runs
def test_scored_crawls_one_by_one_equal_all_at_once(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_head(tmp_path / "head.json")
    read: list[Sequence[str] | None] = []

    def spied(lake: Lake, model: Model, crawls: Sequence[str] | None = None) -> DataFrame:
        read.append(crawls)
        return known(lake, model, crawls)

    monkeypatch.setattr("decantry.jobs.models.lake_scores.known", spied)
    text = f"""
recipe: calm
steps:
  - score: {{model: {tmp_path}/head.json, column: capitals}}
  - where: {{name: few, keep: "capitals < 2.5"}}
  - near_duplicates: {{scope: all, ngram: 1, bands: 24, rows: 3, verify: 0.4}}
  - score: {{name: after, model: {tmp_path}/head.json, column: capitals_left}}
"""
    recipe = parse(text, "calm.yaml")
    crawls = [
        [
            (id_, crawl, re.sub(r"w([a-h]{2})", spelt, text))
            for id_, crawl, text in random_crawl(random.Random(name), name)
        ]
        for name in ("m", "b")
    ]
    for number, documents in enumerate(crawls):
        lake = lake_with(spark, tmp_path / "lake", f"run-{number}", documents)
        curate(lake, recipe)
    assert (read[0], ["b"] in read, None in read) == (["m"], True, False), "only scores of the new crawl are read"
    at_once = lake_with(spark, tmp_path / "once", "run-1", [document for one in crawls for document in one])
    curate(at_once, recipe)
    assert {str(by).split(".")[0] for by, *_ in fates(at_once).values()} >= {"few", "near_duplicates", "None"}
    for name, found in content(at_once, "calm").items():
        assert content(lake, "calm")[name] == found, name
    corpus = lake.read("gold/calm")
    stored = lake.read("silver/scores").select("id", "text_hash", F.col("score").alias("stored"))
    both = corpus.withColumn("text_hash", F.sha2("text", 256)).join(stored, ["id", "text_hash"])
    assert corpus.count() == both.where("stored = capitals_left").count() > 5
