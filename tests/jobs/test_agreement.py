"""FineWeb's own code beside ours: the same texts, the same fates."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pyspark.sql import functions as F

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest import ingest
from decantry.jobs.lake import Lake
from decantry.jobs.published import published_corpus, published_verdicts
from decantry.jobs.recipe.load import load, parse, source

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BEFORE_DEDUP = ("url_filter", "language", "gopher_repetition", "gopher_quality", "c4", "fineweb_quality")


def lines(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


@pytest.fixture(scope="module")
def lake(spark: SparkSession, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The peer's texts, judged by fineweb, and by fineweb up to its quality rules so that no edit follows C4's."""
    made = Lake(spark, str(tmp_path_factory.mktemp("agreement")), "agreement")
    ingest(made, [str(shared_data / "oracle" / "fineweb-texts.jsonl.gz")])
    curate(made, load("fineweb"))
    short = source("fineweb").replace("recipe: fineweb", "recipe: rules-only", 1).split("  - near_duplicates")[0]
    curate(made, parse(short, "rules-only.yaml"))
    return made


def expected(fate: dict[str, Any]) -> tuple[str | None, str | None]:
    """The peer's step and rule under our names; its language filter gives no reason."""
    step = {"fineweb": "fineweb_quality"}.get(fate["removed_by"], fate["removed_by"])
    return step, fate["reason"] and fate["reason"].removeprefix("gopher_")


def ours(lake: Lake, recipe: str) -> dict[str, tuple[str | None, str | None]]:
    found = {}
    for row in published_verdicts(lake).where(F.col("recipe") == recipe).collect():
        step, _, rule = (row["removed_by"] or "").partition(".")
        found[row["id"]] = (step, rule) if step in BEFORE_DEDUP else (None, None)
    return found


def test_step_rule_and_text_are_the_peers(lake: Lake, shared_data: Path) -> None:
    fates = {fate["id"]: fate for fate in lines(shared_data / "oracle" / "fineweb-fates.jsonl.gz")}
    verdicts = ours(lake, "fineweb")
    assert set(verdicts) == set(fates)
    steps = {i for i, fate in fates.items() if verdicts[i][0] != expected(fate)[0]}
    removed = [i for i, fate in fates.items() if fate["reason"]]
    rules = {i for i in removed if verdicts[i] != expected(fates[i])}
    corpus = published_corpus(lake, "rules-only")
    assert corpus is not None
    texts = {row["id"]: row["text"] for row in corpus.select("id", "text").collect()}
    both = [i for i, fate in fates.items() if fate["kept_text"] is not None and i in texts]
    edits = {i for i in both if texts[i] != fates[i]["kept_text"]}
    print(
        f"\n{len(fates)} texts: {len(steps)} other steps, {len(rules)} of {len(removed)} other rules, "
        f"{len(edits)} of {len(both)} other texts after C4"
    )
    assert (steps, rules, edits) == (set(), set(), set())


def test_both_recipes_agree_up_to_deduplication(lake: Lake) -> None:
    assert ours(lake, "fineweb") == ours(lake, "rules-only")
