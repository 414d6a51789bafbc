"""FineWeb's code and ours give the same verdicts on the same texts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.ingest.job import ingest
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.published import published_verdicts
from decantry.jobs.recipe.load import load
from tests.generated import generated_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyspark.sql import Row, SparkSession

BEFORE_DEDUP = ("url_filter", "language", "gopher_repetition", "gopher_quality", "c4", "fineweb_quality")


def lines(file: Path) -> list[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


@pytest.fixture(scope="module")
def lake(spark: SparkSession, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    """The peer's texts."""
    made = Lake(spark, str(tmp_path_factory.mktemp("agreement")), "agreement")
    ingest(made, [str(shared_data / "oracle" / "fineweb-texts.jsonl.gz")])
    return made


@pytest.fixture(scope="module")
def by_rules_only(lake: Lake) -> dict[str, Row]:
    """Each text as fineweb leaves it after its quality rules, so that no edit follows C4's."""
    steps = load("fineweb").steps[: len(BEFORE_DEDUP)]
    assert tuple(map(str, steps)) == BEFORE_DEDUP
    frame = fresh(lake.read("silver/documents"))
    for step in steps:
        frame = frame.transform(judge(step))
    with generated_code(lake.spark):
        return {row["id"]: row for row in frame.select("id", "removed_by", "text").collect()}


def expected(fate: dict[str, Any]) -> tuple[str | None, str | None]:
    """The peer's step and rule under our names; its language filter gives no reason."""
    step = {"fineweb": "fineweb_quality"}.get(fate["removed_by"], fate["removed_by"])
    return step, fate["reason"] and fate["reason"].removeprefix("gopher_")


def fates(rows: Iterable[Row]) -> dict[str, tuple[str | None, str | None]]:
    """The step and the rule that removed each text, up to deduplication."""
    found = {}
    for row in rows:
        step, _, rule = (row["removed_by"] or "").partition(".")
        found[row["id"]] = (step, rule) if step in BEFORE_DEDUP else (None, None)
    return found


def test_step_rule_and_text_are_the_peers(by_rules_only: dict[str, Row], shared_data: Path) -> None:
    peers = {fate["id"]: fate for fate in lines(shared_data / "oracle" / "fineweb-fates.jsonl.gz")}
    verdicts = fates(by_rules_only.values())
    assert set(verdicts) == set(peers)
    steps = {i for i, fate in peers.items() if verdicts[i][0] != expected(fate)[0]}
    removed = [i for i, fate in peers.items() if fate["reason"]]
    rules = {i for i in removed if verdicts[i] != expected(peers[i])}
    texts = {i: row["text"] for i, row in by_rules_only.items() if row["removed_by"] is None}
    both = [i for i, fate in peers.items() if fate["kept_text"] is not None and i in texts]
    edits = {i for i in both if texts[i] != peers[i]["kept_text"]}
    print(
        f"\n{len(peers)} texts: {len(steps)} other steps, {len(rules)} of {len(removed)} other rules, "
        f"{len(edits)} of {len(both)} other texts after C4"
    )
    assert len(both) > 100
    assert (steps, rules, edits) == (set(), set(), set())


@pytest.mark.slow  # a whole run
def test_both_recipes_agree_up_to_deduplication(lake: Lake, by_rules_only: dict[str, Row]) -> None:
    with generated_code(lake.spark):
        curate(lake, load("fineweb"))
    assert fates(published_verdicts(lake).collect()) == fates(by_rules_only.values())
